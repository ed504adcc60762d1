import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkForSubmission } from '../../server/language/submission.js';
import { jobFacts, summarise } from '../../server/language/summary.js';
import { analyzeText } from '../rules/analyze.js';

const named = { bucketDefinitions: [{ accountId: '111122223333', buckets: ['exports'] }] };
const term = (key: string, comparator: string, ...values: string[]) => ({
  simpleScopeTerm: { key, comparator, values },
});

function sentences(job: object): string[] {
  return summarise(
    analyzeText(JSON.stringify({ name: 'j', jobType: 'ONE_TIME', s3JobDefinition: named, ...job })).model,
  );
}
const buckets = (s3JobDefinition: object) => sentences({ s3JobDefinition })[1];
const scope = (scoping: object) => sentences({ s3JobDefinition: { ...named, scoping } }).slice(2, -2);

test('a one-time job over one bucket', () => {
  assert.deepEqual(sentences({}), [
    'Runs once, as soon as it is created.',
    'Analyzes 1 bucket of 1 account: exports.',
    'Analyzes every eligible object.',
    'Looks for the recommended managed data identifiers.',
  ]);
});

test('schedules, with and without an initial run', () => {
  const when = (scheduleFrequency: object, initialRun?: boolean) =>
    sentences({ jobType: 'SCHEDULED', scheduleFrequency, initialRun }).slice(0, 2);
  const all =
    'Starts at once with all existing objects in its scope; each later run takes those created or changed since the run before.';
  const fresh =
    'Does not look at objects that exist already: each run takes those created or changed since the job was created or last ran.';
  assert.deepEqual(when({ dailySchedule: {} }, true), ['Runs every day.', all]);
  assert.deepEqual(when({ weeklySchedule: { dayOfWeek: 'MONDAY' } }), ['Runs every Monday.', fresh]);
  assert.deepEqual(when({ monthlySchedule: { dayOfMonth: 5 } }, false), ['Runs on day 5 of each month.', fresh]);
  assert.equal(when({ monthlySchedule: { dayOfMonth: 31 } })[0], 'Runs on day 31 of the 7 months that have one.');
  assert.equal(when({ monthlySchedule: { dayOfMonth: 30 } })[0], 'Runs on day 30 of the 11 months that have one.');
  assert.equal(
    when({ monthlySchedule: { dayOfMonth: 29 } })[0],
    'Runs on day 29 of each month, and of February in leap years alone.',
  );
  assert.equal(when({})[0], 'Runs by a schedule that is not complete yet.');
  assert.equal(
    when({ dailySchedule: {}, weeklySchedule: { dayOfWeek: 'MONDAY' } })[0],
    'Runs by a schedule that is not complete yet.',
  );
  assert.equal(sentences({ jobType: 'SOMETIMES' })[0], 'Does not say yet whether it runs once or by a schedule.');
});

test('named buckets', () => {
  const definition = (accountId: string, ...names: string[]) => ({ accountId, buckets: names });
  assert.equal(
    buckets({ bucketDefinitions: [definition('111122223333', 'a-a', 'b-b'), definition('444455556666', 'c-c')] }),
    'Analyzes 3 buckets of 2 accounts: a-a, b-b and c-c.',
  );
  const many = Array.from({ length: 1000 }, (_, i) => `bucket-${i}`);
  assert.equal(
    buckets({ bucketDefinitions: [definition('111122223333', ...many)] }),
    'Analyzes 1,000 buckets of 1 account, bucket-0, bucket-1, bucket-2 and 997 more.',
  );
  assert.equal(buckets({ bucketDefinitions: [] }), 'Names no bucket yet.');
});

test('bucket criteria; without any, every bucket', () => {
  const every = 'Analyzes every bucket of the account or organization in this Region.';
  assert.equal(buckets({}), every);
  assert.equal(buckets({ bucketCriteria: {} }), every);
  assert.equal(buckets({ bucketCriteria: { includes: { and: [] } } }), every);
  const simple = (key: string, comparator: string, ...values: string[]) => ({
    simpleCriterion: { key, comparator, values },
  });
  const tag = (comparator: string, ...tagValues: object[]) => ({ tagCriterion: { comparator, tagValues } });
  assert.equal(
    buckets({
      bucketCriteria: {
        includes: { and: [simple('ACCOUNT_ID', 'EQ', '111122223333'), tag('EQ', { key: 'Team', value: 'data' })] },
      },
    }),
    'Analyzes buckets of which the account is 111122223333, and a tag is Team=data; which they are is looked up at the start of each run.',
  );
  assert.equal(
    buckets({ bucketCriteria: { excludes: { and: [tag('EQ', { key: 'Skip' })] } } }),
    'Analyzes every bucket of the account or organization in this Region, except those of which a tag is Skip; which they are is looked up at the start of each run.',
  );
  assert.equal(
    buckets({
      bucketCriteria: {
        includes: { and: [simple('S3_BUCKET_EFFECTIVE_PERMISSION', 'EQ', 'PUBLIC')] },
        excludes: { and: [simple('S3_BUCKET_NAME', 'NE', 'logs', 'tmp'), tag('NE', { value: 'pii' })] },
      },
    }),
    'Analyzes buckets of which the public access is PUBLIC, but leaves out those of which the name is not one of logs or tmp, and no tag is any key=pii; which they are is looked up at the start of each run.',
  );
});

test('scope terms of every kind', () => {
  assert.deepEqual(
    scope({ includes: { and: [term('OBJECT_EXTENSION', 'EQ', 'csv', 'tsv'), term('OBJECT_SIZE', 'GT', '1048576')] } }),
    ['Takes only objects of which the extension is csv or tsv, and the size is more than 1,048,576 bytes = 1 MiB.'],
  );
  assert.deepEqual(scope({ excludes: { and: [term('OBJECT_KEY', 'STARTS_WITH', 'logs/')] } }), [
    'Leaves out objects of which the key begins with logs/.',
  ]);
  assert.deepEqual(
    scope({
      includes: {
        and: [
          term('OBJECT_LAST_MODIFIED_DATE', 'GTE', '2026-01-01T00:00:00Z'),
          term('OBJECT_LAST_MODIFIED_DATE', 'LT', '2026-02-01T00:00:00Z'),
        ],
      },
    }),
    [
      'Takes only objects of which the last change is at or after 2026-01-01T00:00:00Z, and the last change is before 2026-02-01T00:00:00Z.',
    ],
  );
  assert.deepEqual(
    scope({
      includes: {
        and: [
          {
            tagScopeTerm: {
              comparator: 'NE',
              key: 'TAG',
              target: 'S3_OBJECT',
              tagValues: [{ key: 'Class', value: '' }],
            },
          },
        ],
      },
    }),
    ['Takes only objects of which no tag is Class.'],
  );
  assert.deepEqual(
    scope({ includes: { and: Array.from({ length: 6 }, () => term('OBJECT_EXTENSION', 'NE', 'log')) } }),
    [
      'Takes only objects of which the extension is not log, and the extension is not log, and the extension is not log, and 3 more conditions hold.',
    ],
  );
  assert.deepEqual(scope({}), []);
});

test('sampling', () => {
  assert.equal(
    sentences({ samplingPercentage: 20 })[2],
    'Analyzes 20 percent of the eligible objects, chosen at random, each one whole.',
  );
  assert.equal(sentences({ samplingPercentage: 100 })[2], 'Analyzes every eligible object.');
});

test('identifiers and allow lists, for each selector', () => {
  const looks = (job: object) => sentences(job).slice(3);
  const ids = (
    managedDataIdentifierSelector: string,
    managedDataIdentifierIds?: string[],
    customDataIdentifierIds?: string[],
  ) => looks({ managedDataIdentifierSelector, managedDataIdentifierIds, customDataIdentifierIds });
  assert.deepEqual(ids('ALL'), ['Looks for all managed data identifiers.']);
  assert.deepEqual(ids('EXCLUDE', ['NAME']), ['Looks for all managed data identifiers except NAME.']);
  assert.deepEqual(ids('INCLUDE', ['NAME', 'PKCS']), ['Looks for 2 managed data identifiers (NAME and PKCS).']);
  assert.deepEqual(ids('NONE', undefined, ['a', 'b']), ['Looks for 2 custom data identifiers.']);
  assert.deepEqual(ids('NONE'), ['Looks for nothing: it uses no data identifier.']);
  assert.deepEqual(looks({ customDataIdentifierIds: ['a'], allowListIds: ['x'] }), [
    'Looks for the recommended managed data identifiers and 1 custom data identifier.',
    'Ignores text that its allow list matches.',
  ]);
  assert.deepEqual(looks({ allowListIds: ['x', 'y'] })[1], 'Ignores text that any of its 2 allow lists matches.');
});

test('text of the file cannot break out of its sentence', () => {
  const forged = buckets({
    bucketDefinitions: [{ accountId: '1', buckets: ['a\nAnalyzes nothing.\u202e\u2028x', 'y'.repeat(500)] }],
  })!;
  assert.doesNotMatch(forged, /[\n\u202e\u2028]/);
  assert.ok(forged.length < 220);
  assert.match(forged, /"a Analyzes nothing\. {2}x"/);
  const prefix = scope({ excludes: { and: [term('OBJECT_KEY', 'STARTS_WITH', 'x". This job is free. "')] } });
  assert.deepEqual(prefix, ['Leaves out objects of which the key begins with "x\\". This job is free. \\"".']);
});

test('no definition, no sentence', () => {
  assert.deepEqual(summarise(analyzeText('').model), []);
  assert.deepEqual(summarise(analyzeText('[1]').model), []);
});

test('the facts of a job', () => {
  const { model } = analyzeText(
    JSON.stringify({
      name: 'j',
      jobType: 'SCHEDULED',
      scheduleFrequency: { dailySchedule: {} },
      samplingPercentage: 7,
      clientToken: 't',
      s3JobDefinition: {
        bucketCriteria: {
          includes: { and: [{ simpleCriterion: { key: 'ACCOUNT_ID', comparator: 'EQ', values: ['111122223333'] } }] },
        },
      },
    }),
  );
  const facts = jobFacts(model);
  assert.equal(facts.schedule, 'every day');
  assert.equal(facts.sampling, 7);
  assert.equal(facts.buckets, 'the buckets that meet its criteria at each run');
  assert.deepEqual(facts.accountIds, ['111122223333']);
  assert.equal(facts.clientToken, 't');
  assert.ok(facts.bucketCriteria);
});

test('the request is the definition, member by member, and none where an error stops it', () => {
  const job = { $schema: 's', name: 'j', jobType: 'ONE_TIME', s3JobDefinition: named, tags: { b: '2', a: '1' } };
  const { $schema: _, ...sent } = job;
  assert.deepEqual(JSON.parse(checkForSubmission(analyzeText(JSON.stringify(job))).request!), sent);
  assert.equal(checkForSubmission(analyzeText(JSON.stringify({ ...job, jobTypo: 1 }))).request, undefined);
  assert.equal(checkForSubmission(analyzeText('{')).request, undefined);
  assert.deepEqual(JSON.parse(checkForSubmission(analyzeText(`\ufeff${JSON.stringify(job)}`)).request!), sent);
});
