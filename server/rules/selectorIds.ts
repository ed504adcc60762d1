import { addMember, removeMember, replaceString } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import { once } from '../language/once.js';
import { asArray } from '../language/tree.js';
import { defineRule, type Finding, type Fix } from './rule.js';

const TAKES_IDS = new Set(['INCLUDE', 'EXCLUDE']);
const TAKES_NONE = new Set(['ALL', 'NONE', 'RECOMMENDED']);

export default defineRule({
  id: 'selector-ids',
  summary: 'managedDataIdentifierIds are given with INCLUDE or EXCLUDE alone.',
  severity: 'error',
  about: 'identifiers',
  docs: {
    why: 'With ALL, NONE or RECOMMENDED, and without a selector, which means RECOMMENDED, the list of identifiers has no meaning: the job uses others than the list says.',
    aws: 'The API reference says not to give any ids with ALL, NONE and RECOMMENDED. The AWS CLI does not check it. An empty list gives no ids, and is fine.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const property = model.member('managedDataIdentifierIds');
    const { selector } = model;
    if (!property || !asArray(property.valueNode)?.items.length) return;
    if (selector ? !TAKES_NONE.has(selector.value) : model.member('managedDataIdentifierSelector')) return;
    report({
      at: property.keyNode,
      message: selector
        ? `With ${selector.value}, AWS takes no "managedDataIdentifierIds". Remove them, or change the selector to INCLUDE or EXCLUDE.`
        : 'Without a selector the job uses the recommended set, and AWS takes no ids with it. Add "managedDataIdentifierSelector": INCLUDE to use these.',
      related: selector && [{ at: selector, message: 'The selector.' }],
    });
  },
  /** Ids that nobody has filled in are a leftover, and go as a whole. */
  covers(other, _, { model }) {
    return other.code === 'empty-identifier' && isLeftover(model) && isInside(other, model);
  },
  fixes(_, { document, model }): Fix[] {
    const property = model.member('managedDataIdentifierIds');
    if (!property || !model.root) return [];
    const { selector } = model;
    const select = (value: string) =>
      selector
        ? replaceString(selector, value)
        : addMember(document, model.root!, 'managedDataIdentifierSelector', `"${value}"`, { after: property });
    const verb = selector ? 'Change managedDataIdentifierSelector to' : 'Add managedDataIdentifierSelector';
    return [
      // Whoever lists ids without a selector means just these.
      { title: `${verb} INCLUDE`, changes: [select('INCLUDE')], preferred: !selector && !isLeftover(model) },
      { title: `${verb} EXCLUDE`, changes: [select('EXCLUDE')] },
      {
        title: 'Remove managedDataIdentifierIds',
        changes: [removeMember(document, property)],
        preferred: isLeftover(model),
      },
    ];
  },
});

const isLeftover = once(
  ({ managedIds }: JobModel) => managedIds.length > 0 && managedIds.every(({ value }) => value.trim() === ''),
);

function isInside({ start, end }: Finding, model: JobModel): boolean {
  const list = model.member('managedDataIdentifierIds')?.valueNode;
  return list !== undefined && list.offset <= start && end <= list.offset + list.length;
}

export { TAKES_IDS };
