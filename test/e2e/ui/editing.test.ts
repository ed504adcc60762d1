/** What a user sees while writing a job file, on the packed extension. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { Workbench } from './workbench';

suite('Editing a job file', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ folder: 'test/e2e/workspace' });
  });
  after(() => workbench?.close());

  test('underlines a mistake and explains it on hover', () =>
    workbench.attempt('hover', async () => {
      await workbench.openFile('broken.macie-job.json');
      await workbench.squiggles('error');
      const hover = await workbench.hover('scheduleFrequency');
      assert.match(await hover.innerText(), /one-time-schedule/);
      await workbench.screenshot('hover');
    }));

  test('mends it from the quick-fix menu', () =>
    workbench.attempt('quick-fix', async () => {
      await workbench.openFile('broken.macie-job.json');
      await workbench.cursorBehind('"scheduleFreq');
      const fixes = await workbench.quickFixes();
      await workbench.screenshot('quick-fix');
      assert.ok(fixes.includes('Remove scheduleFrequency'), fixes.join(', '));
      await workbench.chooseFix('Remove scheduleFrequency');
      await workbench.squiggles('error', 'no');
    }));

  test('completes only what fits the place', () =>
    workbench.attempt('completion', async () => {
      await workbench.openFile('comparator.macie-job.json');
      await workbench.cursorBehind('"comparator": "');
      const labels = await workbench.suggestions();
      await workbench.screenshot('completion');
      assert.deepEqual(labels.map((label) => label.replaceAll('"', '')).sort(), ['EQ', 'NE']);
    }));

  test('opens the list for what is typed between quotes, and writes what is taken', () =>
    workbench.attempt('completion-typed', async () => {
      const { page } = workbench;
      workbench.write('typed.macie-job.json', '{\n  "name": "typed",\n  "jobType": ""\n}\n');
      await workbench.openFile('typed.macie-job.json');
      await workbench.cursorBehind('"jobType": "');
      await page.keyboard.type('O');
      await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'ONE_TIME' }).waitFor();
      await workbench.screenshot('completion-typed');
      await page.keyboard.press('Enter');
      await page.locator('.view-line', { hasText: /"jobType":\s"ONE_TIME"$/ }).waitFor();
    }));

  test('offers whole jobs in an empty file, each once', () =>
    workbench.attempt('completion-empty', async () => {
      await workbench.openFile('empty.macie-job.json');
      await workbench.page.locator('.editor-instance .view-lines').click();
      const labels = await workbench.suggestions();
      await workbench.screenshot('completion-empty');
      assert.ok(labels.filter((label) => label.startsWith('job-')).length >= 3, labels.join(', '));
      assert.equal(new Set(labels).size, labels.length, labels.join(', '));
    }));

  test('offers every member once', () =>
    workbench.attempt('completion-member', async () => {
      await workbench.openFile('clean.macie-job.json');
      await workbench.cursorBehind('"ONE_TIME",');
      await workbench.page.keyboard.press('Enter');
      const labels = await workbench.suggestions();
      await workbench.screenshot('completion-member');
      assert.ok(labels.length > 3);
      assert.equal(new Set(labels).size, labels.length, labels.join(', '));
    }));

  test('offers its commands for job files alone', () =>
    workbench.attempt('palette', async () => {
      await workbench.openFile('other.json');
      assert.equal(await workbench.offersCommand('Macie: What Will Run'), false);
      await workbench.openFile('weekly.macie-job.json');
      assert.equal(await workbench.offersCommand('Macie: What Will Run'), true);
    }));
});
