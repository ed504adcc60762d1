import { SCOPE_COMPARATORS } from './comparators.js';
import type { MemberPlace, MemberText } from './completionPlace.js';
import type { Token } from './completionTokens.js';
import type { SchemaNode } from './schema.js';
import { choice, placeholder } from './snippets.js';

/** The members in the order in which a definition is best written. */
export const MEMBER_ORDER: readonly string[] = [
  'name',
  'jobType',
  'scheduleFrequency',
  'initialRun',
  's3JobDefinition',
  'managedDataIdentifierSelector',
  'managedDataIdentifierIds',
  'customDataIdentifierIds',
  'allowListIds',
  'samplingPercentage',
  'description',
  'tags',
  'bucketDefinitions',
  'bucketCriteria',
  'scoping',
  'includes',
  'excludes',
  'and',
  'simpleCriterion',
  'simpleScopeTerm',
  'tagCriterion',
  'tagScopeTerm',
  'key',
  'comparator',
  'values',
  'tagValues',
  'target',
  'value',
  'accountId',
  'buckets',
  'dailySchedule',
  'weeklySchedule',
  'monthlySchedule',
  'dayOfWeek',
  'dayOfMonth',
];

/** Members of which an object has one alone. */
const ALTERNATIVES: readonly (readonly string[])[] = [
  ['bucketDefinitions', 'bucketCriteria'],
  ['dailySchedule', 'weeklySchedule', 'monthlySchedule'],
  ['simpleScopeTerm', 'tagScopeTerm'],
  ['simpleCriterion', 'tagCriterion'],
];

/** Selectors with which AWS takes no `managedDataIdentifierIds`. Source: the API reference. */
export const TAKES_NO_IDS: ReadonlySet<string> = new Set(['ALL', 'NONE', 'RECOMMENDED']);

/** Whether the selector among the members takes no ids. */
export function takesNoIds(members: ReadonlyMap<string, MemberText>): boolean {
  return TAKES_NO_IDS.has(members.get('managedDataIdentifierSelector')?.text ?? '');
}

/**
 * Members that are not offered: `$schema`, which the CLI refuses, and `clientToken`, which every tool makes for itself and
 * which ties two submissions of one file together.
 */
const NEVER: ReadonlySet<string> = new Set(['$schema', 'clientToken']);

/** The members that may be added at a place, best first: those before others that a value which stands there fits. */
export function offeredMembers({ schema, members, value }: MemberPlace): string[] {
  const names = [...(schema?.properties?.keys() ?? [])].filter((name) => isWanted(name, members));
  const rank = (name: string) =>
    (!value || canBegin(schema!.properties!.get(name)!, value) ? 0 : 1000) +
    (isNeeded(name, schema, members) ? 0 : 100) +
    MEMBER_ORDER.indexOf(name);
  return names.sort((a, b) => rank(a) - rank(b));
}

/** Whether a value of the schema can begin with the token. */
function canBegin(schema: SchemaNode, { kind, value }: Token): boolean {
  switch (schema.type) {
    case 'object':
      return kind === '{';
    case 'array':
      return kind === '[';
    case 'integer':
      return kind === 'word' && /^-?\d/.test(value);
    case 'boolean':
      return kind === 'word' && (value === 'true' || value === 'false');
    case 'string':
      return kind === 'string' && (!schema.enumSet || schema.enumSet.has(value));
  }
}

/** Whether no rule forbids a member beside those that are there. */
export function isWanted(name: string, members: ReadonlyMap<string, MemberText>): boolean {
  if (NEVER.has(name) || members.has(name)) return false;
  if (ALTERNATIVES.some((group) => group.includes(name) && group.some((other) => members.has(other)))) return false;
  switch (name) {
    case 'scheduleFrequency':
    case 'initialRun':
      return members.get('jobType')?.text !== 'ONE_TIME';
    case 'managedDataIdentifierIds':
      return !takesNoIds(members);
    default:
      return true;
  }
}

/** Whether a definition is not complete without the member, as far as the members beside it tell. */
export function isNeeded(
  name: string,
  schema: SchemaNode | undefined,
  members: ReadonlyMap<string, MemberText>,
): boolean {
  const selector = members.get('managedDataIdentifierSelector')?.text;
  switch (name) {
    case 'scheduleFrequency':
      return members.get('jobType')?.text === 'SCHEDULED';
    case 'managedDataIdentifierIds':
      return selector === 'INCLUDE' || selector === 'EXCLUDE';
    case 'customDataIdentifierIds':
      return selector === 'NONE';
    default:
      return schema?.required.includes(name) === true;
  }
}

/** What is written for a new member's value. */
export interface Start {
  /** A snippet, indented with tabs. */
  text: string;
  /** True where the next thing to write can be chosen from a list. */
  suggest: boolean;
}

const PAIR = '{ "key": "$1", "value": "$2" }';
const TAG_PAIRS = '[\n\t\t{ "key": "$2", "value": "$3" }\n\t]';

/** Values that are more than an empty object, array or string. */
const STARTS: Readonly<Record<string, Start>> = {
  s3JobDefinition: { text: '{\n\t$1\n}', suggest: true },
  scheduleFrequency: { text: '{\n\t$1\n}', suggest: true },
  dailySchedule: { text: '{}', suggest: false },
  weeklySchedule: { text: '{ "dayOfWeek": "$1" }', suggest: true },
  monthlySchedule: { text: `{ "dayOfMonth": ${placeholder(1, 1)} }`, suggest: false },
  dayOfMonth: { text: placeholder(1, 1), suggest: false },
  samplingPercentage: { text: placeholder(1, 100), suggest: false },
  initialRun: { text: choice(1, 'true', 'false'), suggest: false },
  bucketDefinitions: { text: '[\n\t{\n\t\t"accountId": "$1",\n\t\t"buckets": ["$2"]\n\t}\n]', suggest: false },
  bucketCriteria: { text: '{\n\t$1\n}', suggest: true },
  scoping: { text: '{\n\t$1\n}', suggest: true },
  includes: { text: '{\n\t"and": [\n\t\t$1\n\t]\n}', suggest: true },
  excludes: { text: '{\n\t"and": [\n\t\t$1\n\t]\n}', suggest: true },
  and: { text: '[\n\t$1\n]', suggest: true },
  simpleCriterion: {
    text: `{\n\t"key": "$1",\n\t"comparator": "${choice(2, 'EQ', 'NE')}",\n\t"values": ["$3"]\n}`,
    suggest: true,
  },
  simpleScopeTerm: { text: '{\n\t"key": "$1",\n\t"comparator": "$2",\n\t"values": ["$3"]\n}', suggest: true },
  tagCriterion: {
    text: `{\n\t"comparator": "${choice(1, 'EQ', 'NE')}",\n\t"tagValues": ${TAG_PAIRS}\n}`,
    suggest: false,
  },
  tagScopeTerm: {
    text: `{\n\t"comparator": "${choice(1, 'EQ', 'NE')}",\n\t"key": "TAG",\n\t"tagValues": ${TAG_PAIRS},\n\t"target": "S3_OBJECT"\n}`,
    suggest: false,
  },
  tagValues: { text: `[\n\t${PAIR}\n]`, suggest: false },
  tags: { text: '{ "$1": "$2" }', suggest: false },
  values: { text: '["$1"]', suggest: true },
  managedDataIdentifierIds: { text: '["$1"]', suggest: true },
};

/** What to write for a new member, name and all; `note` where it is more than that. */
export function memberStart(name: string, { schema, members }: MemberPlace): Start & { note?: string } {
  const { text, suggest } = startOf(name, schema?.properties?.get(name));
  if (name === 'managedDataIdentifierIds' && !members.has('managedDataIdentifierSelector')) {
    // Without a selector AWS refuses the ids.
    const selector = `"managedDataIdentifierSelector": "${choice(1, 'INCLUDE', 'EXCLUDE')}"`;
    return { text: `${selector},\n"${name}": ["$2"]`, suggest: false, note: 'with its selector' };
  }
  if (name === 'comparator') {
    const taken = SCOPE_COMPARATORS[members.get('key')?.text ?? ''];
    if (taken?.length === 1) return { text: `"${name}": "${taken[0]}"`, suggest: false };
  }
  return { text: `"${name}": ${text}`, suggest };
}

/** What to write for the value of a member, or of an item of its array. */
export function startOf(member: string, schema: SchemaNode | undefined): Start {
  if (Object.hasOwn(STARTS, member)) return STARTS[member]!;
  switch (schema?.type) {
    case 'object':
      return { text: '{\n\t$1\n}', suggest: true };
    case 'array':
      return { text: '["$1"]', suggest: false };
    case 'integer':
      return { text: placeholder(1, schema.minimum ?? 0), suggest: false };
    case 'boolean':
      return { text: choice(1, 'true', 'false'), suggest: false };
    default:
      if (schema?.enum?.length === 1) return { text: `"${schema.enum[0]}"`, suggest: false };
      return { text: '"$1"', suggest: schema?.enum !== undefined };
  }
}

/** Whole objects for an array of them: one for each kind that an item can have. */
export function itemStarts(
  schema: SchemaNode,
): { label: string; text: string; suggest: boolean; schema: SchemaNode }[] {
  const kinds = ['simpleCriterion', 'simpleScopeTerm', 'tagCriterion', 'tagScopeTerm'].filter((name) =>
    schema.properties?.has(name),
  );
  if (kinds.length > 0) {
    return kinds.map((name) => {
      const start = startOf(name, schema.properties!.get(name));
      const text = `{\n\t"${name}": ${start.text.replaceAll('\n', '\n\t')}\n}`;
      return { label: name, text, suggest: start.suggest, schema: schema.properties!.get(name)! };
    });
  }
  const names = [...(schema.properties?.keys() ?? [])];
  if (names.includes('accountId')) {
    const text = '{\n\t"accountId": "$1",\n\t"buckets": ["$2"]\n}';
    return [{ label: '{ accountId, buckets }', text, suggest: false, schema }];
  }
  return [{ label: '{ key, value }', text: PAIR, suggest: false, schema }];
}
