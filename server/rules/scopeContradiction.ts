import { replaceString } from '../language/edits.js';
import { once } from '../language/once.js';
import {
  type BoundKey,
  type BoundTerm,
  commonPrefixes,
  rangeOf,
  type ScopeSide,
  type ScopeTerm,
  scopeOf,
  sidesOf,
  type TagsTerm,
  type ValuesTerm,
  wholeRange,
} from '../language/scope.js';
import { mergeInto, moveAcross, opposite, removeCondition } from '../language/scopeEdits.js';
import type { ASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Clash {
  side: ScopeSide;
  /** The condition that stands first; none where no object at all meets the other. */
  first?: ScopeTerm;
  second: ScopeTerm;
  /** Whether values of the two, put into one condition, are alternatives. */
  isMergeable?: boolean;
}

export default defineRule<Clash>({
  id: 'scope-contradiction',
  summary: 'The conditions on objects can be met together.',
  severity: 'warning',
  docs: {
    why: 'Conditions of one `and` must all hold. Two that no object meets at once (larger than 1 GB and smaller than 1 MB, extension `csv` and extension `json`) leave nothing to analyze in `includes`, and exclude nothing in `excludes`. Alternatives go into the `values` of one condition, which are joined by OR.',
    aws: 'The API reference joins conditions by AND and values by OR. A job that selects nothing is accepted: it runs and ends.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
    ],
  },
  check({ model }, report) {
    for (const side of sidesOf(scopeOf(model))) {
      for (const clash of clashesOf(side)) {
        const { first, second } = clash;
        const effect = side.side === 'includes' ? 'the job would analyze nothing' : 'nothing is excluded';
        report({
          at: placeOf(second),
          message: first
            ? `No object meets this condition and an earlier one on the same property. AWS joins conditions by AND, so ${effect}.${clash.isMergeable ? ' List alternatives in one condition.' : ''}`
            : `No object is smaller than 0 bytes, so ${effect}. Write a larger size.`,
          related: first && [{ at: placeOf(first), message: 'The earlier condition.' }],
          data: clash,
        });
      }
    }
  },
  fixes({ data: { side, first, second, isMergeable } }, { document, model }): Fix[] {
    const fixes: Fix[] = [];
    if (first && isMergeable) {
      const changes = mergeInto(document, side, first, second);
      fixes.push({ title: 'Put the values into one condition', changes, preferred: true });
    }
    if (first?.kind === 'bound' && second.kind === 'bound' && canSwap(first, second, side)) {
      if (side.side === 'includes') {
        const changes = [replaceString(first.node, second.node.value), replaceString(second.node, first.node.value)];
        fixes.push({ title: 'Swap the two values', changes, preferred: true });
      } else if (side.and.items.length === 2) {
        // "Not above and not below" is what excluding either of them is.
        const changes = moveAcross(document, scopeOf(model), side, [opposite(first)!, opposite(second)!]);
        if (changes) fixes.push({ title: 'Include what lies between instead', changes, preferred: true });
      }
    }
    if (side.and.items.length > 1) {
      fixes.push({ title: 'Remove this condition', changes: removeCondition(document, side, second.condition) });
    }
    return fixes;
  },
});

/** The values of a condition: what decides. */
export function placeOf(term: ScopeTerm): ASTNode {
  if (term.kind === 'bound') return term.node;
  const values = term.kind === 'values' ? term.simple.valuesNode : term.condition.tag?.tagValuesNode;
  return values ?? term.condition.node;
}

/** Lists of prefixes are compared one after the other; more of them than this in one block are nobody's to read. */
const MAX_PREFIX_TERMS = 100;

/** Conditions of a side that cannot hold together with those before them. */
export const clashesOf = once((side: ScopeSide): readonly Clash[] => {
  const bounds = side.terms.filter((term) => term.kind === 'bound');
  const values = side.terms.filter((term) => term.kind === 'values');
  return [
    ...boundClash(side, 'OBJECT_SIZE', bounds),
    ...boundClash(side, 'OBJECT_LAST_MODIFIED_DATE', bounds),
    ...extensionClashes(side, values),
    ...prefixClashes(side, values),
    ...tagClashes(side),
  ];
});

function boundClash(side: ScopeSide, key: BoundKey, terms: readonly BoundTerm[]): Clash[] {
  const whole = wholeRange(key);
  let low: { at: bigint; term?: BoundTerm } | undefined = whole.low === undefined ? undefined : { at: whole.low };
  let high: { at: bigint; term?: BoundTerm } | undefined;
  const own = terms.filter((term) => term.key === key);
  for (const term of own) {
    const range = rangeOf(term);
    if (!range) continue;
    if (range.low !== undefined && (!low || range.low > low.at)) low = { at: range.low, term };
    if (range.high !== undefined && (!high || range.high < high.at)) high = { at: range.high, term };
    if (low && high && low.at > high.at) {
      return [{ side, second: term, first: low.term === term ? high.term : low.term }];
    }
  }
  if (!low?.term || low.at !== high?.at) return [];
  const other = own.find(({ comparator, at }) => comparator === 'NE' && at === low.at);
  return other ? [inOrder(side, other, low.term)] : [];
}

function inOrder(side: ScopeSide, a: ScopeTerm, b: ScopeTerm): Clash {
  const [first, second] = a.condition.node.offset < b.condition.node.offset ? [a, b] : [b, a];
  return { side, first, second };
}

/** One end of a range each, the only ones on their property, whose values would be a range the other way round. */
function canSwap(a: BoundTerm, b: BoundTerm, { terms }: ScopeSide): boolean {
  if (terms.filter((term) => term.kind === 'bound' && term.key === a.key).length > 2) return false;
  const isLower = ({ comparator }: BoundTerm) => comparator.startsWith('GT');
  const isUpper = ({ comparator }: BoundTerm) => comparator.startsWith('LT');
  return a.at !== b.at && ((isLower(a) && isUpper(b)) || (isLower(b) && isUpper(a)));
}

/** What is in both sets; the first may be large, and is looked up only. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...b].filter((value) => a.has(value)));
}

function extensionClashes(side: ScopeSide, terms: readonly ValuesTerm[]): Clash[] {
  const clashes: Clash[] = [];
  let common: { values: ReadonlySet<string>; first: ReadonlySet<string>; term: ValuesTerm } | undefined;
  for (const term of terms) {
    if (term.key !== 'OBJECT_EXTENSION' || term.comparator !== 'EQ') continue;
    const values = new Set(term.values.map(({ value }) => value));
    const left: ReadonlySet<string> = common ? shared(common.values, values) : values;
    if (left.size > 0) common = { values: left, first: common?.first ?? values, term: common?.term ?? term };
    else {
      const isMergeable = shared(common!.first, values).size === 0;
      clashes.push({ side, first: common!.term, second: term, isMergeable });
    }
  }
  if (!common) return clashes;
  const { values, term } = common;
  // With several values, AWS does not say whether NE means none of them.
  const others = terms.filter((t) => t.key === 'OBJECT_EXTENSION' && t.comparator === 'NE' && t.values.length === 1);
  const gone = new Map(others.map((other) => [other.values[0]!.value, other]));
  if ([...values].every((value) => gone.has(value))) clashes.push(inOrder(side, gone.get([...values][0]!)!, term));
  return clashes;
}

function prefixClashes(side: ScopeSide, all: readonly ValuesTerm[]): Clash[] {
  const clashes: Clash[] = [];
  const terms = all.filter(({ key }) => key === 'OBJECT_KEY');
  if (terms.length > MAX_PREFIX_TERMS) return clashes;
  let common: { prefixes: readonly string[]; term: ValuesTerm } | undefined;
  for (const term of terms) {
    const prefixes = term.values.map(({ value }) => value);
    const left: readonly string[] = common ? commonPrefixes(common.prefixes, prefixes) : prefixes;
    if (left.length > 0) common = { prefixes: left, term: common?.term ?? term };
    else {
      const first = common!.term;
      const firstPrefixes = first.values.map(({ value }) => value);
      clashes.push({ side, first, second: term, isMergeable: commonPrefixes(firstPrefixes, prefixes).length === 0 });
    }
  }
  return clashes;
}

/** An object has one value at most for each key of its tags. */
function tagClashes(side: ScopeSide): Clash[] {
  const clashes: Clash[] = [];
  const byKey = new Map<string, { values: ReadonlySet<string>; first: ReadonlySet<string>; term: TagsTerm }>();
  for (const term of side.terms) {
    if (term.kind !== 'tags' || term.comparator !== 'EQ') continue;
    const { key } = term.pairs[0]!;
    if (!term.pairs.every((pair) => pair.key === key && pair.value !== '')) continue;
    const values = new Set(term.pairs.map(({ value }) => value));
    const before = byKey.get(key);
    const left = before ? shared(before.values, values) : values;
    if (left.size > 0) byKey.set(key, { values: left, first: before?.first ?? values, term: before?.term ?? term });
    else {
      const isMergeable = shared(before!.first, values).size === 0;
      clashes.push({ side, first: before!.term, second: term, isMergeable });
    }
  }
  for (const term of side.terms) {
    if (term.kind !== 'tags' || term.comparator !== 'NE' || term.pairs.length !== 1) continue;
    const { key, value } = term.pairs[0]!;
    const equal = byKey.get(key);
    if (equal && (value === '' || (equal.values.size === 1 && equal.values.has(value)))) {
      clashes.push(inOrder(side, term, equal.term));
    }
  }
  return clashes;
}
