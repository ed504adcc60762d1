import { bySubject, clashesOf, subjectOf } from '../language/meaning.js';
import {
  type BoundKey,
  type BoundTerm,
  criteriaOf,
  isEmptyRange,
  PrefixSet,
  placeOf,
  rangeOf,
  rangeOfSide,
  type ScopeSide,
  type ScopeTerm,
  scopeOf,
  sidesOf,
  type ValuesTerm,
  wholeRange,
} from '../language/scope.js';
import { removeCondition } from '../language/scopeEdits.js';
import { isAlwaysTrue } from './criterionAlwaysTrue.js';
import { defineRule, type Severity } from './rule.js';

interface Data {
  side: ScopeSide;
  term: ScopeTerm;
}

/** Each list is compared with another one, and no more lists than that on one property: people write two or three. */
const MAX_LISTS = 100;

interface Redundant {
  term: ScopeTerm;
  /** The condition that makes it so; none where every object meets it. */
  by?: ScopeTerm;
  /** Whether the two say the same. */
  isSame?: boolean;
}

export default defineRule<Data>({
  id: 'redundant-condition',
  summary: 'Each condition changes what is selected.',
  severity: 'hint',
  docs: {
    why: 'Conditions of one `and` must all hold, so that of two lower bounds only the higher one counts, and of two lists of values only what is in both. A condition that stands twice is often one that should have been changed. In `excludes`, where people tend to expect OR, a list that another narrows is an information.',
    aws: 'The API reference joins conditions by AND.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const side of [...sidesOf(criteriaOf(model)), ...sidesOf(scopeOf(model))]) {
      for (const { term, by, isSame } of redundantOf(side)) {
        const isSurprise = side.side === 'excludes' && term.kind === 'values';
        const severity: Severity = isSurprise ? 'information' : 'hint';
        report({
          at: placeOf(term),
          severity,
          message: !by
            ? 'Every object meets this condition. Remove it, or change the value.'
            : isSame
              ? 'This says what another condition says, and has no effect. Remove it, or write what is meant.'
              : 'This has no effect beside the narrower condition on the same property: AWS joins the two by AND. Remove it, or change one of them.',
          related: by && [{ at: placeOf(by), message: 'The condition that counts.' }],
          unnecessary: true,
          data: { side, term },
        });
      }
    }
  },
  fixes({ data: { side, term } }, { document }) {
    const changes = removeCondition(document, side, term.condition);
    return [{ title: 'Remove this condition', changes, preferred: true }];
  },
});

function redundantOf(side: ScopeSide): Redundant[] {
  // Of conditions that stand alone, a bound may be one that everything meets.
  if (side.terms.length < 2 && side.terms[0]?.kind !== 'bound') return [];
  // Where conditions on a subject contradict each other, none is to be kept for what it says; what always holds has its own rule.
  const clashing = new Set(clashesOf(side).map(({ term }) => subjectOf(term)));
  return [
    ...boundsOf(side, 'OBJECT_SIZE'),
    ...boundsOf(side, 'OBJECT_LAST_MODIFIED_DATE'),
    ...[...bySubject(side).values()].flatMap((terms) =>
      widerOf(terms.filter((term): term is ValuesTerm => term.kind === 'values' && term.comparator !== 'NE')),
    ),
    ...repeatedOf(side),
  ].filter(({ term }) => !clashing.has(subjectOf(term)) && !isAlwaysTrue(term));
}

function boundsOf(side: ScopeSide, key: BoundKey): Redundant[] {
  const range = rangeOfSide(side, key);
  if (isEmptyRange(range)) return [];
  const whole = wholeRange(key);
  const terms = side.terms.filter((term): term is BoundTerm => term.kind === 'bound' && term.key === key);
  const counting = new Set<BoundTerm>();
  const setsLow = (term: BoundTerm) => range.low !== undefined && rangeOf(term)?.low === range.low;
  const setsHigh = (term: BoundTerm) => range.high !== undefined && rangeOf(term)?.high === range.high;
  // EQ sets both ends at once, and then nothing else is needed.
  const both = terms.find((term) => setsLow(term) && setsHigh(term));
  const low = both ?? (range.low === whole.low ? undefined : terms.find(setsLow));
  const high = both ?? terms.find(setsHigh);
  for (const term of [low, high]) if (term) counting.add(term);
  const redundant: Redundant[] = [];
  for (const term of terms) {
    if (counting.has(term)) continue;
    const own = rangeOf(term);
    if (own) {
      const by = own.low === undefined ? high : low;
      // Excludes that everything meets are another matter.
      if (by || side.side === 'includes') redundant.push({ term, by, isSame: sameBound(term, by) });
    } else if (key === 'OBJECT_SIZE') {
      // Of a date, NE is reported for itself.
      const isBelow = range.low !== undefined && term.at < range.low;
      const isAbove = range.high !== undefined && term.at > range.high;
      const by = isBelow ? low : isAbove ? high : undefined;
      if (by) redundant.push({ term, by });
    }
  }
  return redundant;
}

const sameBound = (a: BoundTerm, b: BoundTerm | undefined) => a.comparator === b?.comparator && a.at === b.at;

/** Lists on the same property that hold all of another one, which alone counts then. */
function widerOf(terms: readonly ValuesTerm[]): Redundant[] {
  const redundant: Redundant[] = [];
  if (terms.length > MAX_LISTS) return redundant;
  let narrow: ValuesTerm | undefined;
  for (const term of terms) {
    if (!narrow) narrow = term;
    else if (holdsAll(term, narrow)) redundant.push({ term, by: narrow, isSame: holdsAll(narrow, term) });
    else if (holdsAll(narrow, term)) {
      redundant.push({ term: narrow, by: term });
      narrow = term;
    }
  }
  return redundant;
}

function holdsAll(outer: ValuesTerm, inner: ValuesTerm): boolean {
  const names = outer.values.map(({ value }) => value);
  if (outer.key === 'OBJECT_KEY') {
    const prefixes = new PrefixSet(names);
    return inner.values.every(({ value }) => prefixes.find(value) !== undefined);
  }
  const set = new Set(names);
  return inner.values.every(({ value }) => set.has(value));
}

/** NE conditions and tag conditions that stand twice. */
function repeatedOf(side: ScopeSide): Redundant[] {
  const alike = new Map<string, ScopeTerm[]>();
  for (const term of side.terms) {
    const name = roughName(term);
    if (name === undefined) continue;
    const same = alike.get(name);
    if (same) same.push(term);
    else alike.set(name, [term]);
  }
  const redundant: Redundant[] = [];
  for (const terms of alike.values()) {
    if (terms.length < 2) continue;
    const seen = new Map<string, ScopeTerm>();
    for (const term of terms) {
      const name = exactName(term);
      const by = seen.get(name);
      if (by) redundant.push({ term, by, isSame: true });
      else seen.set(name, term);
    }
  }
  return redundant;
}

/** What conditions that say the same have in common, and others mostly not; undefined for those told by their ranges or lists. */
function roughName(term: ScopeTerm): string | undefined {
  let length = 0;
  if (term.kind === 'tags') {
    for (const { key = '', value = '' } of term.tags) length += key.length + value.length;
    return `${term.comparator} ${term.tags.length} ${length}`;
  }
  if (term.kind !== 'values' || term.comparator !== 'NE') return undefined;
  for (const { value } of term.values) length += value.length;
  return `${term.key} ${term.values.length} ${length}`;
}

/** The same for conditions that say the same, in whatever order, and different for others. */
function exactName(term: ScopeTerm): string {
  return term.kind === 'tags'
    ? JSON.stringify(term.tags.map(({ key, value }) => JSON.stringify([key, value])).sort())
    : term.kind === 'values'
      ? JSON.stringify(term.values.map(({ value }) => value).sort())
      : '';
}
