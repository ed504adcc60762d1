import { notAName } from '../language/bucketName.js';
import { parseMacieDate } from '../language/dates.js';
import { tagsOfList } from '../language/dialect.js';
import type { JobDocument } from '../language/document.js';
import {
  blockText,
  listText,
  memberText,
  removeMember,
  replaceNode,
  replaceString,
  replaceText,
  replaceValue,
  textAround,
} from '../language/edits.js';
import { SCHEDULE_FORMS } from '../language/model.js';
import { type SchemaNode, schemaAt } from '../language/schema.js';
import { nodeText } from '../language/scopeEdits.js';
import { parseByteSize } from '../language/sizes.js';
import { fits, isWholeNumber } from '../language/structure.js';
import { closestWord, normalizeName } from '../language/suggest.js';
import {
  type ArrayASTNode,
  type ASTNode,
  asObject,
  asString,
  memberOf,
  memberValue,
  type ObjectASTNode,
  spanOf,
  stringsOf,
} from '../language/tree.js';
import { typeFix } from './conditionFixes.js';
import { meantValue } from './invalidValue.js';
import type { Fix, TextChange } from './rule.js';

/* Values of a wrong type as values of the right one: for a value in its place, and for one whose member gets its name. */

/**
 * The ways to turn a value into the type that its place wants, for the member of that name, directly or as an entry of its
 * list. The preferred one is right in its place.
 */
export function conversions(document: JobDocument, node: ASTNode, schema: SchemaNode, name: string | undefined): Fix[] {
  const condition = typeFix(document, node, name);
  if (condition) return [condition];
  const source = document.source.slice(node.offset, node.offset + node.length);
  switch (schema.type) {
    case 'string':
      return toText(node, schema, source, name);
    case 'integer':
      return toInteger(node, schema);
    case 'boolean': {
      if (node.type !== 'string' && node.type !== 'number') return [];
      const meant = truthMeant(node.type === 'string' ? node.value : source);
      if (!meant) return [];
      const title = node.type === 'string' ? `Write ${meant} without quotes` : `Write ${meant}`;
      const safe = node.type === 'string' && truthIn(node.value) !== undefined;
      return [{ title, changes: [replaceNode(node, meant)], preferred: true, safe }];
    }
    case 'array':
      return toList(node, schema, document, name);
    case 'object':
      return toObject(node, schema, document, name ?? '');
  }
}

/** `true` or `false` for what stands for it in other languages, or is a slip of the pen for it. */
export function truthMeant(text: string): string | undefined {
  return truthIn(text) ?? closestWord(text, ['true', 'false']);
}

/** The fixed word of JSON for what other languages write for it; undefined where it is none of that. */
function truthIn(text: string): 'true' | 'false' | undefined {
  const word = text.trim();
  return /^(?:true|yes|on|1)$/i.test(word) ? 'true' : /^(?:false|no|off|0)$/i.test(word) ? 'false' : undefined;
}

function toText(node: ASTNode, schema: SchemaNode, source: string, name: string | undefined): Fix[] {
  if (node.type === 'array') {
    const [only, more] = node.items;
    if (only?.type !== 'string' || more || !fits(only, schema)) return [];
    return [
      { title: 'Take the one entry out of the list', changes: [replaceString(node, only.value)], preferred: true },
    ];
  }
  if (node.type === 'object') return partOf(node, name);
  if ((node.type !== 'number' && node.type !== 'boolean') || schema.enum) return [];
  const { text, isRight, isSame } = textOf(node, source, name);
  if (name === 'accountId' && !isRight) return [];
  return [
    {
      title: `Write it as a text: "${text}"`,
      changes: [replaceNode(node, JSON.stringify(text))],
      preferred: isRight,
      safe: isRight && isSame,
    },
  ];
}

/** The members by which lists of buckets and of identifiers name what they show; the first that is there counts. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  buckets: ['name', 'Name', 'bucketName', 'bucket'],
  managedDataIdentifierIds: ['id', 'Id'],
  customDataIdentifierIds: ['id', 'Id'],
  allowListIds: ['id', 'Id'],
};

/** What such lists show beside it, which is no setting of a job. Normalized. */
const SHOWN: ReadonlySet<string> = new Set(
  'arn bucketarn category createdat creationdate description name region updatedat'.split(' '),
);

/** `{"id": "x", "name": "y"}` and `{"Name": "b"}` as the id or name in it. */
function partOf(node: ObjectASTNode, member: string | undefined): Fix[] {
  const names = member !== undefined && Object.hasOwn(NAMED_BY, member) ? NAMED_BY[member]! : [];
  const part = names.map((name) => memberOf(node, name)).find((found) => found);
  const text = asString(part?.valueNode)?.value;
  if (!part || text === undefined || text.trim() === '') return [];
  const others = node.properties.filter((property) => property !== part);
  const isAll = others.every(({ keyNode }) => SHOWN.has(normalizeName(keyNode.value)));
  return [
    {
      title: `Take the ${member === 'buckets' ? 'name' : 'id'} alone`,
      changes: [replaceString(node, text)],
      preferred: isAll && (member !== 'buckets' || !notAName(text)),
    },
  ];
}

/** The text that a number, true or false stands for in its place; `isSame` where it is written as it is. */
function textOf(node: ASTNode, source: string, name: string | undefined) {
  const is = (text: string, isRight: boolean) => ({
    text,
    isRight,
    isSame: text === source && /^-?\d+$|^true$|^false$/.test(source),
  });
  switch (name === 'values' ? keyBeside(node) : name) {
    case 'accountId':
    case 'ACCOUNT_ID':
      // An account id that lost its leading zeros as a number cannot be told from one that never had any.
      return /^\d{9,12}$/.test(source) ? is(source.padStart(12, '0'), true) : is(source, false);
    case 'buckets':
    case 'S3_BUCKET_NAME':
      return is(source, !notAName(source));
    case 'S3_BUCKET_EFFECTIVE_PERMISSION':
    case 'S3_BUCKET_SHARED_ACCESS':
      return is(source, false);
    case 'OBJECT_LAST_MODIFIED_DATE': {
      const date = parseMacieDate(source);
      return is((date.ok ? date.utc : date.meant) ?? source, date.ok || date.meant !== undefined);
    }
    case 'OBJECT_SIZE': {
      const bytes = node.type === 'number' && Number.isSafeInteger(node.value) ? String(node.value) : source;
      return is(bytes, parseByteSize(bytes) !== undefined);
    }
    default:
      return is(source, true);
  }
}

/** The key of the condition that a value is of, directly or as an entry of its list. */
function keyBeside(node: ASTNode): string | undefined {
  const member = node.parent?.type === 'array' ? node.parent.parent : node.parent;
  return asString(memberValue(member?.parent, 'key'))?.value;
}

function toInteger(node: ASTNode, schema: SchemaNode): Fix[] {
  let value: number;
  if (node.type === 'string' && /^\s*-?\d{1,9}\s*%?\s*$/.test(node.value)) value = Number.parseInt(node.value, 10);
  else if (node.type === 'number' && Number.isSafeInteger(node.value)) value = node.value;
  else return [];
  const isInRange = value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
  return [
    {
      title: node.type === 'string' ? `Write it as a number: ${value}` : `Write it as ${value}`,
      changes: [replaceNode(node, String(value))],
      preferred: isInRange,
      safe: isInRange && !(node.type === 'string' && node.value.includes('%')),
    },
  ];
}

function toList(node: ASTNode, schema: SchemaNode, document: JobDocument, name: string | undefined): Fix[] {
  const { items } = schema;
  const byAccount = node.type === 'object' && name === 'bucketDefinitions' && bucketsByAccount(node);
  if (byAccount) {
    const changes = [replaceValue(document, node, byAccount)];
    return [{ title: 'Write a definition for each account', changes, preferred: true }];
  }
  const isNothing = node.type === 'object' ? node.properties.length === 0 : node.type === 'string' && node.value === '';
  if (!items || isNothing || node.type === 'boolean' || node.type === 'null' || !fits(node, items)) return [];
  const source = nodeText(document, node);
  const number = node.type === 'number' ? textOf(node, source, name) : undefined;
  const entry = number ? JSON.stringify(number.text) : source;
  const text = node.type === 'object' ? textAround(document, node, '[]', [entry]) : listText(document, [entry]);
  const isRight = !number || number.isRight;
  return [
    {
      title:
        number && isRight && !number.isSame ? `Write it as a text in a list: "${number.text}"` : 'Put it in a list',
      changes: [replaceText(document, node, text)],
      preferred: isRight,
      safe: !number || (isRight && number.isSame),
    },
  ];
}

/** `{"111122223333": ["a", "b"]}` as bucket definitions. */
function bucketsByAccount(node: ObjectASTNode): object[] | undefined {
  const definitions: object[] = [];
  for (const { keyNode, valueNode } of node.properties) {
    const buckets = valueNode?.type === 'string' ? [valueNode] : stringsOf(valueNode);
    const isList =
      valueNode?.type === 'string' || (valueNode?.type === 'array' && valueNode.items.length === buckets.length);
    if (!/^\d{12}$/.test(keyNode.value) || !isList || buckets.length === 0) return undefined;
    definitions.push({ accountId: keyNode.value, buckets: buckets.map(({ value }) => value) });
  }
  return definitions.length > 0 ? definitions : undefined;
}

function toObject(node: ASTNode, schema: SchemaNode, document: JobDocument, name: string): Fix[] {
  const write = (title: string, value: object, preferred = true): Fix => ({
    title,
    changes: [replaceValue(document, node, value)],
    preferred,
  });
  const [only] = node.type === 'array' && node.items.length === 1 ? node.items : [node];
  const text = only?.type === 'string' ? only.value.trim() : '';
  const days = schemaAt(['scheduleFrequency', 'weeklySchedule', 'dayOfWeek'])!.enum!;
  const isForm = (SCHEDULE_FORMS as readonly string[]).includes(name);
  if (isForm && (node.type === 'boolean' ? !node.value : /^(?:false|no|none)$/i.test(text)))
    return withoutForm(node, document);
  switch (name) {
    case 'dailySchedule':
      return [write('Write {}', {})];
    case 'weeklySchedule': {
      const day = meantValue(text, days);
      return day ? [write('Write dayOfWeek', { dayOfWeek: day })] : [];
    }
    case 'monthlySchedule': {
      const day = node.type === 'number' ? String(node.value) : text;
      return /^(?:[1-9]|[12]\d|3[01])$/.test(day) ? [write('Write dayOfMonth', { dayOfMonth: Number(day) })] : [];
    }
    case 'scheduleFrequency': {
      if (node.type !== 'string') break;
      const day = meantValue(text, days);
      const daily = /^(?:daily|every ?day|rate\(\s*(?:1 day|24 hours)\s*\))$/i.test(text);
      const first = daily ? 'daily' : day || /week/i.test(text) ? 'weekly' : /month/i.test(text) ? 'monthly' : '';
      // Which day, only the author knows.
      return [
        write('Write a daily schedule', { dailySchedule: {} }, daily),
        write('Write a weekly schedule', { weeklySchedule: { dayOfWeek: day ?? 'MONDAY' } }, day !== undefined),
        write('Write a monthly schedule', { monthlySchedule: { dayOfMonth: 1 } }, false),
      ].sort((a, b) => Number(b.title.includes(first)) - Number(a.title.includes(first)));
    }
    case 'tags': {
      if (node.type !== 'array') return [];
      const pairs = tagsOfList(node);
      const tags = pairs ?? mapsOfList(node);
      // One map within a list is taken out of it, and keeps its layout.
      if (tags && !pairs && node.items.length === 1) break;
      return tags ? [write('Write the tags as a map', tags)] : [];
    }
  }
  if (node.type !== 'array') return [];
  const definitions = schema.properties?.get('bucketDefinitions');
  if (
    definitions &&
    node.items.length > 0 &&
    node.items.every((item) => isNotEmpty(item) && fits(item, definitions.items!))
  ) {
    const inside = memberText(document, 'bucketDefinitions', nodeText(document, node));
    const changes = [replaceText(document, node, blockText(document, '{}', [inside]))];
    return [{ title: 'Put it into bucketDefinitions', changes, preferred: true }];
  }
  if (only?.type !== 'object') return [];
  const title = 'Take the one entry out of the list';
  return [
    {
      title,
      changes: [replaceText(document, node, nodeText(document, only))],
      preferred: isNotEmpty(only) && fits(only, schema),
    },
  ];
}

/** `[{"Team": "data"}, {"Stage": "prod"}]` as one map; undefined where a name stands twice. */
function mapsOfList(list: ArrayASTNode): Record<string, string> | undefined {
  const tags: Record<string, string> = Object.create(null);
  for (const item of list.items) {
    if (item.type !== 'object') return undefined;
    for (const { keyNode, valueNode } of item.properties) {
      if (valueNode?.type !== 'string' || keyNode.value in tags) return undefined;
      tags[keyNode.value] = valueNode.value;
    }
  }
  return tags;
}

const isNotEmpty = (node: ASTNode) => asObject(node)?.properties.length !== 0;

/** A form that is given as false is not meant; without any other one, only the author knows what is. */
function withoutForm(node: ASTNode, document: JobDocument): Fix[] {
  const member = node.parent;
  const schedule = asObject(member?.parent);
  if (member?.type !== 'property' || !schedule) return [];
  const title = `Remove ${member.keyNode.value}`;
  return [{ title, changes: [removeMember(document, member)], preferred: schedule.properties.length > 1 }];
}

/** What a value needs where its member gets another name. */
export interface Conversion {
  /** What is done to the value, beginning with a verb; nothing where it is right as it stands. */
  title?: string;
  changes: TextChange[];
  /** Whether the value is right then. What lies deeper is not judged. */
  isRight: boolean;
  safe: boolean;
}

/** What has to change in a value so that it is one for a member of that name. */
export function conversionTo(
  document: JobDocument,
  node: ASTNode | undefined,
  schema: SchemaNode,
  name: string,
): Conversion {
  const places =
    node?.type === 'array' && schema.type === 'array'
      ? node.items.map((item) => ({ node: item, schema: schema.items! }))
      : node
        ? [{ node, schema }]
        : [];
  const wrong = places.filter((place) => !isRight(place.node, place.schema, document));
  const fixes = wrong.map((place) => conversionIn(document, place.node, place.schema, name));
  const made = fixes.filter((fix) => fix !== undefined);
  if (made.length < fixes.length) return { changes: [], isRight: false, safe: false };
  return {
    title: made.length > 1 ? 'Convert its entries' : made[0]?.title,
    changes: made.flatMap(({ changes }) => changes),
    isRight: true,
    safe: made.every(({ safe }) => safe === true),
  };
}

/** Whether a value is one for a place. What it holds is not judged. */
function isRight(node: ASTNode, schema: SchemaNode, { source }: JobDocument): boolean {
  if (schema.type === 'integer') return isWholeNumber(node, source);
  if (node.type !== schema.type) return false;
  return node.type !== 'string' || !schema.enumSet || schema.enumSet.has(node.value);
}

/** The conversion of one value that is surely meant, and changes that value alone. */
function conversionIn(document: JobDocument, node: ASTNode, schema: SchemaNode, name: string): Fix | undefined {
  if (node.type === 'string' && schema.enum) {
    const meant = meantValue(node.value, schema.enum);
    const safe = meant !== undefined && normalizeName(meant) === normalizeName(node.value.trim());
    return meant === undefined
      ? undefined
      : { title: `Change to ${meant}`, changes: [replaceString(node, meant)], safe };
  }
  const { start, end } = spanOf(node);
  return conversions(document, node, schema, name).find(
    ({ preferred, changes }) => preferred && changes.every((change) => start <= change.start && change.end <= end),
  );
}
