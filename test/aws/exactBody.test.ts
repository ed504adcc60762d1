/** What leaves for Macie is the value, member by member, plus the client token; anything else does not leave. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, beforeEach, describe, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../client/aws/types.js';
import { AwsError } from '../../client/aws/types.js';
import type { World } from './setup.js';
import { LOCAL_CREDENTIALS, startWorld } from './setup.js';

const MINIMAL: JsonObject = {
  name: 'x',
  jobType: 'ONE_TIME',
  s3JobDefinition: { bucketDefinitions: [{ accountId: '012345678901', buckets: ['a'] }] },
};

/** Every member of the operation, down to the leaves. */
const WHOLE: JsonObject = {
  allowListIds: ['nkr81bmtu2542yyexample'],
  customDataIdentifierIds: ['3293a69d-4a1e-4a07-8715-208dd0a1b2c3'],
  description: 'Ünïcode \u2028 "quoted" \\ 🪣 \ud800',
  initialRun: true,
  jobType: 'SCHEDULED',
  managedDataIdentifierIds: ['CREDIT_CARD_NUMBER_(NO_KEYWORD)'],
  managedDataIdentifierSelector: 'INCLUDE',
  name: 'weekly',
  samplingPercentage: 5,
  scheduleFrequency: {
    dailySchedule: {},
    monthlySchedule: { dayOfMonth: 31 },
    weeklySchedule: { dayOfWeek: 'MONDAY' },
  },
  tags: { 'cost-centre': '', constructor: 'a', toString: 'b' },
  s3JobDefinition: {
    bucketDefinitions: [{ accountId: '012345678901', buckets: [] }],
    bucketCriteria: {
      includes: {
        and: [
          { simpleCriterion: { comparator: 'EQ', key: 'ACCOUNT_ID', values: ['012345678901'] } },
          {
            tagCriterion: { comparator: 'NE', tagValues: [{ key: 'k', value: 'v' }, { key: 'k' }, { value: 'v' }, {}] },
          },
        ],
      },
      excludes: { and: [] },
    },
    scoping: {
      includes: { and: [{ simpleScopeTerm: { comparator: 'GTE', key: 'OBJECT_SIZE', values: ['0'] } }] },
      excludes: {
        and: [
          { tagScopeTerm: { comparator: 'EQ', key: 'TAG', tagValues: [{ key: 'k', value: '' }], target: 'S3_OBJECT' } },
        ],
      },
    },
  },
};

let world: World;
before(async () => {
  world = await startWorld();
  await world.write('.aws/credentials', LOCAL_CREDENTIALS);
});
after(() => world.close());
beforeEach(() => world.macie.reset());

const sent = (): Json | undefined => world.macie.requests('CreateClassificationJob').at(-1)?.body;

describe('sent as it is', () => {
  for (const [name, request] of Object.entries({ minimal: MINIMAL, whole: WHOLE })) {
    test(name, async () => {
      await world.session('local').createJob(request, 'token');
      assert.deepEqual(sent(), { ...request, clientToken: 'token' });
    });
  }

  test('without $schema', async () => {
    await world.session('local').createJob({ $schema: './schema.json', ...MINIMAL }, 'token');
    assert.deepEqual(sent(), { ...MINIMAL, clientToken: 'token' });
  });

  test('with the token that the value itself holds', async () => {
    await world.session('local').createJob({ ...MINIMAL, clientToken: 'own' }, 'own');
    assert.deepEqual(sent(), { ...MINIMAL, clientToken: 'own' });
  });

  test('a tag key __proto__ is sent or refused, never lost', async () => {
    const request = { ...MINIMAL, tags: JSON.parse('{"__proto__":"x","b":"c"}') as Json };
    const outcome = await world
      .session('local')
      .createJob(request, 'token')
      .then(
        () => 'sent',
        (error: AwsError) => error.problem.code,
      );
    if (outcome === 'sent') {
      const tags = (sent() as JsonObject).tags as JsonObject;
      assert.deepEqual(Object.entries(tags), [
        ['__proto__', 'x'],
        ['b', 'c'],
      ]);
    } else {
      assert.equal(outcome, 'request-changed');
      assert.equal(sent(), undefined);
    }
  });

  test('the same as the AWS CLI sends', async (t) => {
    const file = await world.write('job.json', JSON.stringify(WHOLE));
    try {
      await promisify(execFile)('aws', ['--version']);
    } catch {
      t.skip('the AWS CLI is not installed');
      return;
    }
    await promisify(execFile)(
      'aws',
      [
        'macie2',
        'create-classification-job',
        '--cli-input-json',
        `file://${file}`,
        '--endpoint-url',
        world.macie.url,
        '--region',
        'eu-west-1',
      ],
      { env: { ...process.env, AWS_PROFILE: 'local', PATH: process.env.PATH } },
    );
    const { clientToken: byCli, ...cli } = sent() as JsonObject;
    assert.ok(byCli);
    await world.session('local').createJob(WHOLE, 'token');
    const { clientToken: _, ...own } = sent() as JsonObject;
    assert.deepEqual(own, cli);
  });
});

describe('refused before the socket', () => {
  const changed: Record<string, JsonObject> = {
    'a member that the SDK does not know': { ...MINIMAL, samplingPercentge: 5 },
    'an unknown member below': { ...MINIMAL, s3JobDefinition: { bucketDefinition: [] } },
    'a null': { ...MINIMAL, description: null },
    'a null in a list': { ...MINIMAL, allowListIds: ['a', null] },
    'a name in another case': { ...MINIMAL, Description: 'x' },
    'another token than the one confirmed': { ...MINIMAL, clientToken: 'other' },
    'a member __proto__ at the top': JSON.parse(`{"__proto__":"x",${JSON.stringify(MINIMAL).slice(1)}`) as JsonObject,
  };
  for (const [name, request] of Object.entries(changed)) {
    test(name, async () => {
      let leaving = 0;
      await assert.rejects(
        world.session('local').createJob(request, 'token', {
          onSending: () => {
            leaving += 1;
          },
        }),
        (error: AwsError) => {
          assert.ok(error instanceof AwsError, String(error));
          assert.deepEqual([error.problem.code, error.problem.mayHaveHappened], ['request-changed', false]);
          return true;
        },
      );
      assert.equal(leaving, 0);
      assert.equal(world.macie.requests('CreateClassificationJob').length, 0);
    });
  }

  test('bucket criteria of which the preview would lose a part', async () => {
    await assert.rejects(
      world.session('local').bucketsMatching({ includes: { and: [{ simpleScopeTerm: {} }] } }),
      (error: AwsError) => error.problem.code === 'request-changed',
    );
    assert.equal(world.macie.requests('SearchResources').length, 0);
  });

  test('whatever the value is: what leaves equals it, or nothing leaves', async () => {
    const session = world.session('local');
    await session.caller();
    let count = 0;
    let left = 0;
    const member = fc.constantFrom(...Object.keys(WHOLE), 'unknown', '__proto__');
    const value = fc.dictionary(member, fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(WHOLE))), {
      maxKeys: 6,
    });
    await fc.assert(
      fc.asyncProperty(value, async (random) => {
        const request = JSON.parse(JSON.stringify({ ...MINIMAL, ...random })) as JsonObject;
        count += 1;
        const before = world.macie.requests('CreateClassificationJob').length;
        await session.createJob(request, `token-${count}`).catch((error: unknown) => {
          assert.ok(error instanceof AwsError, String(error));
        });
        const requests = world.macie.requests('CreateClassificationJob');
        if (requests.length > before) {
          left += 1;
          assert.deepEqual(requests.at(-1)?.body, { ...request, clientToken: `token-${count}` });
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(left > 0 && left < count, `${left} of ${count} values left`);
  });
});
