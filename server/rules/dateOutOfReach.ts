import { clashesOf, coverOf } from '../language/meaning.js';
import { once } from '../language/once.js';
import {
  type BoundTerm,
  isDateTerm,
  type Range,
  rangeOf,
  type ScopeSide,
  scopeOf,
  wholeRange,
} from '../language/scope.js';
import { defineRule, type Finding } from './rule.js';
import { standsWith } from './spans.js';

/** S3 was opened on 14 March 2006: no object is older. In nanoseconds since 1970. */
const FIRST_OBJECT = BigInt(Date.UTC(2006, 2, 14)) * 1_000_000n;

interface Data {
  term: BoundTerm;
}

export default defineRule<Data>({
  id: 'date-out-of-reach',
  summary: 'Objects can have been changed within the dates that are selected.',
  severity: 'warning',
  about: 'OBJECT_LAST_MODIFIED_DATE',
  docs: {
    why: 'A one-time job runs when it is created: no object was changed after that moment. And no object was changed before S3 was there, in 2006. A job that takes such objects alone, or excludes all others, analyzes nothing; mostly the year or the comparator is not what was meant. Of a recurring job, dates more than a year ahead are an information.',
    aws: 'The service takes any date. That nothing is selected follows from what the condition compares with.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  /** A recurring job with such a last date, or a moment that is out of reach, has one mistake, not two. */
  covers(other, own) {
    if (other.code === 'recurring-upper-date') return standsWith(other, own);
    // How excludes are joined does not matter where they take everything away.
    if (other.code === 'excludes-joined-by-and')
      return own.some(({ data: { term } }) => term.condition.side === 'excludes');
    return other.code === 'timestamp-equality' && comparatorsOf(own).has(other.start);
  },
  check({ model, now }, report) {
    const scope = scopeOf(model);
    const today = BigInt(now.getTime()) * 1_000_000n;
    const reach: Range = { low: FIRST_OBJECT, high: model.isOneTime ? today : undefined };
    const { includes } = scope;
    // Dates that contradict each other are said to do so, whatever else is wrong with them.
    const dates = includes && !clashesOnDates(includes) ? includes.terms.filter(isDateTerm) : [];
    for (const term of dates) {
      const { low, high } = rangeOf(term) ?? {};
      if (low !== undefined && low > today && (model.isOneTime || low > today + FAR)) {
        report(
          model.isOneTime
            ? {
                at: term.node,
                message:
                  'This date is in the future, and a one-time job runs at once: it would find nothing. Write an earlier date, or another comparator.',
                data: { term },
              }
            : { at: term.node, severity: 'information', message: FAR_MESSAGE, data: { term } },
        );
      } else if (high !== undefined && high < FIRST_OBJECT) {
        const message = 'S3 holds no object from before March 2006, so this selects nothing. Write a later date.';
        report({ at: term.node, message, data: { term } });
      }
    }
    const isLeft = (whole: Range) => !coverOf(scope, (key) => (key === 'OBJECT_SIZE' ? wholeRange(key) : whole));
    // What the excludes take away whenever objects were changed has its own rule.
    const exclude = scope.excludes?.terms.find(isDateTerm);
    if (!exclude || coverOf(scope)) return;
    if (!isLeft(reach)) {
      report({
        at: exclude.node,
        message:
          exclude.at > today
            ? 'This date is in the future, and a one-time job runs at once: every object is older, and excluded. Write an earlier date.'
            : 'Every object in S3 is from after this date, and excluded: the job would analyze nothing.',
        data: { term: exclude },
      });
    } else if (!model.isOneTime && !isLeft({ ...reach, high: today + FAR })) {
      report({ at: exclude.node, severity: 'information', message: FAR_MESSAGE, data: { term: exclude } });
    }
  },
});

/** A year, in nanoseconds: a recurring job may well be set up some time before it has anything to do. */
const FAR = 366n * 86_400n * 1_000_000_000n;
const FAR_MESSAGE =
  'This date is more than a year ahead, and until then every run finds nothing. Check the year and the comparator.';

function clashesOnDates(side: ScopeSide): boolean {
  return clashesOf(side).some(({ term }) => isDateTerm(term));
}

/** Where the comparators stand beside the dates that are out of reach. */
const comparatorsOf = once(
  (own: readonly Finding<Data>[]): ReadonlySet<number> =>
    new Set(own.map(({ data: { term } }) => term.simple.comparator!.offset)),
);
