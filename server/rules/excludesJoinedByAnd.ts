import { oppositeComparator } from '../language/comparators.js';
import { bySubject, clashesOf, coverOf, subjectOf } from '../language/meaning.js';
import {
  areaOf,
  criteriaOf,
  hasEmptyPrefix,
  type Scope,
  type ScopeSide,
  type ScopeTerm,
  scopeOf,
} from '../language/scope.js';
import { type Moved, moveAcross, opposite } from '../language/scopeEdits.js';
import { defineRule, type Fix } from './rule.js';
import { plural } from './words.js';

interface Data {
  side: ScopeSide;
}

export default defineRule<Data>({
  id: 'excludes-joined-by-and',
  summary: 'Several excludes are meant to be met together.',
  severity: 'information',
  docs: {
    why: 'People read a list of excludes as "none of these". AWS joins its conditions by AND: an object is excluded only if it meets all of them, so that adding an exclude makes the job analyze more. A list of excluded buckets, by name and by tag, is read in the same wrong way. Values of one condition are joined by OR. To exclude what meets any one condition, the others can be included turned round: not to exclude what is larger than 1 GB is to include what is not.',
    aws: 'The API reference joins all conditions of an `and` by AND, in `excludes` as in `includes`. The user guide never shows two excludes, hence an information.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const scope of [criteriaOf(model), scopeOf(model)]) {
      const { excludes } = scope;
      if (!excludes || !isSurprising(excludes)) continue;
      // Where nothing meets all of them, or everything, that is said instead.
      if (clashesOf(excludes).length > 0 || coverOf(scope)) continue;
      const { parent } = excludes.and;
      const what = excludes.area === 'scoping' ? 'objects' : 'buckets';
      report({
        at: parent?.type === 'property' ? parent.keyNode : excludes.property.keyNode,
        message: `AWS joins these by AND: only ${what} that meet all ${plural(excludes.and.items.length, 'condition')} are excluded. Values of one condition are joined by OR.`,
        data: { side: excludes },
      });
    }
  },
  fixes({ data: { side } }, { document, model }): Fix[] {
    if (!side.isComplete) return [];
    // Ends of a range, and several NE on one property, belong together and cannot be turned round one by one.
    const groups = togetherIn(side);
    // One exclude may stay; which one makes no difference where all can be turned round.
    const staying = groups.find((terms) => terms.length > 1 || !opposite(terms[0]!)) ?? groups[0]!;
    const moved: Moved[] = [];
    for (const terms of groups) {
      if (terms === staying) continue;
      const turned = terms.length === 1 ? opposite(terms[0]!) : undefined;
      if (!turned) return [];
      moved.push(turned);
    }
    const scope = areaOf(model, side);
    // Where each of them excludes a part and together all, nothing would be left.
    if (isNothingLeft(scope, side, staying)) return [];
    const changes = moveAcross(document, scope, side, moved);
    return changes ? [{ title: 'Exclude what meets any of them: include the others turned round', changes }] : [];
  },
});

/** Conditions that are AND by nature: two ends of one range, and several NE on one property. A list stands for itself. */
function togetherIn(side: ScopeSide): (readonly ScopeTerm[])[] {
  return [...bySubject(side).values()].flatMap((terms) => {
    const alone = terms.filter((term) => term.kind !== 'bound' && term.comparator !== 'NE');
    const together = terms.filter((term) => !alone.includes(term));
    return [...alone.map((term) => [term]), ...(together.length > 0 ? [together] : [])];
  });
}

/** Whether nothing is selected once the terms of a side that do not stay are included turned round. */
function isNothingLeft({ includes }: Scope, excludes: ScopeSide, staying: readonly ScopeTerm[]): boolean {
  const turned = excludes.terms
    .filter((term) => !staying.includes(term))
    .map((term): ScopeTerm => ({ ...term, comparator: oppositeComparator(term.comparator) ?? term.comparator }));
  const chosen: ScopeSide = { ...(includes ?? excludes), terms: [...(includes?.terms ?? []), ...turned] };
  if (clashesOf(chosen).length > 0) return true;
  return coverOf({ includes: chosen, excludes: { ...excludes, terms: staying } }) !== undefined;
}

/**
 * Different properties, or several tags. Of buckets, only what a name is joined with, or a tag with another tag: to exclude
 * the private buckets of an account is what it says.
 */
function isSurprising(side: ScopeSide): boolean {
  if (side.terms.length < 2) return false;
  // An empty prefix is no condition, and reported as that.
  const groups = togetherIn(side).filter((terms) => !terms.every(hasEmptyPrefix));
  // Of two lists on one property, only what is in both counts, which has its own rule.
  const subjects = new Set(groups.map((terms) => (terms[0]!.kind === 'tags' ? terms : subjectOf(terms[0]!))));
  if (subjects.size < 2 || side.area === 'scoping') return subjects.size > 1;
  const hasName = bySubject(side).has('S3_BUCKET_NAME');
  return hasName || groups.filter(([first]) => first!.kind === 'tags').length > 1;
}
