import { recommendedIds } from '../catalog/managedDataIdentifiers.js';
import type { JobDocument } from '../language/document.js';
import {
  addItem,
  addMember,
  listText,
  removeItems,
  removeMember,
  renameMember,
  replaceString,
  splitItem,
} from '../language/edits.js';
import { type ArrayASTNode, asArray, type PropertyASTNode, type StringASTNode } from '../language/tree.js';
import {
  ALLOW_LIST_ID,
  IDENTIFIER_LISTS,
  type IdentifiedKind,
  type IdentifierKind,
  identifierKind,
  identifiersIn,
} from './identifierKinds.js';
import { defineRule, type Fix, type RuleContext, type TextChange } from './rule.js';
import { standsWith } from './spans.js';

const NAMES: Record<IdentifierKind, string> = {
  managed: 'a managed data identifier',
  custom: 'a custom data identifier',
  allowList: 'an allow list',
};

const BEGINS_AS_UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}/i;
/** AWS's own examples mask the end of an id with other letters. */
const CUSTOM_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-z]{12}$/i;

interface Data {
  node: StringASTNode;
  list: IdentifierKind;
  /** What the value is, where its form tells. */
  found?: IdentifiedKind;
  /** The ids that stand in one text. */
  several?: readonly IdentifiedKind[];
}

export default defineRule<Data>({
  id: 'identifier-form',
  summary: 'Each list of identifiers holds ids of its own kind: no ARNs, no names.',
  severity: 'warning',
  about: 'identifiers',
  docs: {
    why: 'The three lists take three kinds of id. An id in the wrong list, an ARN, a part of an id, several in one text or a name is the id of nothing, and the job would go without what is meant. An id whose form alone is unusual is an information.',
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
        const held = identifierKind(node.value) ?? identifiersIn(node.value);
        const several = Array.isArray(held) && held.length > 1 ? held : undefined;
        const found = several ? undefined : Array.isArray(held) ? held[0] : held;
        const data = { node, list, found, several };
        if (several) {
          report({
            at: node,
            message: `Here are ${several.length} ids in one text. Write each of them as an entry of its own.`,
            data,
          });
        } else if (found && found.kind !== list) {
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
        } else if (found && found.id !== node.value) {
          report({
            at: node,
            message: 'White space or a comma stands beside this id, and belongs to none. Write the id alone.',
            data,
          });
        } else if (!found && list === 'custom' && CUSTOM_ID.test(node.value)) {
          // As good as AWS's own examples.
        } else if (!found && list === 'custom' && BEGINS_AS_UUID.test(node.value)) {
          report({
            at: node,
            message: `Ids of custom data identifiers are UUIDs with 36 characters, and this one has ${node.value.length}. Copy the whole id.`,
            data,
          });
        } else if (!found && list === 'custom') {
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
  covers(other, own) {
    return other.code === 'unknown-managed-identifier' && standsWith(other, own);
  },
  fixes({ data: { node, list, found, several } }, context): Fix[] {
    const array = node.parent as ArrayASTNode;
    if (several) {
      if (several.some(({ kind }) => kind !== list)) return [];
      const changes = [
        splitItem(
          context.document,
          array,
          node,
          several.map(({ id }) => JSON.stringify(id)),
        ),
      ];
      return [{ title: `Split into ${several.length} ids`, changes, preferred: true }];
    }
    if (!found) return [];
    if (found.kind === list) {
      return [{ title: 'Take the id alone', changes: [replaceString(node, found.id)], preferred: true, safe: true }];
    }
    if (found.kind === 'managed') return managedFixes(node, list, found.id, context);
    const changes = move(node, IDENTIFIER_LISTS[list], IDENTIFIER_LISTS[found.kind], found.id, context);
    return changes ? [{ title: `Move it to ${IDENTIFIER_LISTS[found.kind]}`, changes, preferred: true }] : [];
  },
});

/** What becomes of a managed identifier in another list depends on the selector: not every one takes ids. */
function managedFixes(node: StringASTNode, list: IdentifierKind, id: string, context: RuleContext): Fix[] {
  const { document, model } = context;
  const selector = model.selector?.value ?? 'RECOMMENDED';
  if (list === 'custom' && (selector === 'ALL' || (selector === 'RECOMMENDED' && recommendedIds().includes(id)))) {
    const changes = removeId(document, node, model.member(IDENTIFIER_LISTS[list])!);
    return [{ title: 'Remove it: the job uses it anyway', changes, preferred: true }];
  }
  const changes = move(node, IDENTIFIER_LISTS[list], IDENTIFIER_LISTS.managed, id, context);
  if (!changes) return [];
  const title = `Move it to ${IDENTIFIER_LISTS.managed}`;
  if (model.selector && selector === 'NONE') {
    // No managed identifier but this one: that is INCLUDE.
    const included = [...changes, replaceString(model.selector, 'INCLUDE')];
    return [{ title: `${title}, and change the selector to INCLUDE`, changes: included, preferred: list === 'custom' }];
  }
  return [{ title, changes, preferred: list === 'custom' && selector === 'INCLUDE' }];
}

function removeId(document: JobDocument, node: StringASTNode, property: PropertyASTNode): TextChange[] {
  const array = node.parent as ArrayASTNode;
  return array.items.length === 1 ? [removeMember(document, property)] : removeItems(document, array, [node]);
}

function move(node: StringASTNode, from: string, to: string, id: string, { document, model }: RuleContext) {
  const source = model.member(from) as PropertyASTNode;
  const target = model.member(to);
  const array = node.parent as ArrayASTNode;
  const text = JSON.stringify(id);
  if (!target && array.items.length === 1) return [renameMember(source, to), replaceString(node, id)];
  const gone = removeId(document, node, source);
  if (!target) return [...gone, addMember(document, model.root!, to, listText(document, [text]), { after: source })];
  const list = asArray(target.valueNode);
  return list && [...gone, addItem(document, list, text)];
}
