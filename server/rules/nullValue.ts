import { removeItems, removeMember } from '../language/edits.js';
import { memberNameOf } from '../language/structure.js';
import type { ASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: ASTNode;
}

export default defineRule<Data>({
  id: 'null-value',
  summary: 'No value is null.',
  severity: 'error',
  docs: {
    why: 'A member without a value is left out, not set to null. A described job shows null where nothing is set.',
    aws: 'The AWS CLI refuses null for any member; some SDKs drop the member without a word (measured).',
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'null-value') continue;
      const { node } = problem;
      const name = memberNameOf(node);
      const subject = node.parent?.type === 'property' && name !== undefined ? `"${name}"` : 'An entry';
      report({
        at: node,
        message: `${subject} cannot be null: the AWS CLI refuses it. Give a value, or leave it out.`,
        data: { node },
      });
    }
  },
  fixes({ data: { node } }, { document }) {
    const { parent } = node;
    if (parent?.type === 'property') {
      const title = `Remove ${parent.keyNode.value}`;
      return [{ title, changes: [removeMember(document, parent)], preferred: true, safe: true }];
    }
    if (parent?.type === 'array') {
      return [
        { title: 'Remove the null', changes: removeItems(document, parent, [node]), preferred: true, safe: true },
      ];
    }
    return [];
  },
});
