import type { TextChange } from '../rules/rule.js';
import type { JobDocument } from './document.js';
import {
  removeMembers,
  renameMember,
  replaceNode,
  replaceString,
  replaceText,
  replaceValue,
  textAround,
} from './edits.js';
import { once } from './once.js';
import { rootSchema, type SchemaNode } from './schema.js';
import { nodeText } from './scopeEdits.js';
import { normalizeName } from './suggest.js';
import { type ArrayASTNode, type ASTNode, memberValue, type ObjectASTNode, type PropertyASTNode } from './tree.js';

/*
 * The same members under the names of another tool: JobType in Step Functions and CloudFormation, job_type in Terraform,
 * job-type among the options of the AWS CLI.
 */

export interface DialectRewrite {
  changes: TextChange[];
  /** The members that get another name. */
  renamed: readonly PropertyASTNode[];
  /** True where more than names and the letter case of fixed values changes. */
  reshaped: boolean;
}

/**
 * What turns a definition in another tool's spelling into one in the API's: names in depth, the letter case of fixed
 * values, and Terraform's forms of schedules and single blocks. Names that no spelling leads to stay as they are.
 */
export function rewriteDialect(document: JobDocument): DialectRewrite {
  const rewrite: Rewrite = { document, changes: [], renamed: [], reshaped: false };
  if (document.root?.type === 'object') rewriteObject(document.root, rootSchema, rewrite);
  return rewrite;
}

interface Rewrite {
  document: JobDocument;
  changes: TextChange[];
  renamed: PropertyASTNode[];
  reshaped: boolean;
}

const spellingsOf = once(
  ({ properties }: SchemaNode): ReadonlyMap<string, string> =>
    new Map([...(properties?.keys() ?? [])].map((key) => [normalizeName(key), key])),
);

/** The API's name of a member, whichever spelling it has; undefined for one that the API does not know. */
export function apiName(name: string, schema: SchemaNode): string | undefined {
  if (schema.properties?.has(name)) return name;
  if (name.length > 100) return undefined;
  return spellingsOf(schema).get(normalizeName(name));
}

function rewriteObject(node: ObjectASTNode, schema: SchemaNode, rewrite: Rewrite): void {
  if (!schema.properties) return;
  const taken = new Set(node.properties.map((property) => property.keyNode.value));
  const gone: PropertyASTNode[] = [];
  for (const property of node.properties) {
    const name = property.keyNode.value;
    const api = apiName(name, schema);
    if (!api || (api !== name && taken.has(api))) continue;
    if (api !== name) {
      taken.add(api);
      rewrite.renamed.push(property);
    }
    const known = schema.properties.get(api)!;
    if (known.properties?.size === 0 && property.valueNode?.type === 'boolean' && !property.valueNode.value) {
      // Terraform's `daily_schedule = false` says that there is none.
      gone.push(property);
      rewrite.reshaped = true;
      continue;
    }
    if (api !== name) rewrite.changes.push(renameMember(property, api));
    if (property.valueNode) rewriteValue(property.valueNode, known, rewrite);
  }
  if (gone.length > 0) rewrite.changes.push(...removeMembers(rewrite.document, node, gone));
}

function rewriteValue(node: ASTNode, schema: SchemaNode, rewrite: Rewrite): void {
  switch (schema.type) {
    case 'object':
      if (node.type === 'object') rewriteObject(node, schema, rewrite);
      else reshapeToObject(node, schema, rewrite);
      break;
    case 'array':
      if (node.type === 'array') for (const item of node.items) rewriteValue(item, schema.items!, rewrite);
      else if (node.type === 'object' && schema.items?.type === 'object') {
        // A block that Terraform may repeat, written once.
        const { document } = rewrite;
        const inside: Rewrite = { ...rewrite, changes: [] };
        rewriteObject(node, schema.items, inside);
        const list = textAround(document, node, '[]', [nodeText(document, node, inside.changes)]);
        rewrite.changes.push(replaceText(document, node, list));
        rewrite.reshaped = true;
      }
      break;
    case 'string': {
      if (node.type !== 'string' || !schema.enum || schema.enumSet!.has(node.value)) break;
      const meant = schema.enum.find((value) => normalizeName(value) === normalizeName(node.value));
      if (meant) rewrite.changes.push(replaceString(node, meant));
      break;
    }
  }
}

function reshapeToObject(node: ASTNode, schema: SchemaNode, rewrite: Rewrite): void {
  const reshape = (...changes: TextChange[]) => {
    rewrite.changes.push(...changes);
    rewrite.reshaped = true;
  };
  if (node.type === 'array' && schema.additional) {
    const tags = tagsOfList(node);
    if (tags) reshape(replaceValue(rewrite.document, node, tags));
    return;
  }
  if (node.type === 'array') {
    const [only, more] = node.items;
    if (only?.type !== 'object' || more) return;
    const inside: Rewrite = { ...rewrite, changes: [] };
    rewriteObject(only, schema, inside);
    reshape(replaceText(rewrite.document, node, nodeText(rewrite.document, only, inside.changes)));
    return;
  }
  if (schema.properties?.size === 0) {
    if (node.type === 'boolean') reshape(replaceNode(node, '{}'));
    return;
  }
  const text = node.type === 'string' ? node.value.trim().toUpperCase() : '';
  const day = schema.properties?.get('dayOfWeek');
  if (day?.enumSet?.has(text)) reshape(replaceValue(rewrite.document, node, { dayOfWeek: text }));
  if (schema.properties?.has('dayOfMonth')) {
    const number = node.type === 'number' ? String(node.value) : text;
    if (/^\d{1,2}$/.test(number)) reshape(replaceValue(rewrite.document, node, { dayOfMonth: Number(number) }));
  }
}

/** `[{"Key": "Team", "Value": "data"}]`, as S3 and EC2 write tags, as the map that Macie takes; undefined for another list. */
export function tagsOfList(list: ArrayASTNode): Record<string, string> | undefined {
  const tags: Record<string, string> = Object.create(null);
  for (const item of list.items) {
    const find = (...names: string[]) => names.map((name) => memberValue(item, name)).find((value) => value);
    const key = find('Key', 'key');
    const value = find('Value', 'value');
    if (key?.type !== 'string' || (value && value.type !== 'string') || key.value in tags) return undefined;
    tags[key.value] = value?.value ?? '';
  }
  return tags;
}
