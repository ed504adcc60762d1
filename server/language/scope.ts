import { comparatorsFor } from './comparators.js';
import { parseMacieDate } from './dates.js';
import type { Condition, JobModel, Side, SimpleCondition } from './model.js';
import { once } from './once.js';
import { parseByteSize } from './sizes.js';
import type { ArrayASTNode, PropertyASTNode, StringASTNode } from './tree.js';

/*
 * What the conditions on objects select, as far as the definition alone tells: sizes and dates as ranges, extensions,
 * prefixes and tags as sets. Conditions of a block are joined by AND, values of a condition by OR (source: the API
 * reference, JobScopingBlock and SimpleScopeTerm).
 */

export type ScopeKey = 'OBJECT_EXTENSION' | 'OBJECT_KEY' | 'OBJECT_LAST_MODIFIED_DATE' | 'OBJECT_SIZE';
export type BoundKey = 'OBJECT_LAST_MODIFIED_DATE' | 'OBJECT_SIZE';

/** A condition on a size or date. */
export interface BoundTerm {
  kind: 'bound';
  condition: Condition;
  simple: SimpleCondition;
  key: BoundKey;
  comparator: string;
  node: StringASTNode;
  /** Bytes, or nanoseconds since 1970. */
  at: bigint;
}

/** A condition on an extension or a key's prefix. */
export interface ValuesTerm {
  kind: 'values';
  condition: Condition;
  simple: SimpleCondition;
  key: 'OBJECT_EXTENSION' | 'OBJECT_KEY';
  comparator: string;
  values: readonly StringASTNode[];
}

/** A condition on tags; each pair has a key, and an empty value where any value will do. */
export interface TagsTerm {
  kind: 'tags';
  condition: Condition;
  comparator: string;
  pairs: readonly { key: string; value: string }[];
}

export type ScopeTerm = BoundTerm | ValuesTerm | TagsTerm;

/** One side of `scoping` that has conditions. */
export interface ScopeSide {
  side: Side;
  property: PropertyASTNode;
  and: ArrayASTNode;
  /** The conditions that are understood, in the order of the text. */
  terms: readonly ScopeTerm[];
  /** Whether these are all: one that is wrong or not finished may mean anything. */
  isComplete: boolean;
}

export interface Scope {
  includes?: ScopeSide;
  excludes?: ScopeSide;
}

/** The conditions on objects. */
export const scopeOf = once((model: JobModel): Scope => {
  const scope: Scope = {};
  for (const { area, side, property, and, conditions } of model.blocks) {
    if (area !== 'scoping' || !and || and.items.length === 0) continue;
    const terms = conditions.map(understand).filter((term) => term !== undefined);
    scope[side] = { side, property, and, terms, isComplete: terms.length === and.items.length };
  }
  return scope;
});

/** The sides that have conditions, in the order of the text. */
export function sidesOf({ includes, excludes }: Scope): ScopeSide[] {
  return [includes, excludes].filter((side) => side !== undefined).sort((a, b) => a.and.offset - b.and.offset);
}

type SimpleTerm = Condition & { simple: SimpleCondition };

/** The conditions on one property, whatever else is wrong with them. */
export function simpleTerms(model: JobModel, key: ScopeKey): readonly SimpleTerm[] {
  return termsByKey(model).get(key) ?? [];
}

const termsByKey = once((model: JobModel): ReadonlyMap<string, readonly SimpleTerm[]> => {
  const byKey = new Map<string, SimpleTerm[]>();
  for (const condition of model.scopeTerms) {
    const key = condition.simple?.key?.value;
    if (key === undefined) continue;
    const same = byKey.get(key);
    if (same) same.push(condition as SimpleTerm);
    else byKey.set(key, [condition as SimpleTerm]);
  }
  return byKey;
});

function understand(condition: Condition): ScopeTerm | undefined {
  const { node, simple, tag } = condition;
  if (node.properties.length !== 1) return undefined;
  if (tag) {
    const comparator = tag.comparator?.value;
    if (comparator !== 'EQ' && comparator !== 'NE') return undefined;
    if ((tag.key && tag.key.value !== 'TAG') || tag.pairs.length === 0) return undefined;
    if (tag.pairs.length !== tag.tagValuesNode?.items.length) return undefined;
    if (!tag.pairs.every(({ key }) => key?.value)) return undefined;
    const pairs = tag.pairs.map(({ key, value }) => ({ key: key!.value, value: value?.value ?? '' }));
    return { kind: 'tags', condition, comparator, pairs };
  }
  const key = simple?.key?.value as ScopeKey | undefined;
  const comparator = simple?.comparator?.value;
  if (!simple || !key || !comparator || !comparatorsFor('scoping', 'simple', key)?.includes(comparator)) {
    return undefined;
  }
  const { values } = simple;
  if (values.length === 0 || values.length !== simple.valuesNode?.items.length) return undefined;
  if (key === 'OBJECT_EXTENSION' || key === 'OBJECT_KEY') {
    return { kind: 'values', condition, simple, key, comparator, values };
  }
  const node0 = values[0]!;
  const at = values.length === 1 ? boundOf(key, node0.value) : undefined;
  return at === undefined ? undefined : { kind: 'bound', condition, simple, key, comparator, node: node0, at };
}

/** A size in bytes or a date in nanoseconds since 1970; undefined where the text is neither. */
export function boundOf(key: BoundKey, text: string): bigint | undefined {
  if (key === 'OBJECT_SIZE') return parseByteSize(text);
  const read = parseMacieDate(text);
  return read.ok ? read.time : undefined;
}

/** The numbers from `low` to `high`, both included; without one, there is no end on that side. */
export interface Range {
  low?: bigint;
  high?: bigint;
}

/** What meets a condition on a size or date; undefined for NE, which leaves two ranges. */
export function rangeOf({ comparator, at }: BoundTerm): Range | undefined {
  switch (comparator) {
    case 'EQ':
      return { low: at, high: at };
    case 'GT':
      return { low: at + 1n };
    case 'GTE':
      return { low: at };
    case 'LT':
      return { high: at - 1n };
    case 'LTE':
      return { high: at };
    default:
      return undefined;
  }
}

/** True for a condition on a size; for one on a date. */
export const isSizeTerm = (term: ScopeTerm): term is BoundTerm => term.kind === 'bound' && term.key === 'OBJECT_SIZE';
export const isDateTerm = (term: ScopeTerm): term is BoundTerm =>
  term.kind === 'bound' && term.key === 'OBJECT_LAST_MODIFIED_DATE';

/** The condition of a side that has only one. Several take effect together alone. */
export function onlyTerm(side: ScopeSide | undefined): ScopeTerm | undefined {
  return side?.isComplete && side.terms.length === 1 ? side.terms[0] : undefined;
}

/** All sizes or dates that an object can have. */
export function wholeRange(key: BoundKey): Range {
  return key === 'OBJECT_SIZE' ? { low: 0n } : {};
}

/** What is in both ranges. */
export function narrow(a: Range, b: Range): Range {
  const low = a.low === undefined || (b.low !== undefined && b.low > a.low) ? b.low : a.low;
  const high = a.high === undefined || (b.high !== undefined && b.high < a.high) ? b.high : a.high;
  return { low, high };
}

/** True where nothing is in a range. */
export function isEmptyRange({ low, high }: Range): boolean {
  return low !== undefined && high !== undefined && low > high;
}

/** True where all of `inner` is in `outer`. */
export function holdsRange(outer: Range, inner: Range): boolean {
  return (
    (outer.low === undefined || (inner.low !== undefined && inner.low >= outer.low)) &&
    (outer.high === undefined || (inner.high !== undefined && inner.high <= outer.high))
  );
}

/** The range that all conditions of a side on one property leave; NE is passed over. */
export function rangeOfSide(side: ScopeSide | undefined, key: BoundKey): Range {
  let range = wholeRange(key);
  for (const term of side?.terms ?? []) {
    if (term.kind === 'bound' && term.key === key) range = narrow(range, rangeOf(term) ?? {});
  }
  return range;
}

/** Prefixes of which none begins with another, sorted, for looking up what begins with one of them. */
export class PrefixSet {
  private readonly sorted: string[] = [];

  constructor(prefixes: Iterable<string>) {
    // Without a comparator, texts are sorted by code units, and several times as fast.
    for (const prefix of [...prefixes].sort()) {
      const last = this.sorted[this.sorted.length - 1];
      if (last === undefined || !prefix.startsWith(last)) this.sorted.push(prefix);
    }
  }

  /** The prefix that a text begins with, if any. */
  find(text: string): string | undefined {
    let from = 0;
    let to = this.sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (byCodeUnits(this.sorted[middle]!, text) <= 0) from = middle + 1;
      else to = middle;
    }
    const candidate = this.sorted[from - 1];
    return candidate !== undefined && text.startsWith(candidate) ? candidate : undefined;
  }
}

const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The prefixes that keys meeting both conditions begin with: of each matching pair the longer one. */
export function commonPrefixes(a: readonly string[], b: readonly string[]): string[] {
  const inA = new PrefixSet(a);
  const inB = new PrefixSet(b);
  return [
    ...a.filter((prefix) => inB.find(prefix) !== undefined),
    ...b.filter((prefix) => inA.find(prefix) !== undefined),
  ];
}
