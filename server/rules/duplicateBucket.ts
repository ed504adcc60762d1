import { removeItems } from '../language/edits.js';
import type { ArrayASTNode, StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';
import { quote } from './words.js';

interface Data {
  node: StringASTNode;
  list: ArrayASTNode;
}

export default defineRule<Data>({
  id: 'duplicate-bucket',
  summary: 'A bucket is named once.',
  severity: 'warning',
  about: 'bucketDefinitions',
  docs: {
    why: 'A second entry for a bucket has nothing to add, and often another bucket was meant.',
    aws: 'Not documented: AWS neither allows nor forbids it.',
  },
  check({ model }, report) {
    for (const { bucketsNode, buckets } of model.definitions) {
      const seen = new Map<string, StringASTNode>();
      for (const node of buckets) {
        const first = seen.get(node.value);
        if (!first) seen.set(node.value, node);
        else {
          report({
            at: node,
            message: `${quote(node.value)} is named before in this list. Remove one, or write the bucket that is meant.`,
            data: { node, list: bucketsNode! },
            related: [{ at: first, message: 'The first entry.' }],
            unnecessary: true,
          });
        }
      }
    }
  },
  fixes({ data: { node, list } }, { document }) {
    const changes = removeItems(document, list, [node]);
    return [{ title: 'Remove the repeated bucket', changes, preferred: true, safe: true }];
  },
});
