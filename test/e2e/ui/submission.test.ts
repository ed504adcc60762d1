/** The examples as a person meets them: what is wrong is shown, and what is right is sent as it is written. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { Workbench } from './workbench';

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

  test('the mistakes are underlined, and a misspelt member is mended by a quick fix', () =>
    workbench.attempt('mistakes', async () => {
      await workbench.openFile('mistakes-to-mend.macie-job.json');
      await workbench.squiggles('error');
      await workbench.cursorBehind('"samplingPer');
      const fixes = await workbench.quickFixes();
      await workbench.screenshot('editor');
      assert.match(fixes[0] ?? '', /samplingPercentage/);
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
        await workbench.answerModal('Create Job');
        await workbench.sentAsWritten(file);
      }));
  }
});
