/*
 * What the rules on object scope claim, held against the meaning of a scope: conditions are joined by AND, values by OR,
 * and excludes win. Every object of a small world is tried.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyChanges } from '../../server/language/edits.js';
import type { Finding } from '../../server/rules/rule.js';
import { analyzeText, fixesOf } from './analyze.js';

interface S3Object {
  extension: string;
  key: string;
  size: number;
  date: string;
  tags: Record<string, string>;
}

interface Term {
  simpleScopeTerm?: { comparator: string; key: string; values: string[] };
  tagScopeTerm?: { comparator: string; key: 'TAG'; tagValues: { key: string; value: string }[]; target: 'S3_OBJECT' };
}

interface Scoping {
  includes?: { and: Term[] };
  excludes?: { and: Term[] };
}

const EXTENSIONS = ['csv', 'json', 'txt'];
const PREFIXES = ['raw/', 'raw/a/', 'raw/b/', 'new/'];
const KEYS = ['raw/1', 'raw/a/1', 'raw/b/1', 'new/1', 'old/1'];
const SIZES = [0, 1, 2, 3, 4];
const DATES = [1, 2, 3].map((day) => `2026-01-0${day}T10:00:00Z`);
const TAGS: Record<string, string>[] = [{}, { class: 'a' }, { class: 'b' }, { team: 'a' }, { class: 'a', team: 'a' }];

const world: S3Object[] = EXTENSIONS.concat('xml').flatMap((extension) =>
  KEYS.flatMap((key) =>
    SIZES.flatMap((size) => DATES.flatMap((date) => TAGS.map((tags) => ({ extension, key, size, date, tags })))),
  ),
);

function meets(object: S3Object, { simpleScopeTerm, tagScopeTerm }: Term): boolean {
  if (tagScopeTerm) {
    const hit = tagScopeTerm.tagValues.some(({ key, value }) =>
      value === '' ? key in object.tags : object.tags[key] === value,
    );
    return hit === (tagScopeTerm.comparator === 'EQ');
  }
  const { comparator, key, values } = simpleScopeTerm!;
  if (key === 'OBJECT_KEY') return values.some((prefix) => object.key.startsWith(prefix));
  if (key === 'OBJECT_EXTENSION') return values.includes(object.extension) === (comparator === 'EQ');
  const isSize = key === 'OBJECT_SIZE';
  const own = isSize ? object.size : Date.parse(object.date);
  const bound = isSize ? Number(values[0]) : Date.parse(values[0]!);
  switch (comparator) {
    case 'EQ':
      return own === bound;
    case 'NE':
      return own !== bound;
    case 'GT':
      return own > bound;
    case 'GTE':
      return own >= bound;
    case 'LT':
      return own < bound;
    default:
      return own <= bound;
  }
}

const meetsAll = (object: S3Object, terms: readonly Term[]) => terms.every((term) => meets(object, term));
const isIncluded = (object: S3Object, { includes }: Scoping) => meetsAll(object, includes?.and ?? []);
const isExcluded = (object: S3Object, { excludes }: Scoping) => !!excludes && meetsAll(object, excludes.and);
const selected = (scoping: Scoping) =>
  world.filter((object) => isIncluded(object, scoping) && !isExcluded(object, scoping));

const simple = (key: string, comparators: string[], values: fc.Arbitrary<string[]>): fc.Arbitrary<Term> =>
  fc.record({
    simpleScopeTerm: fc.record({ comparator: fc.constantFrom(...comparators), key: fc.constant(key), values }),
  });
const some = (values: string[]) => fc.subarray(values, { minLength: 1, maxLength: 2 });
const one = (values: string[]) => fc.constantFrom(...values).map((value) => [value]);
const ORDER = ['EQ', 'NE', 'GT', 'GTE', 'LT', 'LTE'];
const pair = fc.constantFrom(
  { key: 'class', value: 'a' },
  { key: 'class', value: 'b' },
  { key: 'class', value: '' },
  { key: 'team', value: 'a' },
);
const tagTerm = (comparator: string, maxLength: number): fc.Arbitrary<Term> =>
  fc.record({
    tagScopeTerm: fc.record({
      comparator: fc.constant(comparator),
      key: fc.constant('TAG' as const),
      tagValues: fc.uniqueArray(pair, { minLength: 1, maxLength }),
      target: fc.constant('S3_OBJECT' as const),
    }),
  });

// NE with several values is left out: AWS does not say what it means.
const term = fc.oneof(
  simple('OBJECT_EXTENSION', ['EQ'], some(EXTENSIONS)),
  simple('OBJECT_EXTENSION', ['NE'], one(EXTENSIONS)),
  simple('OBJECT_KEY', ['STARTS_WITH'], some(PREFIXES)),
  simple('OBJECT_SIZE', ORDER, one(SIZES.map(String))),
  simple('OBJECT_LAST_MODIFIED_DATE', ORDER, one(DATES)),
  tagTerm('EQ', 2),
  tagTerm('NE', 1),
);
const side = fc.option(
  fc.array(term, { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
  { nil: undefined, freq: 4 },
);
const scopings: fc.Arbitrary<Scoping> = fc.record({ includes: side, excludes: side });

function check(
  id: string,
  claim: (scoping: Scoping, finding: Finding, after: (title?: RegExp) => Scoping | undefined) => void,
) {
  let seen = 0;
  fc.assert(
    fc.property(scopings, (scoping) => {
      const s3JobDefinition = {
        bucketDefinitions: [{ accountId: '111122223333', buckets: ['claims-archive'] }],
        scoping,
      };
      const source = JSON.stringify({ name: 'claims', jobType: 'ONE_TIME', s3JobDefinition }, null, 2);
      const analysis = analyzeText(source);
      for (const finding of analysis.findings) {
        if (finding.code !== id) continue;
        seen++;
        claim(JSON.parse(source).s3JobDefinition.scoping, finding, (title = /./) => {
          const fix = fixesOf(analysis, finding).find((f) => title.test(f.title));
          return fix && (JSON.parse(applyChanges(source, fix.changes)).s3JobDefinition.scoping as Scoping);
        });
      }
    }),
    { numRuns: 2500, seed: 4711 },
  );
  assert.ok(seen > 5, `only ${seen} findings of ${id} were tried`);
}

const same = (a: Scoping | undefined, b: Scoping) => assert.deepEqual(selected(a ?? {}), selected(b));
/** What is left where each exclude takes away by itself. */
const withoutAny = ({ includes, excludes }: Scoping) =>
  world.filter(
    (object) => isIncluded(object, { includes }) && !excludes?.and.some((exclude) => meets(object, exclude)),
  );
/** The same, but the ends of a range, and what differs from several values, take away together. */
const withoutAnyGroup = ({ includes, excludes }: Scoping) => {
  const groups = new Map<string, Term[]>();
  for (const [i, exclude] of (excludes?.and ?? []).entries()) {
    const { key, comparator } = (exclude.simpleScopeTerm ?? exclude.tagScopeTerm)!;
    const isTogether = comparator === 'NE' || key === 'OBJECT_SIZE' || key === 'OBJECT_LAST_MODIFIED_DATE';
    const name = isTogether ? key : String(i);
    groups.set(name, [...(groups.get(name) ?? []), exclude]);
  }
  return world.filter(
    (object) => isIncluded(object, { includes }) && ![...groups.values()].some((terms) => meetsAll(object, terms)),
  );
};

test('scope-contradiction: no object meets all conditions of the block', () => {
  check('scope-contradiction', (scoping, { message }, after) => {
    const terms = /excluded/.test(message) ? scoping.excludes!.and : scoping.includes!.and;
    assert.ok(!world.some((object) => meetsAll(object, terms)));
    const between = after(/lies between/);
    if (between) assert.deepEqual(selected(between), withoutAny(scoping));
  });
});

const CLASSES: Record<string, string>[] = [{}, { class: 'a' }, { class: 'b' }, { class: 'c' }];
const ALL_TAGS = CLASSES.flatMap((own) => [own, { ...own, team: 'a' }, { ...own, team: 'b' }]);

/** Objects that differ from those of the small world in each thing that conditions look at. */
const wideWorld: S3Object[] = EXTENSIONS.concat('xml').flatMap((extension) =>
  KEYS.concat('raw/c/1').flatMap((key) =>
    SIZES.concat(5, 6).flatMap((size) =>
      [
        ...DATES,
        '2025-01-01T00:00:00Z',
        '2026-01-01T10:00:01Z',
        '2026-01-02T10:00:01Z',
        '2026-02-01T00:00:00Z',
      ].flatMap((date) => ALL_TAGS.map((tags) => ({ extension, key, size, date, tags }))),
    ),
  ),
);

test('what no object meets is reported', () => {
  const codes = ['scope-contradiction', 'excludes-everything', 'size-never-analyzed', 'date-out-of-reach'];
  // Several keys of tags in one condition are understood one by one.
  const isPlain = ({ tagScopeTerm }: Term) => new Set(tagScopeTerm?.tagValues.map(({ key }) => key)).size < 2;
  let seen = 0;
  fc.assert(
    fc.property(scopings, (scoping) => {
      if (![...(scoping.includes?.and ?? []), ...(scoping.excludes?.and ?? [])].every(isPlain)) return;
      if (wideWorld.some((object) => isIncluded(object, scoping) && !isExcluded(object, scoping))) return;
      seen++;
      const s3JobDefinition = {
        bucketDefinitions: [{ accountId: '111122223333', buckets: ['claims-archive'] }],
        scoping,
      };
      const { findings } = analyzeText(JSON.stringify({ name: 'claims', jobType: 'ONE_TIME', s3JobDefinition }));
      assert.ok(findings.some(({ code }) => codes.includes(code)));
    }),
    { numRuns: 1000, seed: 4711 },
  );
  assert.ok(seen > 20, `only ${seen} scopes were tried`);
});

test('excludes-everything: nothing is left', () => {
  check('excludes-everything', (scoping) => assert.deepEqual(selected(scoping), []));
});

test('redundant-condition: without it the same is selected', () => {
  check('redundant-condition', (scoping, _, after) => same(after(), scoping));
});

test('value-also-excluded: without it the same is selected', () => {
  check('value-also-excluded', (scoping, _, after) => same(after(), scoping));
});

test('covered-prefix: without it the same is selected', () => {
  check('covered-prefix', (scoping, _, after) => same(after(), scoping));
});

test('excludes-joined-by-and: the fix excludes what meets any of them', () => {
  check('excludes-joined-by-and', (scoping, _, after) => {
    const mended = after();
    if (mended) assert.deepEqual(selected(mended), withoutAnyGroup(scoping));
  });
});
