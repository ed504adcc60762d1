/** What a user reads of a job file: outline, hints, documentation, rule pages and what will run. On the packed extension. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { Workbench } from './workbench';

suite('Reading a job file', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ folder: 'examples' });
  });
  after(() => workbench?.close());

  test('names the conditions in the outline, and sizes and days behind their values', () =>
    workbench.attempt('outline', async () => {
      const { page } = workbench;
      await workbench.openFile('weekly-by-criteria.macie-job.json');
      await workbench.runCommand('Explorer: Focus on Outline View');
      await page.locator('.outline-tree .monaco-list-row', { hasText: 'scheduleFrequency' }).first().waitFor();
      await page.locator('.view-line', { hasText: 'MONDAY' }).locator('span', { hasText: 'UTC' }).first().waitFor();
      await workbench.screenshot('outline');
      await workbench.openFile('weekly-by-criteria.macie-job.json');
      await page.keyboard.press('Control+Shift+O');
      await page.keyboard.type('OBJECT');
      await page
        .locator('.quick-input-list .monaco-list-row', { hasText: /OBJECT_\w+ [A-Z_]+ / })
        .first()
        .waitFor();
      await workbench.screenshot('symbols');
      await page.keyboard.press('Escape');
    }));

  test('documents what it offers', () =>
    workbench.attempt('completion-documentation', async () => {
      const { page } = workbench;
      await workbench.openFile('one-time-named-buckets.macie-job.json');
      await workbench.cursorBehind('"jobType": "ONE_TIME",');
      await page.keyboard.press('Enter');
      const labels = await workbench.suggestions();
      assert.ok(labels.includes('allowListIds'), labels.join(', '));
      const details = page.locator('.suggest-details');
      if (!(await details.isVisible())) await page.keyboard.press('Control+Space');
      await details.waitFor();
      assert.ok((await details.innerText()).length > 40);
      await workbench.screenshot('completion-documentation');
      await page.keyboard.press('Escape');
    }));

  test('says what will run', () =>
    workbench.attempt('what-will-run', async () => {
      await workbench.openFile('weekly-by-criteria.macie-job.json');
      await workbench.runCommand('Macie: What Will Run');
      const { text } = await workbench.modal();
      await workbench.screenshot('what-will-run');
      assert.match(text, /Runs every Monday\./);
      assert.match(text, /Analyzes buckets that meet both of these: /);
      await workbench.page.keyboard.press('Escape');
    }));

  test('explains a rule on its page', () =>
    workbench.attempt('rule-page', async () => {
      const { page } = workbench;
      await workbench.openFile('mistakes-to-mend.macie-job.json');
      await workbench.cursorBehind('"scheduleFreq');
      const fixes = await workbench.quickFixes();
      assert.ok(fixes.includes('Explain one-time-schedule'), fixes.join(', '));
      await workbench.chooseFix('Explain one-time-schedule');
      await page.locator('.tab', { hasText: /one-time-schedule/ }).waitFor();
      const preview = page.frameLocator('iframe.webview').frameLocator('iframe');
      await preview.locator('h1', { hasText: 'one-time-schedule' }).waitFor();
      await workbench.screenshot('rule-page');
    }));
});
