import { memberNameOf } from '../language/structure.js';
import { defineRule } from './rule.js';
import { count } from './words.js';

export default defineRule({
  id: 'too-many-entries',
  summary: 'Lists and tags keep to the quotas of a job.',
  severity: 'error',
  docs: {
    why: 'A job takes at most 30 custom data identifiers, 10 allow lists and 50 tags.',
    aws: "The API reference and Macie's quotas page state the limits.",
    links: ['https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html'],
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'too-many') continue;
      const { node, count: found, limit } = problem;
      const key = node.parent?.type === 'property' ? node.parent.keyNode : node;
      report({
        at: key,
        message: `"${memberNameOf(node)}" has ${count(found)} entries. AWS takes at most ${count(limit)} in one job.`,
      });
    }
  },
});
