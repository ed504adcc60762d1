import { notAName } from './bucketName.js';
import { bucketStatesOf } from './bucketStates.js';
import { comparatorsFor, fitsComparator } from './comparators.js';
import { parseMacieDate } from './dates.js';
import type { Area, Condition, JobModel, Side, SimpleCondition, TagPair } from './model.js';
import { once } from './once.js';
import { parseByteSize } from './sizes.js';
import type { ArrayASTNode, ASTNode, PropertyASTNode, StringASTNode } from './tree.js';

/*
 * The conditions on buckets and on objects, as far as they are understood: sizes and dates as ranges, extensions, prefixes,
 * tags, and what tells buckets apart, as sets. Conditions of a block are joined by AND, values of a condition by OR
 * (source: the API reference, CriteriaBlockForJob, JobScopingBlock and the conditions in them). What they select together
 * is in meaning.ts.
 */

export type ScopeKey = 'OBJECT_EXTENSION' | 'OBJECT_KEY' | 'OBJECT_LAST_MODIFIED_DATE' | 'OBJECT_SIZE';
type BucketKey = 'ACCOUNT_ID' | 'S3_BUCKET_NAME' | 'S3_BUCKET_EFFECTIVE_PERMISSION' | 'S3_BUCKET_SHARED_ACCESS';
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

/** A condition on an extension, a key's prefix or a property of buckets. */
export interface ValuesTerm {
  kind: 'values';
  condition: Condition;
  simple: SimpleCondition;
  key: 'OBJECT_EXTENSION' | 'OBJECT_KEY' | BucketKey;
  comparator: string;
  values: readonly StringASTNode[];
}

/** A tag that a condition asks for; undefined where any key, or any value, will do. */
export interface Tag {
  key?: string;
  value?: string;
}

/** A condition on tags. */
export interface TagsTerm {
  kind: 'tags';
  condition: Condition;
  comparator: string;
  tags: readonly Tag[];
}

export type ScopeTerm = BoundTerm | ValuesTerm | TagsTerm;

/** One side of `scoping` or `bucketCriteria` that has conditions. */
export interface ScopeSide {
  area: Area;
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
export const scopeOf = once((model: JobModel): Scope => read(model, 'scoping'));

/** The conditions on buckets. */
export const criteriaOf = once((model: JobModel): Scope => read(model, 'bucketCriteria'));

/** The conditions of the area that a condition or side belongs to. */
export function areaOf(model: JobModel, { area }: { area: Area }): Scope {
  return area === 'scoping' ? scopeOf(model) : criteriaOf(model);
}

function read(model: JobModel, wanted: Area): Scope {
  const scope: Scope = {};
  for (const { area, side, property, and, conditions } of model.blocks) {
    if (area !== wanted || !and || and.items.length === 0) continue;
    const terms = conditions.map(understand).filter((term) => term !== undefined);
    scope[side] = { area, side, property, and, terms, isComplete: terms.length === and.items.length };
  }
  return scope;
}

/** The sides that have conditions, in the order of the text. */
export function sidesOf({ includes, excludes }: Scope): ScopeSide[] {
  return [includes, excludes].filter((side) => side !== undefined).sort((a, b) => a.and.offset - b.and.offset);
}

type SimpleTerm = Condition & { simple: SimpleCondition };

/** The conditions on one property, whatever else is wrong with them than a comparator that the property does not take. */
export function simpleTerms(model: JobModel, key: ScopeKey): readonly SimpleTerm[] {
  return termsByKey(model).get(key) ?? [];
}

const termsByKey = once((model: JobModel): ReadonlyMap<string, readonly SimpleTerm[]> => {
  const byKey = new Map<string, SimpleTerm[]>();
  for (const condition of model.scopeTerms) {
    const key = condition.simple?.key?.value;
    if (key === undefined || !fitsComparator('scoping', 'simple', key, condition.simple?.comparator?.value)) continue;
    const same = byKey.get(key);
    if (same) same.push(condition as SimpleTerm);
    else byKey.set(key, [condition as SimpleTerm]);
  }
  return byKey;
});

function understand(condition: Condition): ScopeTerm | undefined {
  const { node, area, simple, tag } = condition;
  if (node.properties.length !== 1) return undefined;
  if (tag) {
    const comparator = tag.comparator?.value;
    if (comparator !== 'EQ' && comparator !== 'NE') return undefined;
    if ((tag.key && tag.key.value !== 'TAG') || tag.pairs.length === 0) return undefined;
    if (tag.pairs.length !== tag.tagValuesNode?.items.length) return undefined;
    const tags = tag.pairs.map((pair) => (area === 'scoping' ? objectTag(pair) : bucketTag(pair)));
    return tags.every((one) => one !== undefined) ? { kind: 'tags', condition, comparator, tags } : undefined;
  }
  const key = simple?.key?.value as ScopeKey | BucketKey | undefined;
  const comparator = simple?.comparator?.value;
  if (!simple || !key || !comparator || !comparatorsFor(area, 'simple', key)?.includes(comparator)) {
    return undefined;
  }
  const { values } = simple;
  if (values.length === 0 || values.length !== simple.valuesNode?.items.length) return undefined;
  if (key === 'OBJECT_SIZE' || key === 'OBJECT_LAST_MODIFIED_DATE') {
    const only = values[0]!;
    const at = values.length === 1 ? boundOf(key, only.value) : undefined;
    return at === undefined ? undefined : { kind: 'bound', condition, simple, key, comparator, node: only, at };
  }
  if (area === 'bucketCriteria' && !values.every(({ value }) => isBucketValue(key, value))) return undefined;
  // What an empty extension means, AWS does not say.
  if (key === 'OBJECT_EXTENSION' && values.some(({ value }) => value.trim() === '')) return undefined;
  return { kind: 'values', condition, simple, key, comparator, values };
}

/** Whether a value can be that of some bucket. What cannot be is reported where it stands. */
function isBucketValue(key: string, value: string): boolean {
  if (key === 'ACCOUNT_ID') return /^\d{12}$/.test(value);
  if (key === 'S3_BUCKET_NAME') return !notAName(value);
  return bucketStatesOf(key)?.includes(value) ?? false;
}

/** A tag of objects has a key; an empty value, or none, stands for any. */
function objectTag({ key, value }: TagPair): Tag | undefined {
  return key?.value ? { key: key.value, value: value?.value || undefined } : undefined;
}

/** A tag of buckets has a key, a value or both: what is left out may be any. */
function bucketTag({ node, key, value }: TagPair): Tag | undefined {
  const isUnderstood = key?.value !== '' && node.properties.length === Number(!!key) + Number(!!value);
  return isUnderstood && (key || value) ? { key: key?.value, value: value?.value } : undefined;
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
export function rangeOf({ comparator, at }: Pick<BoundTerm, 'comparator' | 'at'>): Range | undefined {
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

/** How many values or tags a condition compares with. */
export function countOf(term: ScopeTerm): number {
  return term.kind === 'values' ? term.values.length : term.kind === 'tags' ? term.tags.length : 1;
}

/** The values of a condition: what decides. */
export function placeOf(term: ScopeTerm): ASTNode {
  if (term.kind === 'bound') return term.node;
  const values = term.kind === 'values' ? term.simple.valuesNode : term.condition.tag?.tagValuesNode;
  return values ?? term.condition.node;
}

/** True for a condition on a size; for one on a date. */
export const isSizeTerm = (term: ScopeTerm): term is BoundTerm => term.kind === 'bound' && term.key === 'OBJECT_SIZE';
export const isDateTerm = (term: ScopeTerm): term is BoundTerm =>
  term.kind === 'bound' && term.key === 'OBJECT_LAST_MODIFIED_DATE';

/** Whether every object meets a condition, since every key begins with nothing. */
export const hasEmptyPrefix = (term: ScopeTerm): boolean =>
  term.kind === 'values' && term.key === 'OBJECT_KEY' && term.values.some(({ value }) => value === '');

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
