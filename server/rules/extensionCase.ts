import { fileSupport } from '../catalog/fileTypes.js';
import { addItem, replaceString } from '../language/edits.js';
import type { SimpleCondition } from '../language/model.js';
import { simpleTerms } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { quote } from './words.js';

interface Data {
  node: StringASTNode;
  simple: SimpleCondition;
}

export default defineRule<Data>({
  id: 'extension-case',
  summary: 'An extension in capitals stands beside the same one in small letters.',
  severity: 'hint',
  about: 'OBJECT_EXTENSION',
  docs: {
    why: 'Letter case counts: `PDF` finds `SCAN.PDF`, and not `scan.pdf`. Most names have their extension in small letters.',
    aws: 'The API reference says that values are case sensitive.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { simple } of simpleTerms(model, 'OBJECT_EXTENSION')) {
      let present: Set<string> | undefined;
      for (const node of simple.values) {
        const small = node.value.toLowerCase();
        if (small === node.value || !/^[A-Za-z0-9]+$/.test(node.value)) continue;
        // What is not analyzed anyway is not worth a second value.
        if (fileSupport(small) === 'media' || fileSupport(small) === 'unlisted-binary') continue;
        present ??= new Set(simple.values.map(({ value }) => value));
        if (present.has(small)) continue;
        report({
          at: node,
          message: `Letter case counts: ${quote(node.value)} does not match a name that ends in ".${small}". Add ${quote(small)} to mean both.`,
          data: { node, simple },
        });
      }
    }
  },
  fixes({ data: { node, simple } }, { document }): Fix[] {
    const small = node.value.toLowerCase();
    const replace: Fix = { title: `Change to ${quote(small)}`, changes: [replaceString(node, small)] };
    // With NE a second value leads to another question: what several mean there.
    if (simple.comparator?.value !== 'EQ' || !simple.valuesNode) return [replace];
    const changes = [addItem(document, simple.valuesNode, JSON.stringify(small))];
    return [{ title: `Add ${quote(small)}`, changes, preferred: true }, replace];
  },
});
