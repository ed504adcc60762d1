import type { TextChange } from '../rules/rule.js';
import { comparatorsFor } from './comparators.js';
import type { JobDocument } from './document.js';
import {
  addMember,
  blockText,
  listText,
  removeMember,
  removeMembers,
  renameMember,
  replaceString,
  replaceText,
  smallText,
} from './edits.js';
import { type Area, CONDITION_KINDS } from './model.js';
import { enumValueOf, schemaAt } from './schema.js';
import { nodeText } from './scopeEdits.js';
import {
  type ASTNode,
  asArray,
  asObject,
  asString,
  memberOf,
  memberValue,
  type ObjectASTNode,
  type PropertyASTNode,
} from './tree.js';

/* The forms of a condition: on a property or on tags, of buckets or of objects. */

export type Kind = 'simple' | 'tag';

/** The keys of bucket conditions; those of conditions on objects are known by their comparators. */
const BUCKET_KEY = /^(?:ACCOUNT_ID|S3_BUCKET_(?:NAME|EFFECTIVE_PERMISSION|SHARED_ACCESS))$/;

/** Whether a key is that of a property which conditions of an area compare. */
export function isKeyOf(area: Area, key: string): boolean {
  return area === 'scoping' ? comparatorsFor(area, 'simple', key) !== undefined : BUCKET_KEY.test(key);
}

/** The place of the key of a condition on a property of an area. */
const keySchema = (area: Area) =>
  schemaAt(['s3JobDefinition', area, 'includes', 'and', 0, CONDITION_KINDS[area].simple, 'key'])!;

const KEY_SCHEMAS = { bucketCriteria: keySchema('bucketCriteria'), scoping: keySchema('scoping') };

/** The keys of the properties that conditions of an area compare. */
export const keysOf = (area: Area): readonly string[] => KEY_SCHEMAS[area].enum!;

/** Whether a key is that of a property of either area, in whatever letters. */
function isPropertyKey(key: string): boolean {
  return Object.values(KEY_SCHEMAS).some((schema) => enumValueOf(schema, key) !== undefined);
}

/** Whether a list holds texts alone. */
function areTexts(list: ASTNode | undefined): boolean {
  return list?.type === 'array' && list.items.every((item) => item.type === 'string');
}

/**
 * The kind that the parts of a condition belong to, where they are not named as those of its own kind: `tagValues`, or
 * pairs in `values`, in a condition on a property; in one on tags, `values`, which are of a property or a tag's, or the key of
 * a property. It is the own kind where the list alone has the name of the other's. Undefined where the parts are right, or
 * where they do not tell.
 */
export function kindOfParts(node: ObjectASTNode, kind: Kind, area: Area): Kind | undefined {
  const values = memberValue(node, 'values');
  const tagValues = memberValue(node, 'tagValues');
  const key = asString(memberValue(node, 'key'))?.value;
  if (kind === 'simple') {
    if (!values) {
      if (tagValues?.type !== 'array') return undefined;
      // The key of a property tells what texts are compared with.
      return key !== undefined && isPropertyKey(key) && areTexts(tagValues) ? 'simple' : 'tag';
    }
    const items = asArray(values)?.items ?? [];
    const arePairs = items.length > 0 && items.every((item) => memberOf(item, 'key') || memberOf(item, 'value'));
    return arePairs && !tagValues ? 'tag' : undefined;
  }
  if (tagValues) {
    const isOfProperty = key !== undefined && isKeyOf(area, key) && asArray(tagValues)?.items.length;
    return isOfProperty && areTexts(tagValues) ? 'simple' : undefined;
  }
  if (values?.type === 'array') return key !== undefined && isKeyOf(area, key) ? 'simple' : 'tag';
  // One value in place of the list.
  return key !== undefined && memberValue(node, 'value')?.type === 'string' && !isKeyOf(area, key) ? 'tag' : undefined;
}

/** What writes a condition in another form; `isExact` tells whether nothing is left that the form does not take. */
export interface Written {
  changes: TextChange[];
  isExact: boolean;
}

/**
 * Writes a condition as one of a kind in an area, keeping what it compares and how: names, parts and, between the two areas,
 * the form of tags.
 */
export function writeAs(document: JobDocument, property: PropertyASTNode, area: Area, kind: Kind): Written | undefined {
  const node = asObject(property.valueNode);
  const owner = property.keyNode.value;
  const written = node && writePartsAs(document, node, area, kind, owner);
  const name = CONDITION_KINDS[area][kind];
  if (!written || owner === name) return written;
  return { ...written, changes: [renameMember(property, name), ...written.changes] };
}

/** The same for the parts of a condition alone; `owner` is the name that it had. */
export function writePartsAs(
  document: JobDocument,
  node: ObjectASTNode,
  area: Area,
  kind: Kind,
  owner: string,
): Written | undefined {
  const changes: TextChange[] = [];
  let isExact = true;
  const gone: PropertyASTNode[] = [];
  const drop = (member: string) => {
    const found = memberOf(node, member);
    if (found) gone.push(found);
  };
  if (kind === 'simple') {
    drop('target');
    const tagValues = memberOf(node, 'tagValues');
    const value = memberOf(node, 'value');
    if (tagValues && !memberOf(node, 'values') && areTexts(tagValues.valueNode)) {
      changes.push(renameMember(tagValues, 'values'));
    } else if (value?.valueNode?.type === 'string' && !memberOf(node, 'values')) {
      const list = listText(document, [JSON.stringify(value.valueNode.value)]);
      changes.push(renameMember(value, 'values'), replaceText(document, value.valueNode, list));
    }
  } else {
    const key = memberOf(node, 'key');
    const given = asString(key?.valueNode)?.value;
    const tagName = given === undefined || given === 'TAG' || given.trim() === '' ? undefined : given;
    const list = memberOf(node, 'tagValues') ?? memberOf(node, 'values') ?? memberOf(node, 'value');
    if (list?.valueNode) {
      if (list.keyNode.value !== 'tagValues') changes.push(renameMember(list, 'tagValues'));
      const items = list.valueNode.type === 'array' ? list.valueNode.items : [list.valueNode];
      for (const item of items) {
        const written = tagAs(document, item, area, tagName, owner);
        if (!written) return undefined;
        if (list.valueNode.type === 'array') changes.push(...written);
        else {
          const text = nodeText(document, item, written);
          changes.push(
            replaceText(
              document,
              item,
              text.includes('\n') ? blockText(document, '[]', [text]) : listText(document, [text]),
            ),
          );
        }
      }
      // Texts alone may be keys or values, and a pair of objects needs a key.
      isExact = tagName !== undefined || items.every((item) => item.type === 'object' && hasParts(item, area));
      if (tagName !== undefined && isPropertyKey(tagName)) isExact = false;
    }
    if (area === 'bucketCriteria') {
      drop('key');
      drop('target');
    } else {
      if (key?.valueNode && given !== 'TAG') changes.push(replaceString(key.valueNode, 'TAG'));
      const place = { after: memberOf(node, 'comparator'), first: !memberOf(node, 'comparator') };
      if (!key) changes.push(addMember(document, node, 'key', '"TAG"', place));
      if (!memberOf(node, 'target')) changes.push(addMember(document, node, 'target', '"S3_OBJECT"'));
    }
  }
  if (gone.length > 0) changes.push(...removeMembers(document, node, gone));
  return { changes, isExact };
}

/** Whether a pair has what tags of an area need: for objects a key. */
function hasParts(item: ObjectASTNode, area: Area): boolean {
  return area === 'bucketCriteria' || memberOf(item, 'key') !== undefined;
}

/**
 * An entry of a list as a pair of an area. Texts are values of the tag that the condition names, else keys of tags. For any
 * value, a pair of objects has an empty `value`, and one of buckets has none.
 */
function tagAs(
  document: JobDocument,
  item: ASTNode,
  area: Area,
  tagName: string | undefined,
  owner: string,
): TextChange[] | undefined {
  if (item.type === 'string') {
    const key = tagName ?? item.value;
    const value = tagName === undefined ? (area === 'scoping' ? '' : undefined) : item.value;
    return [replaceText(document, item, smallText(document, value === undefined ? { key } : { key, value }))];
  }
  if (item.type !== 'object') return undefined;
  const key = memberOf(item, 'key');
  const value = memberOf(item, 'value');
  const changes: TextChange[] = [];
  if (!key && value && tagName !== undefined) {
    changes.push(addMember(document, item, 'key', JSON.stringify(tagName), { first: true }));
  }
  const isAnyOfObjects = owner === CONDITION_KINDS.scoping.tag && asString(value?.valueNode)?.value === '';
  if (area === 'bucketCriteria' && key && value && isAnyOfObjects) changes.push(removeMember(document, value));
  if (area === 'scoping' && key && !value) changes.push(addMember(document, item, 'value', '""', { after: key }));
  return changes;
}
