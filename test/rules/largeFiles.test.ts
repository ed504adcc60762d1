/* The rules whose cases are too large to keep as files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_CHECKED_LENGTH } from '../../server/language/document.js';
import { analyzeText } from './analyze.js';

const names = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

function job(s3JobDefinition: unknown, description?: string): string {
  return JSON.stringify({ name: 'orders', jobType: 'ONE_TIME', description, s3JobDefinition });
}

const definition = (accountId: string, buckets: string[]) => ({ accountId, buckets });
const findingsOf = (source: string) => analyzeText(source).findings.map(({ severity, code }) => `${severity} ${code}`);

test('file-too-large: a file past the limit is not checked, and says so at its start', () => {
  const source = job({}, 'x'.repeat(MAX_CHECKED_LENGTH));
  const { findings, document } = analyzeText(source);
  assert.equal(document.root, undefined);
  assert.deepEqual(
    findings.map(({ severity, code, start, end }) => ({ severity, code, start, end })),
    [{ severity: 'information', code: 'file-too-large', start: 0, end: 0 }],
  );
});

test('file-too-large: the first place that is no JSON is still found', () => {
  const source = `${job({}, 'x'.repeat(MAX_CHECKED_LENGTH))} }`;
  assert.deepEqual(findingsOf(source).sort(), ['error json-syntax', 'information file-too-large']);
  const [at] = analyzeText(source).findings.filter(({ code }) => code === 'json-syntax');
  assert.ok(at!.start >= source.length - 2, `reported at ${at!.start} of ${source.length}`);
});

test('file-too-large: a file of just the limit is checked', () => {
  const empty = job({}, '');
  const source = job({}, 'x'.repeat(MAX_CHECKED_LENGTH - empty.length));
  assert.equal(source.length, MAX_CHECKED_LENGTH);
  assert.deepEqual(findingsOf(source), ['error text-too-long', 'warning bucket-form-missing']);
});

test('bucket-count: 1,001 buckets over all definitions are one too many, shown at the first of them', () => {
  const source = job({
    bucketDefinitions: [
      definition('111122223333', names(600, 'orders')),
      definition('444455556666', names(401, 'reports')),
    ],
  });
  const { findings } = analyzeText(source);
  assert.deepEqual(
    findings.map(({ severity, code, start, end }) => [severity, code, source.slice(start, end)]),
    [['error', 'bucket-count', '"reports-400"']],
  );
  assert.match(findings[0]!.message, /at most 1,000 .* 1,001;/);
});

test('bucket-count: what is over by more is one finding as well', () => {
  const source = job({ bucketDefinitions: [definition('111122223333', names(2500, 'orders'))] });
  assert.deepEqual(findingsOf(source), ['error bucket-count']);
});

test('bucket-count: 1,000 buckets are allowed, and a repeated one counts once', () => {
  const full = [definition('111122223333', names(600, 'orders')), definition('444455556666', names(400, 'reports'))];
  assert.deepEqual(findingsOf(job({ bucketDefinitions: full })), []);
  const repeated = [definition('111122223333', [...names(1000, 'orders'), 'orders-0'])];
  assert.deepEqual(findingsOf(job({ bucketDefinitions: repeated })), ['warning duplicate-bucket']);
});

test('bucket-count: criteria have no such limit', () => {
  const condition = { simpleCriterion: { comparator: 'EQ', key: 'S3_BUCKET_NAME', values: names(1500, 'orders') } };
  assert.deepEqual(findingsOf(job({ bucketCriteria: { includes: { and: [condition] } } })), []);
});
