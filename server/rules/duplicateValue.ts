import { SINGLE_VALUE_KEYS } from '../language/comparators.js';
import { removeItems } from '../language/edits.js';
import type { TagPair } from '../language/model.js';
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
      if (tag?.tagValuesNode && mayRepeat(tag.pairs)) {
        reportRepeated(
          'tag',
          tag.tagValuesNode,
          tag.pairs.map(({ node }) => node),
          (node) => {
            const key = memberOf(node, 'key')?.valueNode;
            const value = memberOf(node, 'value')?.valueNode;
            const plain = (!key || key.type === 'string') && (!value || value.type === 'string');
            // A member that is there and empty is another pair than one that is not, and an unknown one may tell two apart.
            return plain && node.properties.length > 0 && node.properties.length === Number(!!key) + Number(!!value)
              ? `${key ? 'k' : ''}${value ? 'v' : ''}\n${key?.value ?? ''}\n${value?.value ?? ''}`
              : undefined;
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
      if (nodes.length < 2) return;
      const names = nodes.map(nameOf);
      // Mostly nothing is repeated, and a bare set of the names tells so at a fraction of the cost.
      if (new Set(names).size === names.length) return;
      const seen = new Map<string, N>();
      for (const [i, node] of nodes.entries()) {
        const name = names[i];
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

/** False where a short list surely holds no pair twice: nearly every list is so, and needs no names made for it. */
function mayRepeat(pairs: readonly TagPair[]): boolean {
  if (pairs.length > 8) return true;
  for (let i = 1; i < pairs.length; i++) {
    const { key, value } = pairs[i]!;
    for (let j = 0; j < i; j++) {
      if (pairs[j]!.key?.value === key?.value && pairs[j]!.value?.value === value?.value) return true;
    }
  }
  return false;
}
