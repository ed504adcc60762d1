/** Submissions that were interrupted: the journal on disk, two windows, a process that is killed, and what is told. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { History, type HistoryRecord } from '../../client/submission/history.js';
import { Journal, type JournalEntry } from '../../client/submission/journal.js';
import { Locks } from '../../client/submission/locks.js';
import { checkWhatHappened } from '../../client/submission/recovery.js';
import { submit } from '../../client/submission/submission.js';
import { inMinutes, ssoCacheFile, type World } from '../aws/setup.js';
import { issueKeys, LOCAL_KEYS } from '../local-macie/server.js';
import {
  createStage,
  definition,
  FILE,
  holder,
  type Stage,
  type StageOptions,
  startTheatre,
  textsBelow,
} from './stage.js';

const CHILD = 'MACIE_JOBS_TEST_CHILD';
if (process.env[CHILD]) void submitAsChild(JSON.parse(process.env[CHILD]));
else runTests();

/** What the killed process does: one submission, as an extension host would. */
async function submitAsChild({ url, folder }: { url: string; folder: string }): Promise<void> {
  const { ports } = createStage({ macie: { url } }, { folder });
  await submit(FILE, ports);
}

function runTests(): void {
  let theatre: Awaited<ReturnType<typeof startTheatre>>;
  let world: World;
  before(async () => {
    theatre = await startTheatre();
    world = theatre.world;
  });
  after(() => theatre.close());
  beforeEach(() => world.macie.reset());

  const created = () => world.macie.requests('CreateClassificationJob');
  const stageOf = async (options: Partial<StageOptions> = {}): Promise<Stage> =>
    createStage(world, { folder: await theatre.newFolder(), ...options });

  /** A submission of which it is not known what came; the faults are over afterwards. */
  async function leaveOpen(stored: boolean, options: Partial<StageOptions> = {}): Promise<[Stage, JournalEntry]> {
    const stage = await stageOf(options);
    world.macie.faults.add(
      { operation: 'CreateClassificationJob', kind: stored ? 'reset-after' : 'reset-before' },
      { operation: 'ListClassificationJobs', kind: 'access-denied' },
    );
    const outcome = await submit(FILE, stage.ports);
    assert.equal(outcome.kind, 'unknown');
    world.macie.faults.clear();
    const [entry] = await stage.ports.journal.unfinished();
    return [stage, entry!];
  }

  describe('check what happened', () => {
    test('finds the job by its token, among others of the same name', async () => {
      const [{ ports, ui }, entry] = await leaveOpen(true);
      const [job] = world.macie.state.jobs;
      const request = { ...job!.request, clientToken: 'another' };
      world.macie.state.jobs.push({ ...job!, jobId: 'f'.repeat(32), clientToken: 'another', request });
      await checkWhatHappened(entry.id, ports);
      const [outcome] = ui.recoveries;
      assert.equal(outcome?.kind === 'created' && outcome.created.jobId, job!.jobId);
      assert.deepEqual(await ports.journal.entries(), []);
      assert.equal((await ports.history.list())[0]?.jobId, job!.jobId);
    });

    test('no job: closed, or sent again by the user with the same token, after a confirmation', async () => {
      const [{ ports, ui }, entry] = await leaveOpen(false);
      ui.recoveryAnswer = 'repeat';
      const before = ui.confirmations.length;
      const outcome = await checkWhatHappened(entry.id, ports);
      assert.equal(outcome.kind, 'created');
      assert.equal(ui.confirmations.length, before + 1);
      assert.match(ui.confirmations.at(-1)!.title, /Send this job once more to account 111122223333/);
      assert.match(ui.confirmations.at(-1)!.detail, /Repeats the submission of/);
      assert.equal(world.macie.state.jobs[0]?.clientToken, entry.clientToken);
      assert.deepEqual(await ports.journal.entries(), []);

      const [other, otherEntry] = await leaveOpen(false);
      other.ui.recoveryAnswer = 'done';
      assert.equal((await checkWhatHappened(otherEntry.id, other.ports)).kind, 'no-job');
      assert.deepEqual(await other.ports.journal.entries(), []);
    });

    test('a file that has changed since is not sent with the old token', async () => {
      const [stage, entry] = await leaveOpen(false);
      stage.ui.recoveryAnswer = 'repeat';
      stage.text = definition({ samplingPercentage: 1 });
      const sent = created().length;
      const outcome = await checkWhatHappened(entry.id, stage.ports);
      assert.match(outcome.kind === 'not-created' ? outcome.problem.sentence : '', /no longer what was submitted/);
      assert.equal(created().length, sent);
    });

    test('another account says nothing of the job', async () => {
      const [{ ports, ui }, entry] = await leaveOpen(true);
      const key = world.macie.state.keys.find(({ accessKeyId }) => accessKeyId === LOCAL_KEYS.accessKeyId)!;
      Object.assign(key, { account: '999988887777', arn: 'arn:aws:iam::999988887777:user/local' });
      ui.recoveryAnswer = 'keep';
      await checkWhatHappened(entry.id, ports);
      const [outcome] = ui.recoveries;
      assert.equal(outcome?.kind, 'unknown');
      assert.match(outcome?.kind === 'unknown' ? outcome.whyNotKnown : '', /account 111122223333.*999988887777/);
      assert.equal((await ports.journal.unfinished()).length, 1);
    });

    test('a job that AWS may still store is waited for', async () => {
      const [{ ports, ui, clock }, entry] = await leaveOpen(false);
      // Just sent, by the journal's own time.
      await ports.journal.update({ ...entry, lastAttemptAt: clock.now().toISOString() });
      const looks = clock.waits.length;
      ui.recoveryAnswer = 'done';
      assert.equal((await checkWhatHappened(entry.id, ports)).kind, 'no-job');
      const waited = clock.waits.slice(looks).reduce((sum, milliseconds) => sum + milliseconds, 0);
      assert.ok(waited >= 120_000, String(waited));
    });

    test('a new submission of the same file says first that one is open', async () => {
      const [{ ports, ui }] = await leaveOpen(false);
      ui.answers = ['cancel'];
      await submit(FILE, ports);
      assert.match(ui.confirmations.at(-1)!.detail.split('\n')[1]!, /not known whether a job was made/);
    });
  });

  describe('two windows', () => {
    test('one entry is taken up once', async () => {
      const [stage, entry] = await leaveOpen(true);
      const folder = await theatre.newFolder();
      await mkdir(join(folder, 'journal'), { recursive: true });
      await writeFile(join(folder, 'journal', `${entry.id}.json`), JSON.stringify(entry));
      const alive = new Set([101, 102, 103]);
      const windows = [101, 102, 103].map((id) => createStage(world, { folder, holder: holder(id, alive) }));
      await Promise.all(windows.map(({ ports }) => checkWhatHappened(entry.id, ports)));
      const told = windows.flatMap(({ ui }) => ui.recoveries.map(({ kind }) => kind)).sort();
      assert.deepEqual(told, ['created', 'taken', 'taken']);
      assert.equal((await stage.ports.journal.unfinished()).length, 1);
    });

    test('an entry of a window that lives is not unfinished; that of a dead one is, and is taken up by one alone', async () => {
      const folder = await theatre.newFolder();
      const alive = new Set([1, 2, 3]);
      const journal = (id: number) => new Journal(folder, undefined, holder(id, alive));
      const [first, second, third] = [journal(1), journal(2), journal(3)];
      const entry: JournalEntry = { ...(await leaveOpen(false))[1], id: 'an-entry' };
      await first.open(entry);
      assert.deepEqual(await second.unfinished(), []);
      assert.equal(await second.takeUp(entry.id), undefined);
      alive.delete(1);
      assert.equal((await second.unfinished()).length, 1);
      const taken = await Promise.all([second.takeUp(entry.id), third.takeUp(entry.id)]);
      assert.equal(taken.filter(Boolean).length, 1);
      const [winner, loser] = taken[0] ? [second, third] : [third, second];
      await winner.close(entry);
      assert.equal(await loser.takeUp(entry.id), undefined);
      assert.deepEqual(await readdir(join(folder, 'locks')), []);
    });

    test('a lock without a sign of life for a minute is stale, though a process of its number lives', async () => {
      const folder = await theatre.newFolder();
      const alive = new Set([1, 2]);
      await new Locks(folder, undefined, holder(1, alive)).take('x');
      const second = new Locks(folder, undefined, holder(2, alive));
      assert.equal(await second.take('x'), undefined);
      const long = new Date(Date.now() - 61_000);
      await utimes(join(folder, 'x.lock-1'), long, long);
      const lock = await second.take('x');
      assert.ok(lock);
      await lock.release();
      assert.deepEqual(await readdir(folder), []);
    });

    test('many at once: a lock is held by one', async () => {
      const folder = await theatre.newFolder();
      const alive = new Set(Array.from({ length: 30 }, (_, index) => index + 1));
      let holders = 0;
      let most = 0;
      let turns = 0;
      await Promise.all(
        [...alive].map(async (id) => {
          const locks = new Locks(folder, undefined, holder(id, alive));
          while (turns < 60) {
            const lock = await locks.take('x');
            if (!lock) {
              await wait(1);
              continue;
            }
            holders += 1;
            turns += 1;
            most = Math.max(most, holders);
            await wait(1);
            holders -= 1;
            await lock.release();
          }
        }),
      );
      assert.equal(most, 1);
    });
  });

  describe('on disk', () => {
    test('half a file, a foreign file and a file of another form are passed over', async () => {
      const [{ ports }, entry] = await leaveOpen(true, { folder: await theatre.newFolder() });
      const folder = await theatre.newFolder();
      const journal = new Journal(folder);
      await mkdir(join(folder, 'journal'), { recursive: true });
      const write = (name: string, text: string) => writeFile(join(folder, 'journal', name), text);
      await write('half.json', JSON.stringify(entry).slice(0, 80));
      await write('list.json', '[]');
      await write('other.json', JSON.stringify(entry));
      await write(`${entry.id}.json.tmp`, '{');
      await write(`${entry.id}.json`, JSON.stringify(entry));
      assert.deepEqual(await journal.entries(), [entry]);
      await ports.journal.close(entry);
    });

    test('the history keeps the newest, and knows when each profile was used last', async () => {
      const folder = await theatre.newFolder();
      const history = new History(folder);
      const record = (number: number): HistoryRecord => ({
        jobId: String(number).padStart(32, '0'),
        jobArn: 'arn',
        jobName: `Job ${number}`,
        valueHash: 'h',
        fileName: 'f',
        fileUri: 'u',
        source: { kind: 'profile', name: number % 2 === 0 ? 'even' : 'odd' },
        account: '111122223333',
        region: 'eu-west-1',
        confirmedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
      });
      for (let number = 0; number < 205; number += 1) await history.add(record(number));
      await history.add(record(204));
      const records = await history.list();
      assert.equal(records.length, 200);
      assert.equal(records[0]?.jobName, 'Job 204');
      assert.equal((await history.lastUse()).get('odd'), record(203).confirmedAt);
    });
  });

  test('a process that is killed while its request is on the way: the next one finds the job', async () => {
    const folder = await theatre.newFolder();
    world.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'latency', delay: 300 });
    const env = { ...process.env, [CHILD]: JSON.stringify({ url: world.macie.url, folder }) };
    delete (env as NodeJS.ProcessEnv).NODE_TEST_CONTEXT;
    const child = fork(__filename, { env, stdio: 'ignore' });
    const exited = once(child, 'exit');
    while (created().length === 0) {
      assert.equal(child.exitCode, null, 'the process ended before it sent the request');
      await wait(5);
    }
    child.kill('SIGKILL');
    await exited;
    assert.equal(world.macie.state.jobs.length, 0, 'the job was made before the process was killed');
    while (world.macie.state.jobs.length === 0) await wait(5);
    const { ports, ui } = createStage(world, { folder });
    const [entry] = await ports.journal.unfinished();
    assert.equal(entry?.jobName, 'Weekly check');
    await checkWhatHappened(entry.id, ports);
    assert.deepEqual(
      ui.recoveries.map(({ kind }) => kind),
      ['created'],
    );
    assert.equal(world.macie.state.jobs.length, 1);
    assert.deepEqual(await ports.journal.entries(), []);
    // Nor is its turn of the file in the way.
    assert.equal((await submit(FILE, ports)).kind, 'created');
  });

  test('no secret in anything that is shown, logged or stored', async () => {
    const { state } = world.macie;
    const session = issueKeys(state, 'arn:aws:iam::111122223333:user/session');
    const processKeys = issueKeys(state, 'arn:aws:iam::111122223333:user/process');
    const role = 'arn:aws:iam::111122223333:role/planted';
    state.roles.push({ arn: role, mfaSerial: 'arn:aws:iam::111122223333:mfa/me', mfaCode: '918273' });
    state.ssoTokens.push({ token: 'PLANTEDssoAccessToken0123456789' });
    state.webIdentityTokens.push('PLANTEDwebIdentityToken0123456789');
    state.roles.push({ arn: `${role}-web` });
    const tokenFile = await world.write('web-identity', 'PLANTEDwebIdentityToken0123456789');
    const answer = {
      Version: 1,
      AccessKeyId: processKeys.accessKeyId,
      SecretAccessKey: processKeys.secretAccessKey,
      SessionToken: processKeys.sessionToken,
    };
    const answerFile = await world.write('process.json', JSON.stringify(answer));
    const noisy = await world.write(
      'noisy.sh',
      'echo PLANTEDprocessNoise0123 >&2\necho PLANTEDprocessNoise0123\nexit 3\n',
    );
    await world.write(
      '.aws/config',
      [
        '[profile local]\nregion = eu-west-1',
        `[profile session]\naws_access_key_id = ${session.accessKeyId}\naws_secret_access_key = ${session.secretAccessKey}\naws_session_token = ${session.sessionToken}`,
        `[profile process]\ncredential_process = cat ${answerFile}`,
        `[profile noisy]\ncredential_process = sh ${noisy}`,
        `[profile mfa]\nsource_profile = local\nrole_arn = ${role}\nmfa_serial = arn:aws:iam::111122223333:mfa/me`,
        `[profile web]\nrole_arn = ${role}-web\nweb_identity_token_file = ${tokenFile}`,
        '[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = audit',
        '[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start',
        `[profile wrong]\naws_access_key_id = ${LOCAL_KEYS.accessKeyId}\naws_secret_access_key = PLANTEDwrongSecretKey0123456789012345678`,
      ].join('\n'),
    );
    const cache = { accessToken: 'PLANTEDssoAccessToken0123456789', expiresAt: inMinutes(60) };
    await world.write(ssoCacheFile('corp'), JSON.stringify(cache));

    const folder = await theatre.newFolder();
    const seen: string[] = [];
    const ends = new Set<string>();
    const kinds = ['expired-token', 'access-denied', 'clock-skew', 'reset-after', 'validation', undefined] as const;
    for (const profile of ['local', 'session', 'process', 'noisy', 'mfa', 'web', 'sso', 'wrong']) {
      for (const kind of kinds) {
        world.macie.faults.clear();
        if (kind) world.macie.faults.add({ operation: 'CreateClassificationJob', kind });
        const stage = createStage(world, { folder, profile });
        stage.ui.mfaCode = '918273';
        stage.ui.answers = ['report', 'create'];
        stage.text = definition({ description: `${profile} ${kind}` });
        const outcome = await submit(FILE, stage.ports);
        ends.add(`${profile} ${outcome.kind}`);
        seen.push(...stage.ui.shown, ...stage.logLines);
      }
    }
    for (const profile of ['local', 'session', 'process', 'mfa', 'web', 'sso']) {
      assert.ok(ends.has(`${profile} created`), `${profile} created no job: ${[...ends]}`);
    }
    seen.push(...(await textsBelow(folder)));
    const secrets = [
      ...state.keys.flatMap(({ secretAccessKey, sessionToken }) => [secretAccessKey, sessionToken ?? '']),
      'PLANTED',
      '918273',
    ].filter((secret) => secret.length > 3);
    assert.ok(seen.length > 200 && secrets.length > 10);
    for (const secret of secrets) {
      const found = seen.find((text) => text.includes(secret));
      assert.equal(found, undefined, `the secret ${secret.slice(0, 6)}… was found`);
    }
  });
}
