import type { Area } from './model.js';

/** The comparators that a scope term takes, by its key. Source: the API reference, SimpleScopeTerm. */
export const SCOPE_COMPARATORS: Readonly<Record<string, readonly string[]>> = {
  OBJECT_EXTENSION: ['EQ', 'NE'],
  OBJECT_KEY: ['STARTS_WITH'],
  OBJECT_LAST_MODIFIED_DATE: ['EQ', 'GT', 'GTE', 'LT', 'LTE', 'NE'],
  OBJECT_SIZE: ['EQ', 'GT', 'GTE', 'LT', 'LTE', 'NE'],
};

/** Every comparator of the API, whether or not something takes it. */
export const COMPARATORS: readonly string[] = ['EQ', 'GT', 'GTE', 'LT', 'LTE', 'NE', 'CONTAINS', 'STARTS_WITH'];

/** The comparators of every bucket condition and of every tag condition. Source: the API reference. */
export const EQUALITY_COMPARATORS: readonly string[] = ['EQ', 'NE'];

/** The comparators that say the opposite of one another. */
const OPPOSITES: Readonly<Record<string, string>> = { EQ: 'NE', NE: 'EQ', GT: 'LTE', LTE: 'GT', GTE: 'LT', LT: 'GTE' };

/** The comparator that is met by all that another one is not met by; undefined for one that has no such opposite. */
export function oppositeComparator(comparator: string): string | undefined {
  return Object.hasOwn(OPPOSITES, comparator) ? OPPOSITES[comparator] : undefined;
}

/** Keys of scope terms that take one value alone. Source: the API reference, SimpleScopeTerm. */
export const SINGLE_VALUE_KEYS: ReadonlySet<string> = new Set(['OBJECT_LAST_MODIFIED_DATE', 'OBJECT_SIZE']);

/**
 * The comparators that a condition takes: for a scope term by its key, undefined for a key that the API does not know
 * and for a term without one.
 */
export function comparatorsFor(
  area: Area,
  kind: 'simple' | 'tag',
  key: string | undefined,
): readonly string[] | undefined {
  if (area === 'bucketCriteria' || kind === 'tag') return EQUALITY_COMPARATORS;
  return key !== undefined && Object.hasOwn(SCOPE_COMPARATORS, key) ? SCOPE_COMPARATORS[key] : undefined;
}

/**
 * Whether values can be judged beside a comparator: where there is none yet, or one that the condition takes in any letter
 * case. Beside another one the values are part of what that was meant to say, and it is reported alone.
 */
export function fitsComparator(
  area: Area,
  kind: 'simple' | 'tag',
  key: string | undefined,
  comparator: string | undefined,
): boolean {
  const taken = comparatorsFor(area, kind, key);
  return comparator === undefined || !taken || taken.includes(comparator.trim().toUpperCase());
}
