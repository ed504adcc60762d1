import { CompletionItemKind } from 'vscode-languageserver-types';
import { analyzedFileTypes } from '../catalog/fileTypes.js';
import { type ManagedDataIdentifier, managedDataIdentifiers } from '../catalog/managedDataIdentifiers.js';
import { BUCKET_STATES, bucketStatesOf } from './bucketStates.js';
import { EQUALITY_COMPARATORS, SCOPE_COMPARATORS, SINGLE_VALUE_KEYS } from './comparators.js';
import { type KnownValues, knownValues } from './completionKnown.js';
import { TAKES_NO_IDS, takesNoIds } from './completionMembers.js';
import { type MemberText, otherItems, type ValuePlace } from './completionPlace.js';
import { nameOf } from './completionTree.js';
import { formatMacieDate } from './dates.js';
import { count } from './describe.js';
import type { JobDocument } from './document.js';
import {
  bucketStateText,
  comparatorText,
  dateText,
  dayOfMonthText,
  enumText,
  extensionText,
  identifierText,
  initialRunText,
  samplingText,
  sizeText,
} from './hoverTexts.js';
import { type ASTNode, asString, memberValue } from './tree.js';

/** A value that can be written at a place. */
export interface OfferedValue {
  /** What is shown, and typed to find it. */
  label: string;
  /** How well it fits what was typed, 0 best; undefined where it is for the editor to tell. */
  rank?: (typed: string) => number | undefined;
  /** The value as JSON text, where it is not the label as a string. */
  text?: string;
  /** A few words behind the label. */
  note?: string;
  /** A few words shown with the documentation. */
  detail?: string;
  /** Markdown. */
  documentation?: string;
  kind: CompletionItemKind;
}

/** The values that may be written at a place and that no rule forbids there, best first. */
export function offeredValues(document: JobDocument, place: ValuePlace, now: Date): OfferedValue[] {
  const { schema, member, members, isItem } = place;
  switch (schema?.type) {
    case 'boolean':
      return [true, false].map((value) => ({
        label: String(value),
        text: String(value),
        documentation: member === 'initialRun' ? initialRunText(value, false) : undefined,
        kind: CompletionItemKind.Value,
      }));
    case 'integer':
      return integers(member);
    case 'string':
      break;
    default:
      return [];
  }
  const kind = kindOf(place);
  const known = () => knownValues(document.root, place);
  if (schema.enum) return enumValues(place, kind);
  if (isItem && member === 'values') return unused(document, place, conditionValues(document, place, kind, now));
  switch (member) {
    case 'managedDataIdentifierIds':
      if (takesNoIds(members)) return [];
      return unused(document, place, identifiers(textOf(members, 'managedDataIdentifierSelector')));
    case 'accountId': {
      const { byKey, definedAccounts } = known();
      return reused(without(byKey.get('ACCOUNT_ID'), definedAccounts), 'used in a condition');
    }
    case 'buckets': {
      const { byKey, definedBuckets } = known();
      return reused(without(byKey.get('S3_BUCKET_NAME'), definedBuckets), 'used in a condition');
    }
    case 'key': {
      const value = textOf(members, 'value');
      const used = pairsBeside(place).filter((pair) => pair.value === value);
      return reused(
        without(
          known().tags.keys(),
          used.map(({ key }) => key),
        ),
        'tag key in this file',
      );
    }
    case 'value': {
      const key = textOf(members, 'key') ?? '';
      const used = pairsBeside(place).filter((pair) => pair.key === key);
      const values = without(
        known().tags.get(key),
        used.map(({ value }) => value),
      );
      return reused(values, 'value of this tag in this file');
    }
    default:
      return [];
  }
}

/** The other tag pairs of the list that the pair is in. */
function pairsBeside({ object }: ValuePlace): { key: string | undefined; value: string | undefined }[] {
  if (object?.parent?.type !== 'array') return [];
  const text = (pair: ASTNode, name: string) => asString(memberValue(pair, name))?.value;
  return object.parent.items
    .filter((pair) => pair !== object)
    .map((pair) => ({ key: text(pair, 'key'), value: text(pair, 'value') }));
}

/** The name of the condition that the value is part of: simpleScopeTerm, tagCriterion and so on. */
function kindOf({ object }: ValuePlace): string | undefined {
  return object?.parent?.type === 'property' ? nameOf(object.parent) : undefined;
}

const textOf = (members: ReadonlyMap<string, MemberText>, name: string) => members.get(name)?.text;

// ---- enumerations

function enumValues(place: ValuePlace, kind: string | undefined): OfferedValue[] {
  const { schema, member, members } = place;
  const key = textOf(members, 'key');
  return allowedValues(place, kind).map((value) => ({
    label: value,
    note: value === schema!.default ? 'default' : undefined,
    documentation:
      member === 'comparator'
        ? comparatorText(value, schema, kind === 'simpleScopeTerm' ? key : undefined)
        : enumText(schema, value),
    kind: CompletionItemKind.EnumMember,
  }));
}

/** The values of an enumeration that go with the members beside it. */
function allowedValues({ schema, member, members, current }: ValuePlace, kind: string | undefined): readonly string[] {
  const all = schema!.enum!;
  const key = textOf(members, 'key');
  /**
   * A member that decides over others is held to them only while its own value is still to be written: where a whole value
   * stands, somebody may be about to decide anew.
   */
  const fitting = (values: readonly string[], fits: (value: string) => boolean) => {
    const first = values.filter(fits);
    const isOpen = first.length === 0 || schema!.enumSet!.has(current);
    return isOpen ? [...first, ...values.filter((value) => !fits(value))] : first;
  };
  switch (member) {
    case 'comparator': {
      if (kind !== 'simpleScopeTerm') return EQUALITY_COMPARATORS;
      const taken = key !== undefined && Object.hasOwn(SCOPE_COMPARATORS, key) ? SCOPE_COMPARATORS[key]! : all;
      if (key === undefined && hasSeveral(members)) return taken.filter((comparator) => isOfLists(comparator));
      if (!SINGLE_VALUE_KEYS.has(key ?? '')) return taken;
      // Of a date or a size, hardly any object has the very one.
      return [...taken].sort((a, b) => RANGE_ORDER.indexOf(a) - RANGE_ORDER.indexOf(b));
    }
    case 'key': {
      const first = members.get('values')?.first;
      // A value that stands says what it is of.
      const keys = first ? [...all].sort((a, b) => Number(takes(b, first)) - Number(takes(a, first))) : all;
      if (kind !== 'simpleScopeTerm') return keys;
      const comparator = textOf(members, 'comparator');
      const isSeveral = hasSeveral(members);
      return fitting(
        keys,
        (k) =>
          !(isSeveral && SINGLE_VALUE_KEYS.has(k)) &&
          (!comparator || SCOPE_COMPARATORS[k]?.includes(comparator) === true),
      );
    }
    case 'jobType':
      if (members.has('scheduleFrequency')) return fitting(all, (value) => value === 'SCHEDULED');
      return members.has('initialRun') ? ['SCHEDULED', 'ONE_TIME'] : all;
    case 'managedDataIdentifierSelector': {
      const ids = members.get('managedDataIdentifierIds');
      return fitting(SELECTOR_ORDER, (value) => !ids || ids.empty || !TAKES_NO_IDS.has(value));
    }
    default:
      return all;
  }
}

const hasSeveral = (members: ReadonlyMap<string, MemberText>) => (members.get('values')?.items ?? 0) > 1;

/** Whether a property that takes several values is compared in this way. */
const isOfLists = (comparator: string) =>
  Object.entries(SCOPE_COMPARATORS).some(([key, taken]) => !SINGLE_VALUE_KEYS.has(key) && taken.includes(comparator));

/** Whether a value looks like one of a key. */
function takes(key: string, value: string): boolean {
  switch (key) {
    case 'ACCOUNT_ID':
      return /^\d{12}$/.test(value);
    case 'S3_BUCKET_NAME':
      return !/^\d{12}$/.test(value) && !Object.values(BUCKET_STATES).some((states) => states.includes(value));
    case 'OBJECT_LAST_MODIFIED_DATE':
      return /^\d{4}-\d{2}-\d{2}/.test(value);
    case 'OBJECT_SIZE':
      return /^\d+$/.test(value);
    case 'OBJECT_EXTENSION':
      return /^\.?(?=.*[a-z])[a-z0-9]{1,8}$/i.test(value);
    case 'OBJECT_KEY':
      return value.includes('/');
    default:
      return bucketStatesOf(key)?.includes(value) ?? false;
  }
}

const RANGE_ORDER = ['GTE', 'GT', 'LT', 'LTE', 'EQ', 'NE'];
const SELECTOR_ORDER = ['RECOMMENDED', 'ALL', 'INCLUDE', 'EXCLUDE', 'NONE'];

// ---- numbers

const SAMPLES: readonly (readonly [number, string])[] = [
  [100, 'every eligible object (default)'],
  [50, 'half of the objects'],
  [25, 'a quarter of the objects'],
  [10, 'one object in ten'],
  [5, 'one object in twenty'],
  [1, 'one object in a hundred'],
];

function integers(member: string): OfferedValue[] {
  const kind = CompletionItemKind.Value;
  if (member === 'samplingPercentage') {
    return SAMPLES.map(([n, note]) => ({ label: `${n}`, text: `${n}`, note, documentation: samplingText(n), kind }));
  }
  if (member !== 'dayOfMonth') return [];
  return Array.from({ length: 31 }, (_, i) => i + 1).map((day) => ({
    label: `${day}`,
    text: `${day}`,
    note: day > 28 ? 'not in every month' : undefined,
    documentation: dayOfMonthText(day),
    kind,
  }));
}

// ---- values of conditions

function conditionValues(
  document: JobDocument,
  place: ValuePlace,
  kind: string | undefined,
  now: Date,
): OfferedValue[] {
  const key = textOf(place.members, 'key');
  if (key === undefined) return [];
  const comparator = textOf(place.members, 'comparator');
  const known = () => knownValues(document.root, place);
  if (kind === 'simpleCriterion') {
    const states = bucketStatesOf(key);
    if (states) {
      return states.map((state) => ({
        label: state,
        documentation: bucketStateText(key, state),
        kind: CompletionItemKind.EnumMember,
      }));
    }
    if (key === 'ACCOUNT_ID')
      return reused(merged(known().definedAccounts, known().byKey.get(key)), 'used in this file');
    if (key === 'S3_BUCKET_NAME')
      return reused(merged(known().definedBuckets, known().byKey.get(key)), 'used in this file');
    return [];
  }
  if (kind !== 'simpleScopeTerm') return [];
  if (SINGLE_VALUE_KEYS.has(key) && otherItems(document, place).count > 0) return [];
  switch (key) {
    case 'OBJECT_EXTENSION':
      return extensions(known(), comparator);
    case 'OBJECT_KEY':
      return reused(known().byKey.get(key) ?? [], 'used in this file');
    case 'OBJECT_LAST_MODIFIED_DATE':
      return dates(now, comparator);
    case 'OBJECT_SIZE':
      return SIZES.map(([label, bytes]) => ({
        label,
        text: `"${bytes}"`,
        note: count(bytes),
        documentation: sizeText(`${bytes}`, comparator),
        kind: CompletionItemKind.Value,
      }));
    default:
      return [];
  }
}

const KIB = 1024;
const SIZES: readonly (readonly [string, number])[] = [
  ['1 KiB', KIB],
  ['10 KiB', 10 * KIB],
  ['100 KiB', 100 * KIB],
  ['1 MiB', KIB ** 2],
  ['10 MiB', 10 * KIB ** 2],
  ['100 MiB', 100 * KIB ** 2],
  ['1 GiB', KIB ** 3],
  ['10 GiB', 10 * KIB ** 3],
];

/** Dates that conditions are often made of, as AWS writes them; days begin at midnight UTC. */
function dates(now: Date, comparator: string | undefined): OfferedValue[] {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const day = now.getUTCDate();
  const midnight = (y: number, m: number, d: number) => new Date(Date.UTC(y, m, d));
  const today = midnight(year, month, day);
  const moments: [string, Date][] = [
    ['start of today', today],
    ['7 days ago', midnight(year, month, day - 7)],
    ['30 days ago', midnight(year, month, day - 30)],
    ['90 days ago', midnight(year, month, day - 90)],
    ['start of this month', midnight(year, month, 1)],
    ['start of this year', midnight(year, 0, 1)],
    ['one year ago', midnight(year - 1, month, day)],
    ['now', now],
  ];
  return moments.map(([label, moment]) => {
    const text = formatMacieDate(moment);
    // Days are counted from midnight, as the label counts them.
    const from = moment < today ? today : now;
    return {
      label,
      text: `"${text}"`,
      note: text,
      documentation: dateText(text, from, comparator),
      kind: CompletionItemKind.Value,
    };
  });
}

function extensions(known: KnownValues, comparator: string | undefined): OfferedValue[] {
  const listed = analyzedFileTypes.flatMap(({ name, extensions: names }) =>
    names.map((label) => ({ label, note: name, kind: CompletionItemKind.Value })),
  );
  const names = new Set(listed.map(({ label }) => label));
  const others = without(known.byKey.get('OBJECT_EXTENSION'), names);
  return [...listed.sort((a, b) => (a.label < b.label ? -1 : 1)), ...reused(others, 'used in this file')].map(
    (value) => ({ ...value, documentation: extensionText(value.label, comparator) }),
  );
}

const KEYWORD_NEED = { yes: 'needs a keyword nearby', no: 'needs no keyword', varies: 'may need a keyword nearby' };

/** Managed data identifiers: the recommended ones first, each group in alphabetical order. */
function identifiers(selector: string | undefined): OfferedValue[] {
  return [...managedDataIdentifiers().values()]
    .sort((a, b) => Number(b.recommended) - Number(a.recommended))
    .map((identifier) => ({
      label: identifier.id,
      rank: (typed: string) => rankOf(identifier, typed),
      note: identifierNote(identifier),
      detail: `${identifier.type}; ${KEYWORD_NEED[identifier.keyword]}`,
      documentation: identifierText(identifier, selector),
      kind: CompletionItemKind.EnumMember,
    }));
}

/**
 * How well an identifier fits what was typed: by the beginning of its id, a whole word of its type or a country or the
 * initials of its id (`SSN`), the beginning of a part of the id, or that of a word of its type.
 */
function rankOf({ id, type, countries }: ManagedDataIdentifier, typed: string): number | undefined {
  const wanted = typed.toUpperCase();
  if (wanted === '') return undefined;
  if (id.startsWith(wanted)) return 0;
  const parts = id.split('_');
  const words: string[] =
    [type, ...countries]
      .join(' ')
      .toUpperCase()
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  const initials = parts.map((part) => part[0] ?? '').join('');
  if (words.includes(wanted) || (wanted.length > 2 && initials.endsWith(wanted))) return 1;
  if (parts.some((_, index) => parts.slice(index).join('_').startsWith(wanted))) return 2;
  return words.some((word) => word.startsWith(wanted)) ? 3 : undefined;
}

/** "Financial, US, Canada". */
function identifierNote({ group, countries }: ManagedDataIdentifier): string {
  const shown = countries.length > 3 ? [...countries.slice(0, 2), `${countries.length - 2} more`] : countries;
  return [group, ...shown].join(', ');
}

// ---- values of the file

function reused(values: Iterable<string>, note: string): OfferedValue[] {
  return [...values].map((label) => ({ label, note, kind: CompletionItemKind.Constant }));
}

function merged(...sets: (Iterable<string> | undefined)[]): Set<string> {
  return new Set(sets.flatMap((set) => [...(set ?? [])]));
}

function without(values: Iterable<string> | undefined, others: Iterable<string | undefined>): string[] {
  const gone = new Set(others);
  return [...(values ?? [])].filter((value) => !gone.has(value));
}

/** Less the values that the array has already, apart from the one that is being written. */
function unused(document: JobDocument, place: ValuePlace, values: OfferedValue[]): OfferedValue[] {
  if (values.length === 0) return values;
  const { texts } = otherItems(document, place);
  return values.filter((value) => !texts.has(value.label));
}
