import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatMacieDate, parseMacieDate } from '../../server/language/dates.js';

const read = (text: string) => {
  const date = parseMacieDate(text);
  assert.ok(date.ok, `${text} is not read`);
  return date;
};
const reason = (text: string) => {
  const date = parseMacieDate(text);
  return date.ok ? undefined : date.reason;
};

test('every whole second of four-digit years is read back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_167_219_200, max: 253_402_300_799 }), (seconds) => {
      const text = formatMacieDate(new Date(seconds * 1000));
      const date = read(text);
      assert.equal(date.instant.getTime(), seconds * 1000);
      assert.equal(date.time, BigInt(seconds) * 1_000_000_000n);
      assert.deepEqual([date.utc, date.zone, date.precision, date.departures], [text, 'Z', 'second', []]);
    }),
  );
});

test('a date with any offset is the same moment in UTC', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_102_444_800 }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      (seconds, minutes) => {
        const local = new Date((seconds + minutes * 60) * 1000).toISOString().slice(0, 19);
        const pad = (n: number) => String(n).padStart(2, '0');
        const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
        const date = read(local + offset);
        assert.equal(date.instant.getTime(), seconds * 1000);
        assert.equal(date.zone, offset);
      },
    ),
  );
});

test('days exist as in the calendar', () => {
  for (const text of ['2024-02-29', '2000-02-29', '2023-12-31', '0000-02-29']) read(text);
  for (const text of [
    '2023-02-29',
    '1900-02-29',
    '2023-04-31',
    '2023-00-10',
    '2023-13-01',
    '2023-01-00',
    '2023-01-32',
  ]) {
    assert.equal(reason(text), 'no-such-day', text);
  }
});

test('times and offsets exist as on clocks', () => {
  for (const time of ['24:00:01', '25:00:00', '10:60:00', '10:00:60', '23:58:60']) {
    assert.equal(reason(`2023-09-24T${time}Z`), 'no-such-time', time);
  }
  assert.equal(reason('2023-09-24T10:00:00+15:00'), 'no-such-zone');
  assert.equal(reason('2023-09-24T10:00:00+10:60'), 'no-such-zone');
  assert.equal(read('2023-09-24T24:00:00Z').utc, '2023-09-25T00:00:00Z');
  assert.equal(read('2016-12-31T23:59:60Z').utc, '2017-01-01T00:00:00Z');
});

test('what a date leaves out is told', () => {
  const shape = (text: string) => [read(text).precision, read(text).zone];
  assert.deepEqual(shape('2023-09-24'), ['date', 'none']);
  assert.deepEqual(shape('2023-09-24T14Z'), ['hour', 'Z']);
  assert.deepEqual(shape('2023-09-24T14:31Z'), ['minute', 'Z']);
  assert.deepEqual(shape('2023-09-24T14:31:13'), ['second', 'none']);
  assert.deepEqual(shape('2023-09-24T14:31:13.5Z'), ['fraction', 'Z']);
  assert.deepEqual(read('2023-09-24 14:31:13,5z').departures, ['blank', 'lower-case', 'comma']);
});

test('fractions keep their digits, and count to the nanosecond', () => {
  const date = read('2025-07-18T10:22:41.507213');
  assert.equal(date.utc, '2025-07-18T10:22:41.507213Z');
  assert.equal(date.instant.toISOString(), '2025-07-18T10:22:41.507Z');
  assert.equal(date.time - read('2025-07-18T10:22:41.507212Z').time, 1000n);
});

test('other ways to write a moment are no dates, but lead to one', () => {
  const meant = (text: string) => {
    const date = parseMacieDate(text);
    return date.ok ? undefined : [date.reason, date.meant];
  };
  assert.deepEqual(meant('20230924T143113Z'), ['basic-format', '2023-09-24T14:31:13Z']);
  assert.deepEqual(meant('20230924'), ['basic-format', '2023-09-24T00:00:00Z']);
  assert.deepEqual(meant('1695565873'), ['epoch', '2023-09-24T14:31:13Z']);
  assert.deepEqual(meant('1695565873000'), ['epoch', '2023-09-24T14:31:13Z']);
  assert.deepEqual(meant(' 2023-09-24T14:31:13Z'), ['spaces', '2023-09-24T14:31:13Z']);
  assert.deepEqual(meant('2023/09/24'), ['other-form', '2023-09-24T00:00:00Z']);
  assert.deepEqual(meant('2023-09-24T14:31:13 UTC'), ['other-form', '2023-09-24T14:31:13Z']);
  assert.deepEqual(meant('24.09.2023'), ['other-form', '2023-09-24T00:00:00Z']);
  assert.deepEqual(meant('09/24/2023'), ['other-form', '2023-09-24T00:00:00Z']);
  assert.deepEqual(meant('24/9/2023'), ['other-form', '2023-09-24T00:00:00Z']);
  assert.deepEqual(meant('09/10/2023'), ['other-form', undefined], 'in September or in October');
  assert.deepEqual(meant('31.04.2023'), ['other-form', undefined]);
  assert.deepEqual(meant('  '), ['empty', undefined]);
});

test('any text is answered, and no invalid moment comes of it', () => {
  const form = fc.stringMatching(/^[0-9]{4}-?[0-9]{2}-?[0-9]{2}[Tt ]?[0-9:.,]{0,20}[Zz+-]?[0-9:]{0,6}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), form), (text) => {
      const date = parseMacieDate(text);
      if (date.ok) {
        assert.ok(!Number.isNaN(date.instant.getTime()));
        assert.ok(read(date.utc).departures.length === 0);
        assert.equal(read(date.utc).time, date.time);
      } else if (date.meant) assert.equal(read(date.meant).utc, date.meant);
    }),
  );
});
