import { removeMember } from '../language/edits.js';
import type { PropertyASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';
import { quote } from './words.js';

interface Data {
  property: PropertyASTNode;
  kept: PropertyASTNode;
  same: boolean;
}

export default defineRule<Data>({
  id: 'duplicate-member',
  summary: 'No member stands twice in one object.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'Where a name is repeated, only the last value counts: what the earlier ones say is lost without a word. With equal values nothing is lost, and it is a warning.',
    aws: 'The AWS CLI takes the last value silently (measured).',
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'duplicate-member') continue;
      const { property, kept, same } = problem;
      const name = quote(property.keyNode.value);
      report({
        at: property.keyNode,
        severity: same ? 'warning' : 'error',
        message: same
          ? `${name} stands twice in this object, with the same value. Remove one.`
          : `${name} stands again further down, and only the last value counts: this one is lost.`,
        data: { property, kept, same },
        related: [{ at: kept.keyNode, message: 'The value that counts.' }],
        unnecessary: true,
      });
    }
  },
  fixes({ data: { property, kept, same } }, { document }) {
    const name = quote(property.keyNode.value);
    const changes = [removeMember(document, property)];
    const remove = { title: `Remove this ${name}`, changes, preferred: same, safe: same };
    if (same) return [remove];
    // Which of two values was meant, only the author knows.
    return [remove, { title: `Keep this ${name}, remove the last one`, changes: [removeMember(document, kept)] }];
  },
});
