import { removeMember } from '../language/edits.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'client-token',
  summary: 'The file holds no clientToken.',
  severity: 'warning',
  docs: {
    why: 'The token tells a repeated request from a new one. Kept in a file, it makes a second submission a repeat of the first, and no new job can be counted on. The editor and every AWS tool put a fresh token in when there is none.',
    aws: 'The API reference calls the token required, and filled in when absent. What a token that was used before leads to, the first job or a refusal, is not documented. An empty one is sent as it is (measured).',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const token = model.text('clientToken');
    const property = model.member('clientToken');
    if (!token || !property) return;
    report({
      at: property.keyNode,
      message:
        token.value === ''
          ? 'An empty "clientToken" is sent as it is, not replaced by a fresh one. Remove it: a fresh one is made for each submission.'
          : 'A fixed "clientToken" makes a second submission a repeat of the first. AWS does not say whether that yields the old job or a refusal. Remove it: a fresh one is made for each.',
    });
  },
  fixes(_, { document, model }) {
    const property = model.member('clientToken');
    return property
      ? [{ title: 'Remove clientToken', changes: [removeMember(document, property)], preferred: true }]
      : [];
  },
});
