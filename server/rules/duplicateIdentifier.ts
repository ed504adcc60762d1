import { removeItems } from '../language/edits.js';
import type { ArrayASTNode, StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  node: StringASTNode;
  /** Every repeated id of the list; given to the first of them alone. */
  all?: readonly StringASTNode[];
}

export default defineRule<Data>({
  id: 'duplicate-identifier',
  summary: 'No identifier is listed twice.',
  severity: 'warning',
  about: 'identifiers',
  docs: {
    why: 'A repeated id changes nothing, and counts towards the limit of its list. Often another id was meant.',
    aws: 'Not documented. No AWS tool checks it.',
  },
  check({ model }, report) {
    for (const nodes of [model.managedIds, model.customIds, model.allowLists]) {
      const first = new Map<string, StringASTNode>();
      const repeated: StringASTNode[] = [];
      for (const node of nodes) {
        // Empty ids are each a mistake of their own.
        if (node.value.trim() === '') continue;
        if (first.has(node.value)) repeated.push(node);
        else first.set(node.value, node);
      }
      for (const node of repeated) {
        report({
          at: node,
          message: 'This id is in the list already. Remove it, or write the one that is meant.',
          data: { node, all: node === repeated[0] ? repeated : undefined },
          related: [{ at: first.get(node.value)!, message: 'Its first place.' }],
          unnecessary: true,
        });
      }
    }
  },
  fixes({ data: { node, all } }, { document }) {
    const fix = (title: string, nodes: readonly StringASTNode[], safe: boolean): Fix => ({
      title,
      changes: removeItems(document, node.parent as ArrayASTNode, nodes),
      preferred: true,
      safe,
    });
    // One change for the whole list: with thousands, one for each would be many passes over it.
    if (all && all.length > 1) return [fix('Remove the repeated ids', all, true)];
    return [fix('Remove the repeated id', [node], all !== undefined)];
  },
});
