import { replaceString } from '../language/edits.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'none-without-custom',
  summary: 'A job without managed data identifiers has custom ones.',
  severity: 'error',
  about: 'identifiers',
  docs: {
    why: 'With NONE a job uses no managed data identifier. Without a custom one it has nothing to look for.',
    aws: 'The API reference asks for at least one `customDataIdentifierIds` entry with NONE. The AWS CLI does not check it.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const { selector } = model;
    if (selector?.value !== 'NONE') return;
    const property = model.member('customDataIdentifierIds');
    if (property && (property.valueNode?.type !== 'array' || property.valueNode.items.length > 0)) return;
    report({
      at: selector,
      message:
        'With NONE, AWS asks for at least one id in "customDataIdentifierIds". Add one, or choose another selector.',
    });
  },
  fixes(_, { model }) {
    const { selector } = model;
    if (!selector) return [];
    // Whoever lists managed identifiers means these.
    const listed = model.managedIds.length > 0;
    return [...(listed ? ['INCLUDE'] : []), 'RECOMMENDED', 'ALL'].map((value) => ({
      title: `Change managedDataIdentifierSelector to ${value}`,
      changes: [replaceString(selector, value)],
      preferred: value === 'INCLUDE',
    }));
  },
});
