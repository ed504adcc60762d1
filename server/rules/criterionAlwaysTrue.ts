import { bucketStatesOf } from '../language/bucketStates.js';
import { criteriaOf, placeOf, type ScopeTerm, sidesOf } from '../language/scope.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'criterion-always-true',
  summary: 'A bucket condition tells some buckets from others.',
  severity: 'information',
  about: 'bucketCriteria',
  docs: {
    why: 'A condition that lists every state there is holds for each bucket: as an include it limits nothing, as an exclude it leaves nothing.',
    aws: 'AWS accepts such a condition (seen in practice). With EQ the effect follows from the OR that joins the values. With NE the same OR makes it true of each bucket, while "none of these" is true of no bucket; AWS does not say which holds.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { terms, side, isComplete } of sidesOf(criteriaOf(model))) {
      const excludesAll = side === 'excludes' && isComplete && terms.every(isAlwaysTrue);
      const effect = excludesAll ? 'this excludes all of them' : 'this condition limits nothing';
      for (const term of terms) {
        if (!listsAllStates(term)) continue;
        report({
          at: placeOf(term),
          severity: excludesAll ? 'warning' : 'information',
          message:
            term.comparator === 'EQ'
              ? `Every bucket has one of these states: ${effect}. Leave out the states that are not meant.`
              : 'With all states listed, NE holds for every bucket or for none; AWS does not say which. Write the states that are meant, with EQ.',
        });
      }
    }
  },
});

/** Whether every bucket meets a condition: one of the states that it lists is that of any bucket. */
export function isAlwaysTrue(term: ScopeTerm): boolean {
  return term.comparator === 'EQ' && listsAllStates(term);
}

/** Whether a condition lists every state that its property can have. */
export function listsAllStates(term: ScopeTerm): boolean {
  const states = term.kind === 'values' ? bucketStatesOf(term.key) : undefined;
  if (term.kind !== 'values' || !states) return false;
  const given = new Set(term.values.map(({ value }) => value));
  return states.every((state) => given.has(state));
}
