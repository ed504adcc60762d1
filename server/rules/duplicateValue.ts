import { SINGLE_VALUE_KEYS } from '../language/comparators.js';
import { removeItems } from '../language/edits.js';
import { type ArrayASTNode, type ASTNode, memberOf } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: ASTNode;
  list: ArrayASTNode;
}

export default defineRule<Data>({
  id: 'duplicate-value',
  summary: 'A condition lists each value once.',
  severity: 'warning',
  docs: {
    why: 'Values are joined by OR, so a value that stands twice has no effect the second time, and often another one was meant. Values are case sensitive: `csv` and `CSV` are two.',
    aws: 'Not documented: AWS neither allows nor forbids it.',
  },
  check({ model }, report) {
    for (const { simple, tag } of [...model.bucketConditions, ...model.scopeTerms]) {
      // Where one value is allowed, several are one mistake already.
      if (simple?.valuesNode && !SINGLE_VALUE_KEYS.has(simple.key?.value ?? '')) {
        reportRepeated('value', simple.valuesNode, simple.values, ({ value }) => value);
      }
      if (tag?.tagValuesNode) {
        reportRepeated(
          'tag',
          tag.tagValuesNode,
          tag.pairs.map(({ node }) => node),
          (node) => {
            const key = memberOf(node, 'key')?.valueNode;
            const value = memberOf(node, 'value')?.valueNode;
            const plain = [key, value].every((part) => !part || part.type === 'string');
            return plain && node.properties.length > 0 ? JSON.stringify([key?.value, value?.value]) : undefined;
          },
        );
      }
    }

    function reportRepeated<N extends ASTNode>(
      what: string,
      list: ArrayASTNode,
      nodes: readonly N[],
      nameOf: (node: N) => string | undefined,
    ) {
      const seen = new Map<string, N>();
      for (const node of nodes) {
        const name = nameOf(node);
        if (name === undefined) continue;
        const first = seen.get(name);
        if (!first) seen.set(name, node);
        else {
          report({
            at: node,
            message: `This ${what} stands before in the list, and counts once. Remove one, or write the ${what} that is meant.`,
            data: { node, list },
            related: [{ at: first, message: 'The first of the two.' }],
            unnecessary: true,
          });
        }
      }
    }
  },
  fixes({ data: { node, list } }, { document }) {
    const changes = removeItems(document, list, [node]);
    return [{ title: 'Remove the repeated value', changes, preferred: true, safe: true }];
  },
});
