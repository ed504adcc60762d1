/** Each fault of the service and of the network, over real sockets: which problem it becomes, and whether a job may exist. */
import assert from 'node:assert/strict';
import { createServer as createTlsServer } from 'node:https';
import { createServer } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { policyStatement } from '../../client/aws/accessDenied.js';
import type { AwsProblem, JsonObject } from '../../client/aws/types.js';
import { AwsError } from '../../client/aws/types.js';
import type { Fault, FaultKind } from '../local-macie/server.js';
import { LOCAL_KEYS } from '../local-macie/server.js';
import type { World } from './setup.js';
import { LOCAL_CREDENTIALS, startWorld } from './setup.js';
import { CERTIFICATE, KEY } from './untrustedCertificate.js';

const REQUEST: JsonObject = {
  name: 'Invoices',
  jobType: 'ONE_TIME',
  s3JobDefinition: { bucketDefinitions: [{ accountId: '111122223333', buckets: ['example-invoices'] }] },
};

let world: World;
before(async () => {
  world = await startWorld();
  await world.write('.aws/credentials', LOCAL_CREDENTIALS);
});
after(() => world.close());
beforeEach(() => world.macie.reset());

let tokens = 0;
async function problemOf(options: Parameters<World['session']>[1] = {}, request = REQUEST): Promise<AwsProblem> {
  tokens += 1;
  const error: unknown = await world
    .session('local', { timeout: 5_000, ...options })
    .createJob(request, `token-${tokens}`)
    .then(
      () => assert.fail('expected a problem'),
      (failure: unknown) => failure,
    );
  assert.ok(error instanceof AwsError, String(error));
  return error.problem;
}

describe('faults of the service, on creation', () => {
  const table: [
    FaultKind,
    AwsProblem['code'],
    { mayHaveHappened?: boolean; jobs?: number; fault?: Partial<Fault> }?,
  ][] = [
    ['throttled', 'throttled'],
    ['service-fault', 'service-fault', { mayHaveHappened: true }],
    ['service-unavailable', 'service-fault', { mayHaveHappened: true }],
    ['fault-after', 'service-fault', { mayHaveHappened: true, jobs: 1 }],
    ['macie-not-enabled', 'macie-not-enabled'],
    ['macie-not-enabled', 'macie-not-enabled', { fault: { status: 403 } }],
    ['role-not-propagated', 'role-not-propagated'],
    ['access-denied', 'access-denied'],
    ['expired-token', 'credentials-expired'],
    ['invalid-token', 'credentials-refused'],
    ['clock-skew', 'clock-skew'],
    ['quota-exceeded', 'quota-exceeded'],
    ['conflict', 'conflict'],
    ['not-found', 'not-found'],
    ['validation', 'validation'],
    ['reset-before', 'connection-lost', { mayHaveHappened: true }],
    ['reset-after', 'connection-lost', { mayHaveHappened: true, jobs: 1 }],
    ['cut-answer', 'connection-lost', { mayHaveHappened: true, jobs: 1 }],
    ['hang', 'timed-out', { mayHaveHappened: true }],
    ['proxy-refused', 'proxy-refused'],
    ['foreign-page', 'proxy-refused', { mayHaveHappened: true }],
    ['foreign-page', 'proxy-refused', { fault: { status: 403 } }],
    ['error', 'unknown', { fault: { status: 418, type: 'TeapotException', message: 'short and stout' } }],
  ];
  for (const [kind, code, { mayHaveHappened = false, jobs = 0, fault = {} } = {}] of table) {
    test(`${kind}${fault.status ? ` with status ${fault.status}` : ''}: ${code}`, async () => {
      world.macie.faults.add({ operation: 'CreateClassificationJob', kind, ...fault });
      const problem = await problemOf({ timeout: kind === 'hang' ? 300 : 5_000 });
      assert.equal(problem.code, code);
      assert.equal(problem.mayHaveHappened, mayHaveHappened);
      assert.equal(world.macie.state.jobs.length, jobs);
      assert.equal(world.macie.requests('CreateClassificationJob').length, 1, 'one attempt, no retry of its own');
      assert.match(problem.sentence, /^[A-Z].*\.$/);
      assert.match(problem.nextStep, /^[A-Z].*\.$/);
    });
  }

  test('access denied names the action and the resource, and gives the statement to copy', async () => {
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'access-denied' });
    const problem = await problemOf();
    assert.equal(problem.action, 'macie2:CreateClassificationJob');
    assert.equal(problem.resource, 'arn:aws:macie2:*:*:classification-job/*');
    assert.deepEqual(JSON.parse(policyStatement(problem) ?? ''), {
      Effect: 'Allow',
      Action: 'macie2:CreateClassificationJob',
      Resource: 'arn:aws:macie2:*:*:classification-job/*',
    });
  });

  test('an explicit deny gives no statement to copy', async () => {
    const message =
      'User: arn:aws:iam::111122223333:user/local is not authorized to perform: macie2:CreateClassificationJob on resource: arn:aws:macie2:eu-west-1:111122223333:classification-job/* with an explicit deny in a service control policy';
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'access-denied', message });
    const problem = await problemOf();
    assert.equal(problem.explicitDeny, true);
    assert.equal(policyStatement(problem), undefined);
  });

  test('a ValidationException names the members', async () => {
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'validation', member: 'samplingPercentage' });
    assert.deepEqual((await problemOf()).members, ['samplingPercentage']);
  });

  test('what the service says is kept on one line, with the request id', async () => {
    world.macie.faults.add({
      operation: 'CreateClassificationJob',
      kind: 'validation',
      message: 'first line\nERROR forged line \u202Eevil\u0007',
    });
    const problem = await problemOf();
    assert.equal(problem.detail, 'first line ERROR forged line evil');
    assert.match(problem.requestId ?? '', /^[0-9a-f-]{36}$/);
  });

  test('a service that repeats credentials does not get them into the problem', async () => {
    const secret = LOCAL_KEYS.secretAccessKey;
    world.macie.faults.add({
      operation: 'CreateClassificationJob',
      kind: 'validation',
      message: `name=x key ${LOCAL_KEYS.accessKeyId} secret ${secret} Authorization: Bearer abc.def password="hunter2hunter2" token eyJhbGciOi.eyJzdWIi.c2ln`,
    });
    const text = JSON.stringify(await problemOf());
    for (const part of [LOCAL_KEYS.accessKeyId, secret, 'abc.def', 'hunter2', 'eyJ']) {
      assert.ok(!text.includes(part), `${part} in ${text}`);
    }
  });
});

describe('faults of reading calls', () => {
  test('a passing fault is tried again, a lasting one is told', async () => {
    const session = world.session('local');
    world.macie.faults.add({ operation: 'GetMacieSession', kind: 'service-fault', calls: [1, 2] });
    assert.equal(await session.macieStatus(), 'ENABLED');
    assert.equal(world.macie.requests('GetMacieSession').length, 3);
    world.macie.faults.add({ operation: 'GetMacieSession', kind: 'access-denied' });
    await assert.rejects(session.macieStatus(), ({ problem }: AwsError) => {
      assert.equal(problem.code, 'access-denied');
      assert.equal(problem.action, 'macie2:GetMacieSession');
      assert.equal(problem.mayHaveHappened, false);
      return true;
    });
  });
  test('Macie that is off is told by every call', async () => {
    world.macie.state.macie = 'OFF';
    const session = world.session('local');
    for (const call of [() => session.macieStatus(), () => session.quota(), () => session.jobsNamed('x')]) {
      await assert.rejects(call(), ({ problem }: AwsError) => problem.code === 'macie-not-enabled');
    }
  });
});

describe('faults of the network', () => {
  test('unknown host, refused connection: nothing happened', async () => {
    for (const [endpoint, code] of [
      ['http://no-such-host.invalid', 'unknown-host'],
      ['http://127.0.0.1:1', 'connection-refused'],
      [world.macie.url.replace('http:', 'https:'), 'connection-refused'],
    ] as const) {
      const problem = await problemOf({ endpoint });
      assert.equal(problem.code, code);
      assert.equal(problem.mayHaveHappened, false);
    }
  });

  test('a password in the address of the endpoint is not told', async () => {
    const problem = await problemOf({ endpoint: 'http://someone:hunter2@127.0.0.1:1' });
    assert.doesNotMatch(JSON.stringify(problem), /hunter2|someone/);
  });

  test('unknown certificate: nothing happened', async () => {
    const server = createTlsServer({ key: KEY, cert: CERTIFICATE }, (_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const problem = await problemOf({ endpoint: `https://127.0.0.1:${port}` });
    server.close();
    assert.equal(problem.code, 'certificate-unknown');
    assert.equal(problem.mayHaveHappened, false);
  });

  test('a server that hangs up at once', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const plain = await problemOf({ endpoint: `http://127.0.0.1:${port}` });
    const secure = await problemOf({ endpoint: `https://127.0.0.1:${port}` });
    server.close();
    assert.deepEqual([plain.code, plain.mayHaveHappened], ['connection-lost', true]);
    assert.deepEqual([secure.code, secure.mayHaveHappened], ['connection-lost', false]);
  });
});

describe('cancelling', () => {
  test('before the call: nothing is sent', async () => {
    const problem = await world
      .session('local')
      .createJob(REQUEST, 'cancelled-before', { signal: AbortSignal.abort() })
      .then(
        () => assert.fail(),
        (error: AwsError) => error.problem,
      );
    assert.deepEqual([problem.code, problem.mayHaveHappened], ['cancelled', false]);
    assert.equal(world.macie.requests('CreateClassificationJob').length, 0);
  });

  test('at the moment of sending: nothing is sent', async () => {
    const controller = new AbortController();
    const session = world.session('local');
    const problem = await session
      .createJob(REQUEST, 'cancelled-at', { signal: controller.signal, onSending: () => controller.abort() })
      .then(
        () => assert.fail(),
        (error: AwsError) => error.problem,
      );
    assert.deepEqual([problem.code, problem.mayHaveHappened], ['cancelled', false]);
    await session.macieStatus();
    assert.equal(world.macie.state.jobs.length, 0);
  });

  test('while the answer is awaited: a job may exist', async () => {
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'hang' });
    const controller = new AbortController();
    const pending = world.session('local').createJob(REQUEST, 'cancelled-during', { signal: controller.signal });
    const problem = pending.then(
      () => assert.fail(),
      (error: AwsError) => error.problem,
    );
    while (world.macie.requests('CreateClassificationJob').length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    controller.abort();
    assert.deepEqual([(await problem).code, (await problem).mayHaveHappened], ['cancelled', true]);
  });

  test('a signal that ran out of time is told as such', async () => {
    world.macie.faults.add({ operation: 'SearchResources', kind: 'hang' });
    await assert.rejects(
      world.session('local').bucketsMatching({}, { signal: AbortSignal.timeout(100) }),
      ({ problem }: AwsError) => problem.code === 'timed-out',
    );
  });
});
