import { removeMember } from '../language/edits.js';
import {
  type BoundTerm,
  holdsRange,
  PrefixSet,
  rangeOf,
  rangeOfSide,
  type ScopeSide,
  type ScopeTerm,
  scopeOf,
  type TagsTerm,
  type ValuesTerm,
} from '../language/scope.js';
import { defineRule, type Fix } from './rule.js';
import { clashesOf, placeOf } from './scopeContradiction.js';

interface Data {
  includes?: ScopeSide;
  excludes: ScopeSide;
}

export default defineRule<Data>({
  id: 'excludes-everything',
  summary: 'The excludes leave some of the included objects.',
  severity: 'warning',
  docs: {
    why: 'Excludes win over includes. Where each object that is included meets the excludes as well, the job analyzes nothing.',
    aws: 'The Macie user guide lets excludes win. A job that selects nothing is accepted, as an acceptance test of a public tool shows.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model }, report) {
    const { includes, excludes } = scopeOf(model);
    if (!excludes?.isComplete) return;
    // What already selects or excludes nothing is said there.
    if ((includes && clashesOf(includes).length > 0) || clashesOf(excludes).length > 0) return;
    // An empty prefix is reported at the value.
    if (excludes.terms.some((term) => term.kind === 'values' && term.values.some(({ value }) => value === ''))) return;
    const because: ScopeTerm[] = [];
    for (const term of excludes.terms) {
      const covered = coveredBy(term, includes);
      if (!covered) return;
      if (covered !== true) because.push(covered);
    }
    const [only] = excludes.terms;
    report({
      at: excludes.terms.length === 1 ? placeOf(only!) : excludes.property.keyNode,
      message: includes
        ? 'Every object that the includes choose is excluded here, and excludes win: the job would analyze nothing. Change one of the two.'
        : 'Every object meets this, and is excluded: the job would analyze nothing. Change the condition, or remove it.',
      related: because.map((term) => ({ at: placeOf(term), message: 'What is included.' })),
      data: { includes, excludes },
    });
  },
  /** How the excludes are joined does not matter where they take everything away. */
  covers: ({ code }) => code === 'excludes-joined-by-and',
  fixes({ data: { includes, excludes } }, { document }): Fix[] {
    return [excludes, includes]
      .filter((side) => side !== undefined)
      .map(({ side, property }) => ({ title: `Remove ${side}`, changes: [removeMember(document, property)] }));
  },
});

/** The include, or true for all of them, by which every included object meets an exclude; undefined where that is not sure. */
function coveredBy(exclude: ScopeTerm, includes: ScopeSide | undefined): ScopeTerm | true | undefined {
  if (exclude.kind === 'bound') return boundCoveredBy(exclude, includes);
  return includes?.terms.find((include) => {
    if (include.kind === 'values' && exclude.kind === 'values') return valuesImply(include, exclude);
    return include.kind === 'tags' && exclude.kind === 'tags' && tagsImply(include, exclude);
  });
}

function boundCoveredBy(exclude: BoundTerm, includes: ScopeSide | undefined): ScopeTerm | true | undefined {
  const included = rangeOfSide(includes, exclude.key);
  const excluded = rangeOf(exclude);
  const isCovered = excluded
    ? holdsRange(excluded, included)
    : (included.low !== undefined && exclude.at < included.low) ||
      (included.high !== undefined && exclude.at > included.high);
  if (!isCovered) return undefined;
  return includes?.terms.find((term) => term.kind === 'bound' && term.key === exclude.key) ?? true;
}

function valuesImply(include: ValuesTerm, exclude: ValuesTerm): boolean {
  if (include.key !== exclude.key) return false;
  if (exclude.key === 'OBJECT_KEY') {
    const prefixes = new PrefixSet(exclude.values.map(({ value }) => value));
    return include.values.every(({ value }) => prefixes.find(value) !== undefined);
  }
  const excluded = new Set(exclude.values.map(({ value }) => value));
  if (exclude.comparator === 'EQ') {
    return include.comparator === 'EQ' && include.values.every(({ value }) => excluded.has(value));
  }
  // With several values, AWS does not say whether NE means none of them: only the very same is sure.
  if (include.comparator === 'NE') {
    const included = new Set(include.values.map(({ value }) => value));
    return included.size === excluded.size && [...included].every((value) => excluded.has(value));
  }
  return excluded.size === 1 && include.values.every(({ value }) => !excluded.has(value));
}

function tagsImply(include: TagsTerm, exclude: TagsTerm): boolean {
  const name = ({ key, value }: { key: string; value: string }) => JSON.stringify([key, value]);
  const excluded = new Set(exclude.pairs.map(name));
  if (include.comparator !== exclude.comparator) return false;
  if (include.comparator === 'NE') {
    const included = new Set(include.pairs.map(name));
    return included.size === excluded.size && [...included].every((pair) => excluded.has(pair));
  }
  return include.pairs.every((pair) => excluded.has(name(pair)) || excluded.has(name({ ...pair, value: '' })));
}
