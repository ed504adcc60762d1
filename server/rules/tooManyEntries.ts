import { memberNameOf } from '../language/structure.js';
import type { ASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';
import { count } from './words.js';

export default defineRule({
  id: 'too-many-entries',
  summary: 'Lists and tags keep to the quotas of a job.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'A job takes at most 30 custom data identifiers, 10 allow lists and 50 tags. A tag key that stands twice is one tag, and those that begin with `aws:` do not count.',
    aws: "The API reference and Macie's quotas page state the limits.",
    links: ['https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html'],
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'too-many') continue;
      const { node, limit } = problem;
      const found = node.type === 'object' ? countTags(node) : problem.count;
      if (found <= limit) continue;
      const key = node.parent?.type === 'property' ? node.parent.keyNode : node;
      report({
        at: key,
        message: `"${memberNameOf(node)}" has ${count(found)} entries. AWS takes at most ${count(limit)} in one job.`,
      });
    }
  },
});

/** What counts of a map of tags: each key once, and none that AWS reserves. Source: Macie's user guide on tags. */
function countTags(tags: ASTNode & { type: 'object' }): number {
  const keys = new Set(tags.properties.map(({ keyNode }) => keyNode.value));
  let count = 0;
  for (const key of keys) if (!/^aws:/i.test(key)) count++;
  return count;
}
