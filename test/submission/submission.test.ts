/** The way of a submission, from the file's text to the wire and back, with a user whose answers are scripted. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { submit } from '../../client/submission/submission.js';
import { inMinutes, ssoCacheFile, type World } from '../aws/setup.js';
import { issueKeys } from '../local-macie/server.js';
import { createStage, definition, FILE, type Stage, type StageOptions, startTheatre } from './stage.js';

let theatre: Awaited<ReturnType<typeof startTheatre>>;
let world: World;
before(async () => {
  theatre = await startTheatre();
  world = theatre.world;
});
after(() => theatre.close());
beforeEach(() => world.macie.reset());

async function stageOf(options: Partial<StageOptions> = {}): Promise<Stage> {
  return createStage(world, { folder: await theatre.newFolder(), ...options });
}

const created = () => world.macie.requests('CreateClassificationJob');

async function assertNothingOpen({ ports }: Stage): Promise<void> {
  assert.deepEqual(await ports.journal.entries(), []);
}

describe('what is sent', () => {
  test('exactly the value of the file, and a token', async () => {
    const stage = await stageOf({
      text: definition({
        description: 'Zwölf Boxkämpfer "jagen" \\ Viktor\u2028 <&>',
        samplingPercentage: 5,
        tags: { __proto__x: 'a', Env: '', 'a:b': '=@' },
        managedDataIdentifierSelector: 'NONE',
        customDataIdentifierIds: ['3293a69d-4a1e-4a07-8715-208dd0a1b2c3'],
      }),
    });
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind, 'created');
    const [request] = created();
    const { clientToken, ...value } = request!.body as Record<string, unknown>;
    assert.match(String(clientToken), /^[0-9a-f-]{36}$/);
    assert.deepEqual(value, JSON.parse(stage.text));
    assert.equal(created().length, 1);
    await assertNothingOpen(stage);
    const [record] = await stage.ports.history.list();
    assert.equal(record?.jobId, world.macie.state.jobs[0]?.jobId);
  });

  test('every example without errors, member by member, less $schema', async () => {
    const names = readdirSync('examples', { recursive: true }).map(String);
    const files = names.filter((name) => /\.macie(-job)?\.json$|macie-job\.json$/.test(name));
    let sent = 0;
    for (const name of files) {
      world.macie.reset();
      const stage = await stageOf({ text: readFileSync(join('examples', name), 'utf8') });
      const outcome = await submit(FILE, stage.ports);
      if (outcome.kind === 'file-has-errors') {
        assert.equal(created().length, 0, name);
        continue;
      }
      assert.equal(outcome.kind, 'created', name);
      const { clientToken: _, ...value } = created()[0]!.body as Record<string, unknown>;
      const { $schema: __, ...expected } = JSON.parse(stage.text) as Record<string, unknown>;
      assert.deepEqual(value, expected, name);
      sent += 1;
    }
    assert.ok(sent > 0, 'no example was sent');
  });

  test('a file with an error sends nothing at all', async () => {
    const stage = await stageOf({ text: definition({ samplingPercentge: 5 }) });
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind, 'file-has-errors');
    assert.equal(world.macie.state.requests.length, 0);
    assert.equal(stage.ui.confirmations.length, 0);
  });

  test('a token of the file is used, with a warning', async () => {
    const stage = await stageOf({ text: definition({ clientToken: 'fixed-token' }) });
    await submit(FILE, stage.ports);
    assert.match(stage.ui.confirmations[0]!.detail, /holds a clientToken/);
    assert.deepEqual(created()[0]!.body, JSON.parse(stage.text));
  });

  test('profile and Region are asked for where nothing says them', async () => {
    const stage = await stageOf({ ask: { profile: true, region: true } });
    stage.ui.region = 'us-west-2';
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind === 'created' && outcome.region, 'us-west-2');
    assert.equal(world.macie.state.jobs[0]?.region, 'us-west-2');
  });
});

describe('cancelled, nothing is created', () => {
  const steps: Record<string, { options?: Partial<StageOptions>; arrange(stage: Stage): void }> = {
    'at the profile': { options: { ask: { profile: true } }, arrange: ({ ui }) => (ui.profile = undefined) },
    'at the Region': { options: { ask: { region: true } }, arrange: ({ ui }) => (ui.region = undefined) },
    'while asking who the caller is': {
      arrange: ({ ui }) => (ui.onSay = (line, cancel) => line.startsWith('Asking') && cancel()),
    },
    'while looking at the account': {
      arrange: ({ ui }) => (ui.onSay = (line, cancel) => line.startsWith('Looking') && cancel()),
    },
    'at the confirmation': { arrange: ({ ui }) => (ui.answers = ['cancel']) },
    'at the report': {
      arrange: ({ ui }) => {
        ui.answers = ['report'];
        ui.goesOn = false;
      },
    },
    'after the report': { arrange: ({ ui }) => (ui.answers = ['report', 'report', 'cancel']) },
    'at the id of a protected account': {
      options: { settings: { protectedAccounts: ['111122223333'] } },
      arrange: ({ ui }) => (ui.typedAccount = undefined),
    },
    'with another id typed for a protected profile': {
      options: { settings: { protectedAccounts: [' local '] } },
      arrange: ({ ui }) => (ui.typedAccount = '111122223334'),
    },
    'when the sending begins': {
      arrange: ({ ui }) => (ui.onProgress = (title, cancel) => title.startsWith('Creating') && cancel()),
    },
  };
  for (const [name, { options, arrange }] of Object.entries(steps)) {
    test(name, async () => {
      const stage = await stageOf(options);
      arrange(stage);
      const outcome = await submit(FILE, stage.ports);
      assert.deepEqual(outcome, { kind: 'cancelled', afterSending: false });
      assert.equal(created().length, 0);
      await assertNothingOpen(stage);
    });
  }

  test('at the MFA code', async () => {
    const serial = 'arn:aws:iam::111122223333:mfa/user';
    const role = 'arn:aws:iam::111122223333:role/audit';
    world.macie.state.roles.push({ arn: role, mfaSerial: serial, mfaCode: '123456' });
    await world.write(
      '.aws/config',
      `[profile local]\nregion = eu-west-1\n[profile mfa]\nsource_profile = local\nrole_arn = ${role}\nmfa_serial = ${serial}\n`,
    );
    const stage = await stageOf({ profile: 'mfa' });
    assert.equal((await submit(FILE, stage.ports)).kind, 'cancelled');
    assert.equal(created().length, 0);

    const again = await stageOf({ profile: 'mfa' });
    again.ui.mfaCode = '123456';
    assert.equal((await submit(FILE, again.ports)).kind, 'created');
    assert.match(world.macie.state.jobs[0]!.createdBy, /assumed-role\/audit/);
  });
});

describe('protected', () => {
  test('the account id, typed, lets it through', async () => {
    const stage = await stageOf({ settings: { protectedAccounts: ['111122223333'] } });
    stage.ui.typedAccount = '111122223333';
    assert.equal((await submit(FILE, stage.ports)).kind, 'created');
    assert.match(stage.ui.confirmations[0]!.detail, /protected/);
  });
});

describe('faults', () => {
  const tokens = () => new Set(created().map(({ body }) => (body as { clientToken: string }).clientToken));

  test('the service-linked role that is not ready: waits a minute, up to ten times, one token', async () => {
    const stage = await stageOf();
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'role-not-propagated', calls: [1, 2, 3] });
    assert.equal((await submit(FILE, stage.ports)).kind, 'created');
    assert.deepEqual(
      stage.clock.waits.filter((wait) => wait === 60_000),
      [60_000, 60_000, 60_000],
    );
    assert.equal(created().length, 4);
    assert.equal(tokens().size, 1);

    world.macie.reset();
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'role-not-propagated' });
    const never = await stageOf();
    const outcome = await submit(FILE, never.ports);
    assert.equal(outcome.kind === 'not-created' && outcome.problem.code, 'role-not-propagated');
    assert.equal(created().length, 11);
    await assertNothingOpen(never);
  });

  test('throttling: waits ten seconds or more', async () => {
    const stage = await stageOf();
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'throttled', calls: [1, 2] });
    assert.equal((await submit(FILE, stage.ports)).kind, 'created');
    const waits = stage.clock.waits.slice(-2);
    assert.ok(
      waits.every((wait) => wait >= 10_000),
      String(waits),
    );
    assert.equal(tokens().size, 1);
  });

  for (const kind of ['reset-before', 'reset-after', 'cut-answer', 'fault-after', 'service-fault'] as const) {
    test(`${kind} once: one job, one token, reported`, async () => {
      const stage = await stageOf();
      world.macie.faults.add({ operation: 'CreateClassificationJob', kind, calls: [1] });
      const outcome = await submit(FILE, stage.ports);
      assert.equal(outcome.kind, 'created');
      assert.equal(world.macie.state.jobs.length, 1);
      assert.equal(outcome.kind === 'created' && outcome.jobId, world.macie.state.jobs[0]!.jobId);
      assert.equal(tokens().size, 1);
      await assertNothingOpen(stage);
    });

    test(`${kind} each time: what happened is looked up before it is told`, async () => {
      const stage = await stageOf();
      world.macie.faults.add({ operation: 'CreateClassificationJob', kind });
      const outcome = await submit(FILE, stage.ports);
      const { jobs } = world.macie.state;
      assert.equal(outcome.kind, jobs.length === 1 ? 'created' : 'not-created');
      if (outcome.kind === 'created') assert.equal(outcome.found, true);
      assert.equal(tokens().size, 1);
      await assertNothingOpen(stage);
    });
  }

  test('a job may exist and cannot be looked up: it says so, and the journal keeps it', async () => {
    const stage = await stageOf();
    world.macie.faults.add(
      { operation: 'CreateClassificationJob', kind: 'reset-after' },
      { operation: 'ListClassificationJobs', kind: 'access-denied' },
    );
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind, 'unknown');
    const [entry] = await stage.ports.journal.unfinished();
    assert.equal(entry?.clientToken, [...tokens()][0]);
  });

  test('cancelled while it is under way: it looks, and finds the job', async () => {
    const stage = await stageOf();
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'latency', delay: 30 });
    stage.ui.onSay = (line, cancel) => {
      if (!line.startsWith('Sending')) return;
      const poll = setInterval(() => {
        if (created().length === 0) return;
        clearInterval(poll);
        cancel();
      }, 1);
    };
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind === 'created' && outcome.found, true);
    assert.equal(world.macie.state.jobs.length, 1);
    await assertNothingOpen(stage);
  });

  test('cancelled while it is under way, and AWS made nothing', async () => {
    const stage = await stageOf();
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'hang' });
    stage.ui.onSay = (line, cancel) => {
      if (!line.startsWith('Sending')) return;
      const poll = setInterval(() => {
        if (created().length === 0) return;
        clearInterval(poll);
        cancel();
      }, 1);
    };
    const outcome = await submit(FILE, stage.ports);
    assert.deepEqual(outcome, { kind: 'cancelled', afterSending: true });
    assert.ok(stage.ui.progressTitles.some((title) => title.startsWith('Checking')));
    await assertNothingOpen(stage);
  });

  test('a refusal of AWS names the members that it speaks of', async () => {
    const stage = await stageOf();
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'validation', member: 'samplingPercentage' });
    const outcome = await submit(FILE, stage.ports);
    assert.deepEqual(outcome.kind === 'not-created' && outcome.problem.members, ['samplingPercentage']);
    assert.equal(created().length, 1);
    await assertNothingOpen(stage);
  });

  test('a storage folder that cannot be written stops it before anything is sent', async () => {
    const stage = await stageOf();
    stage.ui.onConfirm = () => {
      stage.ports.journal.open = async () => {
        throw new Error('ENOSPC');
      };
    };
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind, 'not-created');
    assert.equal(created().length, 0);
  });
});

describe('who', () => {
  test('credentials renewed as somebody else after the confirmation need another one', async () => {
    const script = await world.write('renew.sh', '#!/bin/sh\ncat "$HOME/answer.json"\n');
    await world.write(
      '.aws/config',
      `[profile local]\nregion = eu-west-1\n[profile renew]\ncredential_process = sh ${script}\n`,
    );
    const hand = async (arn: string, seconds: number) => {
      const { accessKeyId, secretAccessKey, sessionToken, expires } = issueKeys(world.macie.state, arn, seconds);
      const answer = {
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: expires,
      };
      await world.write('answer.json', JSON.stringify(answer));
    };
    // Within a minute of their end, credentials are fetched anew at each use.
    await hand('arn:aws:sts::111122223333:assumed-role/first/me', 30);
    const stage = await stageOf({ profile: 'renew' });
    let confirmed = 0;
    stage.ui.onConfirm = async () => {
      confirmed += 1;
      if (confirmed === 1) await hand('arn:aws:sts::111122223333:assumed-role/second/me', 3600);
    };
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind, 'created');
    assert.equal(confirmed, 2);
    assert.match(stage.ui.confirmations[0]!.detail, /assumed-role\/first/);
    assert.match(stage.ui.confirmations[1]!.detail, /assumed-role\/second/);
    assert.deepEqual(
      world.macie.state.jobs.map(({ createdBy }) => createdBy),
      ['arn:aws:sts::111122223333:assumed-role/second/me'],
    );
    await assertNothingOpen(stage);
  });

  test('an expired SSO session: one offer to sign in, then on with the same profile', async () => {
    await world.write(
      '.aws/config',
      '[profile local]\nregion = eu-west-1\n[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = audit\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n',
    );
    const refused = await stageOf({ profile: 'sso' });
    assert.equal((await submit(FILE, refused.ports)).kind, 'cancelled');
    assert.equal(refused.ui.signIns, 1);

    const stage = await stageOf({ profile: 'sso' });
    stage.ui.signIn = async () => true;
    const outcome = await submit(FILE, stage.ports);
    // The sign-in brought nothing: it is told, not offered again and again.
    assert.equal(outcome.kind === 'not-created' && outcome.problem.code, 'sso-session-expired');
    assert.equal(stage.ui.signIns, 1);
    assert.equal(created().length, 0);

    const signsIn = await stageOf({ profile: 'sso' });
    signsIn.ui.signIn = async () => {
      world.macie.state.ssoTokens.push({ token: 'a-new-token' });
      await world.write(ssoCacheFile('corp'), JSON.stringify({ accessToken: 'a-new-token', expiresAt: inMinutes(60) }));
      return true;
    };
    assert.equal((await submit(FILE, signsIn.ports)).kind, 'created');
    assert.match(world.macie.state.jobs[0]!.createdBy, /audit/);
  });
});

describe('already submitted', () => {
  test('the dialog says so first, with the job and the time', async () => {
    const stage = await stageOf();
    await submit(FILE, stage.ports);
    const [job] = world.macie.state.jobs;
    await submit(FILE, stage.ports);
    const [first, second] = stage.ui.confirmations;
    assert.doesNotMatch(first!.detail, /Submitted already/);
    const lines = second!.detail.split('\n');
    assert.match(lines[1]!, new RegExp(`Submitted already.*${job!.jobId}.*20\\d\\d-`));
  });

  test('the same members in another order are the same definition; another place is not', async () => {
    const stage = await stageOf();
    await submit(FILE, stage.ports);
    const { name, jobType, s3JobDefinition } = JSON.parse(stage.text) as Record<string, unknown>;
    stage.text = JSON.stringify({ s3JobDefinition, jobType, name }, undefined, 4);
    await submit(FILE, stage.ports);
    assert.match(stage.ui.confirmations[1]!.detail, /Submitted already/);
    stage.ports.aws.region = async () => ({ value: 'us-east-1', from: 'the settings' });
    await submit(FILE, stage.ports);
    assert.doesNotMatch(stage.ui.confirmations[2]!.detail, /Submitted already/);
  });

  test('a live job of the same name from elsewhere', async () => {
    const elsewhere = await stageOf();
    await submit(FILE, elsewhere.ports);
    const stage = await stageOf({ text: definition({ description: 'Another definition' }) });
    await submit(FILE, stage.ports);
    assert.match(stage.ui.confirmations[0]!.detail, new RegExp(`same name: ${world.macie.state.jobs[0]!.jobId}`));
    world.macie.state.jobs.length = 1;
    world.macie.state.jobs[0]!.jobStatus = 'CANCELLED';
    const third = await stageOf({ text: definition({ description: 'A third definition' }) });
    await submit(FILE, third.ports);
    assert.doesNotMatch(third.ui.confirmations[0]!.detail, /same name/);
  });

  test('another window that submits meanwhile is told before anything is sent', async () => {
    const folder = await theatre.newFolder();
    const first = await stageOf({ folder });
    const second = await stageOf({ folder });
    let asked = 0;
    first.ui.onConfirm = async () => {
      asked += 1;
      if (asked === 1) await submit({ uri: 'file:///work/copy.macie-job.json', name: 'copy' }, second.ports);
      else first.ui.answers = ['cancel'];
    };
    await submit(FILE, first.ports);
    assert.equal(asked, 2);
    assert.match(first.ui.confirmations[1]!.detail, /Submitted already/);
    assert.equal(world.macie.state.jobs.length, 1);
  });
});

describe('at the same time', () => {
  test('a second click submits once', async () => {
    const stage = await stageOf();
    const outcomes = await Promise.all([submit(FILE, stage.ports), submit(FILE, stage.ports)]);
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['busy', 'created']);
    assert.equal(world.macie.state.jobs.length, 1);
    // The turn is over: the file can be submitted again.
    assert.equal((await submit(FILE, stage.ports)).kind, 'created');
  });

  test('two windows and one file', async () => {
    const folder = await theatre.newFolder();
    const [first, second] = [await stageOf({ folder }), await stageOf({ folder })];
    const outcomes = await Promise.all([submit(FILE, first.ports), submit(FILE, second.ports)]);
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['busy', 'created']);
  });
});
