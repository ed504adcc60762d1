import { replaceString } from '../language/edits.js';
import { asArray } from '../language/tree.js';
import { defineRule } from './rule.js';
import { TAKES_IDS } from './selectorIds.js';

export default defineRule({
  id: 'selector-without-ids',
  summary: 'INCLUDE and EXCLUDE come with managedDataIdentifierIds.',
  severity: 'warning',
  about: 'identifiers',
  docs: {
    why: 'INCLUDE without ids uses no managed data identifier at all; EXCLUDE without ids excludes none, and is the same as ALL.',
    aws: 'Not documented either way, and no AWS tool checks it: hence a warning.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const { selector } = model;
    if (!selector || !TAKES_IDS.has(selector.value)) return;
    const property = model.member('managedDataIdentifierIds');
    if (property && (property.valueNode?.type !== 'array' || property.valueNode.items.length > 0)) return;
    const effect =
      selector.value === 'EXCLUDE'
        ? 'EXCLUDE without "managedDataIdentifierIds" excludes nothing, and is the same as ALL.'
        : model.customIds.length > 0
          ? 'INCLUDE without "managedDataIdentifierIds" uses no managed data identifier. If only custom ones are meant, write NONE.'
          : 'INCLUDE without "managedDataIdentifierIds" uses no managed data identifier: the job would find nothing. List the ids to use.';
    report({ at: selector, message: effect });
  },
  fixes(_, { model }) {
    const { selector } = model;
    if (!selector) return [];
    const change = (value: string, preferred: boolean) => ({
      title: `Change managedDataIdentifierSelector to ${value}`,
      changes: [replaceString(selector, value)],
      preferred,
    });
    if (selector.value === 'EXCLUDE') return [change('ALL', true), change('RECOMMENDED', false)];
    if (asArray(model.member('customDataIdentifierIds')?.valueNode)?.items.length) return [change('NONE', true)];
    return [change('RECOMMENDED', false), change('ALL', false)];
  },
});
