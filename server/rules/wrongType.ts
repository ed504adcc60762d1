import { replaceNode, replaceString } from '../language/edits.js';
import { type JsonType, rootSchema, type SchemaNode } from '../language/schema.js';
import { memberNameOf } from '../language/structure.js';
import { type ASTNode, memberOf } from '../language/tree.js';
import { typeFix } from './conditionFixes.js';
import { defineRule, type Fix } from './rule.js';

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
  docs: {
    why: 'The API takes account ids, sizes, dates and tag values as texts, percentages and days of the month as whole numbers, and lists as lists even for one entry.',
    aws: 'The AWS CLI refuses a value of another type, `100.0` and `"50"` for a number included (measured).',
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
    if (condition) return [condition];
    return conversions(node, schema, document.source.slice(node.offset, node.offset + node.length));
  },
});

function messageFor(node: ASTNode, schema: SchemaNode, root: ASTNode | undefined): string {
  if (node === root) return `A job definition is an object {…}, not ${describe(node)}. The AWS CLI refuses the file.`;
  const name = memberNameOf(node);
  const inList = node.parent?.type === 'array';
  const subject = name === undefined ? 'This' : inList ? `Each entry of "${name}"` : `"${name}"`;
  const expected =
    schema.type === 'object' && schema.properties?.size === 0 ? 'an empty object {}' : NAMES[schema.type];
  if (schema.type === 'integer' && node.type === 'number') {
    return `${subject} must be a whole number, written without fraction or exponent. The AWS CLI refuses this one.`;
  }
  return `${subject} must be ${expected}, not ${describe(node)}. The AWS CLI refuses the file.`;
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

/** The ways to turn a value into the type that is wanted without losing or guessing anything. */
function conversions(node: ASTNode, schema: SchemaNode, source: string): Fix[] {
  const fix = (title: string, newText: string, safe: boolean): Fix[] => [
    { title, changes: [replaceNode(node, newText)], preferred: true, safe },
  ];
  switch (schema.type) {
    case 'string':
      if (node.type === 'number' || node.type === 'boolean') {
        // An account id that lost its leading zeros as a number cannot be told from one that never had any.
        const text = memberNameOf(node) === 'accountId' ? source.padStart(12, '0') : source;
        return fix(
          `Write it as a text: "${text}"`,
          JSON.stringify(text),
          /^-?\d+$|^true$|^false$/.test(source) && text === source,
        );
      }
      if (node.type === 'array' && node.items.length === 1 && node.items[0]!.type === 'string') {
        return [
          {
            title: 'Take the one entry out of the list',
            changes: [replaceString(node, node.items[0]!.value)],
            preferred: true,
          },
        ];
      }
      return [];
    case 'integer': {
      if (node.type === 'string' && /^\s*-?\d{1,9}\s*%?\s*$/.test(node.value)) {
        const number = String(Number.parseInt(node.value, 10));
        return fix(`Write it as a number: ${number}`, number, !node.value.includes('%'));
      }
      if (node.type === 'number' && Number.isInteger(node.value)) {
        return fix(`Write it as ${node.value}`, String(node.value), true);
      }
      return [];
    }
    case 'boolean': {
      const text = node.type === 'string' ? node.value.trim().toLowerCase() : '';
      const meant = /^(true|yes|on)$/.test(text) ? 'true' : /^(false|no|off)$/.test(text) ? 'false' : undefined;
      return meant ? fix(`Write ${meant} without quotes`, meant, true) : [];
    }
    case 'array':
      if (node.type === 'string' || node.type === 'object' || node.type === 'number') {
        const entry = schema.items?.type === 'string' && node.type === 'number' ? JSON.stringify(source) : source;
        const fits = schema.items?.type === (node.type === 'number' ? 'string' : node.type);
        return fits ? fix('Put it in a list', `[${entry}]`, true) : [];
      }
      return [];
    case 'object':
      return toObject(node, schema, source);
  }
}

function toObject(node: ASTNode, schema: SchemaNode, source: string): Fix[] {
  const replaceBy = (title: string, newText: string): Fix[] => [
    { title, changes: [replaceNode(node, newText)], preferred: true },
  ];
  const name = memberNameOf(node);
  if (schema.properties?.size === 0) return replaceBy('Write {}', '{}');
  const word = node.type === 'string' ? node.value.trim().toUpperCase() : '';
  if (name === 'scheduleFrequency') {
    if (word === 'DAILY') return replaceBy('Write a daily schedule', '{"dailySchedule": {}}');
    if (word === 'WEEKLY') return replaceBy('Write a weekly schedule', '{"weeklySchedule": {"dayOfWeek": "MONDAY"}}');
    if (word === 'MONTHLY') return replaceBy('Write a monthly schedule', '{"monthlySchedule": {"dayOfMonth": 1}}');
  }
  const days = rootSchema.properties
    ?.get('scheduleFrequency')
    ?.properties?.get('weeklySchedule')
    ?.properties?.get('dayOfWeek')?.enumSet;
  if (name === 'weeklySchedule' && days?.has(word)) return replaceBy('Write dayOfWeek', `{"dayOfWeek": "${word}"}`);
  if (name === 'monthlySchedule' && /^([1-9]|[12]\d|3[01])$/.test(source)) {
    return replaceBy('Write dayOfMonth', `{"dayOfMonth": ${source}}`);
  }
  if (name === 'tags' && node.type === 'array') return tagListToMap(node, replaceBy);
  if (node.type === 'array' && node.items.length === 1 && node.items[0]!.type === 'object') {
    const item = node.items[0]!;
    const text = source.slice(item.offset - node.offset, item.offset - node.offset + item.length);
    return replaceBy('Take the one entry out of the list', text);
  }
  return [];
}

/** `[{"Key": "Team", "Value": "data"}]`, as S3 and EC2 write tags, as the map that Macie takes. */
function tagListToMap(list: ASTNode & { type: 'array' }, replaceBy: (title: string, text: string) => Fix[]): Fix[] {
  const entries: string[] = [];
  const seen = new Set<string>();
  for (const item of list.items) {
    const find = (...names: string[]) => names.map((n) => memberOf(item, n)?.valueNode).find((v) => v !== undefined);
    const key = find('Key', 'key');
    const value = find('Value', 'value');
    if (key?.type !== 'string' || (value && value.type !== 'string') || seen.has(key.value)) return [];
    seen.add(key.value);
    entries.push(`${JSON.stringify(key.value)}: ${JSON.stringify(value?.value ?? '')}`);
  }
  return replaceBy('Write the tags as a map', `{${entries.join(', ')}}`);
}
