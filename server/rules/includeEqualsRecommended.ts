import { recommendedIds } from '../catalog/managedDataIdentifiers.js';
import { removeMember, replaceString } from '../language/edits.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'include-equals-recommended',
  summary: 'The recommended set is chosen as RECOMMENDED, not listed id by id.',
  severity: 'hint',
  about: 'identifiers',
  docs: {
    why: 'INCLUDE with precisely the ids of the recommended set finds today what RECOMMENDED finds, but stays as it is: ids that AWS adds to the set later are not used. Where the frozen list is meant, leave it.',
    aws: 'The API reference says that RECOMMENDED follows the set as it is when a run starts. The set compared with here is that of August 2026.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-mdis-recommended.html'],
  },
  check({ model }, report) {
    const { selector, managedIds } = model;
    const recommended = recommendedIds();
    if (selector?.value !== 'INCLUDE' || managedIds.length < recommended.length) return;
    const ids = new Set(managedIds.map((node) => node.value));
    if (ids.size !== recommended.length || !recommended.every((id) => ids.has(id))) return;
    report({
      at: selector,
      message:
        'These are precisely the ids of the recommended set. RECOMMENDED uses the same ones, and those that AWS adds later.',
    });
  },
  fixes(_, { document, model }) {
    const ids = model.member('managedDataIdentifierIds');
    if (!model.selector || !ids) return [];
    return [
      {
        title: 'Change to RECOMMENDED and remove the ids',
        changes: [replaceString(model.selector, 'RECOMMENDED'), removeMember(document, ids)],
      },
    ];
  },
});
