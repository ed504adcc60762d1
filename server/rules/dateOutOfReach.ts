import { isDateTerm, onlyTerm, placeOf, rangeOf, scopeOf } from '../language/scope.js';
import { defineRule } from './rule.js';
import { standsWith } from './spans.js';

/** S3 was opened on 14 March 2006: no object is older. In nanoseconds since 1970. */
const FIRST_OBJECT = BigInt(Date.UTC(2006, 2, 14)) * 1_000_000n;

export default defineRule({
  id: 'date-out-of-reach',
  summary: 'Objects can have been changed within the dates that are selected.',
  severity: 'warning',
  docs: {
    why: 'A one-time job runs when it is created: no object was changed after that moment. And no object was changed before S3 was there, in 2006. A job that takes such objects alone, or excludes all others, analyzes nothing; mostly the year or the comparator is not what was meant.',
    aws: 'The service takes any date. That nothing is selected follows from what the condition compares with.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  /** A recurring job with such a last date has one mistake, not two. */
  covers: (other, own) => other.code === 'recurring-upper-date' && standsWith(other, own),
  check({ model, now }, report) {
    const { includes, excludes } = scopeOf(model);
    const today = BigInt(now.getTime()) * 1_000_000n;
    for (const term of includes?.terms.filter(isDateTerm) ?? []) {
      const { low, high } = rangeOf(term) ?? {};
      if (model.isOneTime && low !== undefined && low > today) {
        report({
          at: term.node,
          message:
            'This date is in the future, and a one-time job runs at once: it would find nothing. Write an earlier date, or another comparator.',
        });
      } else if (high !== undefined && high < FIRST_OBJECT) {
        const message = 'S3 holds no object from before March 2006, so this selects nothing. Write a later date.';
        report({ at: term.node, message });
      }
    }
    const exclude = onlyTerm(excludes);
    const range = exclude && isDateTerm(exclude) ? rangeOf(exclude) : undefined;
    if (!exclude || !range) return;
    if (model.isOneTime && range.low === undefined && range.high !== undefined && range.high > today) {
      report({
        at: placeOf(exclude),
        message:
          'This date is in the future, and a one-time job runs at once: every object is older, and excluded. Write an earlier date.',
      });
    } else if (range.high === undefined && range.low !== undefined && range.low < FIRST_OBJECT) {
      const message = 'Every object in S3 is from after this date, and excluded: the job would analyze nothing.';
      report({ at: placeOf(exclude), message });
    }
  },
});
