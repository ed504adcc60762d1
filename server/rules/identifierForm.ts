import { addItem, addMember, removeItems, removeMember, renameMember, replaceString } from '../language/edits.js';
import { type ArrayASTNode, asArray, type PropertyASTNode, type StringASTNode } from '../language/tree.js';
import {
  ALLOW_LIST_ID,
  IDENTIFIER_LISTS,
  type IdentifiedKind,
  type IdentifierKind,
  identifierKind,
} from './identifierKinds.js';
import { defineRule, type Fix, type RuleContext } from './rule.js';

const NAMES: Record<IdentifierKind, string> = {
  managed: 'a managed data identifier',
  custom: 'a custom data identifier',
  allowList: 'an allow list',
};

/** AWS's own examples mask the end of an id, so its beginning is enough. */
const CUSTOM_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}/i;

interface Data {
  node: StringASTNode;
  list: IdentifierKind;
  /** What the value is, where its form tells. */
  found?: IdentifiedKind;
}

export default defineRule<Data>({
  id: 'identifier-form',
  summary: 'Each list of identifiers holds ids of its own kind: no ARNs, no names.',
  severity: 'warning',
  docs: {
    why: 'The three lists take three kinds of id. An id in the wrong list, an ARN or a name is the id of nothing, and the job would go without what is meant. An id whose form alone is unusual is an information.',
    aws: 'The API reference asks for unique identifiers, which are not the ARNs. Ids of custom data identifiers are UUIDs (seen), those of allow lists have 22 small letters and digits (service model). The AWS CLI does not check them, and whether an id exists only the account knows.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/APIReference/allow-lists.html',
    ],
  },
  check({ model }, report) {
    const lists = { managed: model.managedIds, custom: model.customIds, allowList: model.allowLists };
    for (const list of Object.keys(lists) as IdentifierKind[]) {
      for (const node of lists[list]) {
        if (node.value.trim() === '') continue;
        const found = identifierKind(node.value);
        const data = { node, list, found };
        if (found && found.kind !== list) {
          report({
            at: node,
            message: `This is the id of ${NAMES[found.kind]}, and belongs in "${IDENTIFIER_LISTS[found.kind]}".`,
            data,
          });
        } else if (found?.isArn) {
          report({
            at: node,
            message: 'This is an ARN; AWS asks for the id alone, the part after the last slash.',
            data,
          });
        } else if (!found && list === 'custom' && !CUSTOM_ID.test(node.value)) {
          report({
            at: node,
            severity: 'information',
            message:
              'Ids of custom data identifiers are UUIDs, and this is none. If it is a name, write the id, which the console and ListCustomDataIdentifiers show.',
            data,
          });
        } else if (!found && list === 'allowList' && !ALLOW_LIST_ID.test(node.value)) {
          report({
            at: node,
            severity: 'information',
            message:
              'Ids of allow lists have 22 small letters and digits, unlike this one. If it is a name, write the id, which the console and ListAllowLists show.',
            data,
          });
        }
      }
    }
  },
  fixes({ data: { node, list, found } }, context): Fix[] {
    if (!found) return [];
    if (found.kind === list) {
      return [{ title: 'Take the id alone', changes: [replaceString(node, found.id)], preferred: true, safe: true }];
    }
    const changes = move(node, IDENTIFIER_LISTS[list], IDENTIFIER_LISTS[found.kind], found.id, context);
    return changes ? [{ title: `Move it to ${IDENTIFIER_LISTS[found.kind]}`, changes, preferred: true }] : [];
  },
});

function move(node: StringASTNode, from: string, to: string, id: string, { document, model }: RuleContext) {
  const source = model.member(from) as PropertyASTNode;
  const target = model.member(to);
  const array = node.parent as ArrayASTNode;
  const text = JSON.stringify(id);
  if (!target && array.items.length === 1) return [renameMember(source, to), replaceString(node, id)];
  const gone = array.items.length === 1 ? [removeMember(document, source)] : removeItems(document, array, [node]);
  if (!target) return [...gone, addMember(document, model.root!, to, `[${text}]`, { after: source })];
  const list = asArray(target.valueNode);
  return list && [...gone, addItem(document, list, text)];
}
