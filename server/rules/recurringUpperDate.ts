import { clashesOf, coverOf } from '../language/meaning.js';
import { type BoundTerm, isDateTerm, onlyTerm, rangeOf, type Scope, scopeOf } from '../language/scope.js';
import { removeCondition } from '../language/scopeEdits.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  term: BoundTerm;
}

export default defineRule<Data>({
  id: 'recurring-upper-date',
  summary: 'A recurring job has no fixed last date for its objects.',
  severity: 'warning',
  about: 'OBJECT_LAST_MODIFIED_DATE',
  docs: {
    why: 'Each run of a recurring job takes only the objects that were created or changed since the run before. With a fixed last date, no run after that date finds any; only a first run over what exists (`initialRun`) does.',
    aws: 'The Macie user guide describes what the later runs take. That a fixed last date leaves them nothing is inferred. While the date is still to come, this is an information.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model, now }, report) {
    if (!model.isScheduled) return;
    const scope = scopeOf(model);
    const today = BigInt(now.getTime()) * 1_000_000n;
    const initialRun = model.member('initialRun')?.valueNode;
    const isFirstRunLeft = initialRun?.type === 'boolean' && initialRun.value === true;
    for (const { term, last } of lastDates(scope)) {
      const isPast = last <= today;
      report({
        at: term.node,
        severity: isPast ? 'warning' : 'information',
        message: isPast
          ? `A recurring job looks at objects changed since its last run, and none will be from before this date${isFirstRunLeft ? ': only the first run finds any' : ''}. Leave the date out, or make the job ONE_TIME.`
          : 'A recurring job looks at objects changed since its last run: from this date on, it finds none.',
        related: model.jobType && [{ at: model.jobType, message: 'The job recurs.' }],
        data: { term },
      });
    }
  },
  fixes({ data: { term } }, { document, model }): Fix[] {
    const side = scopeOf(model)[term.condition.side];
    if (!side) return [];
    return [{ title: 'Remove this condition', changes: removeCondition(document, side, term.condition) }];
  },
});

/** The conditions that end what is selected at a date: upper bounds in includes, a lower bound alone in excludes. */
function lastDates(scope: Scope): { term: BoundTerm; last: bigint }[] {
  const { includes, excludes } = scope;
  const found: { term: BoundTerm; last: bigint }[] = [];
  // Where nothing is selected at all, that is said instead.
  if (coverOf(scope) || (includes && clashesOf(includes).length > 0)) return found;
  for (const term of includes?.terms.filter(isDateTerm) ?? []) {
    const { low, high } = rangeOf(term) ?? {};
    // EQ is reported for itself.
    if (high !== undefined && low === undefined) found.push({ term, last: high });
  }
  const exclude = onlyTerm(excludes);
  if (exclude && isDateTerm(exclude)) {
    const { low, high } = rangeOf(exclude) ?? {};
    if (low !== undefined && high === undefined) found.push({ term: exclude, last: low });
  }
  return found;
}
