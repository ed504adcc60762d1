import type { TextChange } from '../rules/rule.js';
import { RESPONSE_MEMBERS } from '../rules/unknownMember.js';
import { apiName } from './dialect.js';
import type { JobDocument } from './document.js';
import { removeItems, removeMembers, renameMember, replaceNode, replaceString } from './edits.js';
import { rootSchema, type SchemaNode } from './schema.js';
import { normalizeName } from './suggest.js';
import { type ASTNode, asObject, type ObjectASTNode, type PropertyASTNode } from './tree.js';

/* A job that exists, as DescribeClassificationJob and the console show it, made the definition of a new one. */

/** What SDKs put around a response. */
const ENVELOPE = ['ResponseMetadata', '$metadata'];

const RESPONSE_NAMES: ReadonlySet<string> = new Set([...RESPONSE_MEMBERS, ...ENVELOPE].map(normalizeName));

/** Members that say nothing when they are empty; an empty `bucketCriteria` means every bucket, and stays. */
const EMPTY_SAYS_NOTHING: ReadonlySet<string> = new Set([
  'allowListIds',
  'customDataIdentifierIds',
  'managedDataIdentifierIds',
  'tags',
  'scheduleFrequency',
  'scoping',
  'includes',
  'excludes',
  'and',
]);

const MAX_NAME = 500;
const SUFFIX = '-copy';

/** The members at the top that only a job that exists has, in any spelling. */
export function responseMembers(document: JobDocument): PropertyASTNode[] {
  return (asObject(document.root)?.properties ?? []).filter(
    ({ keyNode: { value } }) => !rootSchema.properties?.has(value) && RESPONSE_NAMES.has(normalizeName(value)),
  );
}

/** True for the description of a job: one such member alone may as well be a slip. */
export function isDescribedJob(document: JobDocument): boolean {
  return responseMembers(document).length > 1;
}

/**
 * What makes a described job a new definition: without what belongs to the old job (ids, times, status, token, `aws:`
 * tags), without nulls and empty lists, without `initialRun` in a one-time job, and under a name of its own.
 */
export function newDefinitionChanges(document: JobDocument): TextChange[] {
  const root = asObject(document.root);
  if (!root) return [];
  const jobType = root.properties.find((p) => apiName(p.keyNode.value, rootSchema) === 'jobType')?.valueNode;
  const copy: Copy = { document, changes: [], once: jobType?.type === 'string' && /^one_?time$/i.test(jobType.value) };
  copyObject(root, rootSchema, copy, 0);
  return copy.changes;
}

interface Copy {
  document: JobDocument;
  changes: TextChange[];
  once: boolean;
}

/** Records the changes within an object; true where nothing of it is left. */
function copyObject(node: ObjectASTNode, schema: SchemaNode, copy: Copy, depth: number): boolean {
  const gone: PropertyASTNode[] = [];
  for (const property of node.properties) {
    const api = apiName(property.keyNode.value, schema) ?? property.keyNode.value;
    const before = copy.changes.length;
    if (isGone(property, api, schema, copy, depth)) {
      // What was to change inside of it goes along.
      copy.changes.length = before;
      gone.push(property);
    } else if (api !== property.keyNode.value) {
      copy.changes.push(renameMember(property, api));
    }
  }
  if (gone.length > 0) copy.changes.push(...removeMembers(copy.document, node, gone));
  return gone.length === node.properties.length;
}

function isGone(property: PropertyASTNode, name: string, owner: SchemaNode, copy: Copy, depth: number): boolean {
  const value = property.valueNode;
  if (!value) return false;
  if (value.type === 'null') return true;
  const isTag = owner.additional !== undefined;
  if (isTag) return /^aws:/i.test(name);
  if (depth === 0) {
    if (RESPONSE_NAMES.has(normalizeName(name)) || name === 'clientToken') return true;
    if (name === 'initialRun' && copy.once) return true;
    if (name === 'description' && value.type === 'string' && value.value === '') return true;
    if (name === 'name' && value.type === 'string' && value.value !== '') {
      copy.changes.push(replaceString(value, [...value.value].slice(0, MAX_NAME - SUFFIX.length).join('') + SUFFIX));
      return false;
    }
  }
  if (name === 'bucketDefinitions' && value.type === 'array' && value.items.length === 0) {
    return asObject(property.parent)?.properties.some((p) => /^bucket_?criteria$/i.test(p.keyNode.value)) ?? false;
  }
  const known = owner.properties?.get(name);
  const empty = known !== undefined && copyValue(value, known, copy, depth + 1);
  return empty && EMPTY_SAYS_NOTHING.has(name);
}

/** Records the changes within a value; true where it is empty, or becomes so. */
function copyValue(node: ASTNode, schema: SchemaNode, copy: Copy, depth: number): boolean {
  if (node.type === 'object') return copyObject(node, schema, copy, depth);
  if (node.type === 'array') {
    const nulls = node.items.filter((item) => item.type === 'null');
    if (schema.items) {
      for (const item of node.items) if (item.type !== 'null') copyValue(item, schema.items, copy, depth + 1);
    }
    if (nulls.length > 0) copy.changes.push(...removeItems(copy.document, node, nulls));
    return nulls.length === node.items.length;
  }
  const meant =
    node.type === 'string' &&
    schema.enum?.find((v) => v !== node.value && normalizeName(v) === normalizeName(node.value));
  if (meant) copy.changes.push(replaceNode(node, JSON.stringify(meant)));
  return false;
}
