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
  ).map(({ text }) => text);
}
const buckets = (s3JobDefinition: object) => sentences({ s3JobDefinition })[1];
const scope = (scoping: object) => sentences({ s3JobDefinition: { ...named, scoping } }).slice(2, -2);

const ALL = 'Analyzes all objects of these buckets, as far as Macie can read them, without sampling.';
const EVERY_BUCKET = 'every bucket of the account or organization in this Region';
const AT_START = 'Which buckets match is looked up when it starts.';
const OPEN_NE = '(what NE means for several values AWS leaves open: it may always be met)';

test('a one-time job over one bucket', () => {
  assert.deepEqual(sentences({}), [
    'Runs once, as soon as it is created.',
    'Analyzes 1 bucket of account 111122223333: exports.',
    ALL,
    'Looks for data with the recommended managed data identifiers.',
  ]);
});

test('schedules, with and without an initial run', () => {
  const when = (scheduleFrequency: object, initialRun?: boolean) =>
    sentences({ jobType: 'SCHEDULED', scheduleFrequency, initialRun }).slice(0, 2);
  const all =
    'Starts at once with all existing objects in its scope; each later run takes those created or changed since the run before.';
  const fresh =
    'Does not look at objects that exist already until they change: each run takes those created or changed since the job was created or last ran.';
  const presumed = `${fresh} ("initialRun" is not given, and AWS names no default; as far as is known it is false.)`;
  assert.deepEqual(when({ dailySchedule: {} }, true), ['Runs every day.', all]);
  assert.deepEqual(when({ dailySchedule: {} }, false), ['Runs every day, and at once when it is created.', fresh]);
  assert.deepEqual(when({ weeklySchedule: { dayOfWeek: 'MONDAY' } }), [
    'Runs every Monday, and at once when it is created on that day.',
    presumed,
  ]);
  assert.deepEqual(when({ monthlySchedule: { dayOfMonth: 5 } }, false), [
    'Runs on day 5 of each month, and at once when it is created on that day.',
    fresh,
  ]);
  const monthly = (dayOfMonth: unknown) => when({ monthlySchedule: { dayOfMonth } }, true)[0];
  assert.equal(monthly(31), 'Runs on day 31 of the 7 months that have one.');
  assert.equal(monthly(30), 'Runs on day 30 of the 11 months that have one.');
  assert.equal(monthly(29), 'Runs on day 29 of each month, in February only in leap years.');
  const unfinished = 'Runs by a schedule that is not complete yet.';
  for (const day of [0, 32, 1.5, 'x', undefined]) assert.equal(monthly(day), unfinished);
  assert.equal(when({})[0], unfinished);
  assert.equal(when({ weeklySchedule: {} })[0], unfinished);
  assert.equal(when({ dailySchedule: {}, weeklySchedule: { dayOfWeek: 'MONDAY' } })[0], unfinished);
  assert.equal(sentences({ jobType: 'SOMETIMES' })[0], 'Does not say yet whether it runs once or by a schedule.');
});

test('named buckets, by account, each once', () => {
  const definition = (accountId: string | undefined, ...names: string[]) => ({ accountId, buckets: names });
  const named = (...bucketDefinitions: object[]) => buckets({ bucketDefinitions });
  assert.equal(
    named(definition('111122223333', 'a-a', 'b-b'), definition('444455556666', 'c-c')),
    'Analyzes 3 buckets of 2 accounts: a-a and b-b in account 111122223333; c-c in account 444455556666.',
  );
  const many = Array.from({ length: 1000 }, (_, i) => `bucket-${i}`);
  assert.equal(
    named(definition('111122223333', ...many)),
    'Analyzes 1,000 buckets of account 111122223333: bucket-0, bucket-1, bucket-2 and 997 more.',
  );
  assert.equal(
    named(definition('111122223333', 'a-a', 'b-b', 'c-c', 'd-d')),
    'Analyzes 4 buckets of account 111122223333: a-a, b-b, c-c and d-d.',
  );
  const accounts = Array.from({ length: 6 }, (_, i) => definition(`11112222333${i}`, 'a-a'));
  assert.match(
    named(...accounts)!,
    /6 buckets of 6 accounts: (?:a-a in account \d+; ){3}and those of 3 more accounts\.$/,
  );
  assert.equal(
    named(definition('111122223333', 'a-a', 'a-a', ''), definition('111122223333', 'a-a')),
    'Analyzes 1 bucket of account 111122223333: a-a.',
  );
  assert.equal(named(definition(undefined, 'a-a')), 'Analyzes 1 bucket of an account that is not given: a-a.');
  const long = (end: string) => `${'x'.repeat(60)}${end}`;
  assert.ok(
    named(definition('111122223333', long('one'), long('two')))!.includes(`${long('one')} and ${long('two')}.`),
  );
});

test('a list without a bucket is no promise that nothing runs', () => {
  const none = `Names no buckets. AWS does not say what such a job analyzes: it may be ${EVERY_BUCKET}.`;
  assert.equal(buckets({ bucketDefinitions: [] }), none);
  assert.equal(buckets({}), none);
  assert.equal(buckets({ scoping: {} }), none);
  assert.equal(buckets({ bucketDefinitions: [{ accountId: '111122223333', buckets: [''] }] }), none);
});

const simple = (key: string, comparator: string | undefined, ...values: string[]) => ({
  simpleCriterion: { key, comparator, values },
});
const tag = (comparator: string, ...tagValues: object[]) => ({ tagCriterion: { comparator, tagValues } });

test('bucket criteria; without any, every bucket', () => {
  const criteria = (bucketCriteria: object) => sentences({ s3JobDefinition: { bucketCriteria } }).slice(1, -2);
  for (const none of [{}, { includes: {} }]) assert.deepEqual(criteria(none), [`Analyzes ${EVERY_BUCKET}.`]);
  assert.deepEqual(criteria({ includes: { and: [] }, excludes: { and: [] } }), [
    `Has bucket criteria with a list of no conditions. AWS does not say what that means: it may analyze ${EVERY_BUCKET}.`,
  ]);
  assert.deepEqual(criteria({ includes: { and: [simple('ACCOUNT_ID', 'EQ', '111122223333')] } }), [
    'Analyzes buckets whose account is 111122223333.',
    AT_START,
  ]);
  assert.deepEqual(
    criteria({
      includes: { and: [simple('ACCOUNT_ID', 'EQ', '111122223333'), tag('EQ', { key: 'Team', value: 'data' })] },
    }),
    ['Analyzes buckets that meet both of these: the account is 111122223333; the tags include Team = data.', AT_START],
  );
  assert.deepEqual(criteria({ excludes: { and: [tag('EQ', { key: 'Skip' })] } }), [
    `Analyzes ${EVERY_BUCKET}, except buckets whose tags include one with the key Skip.`,
    AT_START,
  ]);
  assert.deepEqual(
    criteria({
      includes: { and: [simple('S3_BUCKET_EFFECTIVE_PERMISSION', 'EQ', 'PUBLIC')] },
      excludes: { and: [simple('S3_BUCKET_NAME', 'NE', 'logs'), tag('NE', { value: 'pii' })] },
    }),
    [
      'Analyzes buckets whose public access is PUBLIC.',
      'Leaves out buckets that meet both of these: the name is not logs; the tags do not include one with the value pii.',
      AT_START,
    ],
  );
  assert.deepEqual(
    sentences({
      jobType: 'SCHEDULED',
      scheduleFrequency: { dailySchedule: {} },
      s3JobDefinition: { bucketCriteria: { includes: { and: [simple('S3_BUCKET_SHARED_ACCESS', 'EQ', 'EXTERNAL')] } } },
    })[3],
    'Which buckets match is looked up at the start of each run.',
  );
});

test('what AWS leaves open is said to be open', () => {
  const exclude = (...and: object[]) => buckets({ bucketCriteria: { excludes: { and } } });
  const start = `Analyzes ${EVERY_BUCKET}, except buckets`;
  assert.equal(
    exclude(simple('S3_BUCKET_NAME', 'NE', 'logs', 'tmp')),
    `${start} whose name is not logs or tmp ${OPEN_NE}.`,
  );
  assert.equal(
    exclude(tag('NE', { key: 'x-y', value: '1' }, { key: 'z-z' })),
    `${start} whose tags do not include x-y = 1 or one with the key z-z ${OPEN_NE}.`,
  );
  assert.equal(
    exclude({ ...simple('ACCOUNT_ID', 'EQ', '111122223333'), ...tag('EQ', { key: 'Temp' }) }),
    `${start} whose account is 111122223333 and the tags include one with the key Temp (AWS does not say how it joins two kinds in one condition).`,
  );
  // A condition that was passed over would make an exclusion look larger than it is.
  const unclear = 'a condition that is not complete, whose effect AWS does not state';
  for (const broken of [
    simple('S3_BUCKET_NAME', undefined, 'x-x'),
    simple('S3_BUCKET_NAME', 'EQ'),
    simple('S3_BUCKET_NAME', 'GT', 'x-x'),
    simple('constructor', 'EQ', 'x-x'),
    simple('S3_BUCKET_NAME', 'constructor', 'x-x'),
    tag('EQ'),
    tag('EQ', {}),
    {},
  ]) {
    assert.equal(
      exclude(simple('ACCOUNT_ID', 'EQ', '111122223333'), broken),
      `${start} that meet both of these: the account is 111122223333; ${unclear}.`,
    );
    assert.equal(exclude(broken), `${start} by a condition that is not complete: AWS does not say which these are.`);
  }
});

test('a key and a value of a tag cannot be taken for one another', () => {
  const include = (...tagValues: object[]) =>
    buckets({ bucketCriteria: { includes: { and: [tag('EQ', ...tagValues)] } } })!;
  const all = [
    { key: 'Env' },
    { value: 'Env' },
    { key: 'Env=Prod' },
    { key: 'Env', value: 'Prod' },
    { key: 'Env', value: '' },
  ];
  assert.equal(new Set(all.map((pair) => include(pair))).size, all.length);
  const key = 'department-'.repeat(6);
  assert.notEqual(include({ key, value: 'restricted' }), include({ key, value: 'public' }));
});

test('what is not written as AWS takes it is not said to mean anything', () => {
  const schedule = { jobType: 'SCHEDULED', scheduleFrequency: { dailySchedule: {} } };
  assert.equal(
    sentences({ ...schedule, initialRun: 'true' })[1],
    'Does not say yet whether it starts with the objects that exist already: "initialRun" is no true or false.',
  );
  assert.equal(
    sentences({ samplingPercentage: '50' })[2],
    'Does not say yet how many of the objects of these buckets it analyzes: its sampling percentage is no number.',
  );
  assert.equal(
    buckets({ ...named, bucketCriteria: {} }),
    'Says which buckets both by name and by criteria. AWS takes one of the two, and refuses both.',
  );
  assert.deepEqual(scope({ includes: { and: [] } }), [
    'Has a list of no conditions on objects. AWS does not say what that means: it may leave out nothing.',
  ]);
  assert.deepEqual(scope({ includes: { and: [term('OBJECT_SIZE', 'GT', '10', '20')] } }), [
    'Takes only objects by a condition that is not complete: AWS does not say which these are.',
  ]);
});

test('a fixed word in other letters is read as it is meant', () => {
  assert.equal(sentences({ jobType: 'one_time ' })[0], 'Runs once, as soon as it is created.');
  const term = { key: 'object_key', comparator: 'starts-with', values: ['a/'] };
  assert.deepEqual(scope({ includes: { and: [{ simpleScopeTerm: term }] } }), [
    'Takes only objects whose key begins with a/.',
  ]);
});

test('scope terms of every kind', () => {
  assert.deepEqual(
    scope({ includes: { and: [term('OBJECT_EXTENSION', 'EQ', 'csv', 'tsv'), term('OBJECT_SIZE', 'GT', '1048576')] } }),
    [
      'Takes only objects that meet both of these: the extension is csv or tsv; the size is more than 1,048,576 bytes = 1 MiB.',
    ],
  );
  assert.deepEqual(scope({ excludes: { and: [term('OBJECT_KEY', 'STARTS_WITH', 'logs/')] } }), [
    'Leaves out objects whose key begins with logs/.',
  ]);
  assert.deepEqual(
    scope({
      excludes: { and: [term('OBJECT_EXTENSION', 'EQ', 'log'), term('OBJECT_KEY', 'STARTS_WITH', 'archive/')] },
    }),
    ['Leaves out objects that meet both of these: the extension is log; the key begins with archive/.'],
  );
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
      'Takes only objects that meet both of these: the last change is at or after 2026-01-01T00:00:00Z; the last change is before 2026-02-01T00:00:00Z.',
    ],
  );
  const tags = (comparator: string, ...tagValues: object[]) => ({
    tagScopeTerm: { comparator, key: 'TAG', target: 'S3_OBJECT', tagValues },
  });
  assert.deepEqual(scope({ includes: { and: [tags('NE', { key: 'Class', value: '' })] } }), [
    'Takes only objects whose tags do not include one with the key Class.',
  ]);
  assert.deepEqual(
    scope({ includes: { and: Array.from({ length: 6 }, (_, i) => term('OBJECT_EXTENSION', 'NE', `log${i}`)) } }),
    [
      'Takes only objects that meet all of these: the extension is not log0; the extension is not log1; the extension is not log2; and 3 more conditions.',
    ],
  );
  assert.deepEqual(scope({}), []);
});

test('which objects are sampled is said so that none of those left out can be meant', () => {
  const excludes = { and: [term('OBJECT_KEY', 'STARTS_WITH', 'logs/')] };
  const all = (samplingPercentage?: number) =>
    sentences({ samplingPercentage, s3JobDefinition: { ...named, scoping: { excludes } } }).at(-2);
  assert.equal(all(), 'Analyzes all objects that are left, as far as Macie can read them, without sampling.');
  assert.equal(
    all(5),
    'Analyzes a sample of the objects that are left: 5 percent of them, chosen at random, each one whole.',
  );
});

test('beside an empty prefix, no other is named', () => {
  const [sentence] = scope({ includes: { and: [term('OBJECT_KEY', 'STARTS_WITH', 'a/', 'b/', 'c/', 'd/', '')] } });
  assert.equal(sentence, 'Takes only objects whose key begins with an empty prefix, as every key does.');
});

test('a short form keeps the doubt of the long one', () => {
  const short = (s3JobDefinition: object) =>
    summarise(analyzeText(JSON.stringify({ name: 'j', jobType: 'ONE_TIME', s3JobDefinition })).model).map(
      (sentence) => sentence.short,
    );
  const doubt = ', whose meaning AWS leaves open';
  const criteria = (...and: object[]) => short({ bucketCriteria: { includes: { and } } })[1];
  const start = 'Analyzes buckets that meet 1 condition on';
  assert.equal(criteria(simple('ACCOUNT_ID', 'EQ', '1', '2')), `${start} account.`);
  assert.equal(criteria(simple('ACCOUNT_ID', 'NE', '1')), `${start} account.`);
  assert.equal(criteria(simple('ACCOUNT_ID', 'NE', '1', '2')), `${start} account${doubt}.`);
  assert.equal(criteria(simple('ACCOUNT_ID', undefined, '1')), `${start} account${doubt}.`);
  assert.equal(
    criteria({ ...simple('ACCOUNT_ID', 'EQ', '1'), ...tag('EQ', { key: 'a' }) }),
    `${start} account${doubt}.`,
  );
});

test('sampling; what is no percentage may mean every object', () => {
  const sampled = (samplingPercentage: unknown) => sentences({ samplingPercentage })[2];
  assert.equal(
    sampled(20),
    'Analyzes a sample of the objects of these buckets: 20 percent of them, chosen at random, each one whole.',
  );
  assert.equal(sampled(100), ALL);
  assert.equal(sampled(undefined), ALL);
  for (const unknown of [0, -5, 101, 12.5]) {
    assert.equal(
      sampled(unknown),
      `Has ${unknown} as its sampling percentage. AWS does not say what that means: it may analyze all objects of these buckets.`,
    );
    assert.equal(jobFacts(analyzeText(JSON.stringify({ samplingPercentage: unknown })).model).sampling, 100);
  }
});

test('identifiers and allow lists, for each selector', () => {
  const looks = (job: object) => sentences(job).slice(3);
  const ids = (
    managedDataIdentifierSelector: string,
    managedDataIdentifierIds?: string[],
    customDataIdentifierIds?: string[],
  ) => looks({ managedDataIdentifierSelector, managedDataIdentifierIds, customDataIdentifierIds });
  assert.deepEqual(ids('ALL'), ['Looks for data with all managed data identifiers.']);
  assert.deepEqual(ids('EXCLUDE', ['NAME', 'NAME', '']), [
    'Looks for data with all managed data identifiers except NAME.',
  ]);
  assert.deepEqual(ids('EXCLUDE', ['NAME', 'ADDRESS', 'PKCS', 'PGP_PRIVATE_KEY', 'JSON_WEB_TOKEN'], ['a']), [
    'Looks for data with all managed data identifiers except NAME, ADDRESS, PKCS and 2 more.',
    'Also uses 1 custom data identifier.',
  ]);
  assert.deepEqual(ids('EXCLUDE'), ['Looks for data with all managed data identifiers.']);
  assert.deepEqual(ids('INCLUDE', ['NAME', 'PKCS']), [
    'Looks for data with 2 managed data identifiers: NAME and PKCS.',
  ]);
  const nothing = ['Looks for nothing: it uses no data identifier.'];
  assert.deepEqual(ids('INCLUDE'), nothing);
  assert.deepEqual(ids('NONE', undefined, ['a', 'b']), [
    'Looks for data with 2 custom data identifiers and no managed one.',
  ]);
  assert.deepEqual(ids('NONE'), nothing);
  assert.deepEqual(ids('NONE', undefined, ['']), nothing);
  assert.deepEqual(ids('constructor'), ['Looks for data with managed data identifiers that it does not name yet.']);
  assert.deepEqual(looks({ customDataIdentifierIds: ['a'], allowListIds: ['x'] }), [
    'Looks for data with the recommended managed data identifiers.',
    'Also uses 1 custom data identifier.',
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
  assert.ok(forged.includes('"a\\u{a}Analyzes nothing.\\u{202e}\\u{2028}x"'), forged);
  const key = (...prefixes: string[]) =>
    scope({ excludes: { and: [term('OBJECT_KEY', 'STARTS_WITH', ...prefixes)] } })[0]!.replace(
      'Leaves out objects whose key begins with ',
      '',
    );
  assert.equal(key('x". This job is free. "'), '"x\\". This job is free. \\"".');
  // A code in the file is not taken for one of ours, and what cannot be seen is not lost.
  assert.equal(key('a\\u{202e}', 'a\u200bb', 'a\u00a0b', ' '), '"a\\\\u{202e}", "a\\u{200b}b", "a\\u{a0}b" or " ".');
  assert.equal(key('or', 'data.', 'b'), '"or", "data." or b.');
  // Long values of a list often differ at their ends.
  const long = (end: string) => `${'department/'.repeat(10)}${end}`;
  assert.match(key(long('q1/'), long('q2/')), /…[^"]*q1\/" or ".*…[^"]*q2\/"\.$/);
});

test('an initialRun that is there is not said to be missing', () => {
  for (const initialRun of ['true', null]) {
    const all = sentences({ jobType: 'SCHEDULED', scheduleFrequency: { dailySchedule: {} }, initialRun });
    assert.ok(!all.join(' ').includes('is not given'));
  }
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
