import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseJobDocument } from '../../server/language/document.js';
import { createJobModel } from '../../server/language/model.js';
import {
  commonPrefixes,
  isEmptyRange,
  narrow,
  PrefixSet,
  type Range,
  rangeOfSide,
  scopeOf,
} from '../../server/language/scope.js';

const prefixes = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '/', '~'), maxLength: 4 }), { maxLength: 8 });

test('a prefix set finds a prefix wherever one of the list begins the text', () => {
  fc.assert(
    fc.property(prefixes, fc.string({ unit: fc.constantFrom('a', 'b', '/', '~', 'c'), maxLength: 6 }), (list, text) => {
      const found = new PrefixSet(list).find(text);
      assert.equal(
        found !== undefined,
        list.some((prefix) => text.startsWith(prefix)),
      );
      if (found !== undefined) assert.ok(text.startsWith(found) && list.includes(found));
    }),
  );
});

test('keys meet two lists of prefixes just where they begin with a common one', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '~'), maxLength: 8 });
  fc.assert(
    fc.property(prefixes, prefixes, key, (a, b, text) => {
      const meets = (list: readonly string[]) => list.some((prefix) => text.startsWith(prefix));
      assert.equal(meets(commonPrefixes(a, b)), meets(a) && meets(b));
    }),
  );
});

test('a narrowed range holds what both ranges hold', () => {
  const bound = fc.option(fc.bigInt({ min: -5n, max: 5n }), { nil: undefined });
  const range = fc.record({ low: bound, high: bound });
  fc.assert(
    fc.property(range, range, fc.bigInt({ min: -6n, max: 6n }), (a, b, n) => {
      const holds = ({ low, high }: Range) => (low === undefined || n >= low) && (high === undefined || n <= high);
      const both = narrow(a, b);
      assert.equal(holds(both), holds(a) && holds(b));
      if (isEmptyRange(both)) assert.ok(!holds(both));
    }),
  );
});

test('a side with a condition that is not understood is not complete', () => {
  const scope = (conditions: unknown[]) => {
    const text = JSON.stringify({ s3JobDefinition: { scoping: { includes: { and: conditions } } } });
    return scopeOf(createJobModel(parseJobDocument(TextDocument.create('file:///a.json', 'macie-job', 1, text))))
      .includes;
  };
  const size = (comparator: string, ...values: unknown[]) => ({
    simpleScopeTerm: { comparator, key: 'OBJECT_SIZE', values },
  });
  const whole = scope([size('GT', '10'), size('LTE', '20')]);
  assert.ok(whole?.isComplete);
  assert.deepEqual(rangeOfSide(whole, 'OBJECT_SIZE'), { low: 11n, high: 20n });
  for (const odd of [
    size('GT', '10 MB'),
    size('GT'),
    size('GT', '1', '2'),
    size('CONTAINS', '1'),
    size('GT', 5),
    {},
    1,
  ]) {
    assert.equal(scope([size('GT', '10'), odd])?.isComplete, false, JSON.stringify(odd));
  }
  assert.equal(scope([]), undefined);
});
