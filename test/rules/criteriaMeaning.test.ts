/*
 * What the rules on bucket conditions claim, held against the meaning of the criteria: conditions are joined by AND, values
 * by OR, and excludes win. Every bucket of a small world is tried, with both readings of NE for several values.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyChanges } from '../../server/language/edits.js';
import type { Finding } from '../../server/rules/rule.js';
import { analyzeText, fixesOf } from './analyze.js';

interface Bucket {
  properties: Record<string, string>;
  tags: Record<string, string>;
}

interface Tag {
  key?: string;
  value?: string;
}

interface Criterion {
  simpleCriterion?: { comparator: string; key: string; values: string[] };
  tagCriterion?: { comparator: string; tagValues: Tag[] };
}

interface Criteria {
  includes?: { and: Criterion[] };
  excludes?: { and: Criterion[] };
}

type Reading = 'any' | 'all';
const READINGS: readonly Reading[] = ['any', 'all'];

const NAMES = ['orders', 'claims', 'letters'];
const ACCOUNTS = ['111122223333', '444455556666'];
const PERMISSIONS = ['PUBLIC', 'NOT_PUBLIC', 'UNKNOWN'];
const SHARED = ['EXTERNAL', 'INTERNAL', 'NOT_SHARED', 'UNKNOWN'];
const TAGS: Record<string, string>[] = [
  {},
  { stage: 'dev' },
  { stage: 'prod' },
  { stage: 'other' },
  { team: 'dev' },
  { team: 'other' },
  { stage: 'dev', team: 'dev' },
  { stage: 'prod', team: 'dev' },
  { stage: 'prod', team: 'other' },
];

const world: Bucket[] = [...NAMES, 'else'].flatMap((name) =>
  [...ACCOUNTS, '777788889999'].flatMap((account) =>
    PERMISSIONS.flatMap((permission) =>
      SHARED.flatMap((shared) =>
        TAGS.map((tags) => ({
          properties: {
            S3_BUCKET_NAME: name,
            ACCOUNT_ID: account,
            S3_BUCKET_EFFECTIVE_PERMISSION: permission,
            S3_BUCKET_SHARED_ACCESS: shared,
          },
          tags,
        })),
      ),
    ),
  ),
);

function meets({ properties, tags }: Bucket, { simpleCriterion, tagCriterion }: Criterion, reading: Reading): boolean {
  const hits = simpleCriterion
    ? simpleCriterion.values.map((value) => properties[simpleCriterion.key] === value)
    : tagCriterion!.tagValues.map(({ key, value }) =>
        Object.entries(tags).some(([k, v]) => (key ?? k) === k && (value ?? v) === v),
      );
  if ((simpleCriterion ?? tagCriterion)!.comparator === 'EQ') return hits.includes(true);
  return reading === 'any' ? hits.includes(false) : !hits.includes(true);
}

const meetsAll = (bucket: Bucket, criteria: readonly Criterion[], reading: Reading) =>
  criteria.every((criterion) => meets(bucket, criterion, reading));
const selected = ({ includes, excludes }: Criteria, reading: Reading) =>
  world.filter(
    (bucket) =>
      meetsAll(bucket, includes?.and ?? [], reading) && !(excludes && meetsAll(bucket, excludes.and, reading)),
  );

const simple = (key: string, values: string[]): fc.Arbitrary<Criterion> =>
  fc.record({
    simpleCriterion: fc.record({
      comparator: fc.constantFrom('EQ', 'EQ', 'NE'),
      key: fc.constant(key),
      values: fc.subarray(values, { minLength: 1 }),
    }),
  });
const tag = fc.constantFrom<Tag>(
  { key: 'stage' },
  { key: 'stage', value: 'dev' },
  { key: 'stage', value: 'prod' },
  { value: 'dev' },
  { key: 'team', value: 'dev' },
);
const criterion: fc.Arbitrary<Criterion> = fc.oneof(
  simple('S3_BUCKET_NAME', NAMES),
  simple('ACCOUNT_ID', ACCOUNTS),
  simple('S3_BUCKET_EFFECTIVE_PERMISSION', PERMISSIONS),
  simple('S3_BUCKET_SHARED_ACCESS', SHARED),
  fc.record({
    tagCriterion: fc.record({
      comparator: fc.constantFrom('EQ', 'EQ', 'NE'),
      tagValues: fc.uniqueArray(tag, { minLength: 1, maxLength: 2 }),
    }),
  }),
);
const side = fc.option(
  fc.array(criterion, { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
  { nil: undefined, freq: 4 },
);
const allCriteria: fc.Arbitrary<Criteria> = fc.record({ includes: side, excludes: side });

const textOf = (bucketCriteria: Criteria) =>
  JSON.stringify({ name: 'claims', jobType: 'ONE_TIME', s3JobDefinition: { bucketCriteria } }, null, 2);

function check(
  id: string,
  claim: (criteria: Criteria, finding: Finding, after: (title: RegExp) => Criteria[]) => void,
) {
  let seen = 0;
  fc.assert(
    fc.property(allCriteria, (criteria) => {
      const source = textOf(criteria);
      const analysis = analyzeText(source);
      for (const finding of analysis.findings) {
        if (finding.code !== id) continue;
        seen++;
        claim(JSON.parse(source).s3JobDefinition.bucketCriteria, finding, (title) =>
          fixesOf(analysis, finding)
            .filter((fix) => title.test(fix.title))
            .map((fix) => JSON.parse(applyChanges(source, fix.changes)).s3JobDefinition.bucketCriteria),
        );
      }
    }),
    { numRuns: 1000, seed: 4711 },
  );
  assert.ok(seen > 5, `only ${seen} findings of ${id} were tried`);
}

test('criteria-contradiction: no bucket is selected, or excluded', () => {
  check('criteria-contradiction', ({ includes, excludes }, { message }) => {
    for (const reading of READINGS) {
      if (/nothing is excluded/.test(message)) {
        assert.ok(!world.some((bucket) => meetsAll(bucket, excludes!.and, reading)));
      } else assert.deepEqual(selected({ includes, excludes }, reading), []);
    }
  });
});

test('redundant-condition, value-also-excluded: without it the same is selected', () => {
  for (const id of ['redundant-condition', 'value-also-excluded']) {
    check(id, (criteria, _, after) => {
      for (const mended of after(/^Remove/)) {
        for (const reading of READINGS) assert.deepEqual(selected(mended, reading), selected(criteria, reading));
      }
    });
  }
});

test('not-equal-many: the fix takes what differs from all values', () => {
  check('not-equal-many', (criteria, _, after) => {
    for (const mended of after(/./)) assert.deepEqual(selected(mended, 'all'), selected(criteria, 'all'));
  });
});

test('what selects no bucket is reported', () => {
  const codes = ['criteria-contradiction', 'criterion-always-true'];
  // Several tags in one condition are understood where they are of one key.
  const isPlain = ({ tagCriterion }: Criterion) => (tagCriterion?.tagValues.length ?? 1) === 1;
  let seen = 0;
  fc.assert(
    fc.property(allCriteria, (criteria) => {
      if (![...(criteria.includes?.and ?? []), ...(criteria.excludes?.and ?? [])].every(isPlain)) return;
      if (READINGS.some((reading) => selected(criteria, reading).length > 0)) return;
      seen++;
      assert.ok(analyzeText(textOf(criteria)).findings.some(({ code }) => codes.includes(code)));
    }),
    { numRuns: 2000, seed: 4711 },
  );
  assert.ok(seen > 20, `only ${seen} criteria were tried`);
});
