/** Creating a job as a user does: from the palette over the confirmation to the job id, with real dialogs and sockets. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import type { StoredJob } from '../../local-macie/server';
import { Workbench } from './workbench';

/** Confirms the open dialog and gives the job that the endpoint then has. */
async function confirm(workbench: Workbench): Promise<StoredJob> {
  await workbench.answerModal('Create Job');
  const end = Date.now() + 20_000;
  for (;;) {
    const [job] = workbench.macie.state.jobs;
    if (job) return job;
    assert.ok(Date.now() < end, 'no job reached the endpoint');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** One request was sent, and it holds what the file holds, plus a token. */
function assertSentAsWritten(workbench: Workbench, file: string): void {
  const requests = workbench.macie.requests('CreateClassificationJob');
  assert.equal(requests.length, 1);
  const { clientToken, ...sent } = JSON.parse(requests[0]?.rawBody ?? '');
  assert.match(clientToken, /^[\w-]{8,64}$/);
  assert.deepEqual(sent, JSON.parse(workbench.read(file)));
}

suite('Create Classification Job', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ folder: 'test/e2e/workspace' });
  });
  after(() => workbench?.close());
  beforeEach(() => workbench.macie.reset());

  test('asks for the profile, says what will run, sends exactly the file and shows the job id', () =>
    workbench.attempt('create', async () => {
      await workbench.openFile('weekly.macie-job.json');
      const { text, buttons } = await workbench.confirmation();
      await workbench.screenshot('confirmation');
      for (const part of [
        '111122223333',
        'arn:aws:iam::111122223333:user/local',
        '"local"',
        'eu-central-1',
        workbench.macie.url,
        '"weekly-exports"',
        'every Monday',
        '20 %',
        'example-exports and example-logs',
      ]) {
        assert.ok(text.replaceAll('\u00a0', ' ').includes(part), `the confirmation does not show ${part}:\n${text}`);
      }
      assert.ok(buttons.includes('Create Job'), buttons.join(', '));
      assert.deepEqual(workbench.macie.requests('CreateClassificationJob'), []);

      const job = await confirm(workbench);
      const message = await workbench.notification(job.jobId);
      await workbench.screenshot('created');
      assert.match(message, /Created job/);
      assertSentAsWritten(workbench, 'weekly.macie-job.json');
    }));

  test('creates nothing when the confirmation is cancelled', () =>
    workbench.attempt('cancel', async () => {
      await workbench.openFile('clean.macie-job.json');
      // The first run has ended when a second one comes to the same dialog.
      for (let run = 1; run <= 2; run++) {
        await workbench.confirmation();
        await workbench.answerModal('Cancel');
      }
      assert.deepEqual(workbench.macie.requests('CreateClassificationJob'), []);
      assert.deepEqual(workbench.macie.state.jobs, []);
    }));

  test('asks AWS nothing for a file with an error, and shows the error', () =>
    workbench.attempt('error', async () => {
      await workbench.openFile('broken.macie-job.json');
      await workbench.runCommand('Macie: Create Classification Job');
      assert.match(await workbench.notification('broken.macie-job.json'), /nothing was sent/);
      await workbench.screenshot('refused');
      assert.deepEqual(workbench.macie.state.requests, []);
    }));
});

suite('The examples', () => {
  let workbench: Workbench;
  before(async () => {
    const { exampleAccount } = await import('../../../scripts/exampleAccount.mjs');
    workbench = await Workbench.open({
      folder: 'examples',
      settings: { 'macieJobs.profile': 'local' },
      state: exampleAccount,
    });
  });
  after(() => workbench?.close());
  beforeEach(() => {
    workbench.macie.state.jobs = [];
    workbench.macie.state.requests = [];
  });

  test('the mistakes are underlined and explained', () =>
    workbench.attempt('mistakes', async () => {
      await workbench.page.setViewportSize({ width: 1040, height: 660 });
      await workbench.openFile('mistakes-to-mend.macie-job.json');
      await workbench.squiggles('error');
      const hover = await workbench.hover('scheduleFrequency');
      assert.match(await hover.innerText(), /one-time-schedule/);
      await workbench.screenshot('editor');
      await workbench.page.setViewportSize({ width: 1280, height: 800 });
    }));

  for (const file of readdirSync(join(process.cwd(), 'examples'))) {
    if (!file.endsWith('.json') || file.includes('mistakes')) continue;
    test(`${file} is sent as it is written`, () =>
      workbench.attempt(file, async () => {
        await workbench.openFile(file);
        const { text } = await workbench.confirmation();
        // What the examples name exists in the account that `npm start` shows.
        assert.doesNotMatch(text, /⚠|not known/);
        await workbench.screenshot(`confirmation-${file.split('.')[0]}`);
        await confirm(workbench);
        assertSentAsWritten(workbench, file);
      }));
  }
});
