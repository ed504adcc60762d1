import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeBytes, parseByteSize, parseHumanSize } from '../../server/language/sizes.js';

test('digits are read without rounding, and nothing else is', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (bytes) => parseByteSize(String(bytes)) === bytes));
  for (const text of ['', ' ', '-1', '+1', '1.0', '1e3', '0x10', '1,000', ' 1', '1 ', '10MB', 'Infinity', '١٢']) {
    assert.equal(parseByteSize(text), undefined, text);
  }
});

test('a size with a unit has a reading by 1,000 and one by 1,024', () => {
  const readings = (text: string) => {
    const size = parseHumanSize(text);
    return size && [size.bytes, ...size.alternatives].map(Number);
  };
  assert.deepEqual(readings('10 MB'), [10_000_000, 10_485_760]);
  assert.deepEqual(readings('10mb'), [10_000_000, 10_485_760]);
  assert.deepEqual(readings('20g'), [20_000_000_000, 21_474_836_480]);
  assert.deepEqual(readings('5 megabytes'), [5_000_000, 5_242_880]);
  assert.deepEqual(readings('1.5 GiB'), [1_610_612_736]);
  assert.deepEqual(readings('1,024 KB'), [1_024_000, 1_048_576]);
  assert.deepEqual(readings('512 bytes'), [512]);
  assert.deepEqual(readings('1,048,576'), [1_048_576]);
  assert.deepEqual(readings('1_000'), [1000]);
  assert.deepEqual(readings('1024.0'), [1024]);
  for (const text of ['', 'MB', '1,5', '1.5', '1e3', '-5 MB', '10 apples', '5 i', '1,00,000']) {
    assert.equal(readings(text), undefined, text);
  }
});

test('a size is described in the unit in which it is round', () => {
  assert.equal(describeBytes(0n), '0 bytes');
  assert.equal(describeBytes(1n), '1 byte');
  assert.equal(describeBytes(999n), '999 bytes');
  assert.equal(describeBytes(1000n), '1,000 bytes = 1 KB');
  assert.equal(describeBytes(1024n), '1,024 bytes = 1 KiB');
  assert.equal(describeBytes(1_500_000n), '1,500,000 bytes = 1.5 MB');
  assert.equal(describeBytes(1_073_741_824n), '1,073,741,824 bytes = 1 GiB');
  assert.equal(describeBytes(1_234_567n), '1,234,567 bytes, about 1.18 MiB');
});

test('an exact description is read back as the same size', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 63n }),
      fc.constantFrom(1n, 1000n, 1024n, 10n ** 6n, 2n ** 30n),
      (n, unit) => {
        const bytes = (n / unit) * unit;
        const short = describeBytes(bytes).split(' = ')[1];
        if (short === undefined || short.startsWith('about')) return;
        assert.equal(parseHumanSize(short)?.bytes, bytes, short);
      },
    ),
  );
});
