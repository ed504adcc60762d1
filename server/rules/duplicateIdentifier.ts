import { removeItems } from '../language/edits.js';
import type { ArrayASTNode, StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: StringASTNode;
}

export default defineRule<Data>({
  id: 'duplicate-identifier',
  summary: 'No identifier is listed twice.',
  severity: 'warning',
  docs: {
    why: 'A repeated id changes nothing, and counts towards the limit of its list. Often another id was meant.',
    aws: 'Not documented. No AWS tool checks it.',
  },
  check({ model }, report) {
    for (const nodes of [model.managedIds, model.customIds, model.allowLists]) {
      const first = new Map<string, StringASTNode>();
      for (const node of nodes) {
        const other = first.get(node.value);
        if (!other) first.set(node.value, node);
        // Empty ids are each a mistake of their own.
        else if (node.value.trim() !== '') {
          report({
            at: node,
            message: 'This id is in the list already. Remove it, or write the one that is meant.',
            data: { node },
            related: [{ at: other, message: 'Its first place.' }],
            unnecessary: true,
          });
        }
      }
    }
  },
  fixes({ data: { node } }, { document }) {
    const changes = removeItems(document, node.parent as ArrayASTNode, [node]);
    return [{ title: 'Remove the repeated id', changes, preferred: true, safe: true }];
  },
});
