/** A workspace that is not trusted: it can be read and written, and leads to no job. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { Workbench } from './workbench';

const CREATE = 'Create Classification Job';

suite('A workspace that is not trusted', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ folder: 'test/e2e/workspace', trusted: false });
  });
  after(() => workbench?.close());

  const titleButton = () => workbench.page.locator(`.editor-actions [aria-label*="${CREATE}"]`);
  const lens = () => workbench.page.locator('.editor-instance .codelens-decoration', { hasText: CREATE });
  const statusItem = () => workbench.page.locator('.statusbar-item[id$="macieJobs.profile"]');

  test('checks, explains and completes', () =>
    workbench.attempt('untrusted-language', async () => {
      await workbench.openFile('broken.macie-job.json');
      await workbench.squiggles('error');
      const hover = await workbench.hover('scheduleFrequency');
      assert.match(await hover.innerText(), /one-time-schedule/);
      await workbench.openFile('comparator.macie-job.json');
      await workbench.cursorBehind('"comparator": "');
      assert.equal((await workbench.suggestions()).length, 2);
    }));

  test('offers no submission, neither as a button, nor above the file, nor in the palette', () =>
    workbench.attempt('untrusted-menus', async () => {
      await workbench.openFile('clean.macie-job.json');
      await workbench.screenshot('untrusted');
      assert.equal(await titleButton().count(), 0);
      assert.equal(await lens().count(), 0);
      assert.equal(await statusItem().count(), 0);
      assert.equal(await workbench.offersCommand('Macie: What Will Run'), true);
      for (const title of [CREATE, 'Select AWS Profile', 'Select AWS Region', 'Show Job Details']) {
        assert.equal(await workbench.offersCommand(`Macie: ${title}`), false, title);
      }
    }));

  test('refuses with the reason where the command is called all the same, and creates jobs once it is trusted', () =>
    workbench.attempt('untrusted-command', async () => {
      const { page } = workbench;
      await workbench.runCommand('Preferences: Open Keyboard Shortcuts (JSON)');
      await page.locator('.tab.active', { hasText: 'keybindings.json' }).waitFor();
      await page.locator('.editor-instance .view-lines').click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText('[{ "key": "ctrl+f9", "command": "macieJobs.createJob" }]');
      await workbench.save();
      await workbench.openFile('clean.macie-job.json');
      await workbench.until('the refusal', async () => {
        await page.keyboard.press('Control+F9');
        return (await page.locator('.notification-list-item', { hasText: 'trusted workspaces only' }).count()) > 0;
      });
      const message = await workbench.notification('trusted workspaces only');
      assert.match(message, /the settings of a workspace can choose profile and Region/);
      await workbench.screenshot('untrusted-refused');
      assert.deepEqual(workbench.macie.state.requests, []);

      await workbench.answer('trusted workspaces only', 'Manage Workspace Trust');
      await page
        .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ })
        .first()
        .click();
      await page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' }).waitFor();
      await page.locator('.modal-editor-action-container .action-label').last().click();
      await page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
      await workbench.openFile('clean.macie-job.json');
      await titleButton().waitFor();
      await statusItem().waitFor();
      await lens().waitFor();
      await workbench.confirmation();
      await workbench.answerModal('Create Job');
      await workbench.notification(await workbench.sentAsWritten('clean.macie-job.json'));
    }));
});
