/** The local endpoint itself: it must be strict enough that a test which passes against it means something. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, test } from 'node:test';
import { build } from 'esbuild';
import type { AwsError, JsonObject } from '../../client/aws/types.js';
import type { World } from './setup.js';
import { LOCAL_CREDENTIALS, startWorld } from './setup.js';

const REQUEST: JsonObject = { name: 'x', jobType: 'ONE_TIME', s3JobDefinition: {} };

let world: World;
before(async () => {
  world = await startWorld();
  await world.write('.aws/credentials', LOCAL_CREDENTIALS);
});
after(() => world.close());
beforeEach(() => world.macie.reset());

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: AwsError) => error.problem.code,
  );

describe('jobs', () => {
  test('the same token and body make one job, another body is a conflict', async () => {
    const session = world.session('local');
    const first = await session.createJob(REQUEST, 'one');
    assert.deepEqual(await session.createJob(REQUEST, 'one'), first);
    assert.equal(await codeOf(session.createJob({ ...REQUEST, name: 'y' }, 'one')), 'conflict');
    assert.notDeepEqual(await session.createJob(REQUEST, 'two'), first);
    assert.equal(world.macie.state.jobs.length, 2);
  });

  test('a job belongs to its account and Region', async () => {
    const { jobId, jobArn } = await world.session('local').createJob(REQUEST, 'one');
    assert.equal(jobArn, `arn:aws:macie2:eu-west-1:111122223333:classification-job/${jobId}`);
    assert.equal(await codeOf(world.session('local', { region: 'us-east-1' }).describeJob(jobId)), 'not-found');
    assert.deepEqual(await world.session('local', { region: 'us-east-1' }).jobsNamed('x'), []);
  });

  test('described with its token, status and dates; listed by name, newest first, since a time', async () => {
    const session = world.session('local');
    const first = await session.createJob(REQUEST, 'one');
    world.macie.state.jobs[0]!.createdAt = '2024-01-01T00:00:00.000Z';
    const second = await session.createJob({ ...REQUEST, jobType: 'SCHEDULED' }, 'two');
    await session.createJob({ ...REQUEST, name: 'xx' }, 'three');
    const described = await session.describeJob(second.jobId);
    assert.equal(described.clientToken, 'two');
    assert.equal(described.jobStatus, 'IDLE');
    assert.equal(typeof described.createdAt, 'string');
    assert.deepEqual(
      (await session.jobsNamed('x')).map(({ jobId }) => jobId),
      [second.jobId, first.jobId],
    );
    assert.deepEqual(
      (await session.jobsNamed('x', { createdAfter: new Date('2025-01-01') })).map(({ jobId }) => jobId),
      [second.jobId],
    );
  });

  test('all pages are read', async () => {
    const session = world.session('local');
    for (let count = 0; count < 60; count += 1) {
      await session.createJob(REQUEST, `token-${count}`);
    }
    assert.equal((await session.jobsNamed('x')).length, 60);
  });
});

describe('what a job refers to', () => {
  test('identifiers, allow lists, buckets, results bucket, quota', async () => {
    const session = world.session('local');
    const { state } = world.macie;
    state.customDataIdentifiers.push({ id: 'gone', name: 'Gone', deleted: true });
    state.allowLists.push({ id: 'bad', name: 'Bad', statusCode: 'S3_OBJECT_ACCESS_DENIED' });
    state.managedDataIdentifiers = Array.from({ length: 166 }, (_, index) => ({
      id: `ID_${index}`,
      category: 'CREDENTIALS',
    }));
    state.buckets.push({ accountId: '444455556666', bucketName: 'closed', errorCode: 'ACCESS_DENIED' });
    state.quota = { terabytes: 7, met: true };
    state.resultsBucket = undefined;
    assert.deepEqual(
      (await session.customDataIdentifiers(['gone', 'none', 'a79e3ce8-b2b2-44bd-92d6-84ee5c0c4445'])).map(
        (each) => each.state,
      ),
      ['deleted', 'missing', 'ok'],
    );
    assert.deepEqual(
      (await session.allowLists(['bad', 'none', 'nkr81bmtu2542yyexample'])).map((each) => [
        each.state,
        each.status,
        each.kind,
      ]),
      [
        ['broken', 'S3_OBJECT_ACCESS_DENIED', 'text'],
        ['missing', undefined, undefined],
        ['ok', 'OK', 'regex'],
      ],
    );
    assert.equal((await session.managedDataIdentifiers()).length, 166);
    assert.deepEqual(
      (await session.bucketsNamed(['closed', 'nowhere', 'example-logs'])).map(({ name, errorCode }) => [
        name,
        errorCode,
      ]),
      [
        ['example-logs', undefined],
        ['closed', 'ACCESS_DENIED'],
      ],
    );
    assert.equal(await session.hasResultsBucket(), false);
    assert.deepEqual(await session.quota(), { limitTerabytes: 7, met: true });
  });

  test('a thousand buckets by name; more buckets than the limit', async () => {
    const session = world.session('local');
    world.macie.state.buckets = Array.from({ length: 1_000 }, (_, index) => ({
      accountId: '111122223333',
      bucketName: `b${index}`,
    }));
    assert.equal(
      (await session.bucketsNamed(world.macie.state.buckets.map(({ bucketName }) => bucketName))).length,
      1_000,
    );
    const some = await session.bucketsMatching({}, { limit: 120 });
    assert.deepEqual([some.buckets.length, some.more], [120, true]);
    const all = await session.bucketsMatching({}, { limit: 1_000 });
    assert.deepEqual([all.buckets.length, all.more], [1_000, false]);
  });

  test('criteria: includes and excludes, names and tags', async () => {
    world.macie.state.buckets[0]!.tags = [{ key: 'env', value: 'prod' }];
    const names = async (criteria: JsonObject): Promise<string[]> =>
      (await world.session('local').bucketsMatching(criteria)).buckets.map(({ name }) => name).sort();
    const named = (comparator: string, ...values: string[]): JsonObject => ({
      simpleCriterion: { comparator, key: 'S3_BUCKET_NAME', values },
    });
    const tagged = { tagCriterion: { comparator: 'EQ', tagValues: [{ key: 'env' }] } };
    assert.deepEqual(await names({ includes: { and: [named('EQ', 'example-logs', 'example-exports')] } }), [
      'example-exports',
      'example-logs',
    ]);
    assert.deepEqual(await names({ excludes: { and: [named('EQ', 'example-logs')] } }), [
      'example-exports',
      'example-invoices',
    ]);
    assert.deepEqual(await names({ includes: { and: [tagged, named('NE', 'example-logs')] } }), ['example-invoices']);
  });
});

describe('strictness', () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(world.macie.url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  test('a request that is not signed is refused', async () => {
    const answer = await post('/jobs', '{}');
    assert.equal(answer.status, 403);
    assert.equal(answer.headers.get('x-amzn-errortype'), 'MissingAuthenticationTokenException');
  });
  test('types and missing members', async () => {
    const session = world.session('local');
    const misfits: JsonObject[] = [
      { samplingPercentage: '5' },
      { samplingPercentage: 5.5 },
      { tags: [] },
      { initialRun: 'true' },
    ];
    for (const wrong of misfits) {
      assert.equal(
        await codeOf(session.createJob({ ...REQUEST, ...wrong }, 'token')),
        'validation',
        JSON.stringify(wrong),
      );
    }
    assert.equal(await codeOf(session.createJob({ name: 'x' }, 'token')), 'validation');
    assert.equal(world.macie.state.jobs.length, 0);
  });
  test('a path that is not known', async () => {
    assert.equal((await fetch(`${world.macie.url}/nothing`)).status, 403);
  });
});

test('another process starts it, orders faults, reads the state and ends it', async () => {
  const file = `${world.home}/server.cjs`;
  await build({
    entryPoints: ['test/local-macie/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: file,
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [file, '--port', '0', '--account', '999988887777'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { url } = JSON.parse(String(line)) as { url: string };
  const control = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${url}/_control/${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  await control('POST', 'faults', [{ operation: 'CreateClassificationJob', kind: 'throttled', calls: [1] }]);
  const session = world.session('local', { endpoint: url });
  assert.equal(await codeOf(session.createJob(REQUEST, 'one')), 'throttled');
  const { jobId } = await session.createJob(REQUEST, 'one');
  await control('POST', `jobs/${jobId}`, { jobStatus: 'COMPLETE' });
  await control('POST', 'state', { macie: 'PAUSED' });
  assert.equal((await session.describeJob(jobId)).jobStatus, 'COMPLETE');
  assert.equal(await session.macieStatus(), 'PAUSED');
  const state = (await (await control('GET', 'state')).json()) as {
    account: string;
    jobs: unknown[];
    requests: unknown[];
    faults: unknown[];
  };
  assert.deepEqual(
    [state.account, state.jobs.length, state.requests.length, state.faults.length],
    ['999988887777', 1, 4, 1],
  );
  await control('DELETE', 'faults');
  await control('POST', 'reset');
  assert.equal(((await (await control('GET', 'state')).json()) as { jobs: unknown[] }).jobs.length, 0);
  child.kill();
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0);
});
