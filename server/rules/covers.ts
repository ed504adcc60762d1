import type { Cover } from '../language/meaning.js';
import { placeOf } from '../language/scope.js';
import { removeSide } from '../language/scopeEdits.js';
import type { Fix, Report, RuleContext } from './rule.js';

/* How excludes that take away all that is included are reported and mended: those of objects and of buckets alike. */

export function coverReport(cover: Cover): Report<Cover> {
  const { includes, excludes, because } = cover;
  const what = excludes.area === 'scoping' ? 'object' : 'bucket';
  const [first, ...others] = excludes.terms;
  return {
    at: others.length === 0 ? placeOf(first!) : excludes.property.keyNode,
    message: includes
      ? `Every ${what} that the includes choose is excluded here, and excludes win: the job would analyze nothing. Change one of the two.`
      : `Every ${what} meets this, and is excluded: the job would analyze nothing. Change the condition, or remove it.`,
    related: because.map((term) => ({ at: placeOf(term), message: 'What is included.' })),
    data: cover,
  };
}

export function coverFixes({ includes, excludes }: Cover, { document }: RuleContext): Fix[] {
  // Criteria without any condition would match every bucket.
  const sides = excludes.area === 'scoping' || includes ? [excludes, includes] : [];
  return sides
    .filter((side) => side !== undefined)
    .map((side) => ({ title: `Remove ${side.side}`, changes: [removeSide(document, side)] }));
}
