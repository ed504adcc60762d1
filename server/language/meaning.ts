import { bucketStatesOf } from './bucketStates.js';
import { oppositeComparator } from './comparators.js';
import { once } from './once.js';
import {
  type BoundKey,
  type BoundTerm,
  commonPrefixes,
  countOf,
  isEmptyRange,
  narrow,
  PrefixSet,
  type Range,
  rangeOf,
  type Scope,
  type ScopeSide,
  type ScopeTerm,
  type Tag,
  type TagsTerm,
  type ValuesTerm,
  wholeRange,
} from './scope.js';

/*
 * What conditions select together, of objects and of buckets alike. There is one question: does nothing meet all of them?
 * Excludes take away all that is included where, for each of them, nothing meets the includes and its opposite.
 */

/** A condition, or its opposite. */
interface Part<T extends ScopeTerm = ScopeTerm> {
  term: T;
  not?: boolean;
}

/**
 * What NE means for several values, which AWS leaves open: true of what differs from any one of them, as the OR between
 * values has it, or only of what differs from all. What is claimed holds either way.
 */
type Reading = 'any' | 'all';
const READINGS: readonly Reading[] = ['any', 'all'];

const isOpen = (term: ScopeTerm) => term.comparator === 'NE' && countOf(term) > 1;

/** All sizes or dates there can be. */
export type Whole = (key: BoundKey) => Range;

/** What a condition is about. Conditions on different subjects never contradict each other. */
export function subjectOf(term: ScopeTerm): string {
  return term.kind === 'tags' ? 'TAG' : term.key;
}

/** Whether nothing meets all parts, which are about one subject. Linear in the number of their values. */
function isNone(parts: readonly Part[], reading: Reading, whole: Whole): boolean {
  const kind = parts[0]?.term.kind;
  if (kind === 'bound') return rangeIsNone(parts as readonly Part<BoundTerm>[], whole);
  if (kind === 'tags') return tagsAreNone(parts as readonly Part<TagsTerm>[], reading);
  if (kind !== 'values') return false;
  const values = parts as readonly Part<ValuesTerm>[];
  return values[0]!.term.key === 'OBJECT_KEY' ? prefixesAreNone(values) : valuesAreNone(values, reading);
}

function rangeIsNone(parts: readonly Part<BoundTerm>[], whole: Whole): boolean {
  let range = whole(parts[0]!.term.key);
  const holes = new Set<bigint>();
  for (const { term, not } of parts) {
    const comparator = not ? oppositeComparator(term.comparator)! : term.comparator;
    const own = rangeOf({ comparator, at: term.at });
    if (own) range = narrow(range, own);
    else holes.add(term.at);
  }
  if (isEmptyRange(range)) return true;
  const { low, high } = range;
  if (low === undefined || high === undefined || high - low >= BigInt(holes.size)) return false;
  for (let at = low; at <= high; at++) if (!holes.has(at)) return false;
  return true;
}

function valuesAreNone(parts: readonly Part<ValuesTerm>[], reading: Reading): boolean {
  const states = bucketStatesOf(parts[0]!.term.key);
  let left: ReadonlySet<string> | undefined = states && new Set(states);
  const gone = new Set<string>();
  for (const { term, not = false } of parts) {
    const values = new Set(term.values.map(({ value }) => value));
    if (term.comparator === 'NE' && values.size > 1 && reading === 'any') {
      if (not) return true;
    } else if ((term.comparator === 'EQ') !== not) {
      left = left ? new Set([...values].filter((value) => left!.has(value))) : values;
    } else for (const value of values) gone.add(value);
  }
  return left !== undefined && [...left].every((value) => gone.has(value));
}

/** Lists of prefixes are compared one after the other; more of them than this in one block are nobody's to read. */
const MAX_PREFIX_TERMS = 100;

function prefixesAreNone(parts: readonly Part<ValuesTerm>[]): boolean {
  if (parts.length > MAX_PREFIX_TERMS) return false;
  let left: readonly string[] | undefined;
  const gone: string[] = [];
  for (const { term, not } of parts) {
    const prefixes = term.values.map(({ value }) => value);
    if (not) for (const prefix of prefixes) gone.push(prefix);
    else left = left ? commonPrefixes(left, prefixes) : prefixes;
  }
  if (left?.length === 0) return true;
  if (gone.length === 0) return false;
  const without = new PrefixSet(gone);
  return (left ?? ['']).every((prefix) => without.find(prefix) !== undefined);
}

function tagsAreNone(parts: readonly Part<TagsTerm>[], reading: Reading): boolean {
  // One of each list is there; none of the others is.
  const lists: (readonly Tag[])[] = [];
  const absent = new Set<string>();
  for (const { term, not = false } of parts) {
    const isMany = term.comparator === 'NE' && term.tags.length > 1 && reading === 'any';
    if (isMany && not) lists.push(...term.tags.map((tag) => [tag]));
    else if ((term.comparator === 'EQ') !== not) lists.push(term.tags);
    else if (!isMany) for (const tag of term.tags) absent.add(nameOf(tag));
  }
  const valuesOfKey = new Map<string, ReadonlySet<string>>();
  for (const list of lists) {
    const left = absent.size === 0 ? list : list.filter((tag) => !isGone(tag, absent));
    const [first] = left;
    if (!first) return true;
    const { key } = first;
    // A key has one value at most.
    if (key === undefined || !left.every((tag) => tag.key === key && tag.value !== undefined)) continue;
    const before = valuesOfKey.get(key);
    const values = new Set(left.flatMap(({ value }) => (!before || before.has(value!) ? [value!] : [])));
    if (values.size === 0) return true;
    valuesOfKey.set(key, values);
  }
  return false;
}

const nameOf = ({ key, value }: Tag) =>
  `${key === undefined ? '' : `k${key}`}\0${value === undefined ? '' : `v${value}`}`;

/** Whether a tag is there only if an absent one is: itself, its key with any value, its value under any key. */
function isGone({ key, value }: Tag, absent: ReadonlySet<string>): boolean {
  return absent.has(nameOf({ key, value })) || absent.has(nameOf({ key })) || absent.has(nameOf({ value }));
}

/** A condition with which nothing is left. */
export interface Clash {
  side: ScopeSide;
  /**
   * What stands before it and leaves it nothing: one condition where that is enough, else all on the subject; none where
   * nothing at all meets the condition.
   */
  before: readonly ScopeTerm[];
  term: ScopeTerm;
  /** Later conditions that are alternatives to both of these and to each other. */
  also: readonly ScopeTerm[];
  /** Whether they, put into one condition, would be alternatives. */
  isMergeable: boolean;
  /** Whether they are all that the side says on their subject so far. */
  isAll: boolean;
}

/** The conditions of a side by subject. */
export const bySubject = once(({ terms }: ScopeSide): ReadonlyMap<string, readonly ScopeTerm[]> => {
  const found = new Map<string, ScopeTerm[]>();
  for (const term of terms) {
    const subject = subjectOf(term);
    const same = found.get(subject);
    if (same) same.push(term);
    else found.set(subject, [term]);
  }
  return found;
});

/** Conditions of a side that cannot hold together with those before them. */
export const clashesOf = once((side: ScopeSide): readonly Clash[] =>
  [...bySubject(side).values()].flatMap((terms) => clashesAmong(side, terms)),
);

/** The most clashes on one subject that are told apart, and the most conditions that one is held against. */
const MAX_CLASHES = 10;
const MAX_HELD_AGAINST = 100;

/** The most conditions that are taken for alternatives together, and the most values that are compared to find them. */
const MAX_ALTERNATIVES = 20;
const MAX_COMPARED = 100_000;

function clashesAmong(side: ScopeSide, terms: readonly ScopeTerm[]): Clash[] {
  // One list of values is met by something.
  if (terms.length === 1 && terms[0]!.kind !== 'bound') return [];
  const areNone = (some: readonly ScopeTerm[]) => isNone(some.map(toPart), 'any', wholeRange);
  const clashes: Clash[] = [];
  let rest = terms;
  while (clashes.length < MAX_CLASHES && areNone(rest)) {
    // Each condition more leaves less: the first one that is too much is found by halves.
    let low = 0;
    let high = rest.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (areNone(rest.slice(0, middle + 1))) high = middle;
      else low = middle + 1;
    }
    const term = rest[low]!;
    const all = areNone([term]) ? [] : rest.slice(0, low);
    const one = all.slice(0, MAX_HELD_AGAINST).find((other) => areNone([other, term]));
    const isMergeable = one !== undefined && isAlternative(one) && isAlternative(term);
    const also = isMergeable ? alternatives([one, term], rest.slice(low + 1), areNone) : [];
    const together = new Set(one ? [one, term, ...also] : [...all, term]);
    const last = also.length > 0 ? rest.indexOf(also[also.length - 1]!) : low;
    const isAll = one !== undefined && rest.slice(0, last + 1).every((other) => together.has(other));
    clashes.push({ side, before: one ? [one] : all, term, also, isMergeable, isAll });
    // Ends of a range are one mistake together.
    if (term.kind === 'bound') break;
    rest = rest.filter((other) => other !== term && !also.includes(other));
  }
  return clashes;
}

/** Of conditions, those that no two of can hold together, beside two that cannot. */
function alternatives(
  two: readonly ScopeTerm[],
  others: readonly ScopeTerm[],
  areNone: (some: readonly ScopeTerm[]) => boolean,
): ScopeTerm[] {
  const found = [...two];
  let compared = 0;
  for (const other of others.slice(0, MAX_HELD_AGAINST)) {
    compared += found.reduce((sum, one) => sum + countOf(one) + countOf(other), 0);
    if (found.length >= MAX_ALTERNATIVES || compared > MAX_COMPARED) break;
    if (isAlternative(other) && found.every((one) => areNone([one, other]))) found.push(other);
  }
  return found.slice(two.length);
}

const isAlternative = (term: ScopeTerm) => term.kind !== 'bound' && term.comparator !== 'NE';

const toPart = (term: ScopeTerm): Part => ({ term });

/** Excludes that take away all that is included. */
export interface Cover {
  includes?: ScopeSide;
  excludes: ScopeSide;
  /** The includes that each exclude is met with; none of an exclude that everything meets. */
  because: readonly ScopeTerm[];
}

/** The most values of includes that are held against excludes, each as often as there are excludes on their subject. */
const MAX_HELD_VALUES = 200_000;

/**
 * Whether the excludes take away all that the includes choose; undefined where some of it may be left, and where one side
 * cannot be met in itself, which is to be said first.
 */
export function coverOf(scope: Scope, whole?: Whole): Cover | undefined {
  return whole ? cover(scope, whole) : coverOfAll(scope).cover;
}

const coverOfAll = once((scope: Scope) => ({ cover: cover(scope, wholeRange) }));

function cover({ includes, excludes }: Scope, whole: Whole): Cover | undefined {
  if (!excludes?.isComplete || clashesOf(excludes).length > 0) return undefined;
  if (includes && clashesOf(includes).length > 0) return undefined;
  const because = new Set<ScopeTerm>();
  for (const [subject, terms] of bySubject(excludes)) {
    const chosen = (includes && bySubject(includes).get(subject)) ?? [];
    const values = chosen.reduce((sum, term) => sum + countOf(term), 0);
    if (values * terms.length > Math.max(MAX_HELD_VALUES, values)) return undefined;
    const parts = chosen.map(toPart);
    for (const term of terms) {
      const all = [...parts, { term, not: true }];
      const readings = all.some((part) => isOpen(part.term)) ? READINGS : READINGS.slice(0, 1);
      if (!readings.every((reading) => isNone(all, reading, whole))) return undefined;
    }
    if (chosen[0]) because.add(chosen[0]);
  }
  return { includes, excludes, because: [...because] };
}
