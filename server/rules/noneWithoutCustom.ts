import { replaceString } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import { once } from '../language/once.js';
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
    const isEmpty = property?.valueNode?.type === 'array' && property.valueNode.items.length === 0;
    if (property && !isEmpty && !areBlank(model)) return;
    report({
      at: areBlank(model) ? property!.valueNode! : selector,
      message:
        'With NONE, AWS asks for at least one id in "customDataIdentifierIds". Add one, or choose another selector.',
    });
  },
  /** Without the empty ids, there would be none. */
  covers(other, own) {
    return other.code === 'empty-identifier' && own.some(({ start, end }) => start <= other.start && other.end <= end);
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

/** Whether the custom ids are there, and none of them is filled in. */
const areBlank = once(
  ({ customIds }: JobModel) => customIds.length > 0 && customIds.every(({ value }) => value.trim() === ''),
);
