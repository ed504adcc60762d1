import { formatMacieDate, parseMacieDate } from '../language/dates.js';
import { insertAfter } from '../language/edits.js';
import { clashesOf, coverOf } from '../language/meaning.js';
import type { Side } from '../language/model.js';
import { once } from '../language/once.js';
import { type BoundTerm, isDateTerm, scopeOf, sidesOf } from '../language/scope.js';
import { conditionText } from '../language/scopeEdits.js';
import { defineRule, type Finding, type Fix, type TextChange } from './rule.js';

interface Data {
  term: BoundTerm;
  /** The other end of a range that is this one moment. */
  from?: BoundTerm;
}

const DAY = 86_400_000;

export default defineRule<Data>({
  id: 'timestamp-equality',
  summary: 'A date is compared as the end of a range.',
  severity: 'warning',
  about: 'OBJECT_LAST_MODIFIED_DATE',
  docs: {
    why: 'S3 knows the second in which an object was last changed. EQ takes the objects of that one second, which is hardly ever what is meant, and so do GTE and LTE of the same moment; for a day, two conditions are written, from its first moment (GTE) to that of the next (LT). NE is true of practically every object.',
    aws: 'The API reference allows EQ and NE for dates. That they hit no or every object is inferred. With a time of day, which may be that of one known object, this is a hint.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model }, report) {
    const scope = scopeOf(model);
    for (const own of sidesOf(scope)) {
      const { terms, side } = own;
      const dates = terms.filter(isDateTerm);
      // Dates that contradict each other, or excludes that take everything away, are said to do so.
      if (dates.length === 0 || clashesOf(own).some(({ term }) => isDateTerm(term)) || coverOf(scope)) continue;
      for (const term of dates) {
        const { comparator } = term;
        if (comparator !== 'EQ' && comparator !== 'NE') continue;
        const takesAll = side === 'excludes' && comparator === 'NE';
        report({
          at: term.simple.comparator!,
          severity: takesAll || (isDay(term) && comparator === 'EQ') ? 'warning' : 'hint',
          message: messageFor(comparator, side),
          data: { term },
        });
      }
      const [a, b, ...others] = dates;
      if (!a || !b || others.length > 0 || a.at !== b.at) continue;
      const from = [a, b].find(({ comparator }) => comparator === 'GTE');
      const term = [a, b].find(({ comparator }) => comparator === 'LTE');
      if (!from || !term) continue;
      report({
        at: b.simple.comparator!,
        severity: isDay(term) ? 'warning' : 'hint',
        message: messageFor('GTE and LTE', side),
        related: [{ at: a.simple.comparator!, message: 'The other end of the range.' }],
        data: { term, from },
      });
    }
  },
  /** A day without a time is mended together with what is made of it. */
  covers(other, own) {
    return other.code === 'date-value' && other.severity === 'warning' && daysOf(own).has(other.start);
  },
  fixes({ data: { term, from: earlier } }, { document }): Fix[] {
    const read = parseMacieDate(term.node.value);
    if (term.comparator === 'NE' || !read.ok) return [];
    const start = Math.floor(read.instant.getTime() / DAY) * DAY;
    const from = formatMacieDate(new Date(start));
    const to = formatMacieDate(new Date(start + DAY));
    const written = (comparator: string, date: string): TextChange[] => [
      change(term.simple.comparator!, comparator),
      change(term.node, date),
    ];
    const changes = earlier
      ? [change(earlier.node, from), ...written('LT', to)]
      : [
          ...written('GTE', from),
          insertAfter(
            document,
            term.condition.node,
            conditionText(document, { condition: term.condition, changes: written('LT', to) }),
          ),
        ];
    return [{ title: `Take the whole day: from ${from} until ${to}`, changes, preferred: true }];
  },
});

/** Whether a date is the beginning of a day. */
function isDay({ at }: BoundTerm): boolean {
  return at % (BigInt(DAY) * 1_000_000n) === 0n;
}

/** Where the dates stand that are days without a time, and that the fix makes whole. */
const daysOf = once((own: readonly Finding<Data>[]): ReadonlySet<number> => {
  const terms = own.flatMap(({ data: { term, from } }) => (from ? [term, from] : [term]));
  const days = terms.filter(({ comparator, node }) => comparator !== 'NE' && node.value.length === 'YYYY-MM-DD'.length);
  return new Set(days.map(({ node }) => node.offset));
});

function change({ offset, length }: { offset: number; length: number }, value: string): TextChange {
  return { start: offset, end: offset + length, newText: JSON.stringify(value) };
}

function messageFor(comparator: 'EQ' | 'NE' | 'GTE and LTE', side: Side): string {
  if (comparator !== 'NE') {
    return `${comparator === 'EQ' ? 'EQ takes' : 'GTE and LTE of the same moment take'} only objects changed in this very second, so this most likely ${side === 'includes' ? 'selects' : 'excludes'} nothing. Write a range: GTE and LT.`;
  }
  return side === 'includes'
    ? 'NE leaves out only objects changed in this very second, so this changes practically nothing. Write GT or LT to mean after or before.'
    : 'NE is true of every object but those of this very second, so this excludes practically everything. Write GT or LT to mean after or before.';
}
