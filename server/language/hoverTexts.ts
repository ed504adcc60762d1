import { fileSupport, fileTypesPage, sizeLimitWords } from '../catalog/fileTypes.js';
import {
  identifierPages,
  keywordProximity,
  type ManagedDataIdentifier,
  recommendedSetSince,
} from '../catalog/managedDataIdentifiers.js';
import { bucketStatesOf } from './bucketStates.js';
import { parseMacieDate } from './dates.js';
import { count } from './describe.js';
import { code, link } from './markdown.js';
import type { SchemaNode } from './schema.js';
import { describeBytes, parseByteSize } from './sizes.js';
import { monthDayWords } from './summary.js';

/* What the values of a definition mean, in Markdown: shown on hover and beside a completion. */

interface Comparator {
  /** What it says of a property, whatever its key. */
  words: string;
  /** Of which objects a condition on a date or a size is true. */
  date: string;
  size: string;
}

/** Source: the API reference, SimpleScopeTerm. */
const COMPARATORS: Readonly<Record<string, Comparator>> = {
  EQ: {
    words: 'equals',
    date: 'last changed at exactly that second, which hardly ever matches',
    size: 'of exactly that size',
  },
  NE: {
    words: 'does not equal',
    date: 'last changed at any other time, which nearly always matches',
    size: 'of any other size',
  },
  GT: {
    words: 'greater than',
    date: 'created or last changed after that time',
    size: 'larger than that size',
  },
  GTE: {
    words: 'greater than or equal to',
    date: 'created or last changed at that time or later',
    size: 'of that size or larger',
  },
  LT: {
    words: 'less than',
    date: 'created or last changed before that time',
    size: 'smaller than that size',
  },
  LTE: {
    words: 'less than or equal to',
    date: 'created or last changed at that time or earlier',
    size: 'of that size or smaller',
  },
};

/** "Matches objects of that size or larger." Undefined for a comparator that the property does not take. */
function effectText(comparator: string | undefined, property: 'date' | 'size'): string | undefined {
  const known = comparator !== undefined && Object.hasOwn(COMPARATORS, comparator);
  return known ? `Matches objects ${COMPARATORS[comparator]![property]}.` : undefined;
}

/** What the comparators of an extension lead to. Source: the API reference; it leaves open what NE means for several values. */
const EXTENSION_EFFECTS: Readonly<Record<string, string>> = {
  EQ: 'Matches objects with one of the extensions.',
  NE: 'Matches objects with another extension. List one value: what several mean together AWS does not say. `EQ` under `excludes` leaves several out.',
};

/** Comparators of the API's type that no condition of a job takes. Source: the API reference, in each member's own text. */
const TAKEN_NOWHERE: ReadonlySet<string> = new Set(['CONTAINS']);

/** A comparator in words: what it leads to with the key beside it, or else what the schema says of it. */
export function comparatorText(comparator: string, schema: SchemaNode | undefined, key?: string): string | undefined {
  if (!schema?.enumSet?.has(comparator)) {
    if (TAKEN_NOWHERE.has(comparator)) {
      return valueHeading(comparator, "The API's type has this comparator, but no condition of a job takes it.");
    }
    const isKnown = comparator === 'STARTS_WITH' || Object.hasOwn(COMPARATORS, comparator);
    return isKnown
      ? valueHeading(comparator, 'Conditions on buckets and on tags take `EQ` and `NE` alone.')
      : undefined;
  }
  const property = { OBJECT_LAST_MODIFIED_DATE: 'date', OBJECT_SIZE: 'size' }[key ?? ''] as 'date' | 'size' | undefined;
  const effect = property
    ? effectText(comparator, property)
    : key === 'OBJECT_EXTENSION' && EXTENSION_EFFECTS[comparator];
  if (!effect) return valueHeading(comparator, enumText(schema, comparator));
  return `**${comparator}** (${COMPARATORS[comparator]!.words})\n\n${effect}`;
}

/** A value of the API above what it means. */
export function valueHeading(value: string, meaning: string | undefined): string | undefined {
  return meaning && `**${value}**\n\n${meaning}`;
}

const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  S3_BUCKET_EFFECTIVE_PERMISSION: {
    PUBLIC: 'Anyone on the internet can read or write the bucket, by all its policies and settings together.',
    NOT_PUBLIC: 'The bucket is not open to the public.',
    UNKNOWN: 'Macie could not tell whether the bucket is public.',
  },
  S3_BUCKET_SHARED_ACCESS: {
    EXTERNAL:
      'Shared with an account outside the Macie organization, or with a CloudFront origin access identity or control.',
    INTERNAL: 'Shared only with accounts of the same Macie organization.',
    NOT_SHARED: 'Shared with no other account and no CloudFront distribution.',
    UNKNOWN: 'Macie could not tell whether the bucket is shared.',
  },
};

/** What one of Macie's states of a bucket means; undefined where the key has no states or not this one. */
export function bucketStateText(key: string, state: string): string | undefined {
  return bucketStatesOf(key)?.includes(state) ? STATES[key]?.[state] : undefined;
}

/** What a value of an enumeration means, by the schema. */
export function enumText(schema: SchemaNode | undefined, value: string): string | undefined {
  const at = schema?.enum?.indexOf(value) ?? -1;
  return at < 0 ? undefined : schema?.enumDescriptions?.[at];
}

// ---- sizes and dates

/** A size in the unit that people know it by; undefined for a text that is no size. */
export function sizeText(text: string, comparator?: string): string | undefined {
  const bytes = parseByteSize(text);
  if (bytes === undefined) return undefined;
  const effect = effectText(comparator, 'size');
  const archives = 'For an archive it counts for the archive and for the files inside.';
  return [`**${describeBytes(bytes)}**`, ...(effect ? [`${effect} ${archives}`] : [])].join('\n\n');
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The moment that a date means and how far off it is; undefined for a text that is no date. */
export function dateText(text: string, now: Date, comparator?: string): string | undefined {
  const date = parseMacieDate(text);
  if (!date.ok) return undefined;
  const { instant } = date;
  const day = `${WEEKDAYS[instant.getUTCDay()]}, ${instant.getUTCDate()} ${MONTHS[instant.getUTCMonth()]} ${instant.getUTCFullYear()}`;
  const time = instant
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '');
  const zone = date.zone === 'none' ? ' The text names no time zone; AWS asks for UTC, with a `Z` at the end.' : '';
  const effect = effectText(comparator, 'date');
  return [`**${day}, ${time} UTC**, ${distanceText(instant, now)}.${zone}`, ...(effect ? [effect] : [])].join('\n\n');
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: readonly (readonly [milliseconds: number, name: string, from: number])[] = [
  [365.25 * DAY, 'year', 2],
  [30.44 * DAY, 'month', 2],
  [DAY, 'day', 2],
  [HOUR, 'hour', 2],
  [MINUTE, 'minute', 0],
];

/** "3 days ago", "in 2 hours", "now". */
export function distanceText(instant: Date, now: Date): string {
  const far = Math.abs(instant.getTime() - now.getTime());
  const [size, unit] = UNITS.find(([milliseconds, , from]) => far >= from * milliseconds)!;
  const n = unit === 'year' ? Math.round((far / size) * 10) / 10 : Math.round(far / size);
  if (n === 0) return 'now';
  const amount = `${count(n)} ${unit}${n === 1 ? '' : 's'}`;
  return instant < now ? `${amount} ago` : `in ${amount}`;
}

// ---- schedule and sampling

/** AWS documents no time zone of runs, but gives all times of jobs in UTC. */
const DAYS_IN_UTC = 'AWS gives the times of jobs in UTC, and does not say in which time zone a day begins.';

/** When a day of the month comes; undefined for one that no month has. */
export function dayOfMonthText(day: number): string | undefined {
  const words = monthDayWords(day);
  return words && `Runs ${words}. ${DAYS_IN_UTC}`;
}

/** What a sampling percentage means; undefined for one that the API does not take. */
export function samplingText(percent: number): string | undefined {
  if (!Number.isInteger(percent) || percent < 1 || percent > 100) return undefined;
  if (percent === 100) return 'Analyzes every eligible object. This is the default.';
  return `Analyzes ${percent} percent of the eligible objects, chosen at random, each of them whole.`;
}

/** What either value of `initialRun` leads to. */
export function initialRunText(value: boolean, isOneTime: boolean): string {
  if (isOneTime) return 'A one-time job has no other run than its first. AWS asks to leave this out of it.';
  return value
    ? 'The job starts with a run over all existing eligible objects; each later run takes what was created or changed since the one before.'
    : 'Objects that exist already are left alone until they change: the first scheduled run takes what was created or changed after the job was created.';
}

/** What a managed data identifier finds, and under which conditions; `selector` is the one of the definition. */
export function identifierText(identifier: ManagedDataIdentifier, selector?: string): string {
  const { group, category, type, countries, keyword, recommended, notes } = identifier;
  const keywords = {
    yes: `needed for a match: ${keywordProximity}.`,
    no: 'not needed for a match.',
    varies: 'needed or not, by the form of the match.',
  }[keyword];
  return [
    `**${type}**${countries.length > 0 ? `: ${countries.join(', ')}` : ''}`,
    [
      `- Category: ${GROUPS[group]} (\`${category}\`)`,
      `- Keyword: ${keywords}`,
      recommended
        ? `- In the recommended set (since ${recommendedSetSince}).`
        : '- Not in the recommended set: `RECOMMENDED` does without it.',
    ].join('\n'),
    ...(selector === 'EXCLUDE' ? ['*Here:* The job does not use it, since `EXCLUDE` leaves out what is listed.'] : []),
    ...(notes ? [notes] : []),
    link('AWS user guide', identifierPages[group]),
  ].join('\n\n');
}

const GROUPS: Readonly<Record<ManagedDataIdentifier['group'], string>> = {
  Credentials: 'credentials',
  Financial: 'financial information',
  PHI: 'personal health information, PHI',
  PII: 'personally identifiable information, PII',
};

/** What Macie does with objects of an extension, by the comparator beside it and how many values that has. */
export function extensionText(extension: string, comparator?: string, values = 1): string | undefined {
  // What is no extension as it stands, such as `.csv`, is reported as that.
  if (!/^[^.*?\s]+$/.test(extension)) return undefined;
  const ends = `key ends in ${code(`.${extension}`)}, in just this letter case`;
  const which =
    comparator !== 'NE'
      ? `Objects whose ${ends}.`
      : values > 1
        ? 'What `NE` means for several values, AWS leaves open: it may match every object.'
        : `Objects but those whose ${ends}.`;
  const support = {
    listed: `Macie analyzes files of this kind up to ${sizeLimitWords(extension)} each.`,
    media: 'Macie analyzes no images, audio or video.',
    'unlisted-binary': 'Files of this kind are not among the formats that Macie analyzes.',
    unknown: 'Macie analyzes files of this kind where they hold text.',
  }[fileSupport(extension)];
  return `${which} ${support}\n\n${link('Supported formats', fileTypesPage)}`;
}

/** What a value of OBJECT_KEY matches. */
export function prefixText(prefix: string): string {
  if (prefix === '') return 'An empty prefix: every key begins with it, and the condition limits nothing.';
  const folder = prefix.endsWith('/') ? '' : ' The key may go on in any way; a prefix that ends in `/` means a folder.';
  return `Objects whose key begins with ${code(prefix)}, from its first character on, in just this letter case.${folder}`;
}
