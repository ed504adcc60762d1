import { type DateDeparture, type DateProblem, parseMacieDate, type ReadDate } from '../language/dates.js';
import { replaceString } from '../language/edits.js';
import { simpleTerms } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix, type Severity } from './rule.js';
import { quote } from './words.js';

interface Data {
  node: StringASTNode;
  comparator: string | undefined;
}

const FORM = 'AWS takes a date and time in UTC, such as 2023-09-24T14:31:13Z.';

const PROBLEMS: Readonly<Record<DateProblem, (text: string) => string>> = {
  empty: () => `The date is missing. ${FORM}`,
  spaces: () => `No blanks belong around a date. ${FORM}`,
  'no-such-day': (text) => `There is no such day as in ${quote(text)}. ${FORM}`,
  'no-such-time': (text) => `There is no such time of day as in ${quote(text)}. ${FORM}`,
  'no-such-zone': (text) => `There is no such offset from UTC as in ${quote(text)}. ${FORM}`,
  'basic-format': () => 'AWS takes the extended format of ISO 8601, with hyphens and colons: 2023-09-24T14:31:13Z.',
  epoch: () => `A number of seconds or milliseconds is no date here. ${FORM}`,
  'other-form': (text) => `${quote(text)} is no date that AWS reads. ${FORM}`,
};

export default defineRule<Data>({
  id: 'date-value',
  summary: 'A date is a day and time in UTC, in extended ISO 8601 format.',
  severity: 'error',
  about: 'OBJECT_LAST_MODIFIED_DATE',
  docs: {
    why: 'A date that cannot be read compares with nothing. One without a zone, or in another one, may be taken for another moment than the one that is meant, and objects at the edge of a range are then missed or analyzed in vain. A day without a time begins at midnight UTC, so that "up to that day" leaves the day itself out.',
    aws: 'The API reference asks for UTC and extended ISO 8601, and shows `2023-09-24T14:31:13Z`. Neither the AWS CLI nor an SDK checks it. What cannot be read in that format is an error; what can be read but departs from it (no zone, another zone, no time) is a warning; `+00:00` for `Z` is a hint.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { simple } of simpleTerms(model, 'OBJECT_LAST_MODIFIED_DATE')) {
      for (const node of simple.values) {
        const read = parseMacieDate(node.value);
        const data = { node, comparator: simple.comparator?.value };
        if (!read.ok) report({ at: node, message: PROBLEMS[read.reason](node.value), data });
        else {
          const found = judge(read, endOfDayMeant(data.comparator));
          if (found) report({ at: node, message: found.message, severity: found.severity, data });
        }
      }
    }
  },
  fixes({ data: { node, comparator } }): Fix[] {
    const read = parseMacieDate(node.value);
    const write = (text: string): Fix => ({ title: `Change to ${text}`, changes: [replaceString(node, text)] });
    if (!read.ok) {
      if (read.meant) return [{ ...write(read.meant), preferred: true, safe: read.reason === 'spaces' }];
      return read.reason === 'no-such-day' ? nearestDays(node.value).map(write) : [];
    }
    if (read.precision === 'date' && endOfDayMeant(comparator)) return [write(endOfDay(read)), write(read.utc)];
    return [{ ...write(read.utc), preferred: true, safe: isSameMoment(read) }];
  },
});

/** "Up to that day" and "after that day" may well mean the day's end. */
const endOfDayMeant = (comparator: string | undefined) => comparator === 'LTE' || comparator === 'GT';

const endOfDay = ({ utc }: ReadDate) => `${utc.slice(0, 10)}T23:59:59Z`;

/** What is to be said of a date that can be read; nothing where it has the documented form. */
function judge(read: ReadDate, mayMeanEnd: boolean): { message: string; severity: Severity } | undefined {
  const { precision, zone, departures, utc } = read;
  const warning = (what: string) => ({ message: `${what} Write ${utc}.`, severity: 'warning' as const });
  if (precision === 'date' && mayMeanEnd) {
    const message = `This is a day without a time; AWS asks for both. Write ${utc} for its beginning, or ${endOfDay(read)} for its end.`;
    return { message, severity: 'warning' };
  }
  if (precision === 'date') {
    return warning('This is a day without a time; AWS asks for both, and a day begins at 00:00 UTC.');
  }
  if (zone === 'none') return warning('This date gives no time zone. AWS asks for UTC, marked by a Z at the end.');
  if (zone === '-00:00') return warning('An offset of -00:00 leaves the zone open. AWS asks for UTC, marked by a Z.');
  if (zone !== 'Z' && zone !== '+00:00') {
    return warning(`This date has the offset ${zone}, and AWS asks for UTC.`);
  }
  if (departures.includes('end-of-day')) return warning('The end of a day is the 00:00:00 of the next one.');
  if (departures.includes('leap-second')) return warning('Not every service knows leap seconds.');
  if (departures.includes('blank')) return warning('A T stands between date and time in the format that AWS asks for.');
  if (departures.includes('lower-case')) return warning('AWS writes the T and the Z of a date as capitals.');
  if (departures.includes('long-fraction')) return warning('No clock gives more than nine digits of a second.');
  if (departures.includes('comma')) return warning('AWS shows a fraction of a second after a point, not a comma.');
  if (precision === 'hour' || precision === 'minute') {
    return warning(`This time has no ${precision === 'hour' ? 'minutes' : 'seconds'}; AWS shows a date with them.`);
  }
  if (departures.includes('short-offset')) {
    return warning(
      'An offset has a colon and minutes in the extended format that AWS asks for, and AWS marks UTC by a Z.',
    );
  }
  if (zone === '+00:00') return { message: 'AWS writes UTC as Z rather than as +00:00.', severity: 'hint' };
  return undefined;
}

/** Departures whose mend is another moment, if by little. */
const CHANGING: ReadonlySet<DateDeparture> = new Set(['leap-second', 'long-fraction']);

/** Whether the date is the same moment by any reading, so that only its form changes. */
function isSameMoment({ zone, precision, departures }: ReadDate): boolean {
  return (
    zone !== 'none' &&
    zone !== '-00:00' &&
    precision !== 'date' &&
    !departures.some((departure) => CHANGING.has(departure))
  );
}

/** For a day that a month does not have: its last day, and the first of the next month. */
function nearestDays(text: string): string[] {
  const parts = /^([0-9]{4})-(0[1-9]|1[0-2])-(29|3[01])(.*)$/.exec(text);
  if (!parts) return [];
  const [, year, month, , rest] = parts;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
  const first = new Date(Date.UTC(Number(year), Number(month), 1)).toISOString().slice(0, 10);
  return [last, first].flatMap((day) => {
    const read = parseMacieDate(day + rest);
    return read.ok ? [read.utc] : [];
  });
}
