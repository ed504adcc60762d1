/*
 * Dates as a job definition writes them: a date and time in UTC, in the extended format of ISO 8601, such as
 * 2023-09-24T14:31:13Z (source: the API reference, SimpleScopeTerm). `Date.parse` is not asked: it takes 31 April, and
 * reads a time without a zone by the clock of the machine it runs on.
 */

/** The last part that a date gives. */
export type DatePrecision = 'date' | 'hour' | 'minute' | 'second' | 'fraction';

/** Where a date that can be read departs from the form that AWS documents, other than in zone and precision. */
export type DateDeparture =
  | 'blank'
  | 'lower-case'
  | 'comma'
  | 'long-fraction'
  | 'short-offset'
  | 'end-of-day'
  | 'leap-second';

/** Why a text is no date. */
export type DateProblem =
  | 'empty'
  | 'spaces'
  | 'no-such-day'
  | 'no-such-time'
  | 'no-such-zone'
  | 'basic-format'
  | 'epoch'
  | 'other-form';

export interface ReadDate {
  ok: true;
  /** To the millisecond. What gives no zone is read as UTC. */
  instant: Date;
  precision: DatePrecision;
  /** `Z`, `none`, or the offset as `+09:00`. */
  zone: 'Z' | 'none' | string;
  departures: readonly DateDeparture[];
  /** The same moment as AWS writes it, with as many digits of a fraction as a clock gives. */
  utc: string;
  /** The same moment in nanoseconds since 1970, for comparing. */
  time: bigint;
}

export interface UnreadDate {
  ok: false;
  reason: DateProblem;
  /** The moment that is surely or probably meant, as AWS writes it. */
  meant?: string;
}

export type MacieDate = ReadDate | UnreadDate;

/** Longer texts are no dates. */
const MAX_LENGTH = 40;

/** The digits of a second that are read: no clock gives more. */
const FRACTION_DIGITS = 9;

const EXTENDED =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:([Tt ])([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:([.,])([0-9]+))?)?)?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/;

/** Reads a value of OBJECT_LAST_MODIFIED_DATE. Any text may be given; the time it takes does not grow with it. */
export function parseMacieDate(text: string): MacieDate {
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  if (text.length > MAX_LENGTH) return { ok: false, reason: 'other-form' };
  const parts = EXTENDED.exec(text);
  if (!parts) return unread(text);
  const [, year, month, day, separator, hour, minute, second, point, digits, zoneText] = parts;
  const fraction = digits?.slice(0, FRACTION_DIGITS);
  const days = daysIn(Number(year), Number(month));
  if (Number(day) < 1 || Number(day) > days) return { ok: false, reason: 'no-such-day' };
  const zone = zoneOf(zoneText);
  if (!zone) return { ok: false, reason: 'no-such-zone' };
  const departures: DateDeparture[] = [];
  const h = Number(hour ?? 0);
  const m = Number(minute ?? 0);
  const s = Number(second ?? 0);
  const endOfDay = h === 24 && m === 0 && s === 0 && !/[1-9]/.test(digits ?? '');
  const leapSecond = h === 23 && m === 59 && s === 60;
  if ((h > 23 && !endOfDay) || m > 59 || (s > 59 && !leapSecond)) return { ok: false, reason: 'no-such-time' };
  if (separator === ' ') departures.push('blank');
  if (separator === 't' || zoneText === 'z') departures.push('lower-case');
  if (point === ',') departures.push('comma');
  if (fraction !== digits) departures.push('long-fraction');
  if (zone.short) departures.push('short-offset');
  if (endOfDay) departures.push('end-of-day');
  if (leapSecond) departures.push('leap-second');
  const wholeSeconds = utcTime(Number(year), Number(month), Number(day), h, m, s) - zone.minutes * 60_000;
  const instant = new Date(wholeSeconds + Number((fraction ?? '').padEnd(3, '0').slice(0, 3)));
  // An offset can lead out of the years that have four digits.
  if (instant.getUTCFullYear() < 0 || instant.getUTCFullYear() > 9999) return { ok: false, reason: 'no-such-day' };
  const precision = !hour ? 'date' : !minute ? 'hour' : !second ? 'minute' : fraction ? 'fraction' : 'second';
  return {
    ok: true,
    instant,
    precision,
    zone: zone.name,
    departures,
    utc: formatMacieDate(new Date(wholeSeconds), fraction),
    time: BigInt(wholeSeconds) * 1_000_000n + BigInt((fraction ?? '').padEnd(FRACTION_DIGITS, '0')),
  };
}

/** A moment as AWS writes it, in UTC and to the second, with the digits of its fraction where they are given. */
export function formatMacieDate(instant: Date, fraction?: string): string {
  return `${instant.toISOString().slice(0, -5)}${fraction ? `.${fraction}` : ''}Z`;
}

/** The number of days of a month; 0 for a month that does not exist. */
function daysIn(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  return new Date(utcTime(year, month + 1, 0, 0, 0, 0)).getUTCDate();
}

/** `Date.UTC` with months from 1, which does not take the years 0 to 99 for those of the last century. */
function utcTime(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second);
}

function zoneOf(text: string | undefined): { name: string; minutes: number; short: boolean } | undefined {
  if (!text) return { name: 'none', minutes: 0, short: false };
  if (text === 'Z' || text === 'z') return { name: 'Z', minutes: 0, short: false };
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.length > 3 ? text.slice(-2) : 0);
  // No clock on earth is more than 14 hours from UTC.
  if (hours > 14 || minutes > 59) return undefined;
  const sign = text[0]!;
  return {
    name: `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`,
    minutes: (sign === '-' ? -1 : 1) * (hours * 60 + minutes),
    short: text.length !== 6,
  };
}

/** Other ways of writing a moment, to offer the right one. */
function unread(text: string): UnreadDate {
  const plain = text.trim();
  if (plain !== text) {
    const read = parseMacieDate(plain);
    return read.ok ? { ok: false, reason: 'spaces', meant: read.utc } : read;
  }
  const basic = /^([0-9]{4})([0-9]{2})([0-9]{2})(?:[Tt ]([0-9]{2})([0-9]{2})([0-9]{2})?([.,][0-9]{1,9})?(.*))?$/.exec(
    plain,
  );
  if (basic) {
    const [, year, month, day, hour, minute, second = '00', fraction = '', zone = ''] = basic;
    const time = hour ? `T${hour}:${minute}:${second}${fraction}${zone}` : '';
    const read = parseMacieDate(`${year}-${month}-${day}${time}`);
    if (read.ok) return { ok: false, reason: 'basic-format', meant: read.utc };
  }
  // Seconds since 1970 from 2001 on, or milliseconds of the same time.
  if (/^[0-9]{10}(?:\.[0-9]{1,9})?$/.test(plain) || /^[0-9]{13}$/.test(plain)) {
    const instant = new Date(
      plain.length === 13 && !plain.includes('.') ? Number(plain) : Number.parseInt(plain, 10) * 1000,
    );
    return { ok: false, reason: 'epoch', meant: formatMacieDate(instant) };
  }
  // A zone in words, and slashes with the year in front, leave no doubt either.
  const spelt = plain.replace(/ ?(?:UTC|GMT)$/i, 'Z').replace(/^([0-9]{4})\/([0-9]{2})\/([0-9]{2})/, '$1-$2-$3');
  if (spelt !== plain) {
    const read = parseMacieDate(spelt);
    if (read.ok) return { ok: false, reason: 'other-form', meant: read.utc };
  }
  return { ok: false, reason: 'other-form', meant: yearLast(plain) };
}

/** A day as letters and tables write it: 24.09.2023, 09/24/2023. Undefined where day and month may stand either way. */
function yearLast(text: string): string | undefined {
  const parts = /^([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})$/.exec(text);
  if (!parts) return undefined;
  const [first, second] = [Number(parts[1]), Number(parts[3])];
  // With dots, the day stands first everywhere.
  const isDayFirst = parts[2] === '.' || first > 12;
  if (!isDayFirst && second <= 12 && first !== second) return undefined;
  const [month, day] = isDayFirst ? [second, first] : [first, second];
  const read = parseMacieDate(`${parts[4]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
  return read.ok ? read.utc : undefined;
}
