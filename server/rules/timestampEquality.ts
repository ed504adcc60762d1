import { formatMacieDate, parseMacieDate } from '../language/dates.js';
import type { Side } from '../language/model.js';
import { type BoundTerm, isDateTerm, scopeOf, sidesOf } from '../language/scope.js';
import { conditionText, insertAfter } from '../language/scopeEdits.js';
import { defineRule, type Fix, type TextChange } from './rule.js';

interface Data {
  term: BoundTerm;
}

const DAY = 86_400_000;

export default defineRule<Data>({
  id: 'timestamp-equality',
  summary: 'A date is compared as the end of a range.',
  severity: 'warning',
  docs: {
    why: 'S3 knows the second in which an object was last changed. EQ takes the objects of that one second, which is hardly ever what is meant; for a day, two conditions are written, from its first moment (GTE) to that of the next (LT). NE is true of practically every object.',
    aws: 'The API reference allows EQ and NE for dates. That they hit no or every object is inferred. With a time of day, which may be that of one known object, this is a hint.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model }, report) {
    for (const { terms, side } of sidesOf(scopeOf(model))) {
      for (const term of terms) {
        if (!isDateTerm(term)) continue;
        if (term.comparator !== 'EQ' && term.comparator !== 'NE') continue;
        const isDay = term.at % (BigInt(DAY) * 1_000_000n) === 0n;
        const takesAll = side === 'excludes' && term.comparator === 'NE';
        report({
          at: term.simple.comparator!,
          severity: takesAll || (isDay && term.comparator === 'EQ') ? 'warning' : 'hint',
          message: messageFor(term.comparator, side),
          data: { term },
        });
      }
    }
  },
  fixes({ data: { term } }, { document }): Fix[] {
    const read = parseMacieDate(term.node.value);
    if (term.comparator !== 'EQ' || !read.ok) return [];
    const start = Math.floor(read.instant.getTime() / DAY) * DAY;
    const from = formatMacieDate(new Date(start));
    const to = formatMacieDate(new Date(start + DAY));
    const written = (comparator: string, date: string): TextChange[] => [
      change(term.simple.comparator!, comparator),
      change(term.node, date),
    ];
    const next = conditionText(document, { condition: term.condition, changes: written('LT', to) });
    return [
      {
        title: `Take the whole day: from ${from} until ${to}`,
        changes: [...written('GTE', from), insertAfter(document, term.condition, next)],
        preferred: true,
      },
    ];
  },
});

function change({ offset, length }: { offset: number; length: number }, value: string): TextChange {
  return { start: offset, end: offset + length, newText: JSON.stringify(value) };
}

function messageFor(comparator: string, side: Side): string {
  if (comparator === 'EQ') {
    return `EQ takes only objects changed in this very second, so this most likely ${side === 'includes' ? 'selects' : 'excludes'} nothing. Write a range: GTE and LT.`;
  }
  return side === 'includes'
    ? 'NE leaves out only objects changed in this very second, so this changes practically nothing. Write GT or LT to mean after or before.'
    : 'NE is true of every object but those of this very second, so this excludes practically everything. Write GT or LT to mean after or before.';
}
