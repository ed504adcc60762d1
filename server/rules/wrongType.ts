import { tagsOfList } from '../language/dialect.js';
import type { JobDocument } from '../language/document.js';
import { blockText, removeMember, replaceNode, replaceString, replaceText, replaceValue } from '../language/edits.js';
import { SCHEDULE_FORMS } from '../language/model.js';
import { type JsonType, type SchemaNode, schemaAt } from '../language/schema.js';
import { nodeText } from '../language/scopeEdits.js';
import { fits, memberNameOf } from '../language/structure.js';
import { type ASTNode, asObject, type ObjectASTNode, stringsOf } from '../language/tree.js';
import { typeFix } from './conditionFixes.js';
import { meantValue } from './invalidValue.js';
import { defineRule, type Fix } from './rule.js';
import { oneOf } from './words.js';

const NAMES: Record<JsonType, string> = {
  object: 'an object {…}',
  array: 'a list […]',
  string: 'a text in double quotes',
  integer: 'a whole number',
  boolean: 'true or false',
};

interface Data {
  node: ASTNode;
  schema: SchemaNode;
}

export default defineRule<Data>({
  id: 'wrong-type',
  summary: 'Every value has the type that the API gives it.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'The API takes account ids, sizes, dates and tag values as texts, percentages and days of the month as whole numbers, and lists as lists even for one entry.',
    aws: 'The AWS CLI refuses a value of another type, `100.0` and `"50"` for a number included. It lets true and false through where a whole number is wanted (measured); what the service makes of that is not known.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure, document }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'wrong-type') continue;
      const { node, schema } = problem;
      report({ at: node, message: messageFor(node, schema, document.root), data: { node, schema } });
    }
  },
  fixes({ data: { node, schema } }, { document }) {
    const condition = typeFix(document, node);
    return condition ? [condition] : conversions(node, schema, document);
  },
});

function messageFor(node: ASTNode, schema: SchemaNode, root: ASTNode | undefined): string {
  if (node === root) return `A job definition is an object {…}, not ${describe(node)}. The AWS CLI refuses the file.`;
  const name = memberNameOf(node);
  const inList = node.parent?.type === 'array';
  const subject = name === undefined ? 'This' : inList ? `Each entry of "${name}"` : `"${name}"`;
  const expected =
    schema.type === 'object' && schema.properties?.size === 0
      ? 'an empty object {}'
      : name === 'scheduleFrequency'
        ? `an object with ${oneOf(SCHEDULE_FORMS)}`
        : NAMES[schema.type];
  if (schema.type === 'integer' && node.type === 'number') {
    return `${subject} must be a whole number, written without fraction or exponent. The AWS CLI refuses this one.`;
  }
  const said = `${subject} must be ${expected}, not ${describe(node)}.`;
  if (schema.type === 'integer' && node.type === 'boolean') {
    return `${said} The AWS CLI lets it through, and nobody can say what the service makes of it.`;
  }
  return `${said} The AWS CLI refuses the file.`;
}

function describe(node: ASTNode): string {
  switch (node.type) {
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    default:
      return node.type === 'boolean' ? String(node.value) : 'null';
  }
}

/** The ways to turn a value into the type that is wanted. The preferred one is right in its place. */
function conversions(node: ASTNode, schema: SchemaNode, document: JobDocument): Fix[] {
  const source = document.source.slice(node.offset, node.offset + node.length);
  switch (schema.type) {
    case 'string':
      return toText(node, schema, source);
    case 'integer':
      return toInteger(node, schema);
    case 'boolean': {
      const text = node.type === 'string' ? node.value.trim().toLowerCase() : source;
      const meant = /^(true|yes|on|1)$/.test(text) ? 'true' : /^(false|no|off|0)$/.test(text) ? 'false' : undefined;
      if (!meant || (node.type !== 'string' && node.type !== 'number')) return [];
      const title = node.type === 'string' ? `Write ${meant} without quotes` : `Write ${meant}`;
      return [{ title, changes: [replaceNode(node, meant)], preferred: true, safe: node.type === 'string' }];
    }
    case 'array':
      return toList(node, schema, source, document);
    case 'object':
      return toObject(node, schema, document);
  }
}

function toText(node: ASTNode, schema: SchemaNode, source: string): Fix[] {
  if (node.type === 'array') {
    const [only, more] = node.items;
    if (only?.type !== 'string' || more || !fits(only, schema)) return [];
    return [
      { title: 'Take the one entry out of the list', changes: [replaceString(node, only.value)], preferred: true },
    ];
  }
  if ((node.type !== 'number' && node.type !== 'boolean') || schema.enum) return [];
  let text = source;
  if (memberNameOf(node) === 'accountId') {
    if (!/^\d{9,12}$/.test(source)) return [];
    // An account id that lost its leading zeros as a number cannot be told from one that never had any.
    text = source.padStart(12, '0');
  }
  return [
    {
      title: `Write it as a text: "${text}"`,
      changes: [replaceNode(node, JSON.stringify(text))],
      preferred: true,
      safe: /^-?\d+$|^true$|^false$/.test(source) && text === source,
    },
  ];
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

function toList(node: ASTNode, schema: SchemaNode, source: string, document: JobDocument): Fix[] {
  const { items } = schema;
  const byAccount = node.type === 'object' && memberNameOf(node) === 'bucketDefinitions' && bucketsByAccount(node);
  if (byAccount) {
    const changes = [replaceValue(document, node, byAccount)];
    return [{ title: 'Write a definition for each account', changes, preferred: true }];
  }
  const isNothing = node.type === 'object' ? node.properties.length === 0 : node.type === 'string' && node.value === '';
  if (!items || isNothing || node.type === 'boolean' || !fits(node, items)) return [];
  const entry = node.type === 'number' ? JSON.stringify(source) : source;
  return [{ title: 'Put it in a list', changes: [replaceNode(node, `[${entry}]`)], preferred: true, safe: true }];
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

function toObject(node: ASTNode, schema: SchemaNode, document: JobDocument): Fix[] {
  const write = (title: string, value: object, preferred = true): Fix => ({
    title,
    changes: [replaceValue(document, node, value)],
    preferred,
  });
  const name = memberNameOf(node) ?? '';
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
      const tags = node.type === 'array' ? tagsOfList(node) : undefined;
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
    const inside = `"bucketDefinitions": ${nodeText(document, node)}`;
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

const isNotEmpty = (node: ASTNode) => asObject(node)?.properties.length !== 0;

/** A form that is given as false is not meant; without any other one, only the author knows what is. */
function withoutForm(node: ASTNode, document: JobDocument): Fix[] {
  const member = node.parent;
  const schedule = asObject(member?.parent);
  if (member?.type !== 'property' || !schedule) return [];
  const title = `Remove ${member.keyNode.value}`;
  return [{ title, changes: [removeMember(document, member)], preferred: schedule.properties.length > 1 }];
}
