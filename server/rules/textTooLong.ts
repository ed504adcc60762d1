import { memberNameOf } from '../language/structure.js';
import { defineRule } from './rule.js';
import { count } from './words.js';

export default defineRule({
  id: 'text-too-long',
  summary: 'Names, descriptions and tags keep to their length.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'A job name has at most 500 characters, a description 200, a tag key 128 and a tag value 256. Characters are counted as Unicode code points.',
    aws: 'The API reference states the limits. No AWS tool checks them before the service does.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'too-long') continue;
      const { node, length, limit, isName } = problem;
      const member = memberNameOf(node);
      const what = isName
        ? 'This tag key'
        : member === 'name' || member === 'description'
          ? `"${member}"`
          : 'This tag value';
      report({
        at: node,
        message: `${what} has ${count(length)} characters. AWS takes at most ${count(limit)}.`,
      });
    }
  },
});
