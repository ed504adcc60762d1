import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closestWord, nearNames } from '../../server/language/suggest.js';

const COMPARATORS = ['EQ', 'GT', 'GTE', 'LT', 'LTE', 'NE'];
const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
const SIDES = ['includes', 'excludes'];

test('of two-letter words, only the same letters in another order are a slip', () => {
  for (const [written, meant] of [
    ['QE', 'EQ'],
    ['EN', 'NE'],
    ['GET', 'GTE'],
    ['LET', 'LTE'],
    ['eq', 'EQ'],
    ['Eq', 'EQ'],
  ] as const) {
    assert.equal(closestWord(written, COMPARATORS), meant, written);
  }
  for (const written of ['NQ', 'ER', 'EE', 'QQ']) {
    assert.equal(closestWord(written, COMPARATORS), undefined, written);
  }
  assert.equal(closestWord('GE', ['EQ', 'NE']), undefined);
});

test('of two words that are as near, none is chosen', () => {
  assert.equal(closestWord('MONDYA', DAYS), 'MONDAY');
  assert.equal(closestWord('WENESDAY', DAYS), 'WEDNESDAY');
  for (const written of ['MUNDAY', 'SATDAY', 'THUESDAY']) assert.equal(closestWord(written, DAYS), undefined, written);
});

test('two letters that changed places are one slip, in short names too', () => {
  const best = (name: string, names: string[]) => nearNames(name, names)[0]?.name;
  assert.equal(best('naem', ['name', 'tags']), 'name');
  assert.equal(best('nmae', ['name', 'tags']), 'name');
  assert.equal(best('tgas', ['name', 'tags']), 'tags');
  assert.equal(best('adn', ['and']), 'and');
  assert.equal(best('inlcudes', SIDES), 'includes');
  assert.deepEqual(
    nearNames('encludes', SIDES).map(({ far }) => far),
    [1, 1],
  );
});
