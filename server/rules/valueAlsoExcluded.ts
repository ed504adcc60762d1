import { removeItems } from '../language/edits.js';
import { onlyTerm, PrefixSet, scopeOf, type ValuesTerm } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: StringASTNode;
  term: ValuesTerm;
}

export default defineRule<Data>({
  id: 'value-also-excluded',
  summary: 'An included extension or prefix is not excluded again.',
  severity: 'information',
  docs: {
    why: 'Excludes win over includes. A value that stands in both has no effect among the includes, and one of the two places is easily overlooked.',
    aws: 'The Macie user guide lets excludes win.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model }, report) {
    const { includes, excludes } = scopeOf(model);
    // Several excludes take away only what meets all of them.
    const exclude = onlyTerm(excludes);
    if (!includes || exclude?.kind !== 'values' || exclude.comparator === 'NE') return;
    const values = new Map(exclude.values.map((node) => [node.value, node]));
    const prefixes = exclude.key === 'OBJECT_KEY' ? new PrefixSet(values.keys()) : undefined;
    for (const term of includes.terms) {
      if (term.kind !== 'values' || term.key !== exclude.key || term.comparator === 'NE') continue;
      const found = term.values.flatMap((node) => {
        const other = values.get(prefixes ? (prefixes.find(node.value) ?? '') : node.value);
        return other && other.value !== '' ? [{ node, other }] : [];
      });
      // Where all are, the job selects nothing, which is another rule's.
      if (found.length === term.values.length) continue;
      for (const { node, other } of found) {
        report({
          at: node,
          message: 'This is excluded as well, and excludes win: it has no effect here. Remove one of the two.',
          related: [{ at: other, message: 'What excludes it.' }],
          unnecessary: true,
          data: { node, term },
        });
      }
    }
  },
  fixes({ data: { node, term } }, { document }) {
    const changes = removeItems(document, term.simple.valuesNode!, [node]);
    return [{ title: 'Remove it from includes', changes, preferred: true }];
  },
});
