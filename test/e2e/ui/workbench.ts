/** Drives the real VS Code, with the packed extension installed, as a user does: by mouse, keyboard and eye. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { LocalMacie, LocalState } from '../../local-macie/server';
import { LOCAL_KEYS, startLocalMacie } from '../../local-macie/server';

const root = process.cwd();
const shots = join(root, 'test/e2e/shots');
const key = process.platform === 'darwin' ? 'Meta' : 'Control';

/** Runs in the page: where the editor shows a text first. The editor shows blanks as no-break spaces. */
const PLACE_OF_TEXT = `(wanted) => {
  for (const line of document.querySelectorAll('.editor-instance .view-line')) {
    const nodes = [];
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const at = line.textContent.replaceAll('\\u00a0', ' ').indexOf(wanted);
    if (at < 0) continue;
    const point = (offset) => {
      for (const node of nodes) {
        if (offset <= node.length) return [node, offset];
        offset -= node.length;
      }
    };
    const range = document.createRange();
    range.setStart(...point(at));
    range.setEnd(...point(at + wanted.length));
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, y: (top + bottom) / 2 };
  }
  return null;
}`;

export interface WorkbenchOptions {
  /** The folder of which a copy is opened, from the repository's root. */
  folder: string;
  /** User settings, over quiet ones. */
  settings?: Record<string, unknown>;
  /** Further variables for VS Code, over those of the profile `local`. */
  env?: Record<string, string>;
  /** The AWS configuration, given the endpoint's address; without it, there is the profile `local` alone. */
  awsConfig?: (url: string) => string;
  /** Members of the endpoint's state, over the usual ones. */
  state?: Partial<LocalState>;
  /** Whether the workspace is trusted; the default. */
  trusted?: boolean;
}

/** One VS Code with a browser and a local Macie endpoint of its own. */
export class Workbench {
  private constructor(
    readonly page: Page,
    /** The folder that is open. */
    readonly folder: string,
    /** The home folder of VS Code and everything it runs. */
    readonly home: string,
    readonly macie: LocalMacie,
    private readonly closers: (() => unknown)[],
  ) {}

  /** Opens VS Code with an AWS configuration of its own. */
  static async open({ folder, settings, env, awsConfig, state, trusted }: WorkbenchOptions): Promise<Workbench> {
    const { startVscodeServer } = await import('../../../scripts/vscodeServer.mjs');
    const { launchBrowser } = await import('../../../scripts/browser.mjs');
    const { writeLocalProfile } = await import('../../../scripts/localProfile.mjs');
    const closers: (() => unknown)[] = [];
    try {
      const macie = await startLocalMacie({ state });
      closers.push(() => macie.close());
      const aws = mkdtempSync(join(tmpdir(), 'macie-jobs-aws-'));
      closers.push(() => rmSync(aws, { recursive: true, force: true }));
      const variables = writeLocalProfile(aws, macie, LOCAL_KEYS);
      if (awsConfig) writeFileSync(variables.AWS_CONFIG_FILE!, awsConfig(macie.url));
      const server = await startVscodeServer({
        vsix: join(root, 'macie-jobs.vsix'),
        workspace: join(root, folder),
        trusted,
        settings: {
          'editor.minimap.enabled': false,
          'editor.hover.delay': 150,
          'window.commandCenter': false,
          'workbench.colorTheme': 'Default Light Modern',
          'workbench.reduceMotion': 'on',
          ...settings,
        },
        env: { ...variables, ...env },
      });
      closers.push(() => server.stop());
      const browser = await launchBrowser();
      closers.push(() => browser.close());
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(20_000);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.goto(server.url);
      await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
      return new Workbench(page, server.workspace, server.home, macie, closers);
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  close(): Promise<void> {
    return closeAll(this.closers);
  }

  /** Runs a step with no dialog, menu or notification open, and keeps a picture of the moment in which it failed. */
  async attempt(name: string, step: () => Promise<void>): Promise<void> {
    try {
      for (let i = 0; i < 3; i++) await this.page.keyboard.press('Escape');
      await this.clearNotifications();
      await step();
    } catch (error) {
      await this.screenshot(`failure-${name}`).catch(() => {});
      throw error;
    }
  }

  /** Keeps a picture of the whole window in test/e2e/shots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: join(shots, `${name}.png`) });
  }

  /** The text of a file of the workspace as it is on disk. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Writes a file of the workspace. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Opens a file of the workspace by its name, and waits for its text. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press(`${key}+P`);
    await this.page.locator('.quick-input-widget:visible input').waitFor();
    await this.page.keyboard.type(name);
    await this.takeFocused(name);
    await this.shown(name);
  }

  /** Opens a file of the workspace from the explorer, by a part of its name that stands for it. */
  async openFromExplorer(part: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: part }).dblclick();
    await this.shown(part);
  }

  /** Waits until the active editor shows a file, with its lenses where it is a job file. */
  private async shown(name: string): Promise<void> {
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
    // The lenses move the lines down when they come, and with them whatever is aimed at.
    if (/macie(-job)?\.json$/.test(name) && this.read(name).trim() !== '') {
      await this.page.locator('.editor-instance .codelens-decoration', { hasText: 'What Will Run' }).waitFor();
    }
  }

  /** Runs a command of the palette by its full title. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget:visible input').waitFor();
    await this.page.keyboard.type(title);
    await this.takeFocused(title);
  }

  /** Takes the entry of a list that is filtered by what was typed, once it is the one that Enter takes. */
  private async takeFocused(text: string): Promise<void> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    const wanted = rows.filter({ has: this.page.locator('.label-name').getByText(text, { exact: true }) });
    await wanted.first().waitFor();
    // Another entry may stand above it: one that was used before, or that also has these words.
    await this.until(`${text} in the list`, async () => {
      if ((await wanted.and(this.page.locator('.focused')).count()) > 0) return true;
      if ((await rows.count()) > 1) await this.page.keyboard.press('ArrowDown');
      return false;
    });
    await this.page.keyboard.press('Enter');
  }

  /** Whether the palette offers a command. */
  async offersCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget:visible input').waitFor();
    await this.page.keyboard.type(title);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const count = await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).count();
    await this.page.keyboard.press('Escape');
    return count > 0;
  }

  /** The first place of a text in the editor that has the focus, in pixels. */
  private async placeOf(text: string): Promise<{ left: number; right: number; y: number }> {
    const end = Date.now() + 10_000;
    for (;;) {
      const place = await this.page.evaluate<{ left: number; right: number; y: number } | null>(
        `(${PLACE_OF_TEXT})(${JSON.stringify(text)})`,
      );
      if (place) return place;
      assert.ok(Date.now() < end, `the editor does not show ${text}`);
    }
  }

  /** Rests the mouse on a word and gives the hover that appears there. */
  async hover(word: string): Promise<Locator> {
    const { left, right, y } = await this.placeOf(word);
    const x = (left + right) / 2;
    await this.page.mouse.move(x - 3, y);
    await this.page.mouse.move(x, y, { steps: 4 });
    const hover = this.page.locator('.monaco-hover:visible').filter({ hasText: /\S/ }).first();
    await hover.waitFor();
    return hover;
  }

  /** Puts the cursor right behind a text. */
  async cursorBehind(text: string): Promise<void> {
    const { right, y } = await this.placeOf(text);
    await this.page.mouse.click(right + 1, y);
  }

  /** Opens the suggestion list at the cursor and reads its labels. */
  async suggestions(): Promise<string[]> {
    await this.page.keyboard.press('Control+Space');
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    return rows.locator('.label-name').allInnerTexts();
  }

  /** Opens the quick-fix menu at the cursor and reads its entries. */
  async quickFixes(): Promise<string[]> {
    await this.page.keyboard.press(`${key}+.`);
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }

  /** Takes an entry of the open quick-fix menu. */
  async chooseFix(title: string): Promise<void> {
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
  }

  /** The input box or quick pick that is open, with this title. */
  async input(title: string): Promise<Locator> {
    const widget = this.page
      .locator('.quick-input-widget:visible')
      .filter({ has: this.page.locator('.quick-input-title', { hasText: title }) });
    await widget.waitFor({ timeout: 30_000 });
    return widget;
  }

  /** Types into the open input box or quick pick, and confirms. */
  async type(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits for a quick pick with an entry of this label, and takes it; the first where there are several. */
  async pick(label: string, description = ''): Promise<void> {
    const row = this.page
      .locator('.quick-input-widget:visible .monaco-list-row')
      .filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) })
      .filter({ hasText: description })
      .first();
    await row.waitFor();
    await row.click();
  }

  /** The labels of the open quick pick. */
  async picks(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-widget:visible .monaco-list-row');
    await rows.first().waitFor();
    return rows.locator('.label-name').allInnerTexts();
  }

  /** The entries of the open quick pick: label, description and detail, with bars between them. */
  async rows(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-widget:visible .monaco-list-row');
    await rows.first().waitFor();
    const parts = '.label-name, .label-description, .quick-input-list-label-meta .label-name-wrapper';
    const texts = await Promise.all((await rows.all()).map((row) => row.locator(parts).allInnerTexts()));
    return texts.map((row) => row.map(onOneLine).filter(Boolean).join(' | '));
  }

  /** Waits until the status bar shows this text for the profile or the Region. */
  async statusItem(what: 'profile' | 'region', text: string): Promise<Locator> {
    const item = this.page.locator(`.statusbar-item[id$="macieJobs.${what}"]`, { hasText: text });
    await item.waitFor();
    return item;
  }

  /** The modal dialog: what it says, and its buttons. */
  async modal(): Promise<{ text: string; buttons: string[] }> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor({ timeout: 30_000 });
    const text = await box.locator('.dialog-message-container').innerText();
    return {
      text: text.replaceAll('\u00a0', ' '),
      buttons: await box.locator('.dialog-buttons .monaco-button').allInnerTexts(),
    };
  }

  /** Runs "Create Classification Job" on the open file up to its confirmation, with the profile `local` where it asks. */
  async confirmation(): Promise<{ text: string; buttons: string[] }> {
    await this.runCommand('Macie: Create Classification Job');
    const profile = this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'local' }).first();
    await profile.or(this.page.locator('.monaco-dialog-box')).first().waitFor({ timeout: 30_000 });
    if (await profile.isVisible()) await profile.click();
    return this.modal();
  }

  /** Presses a button of the modal dialog and waits until it has gone. */
  async answerModal(button: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.locator('.dialog-buttons .monaco-button', { hasText: button }).click();
    await box.waitFor({ state: 'detached' });
  }

  /** Waits until no modal dialog is open. */
  async noModal(): Promise<void> {
    await this.page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  }

  /** Rests the mouse on a part of the window and gives what its hover says. */
  async tooltip(part: Locator): Promise<string> {
    await part.hover();
    const hover = this.page.locator('.workbench-hover-container .monaco-hover:visible').first();
    await hover.waitFor();
    return hover.innerText();
  }

  /** What has been copied last. */
  clipboard(): Promise<string> {
    return this.page.evaluate('navigator.clipboard.readText()');
  }

  /** Waits for a notification that contains a text, and gives all it says. */
  async notification(text: string | RegExp): Promise<string> {
    const item = this.page.locator('.notification-list-item', { hasText: text }).first();
    try {
      await item.waitFor({ timeout: 5000 });
    } catch {
      // Where several come at once, VS Code keeps the later ones behind the bell.
      await this.runCommand('Notifications: Show Notifications');
      await item.waitFor({ timeout: 30_000 });
    }
    return item.innerText();
  }

  /** Presses a button of the notification that contains a text. */
  async answer(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text);
    const item = this.page.locator('.notification-list-item', { hasText: text }).first();
    await item.locator('.monaco-button', { hasText: button }).click();
  }

  /** Closes the notification that contains a text. */
  async dismiss(text: string | RegExp): Promise<void> {
    const item = this.page.locator('.notification-list-item', { hasText: text }).first();
    await item.hover();
    await item.locator('.codicon-notifications-clear').click();
    await item.waitFor({ state: 'detached' });
  }

  /** Closes all notifications, the ones behind the bell too. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notification-list-item').first().waitFor({ state: 'detached' });
  }

  /** Polls until there is something. */
  async until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = await look();
      if (found) return found;
      assert.ok(Date.now() < end, `not seen: ${what}`);
      await this.page.waitForTimeout(25);
    }
  }

  /** Waits for the one job that the endpoint gets, checks that it was sent as a file stands, and gives its id. */
  async sentAsWritten(file: string): Promise<string> {
    const job = await this.until('a job at the endpoint', () => this.macie.state.jobs[0]);
    const requests = this.macie.requests('CreateClassificationJob');
    assert.equal(requests.length, 1);
    const { clientToken, ...sent } = JSON.parse(requests[0]!.rawBody);
    assert.match(clientToken, /^[\w-]{8,64}$/);
    assert.deepEqual(sent, JSON.parse(this.read(file)));
    return job.jobId;
  }

  /** Saves the active editor. */
  async save(): Promise<void> {
    await this.page.keyboard.press(`${key}+S`);
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Waits until the editor underlines something, or, with "no", nothing. */
  async squiggles(kind: 'error' | 'warning' | 'info', presence: 'some' | 'no' = 'some'): Promise<void> {
    const squiggle = this.page.locator(`.editor-instance .squiggly-${kind}`).first();
    await squiggle.waitFor({ state: presence === 'some' ? 'attached' : 'detached' });
  }
}

/** Text as it reads: the workbench writes blanks as no-break spaces, and lines as blocks. */
function onOneLine(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}

async function closeAll(closers: (() => unknown)[]): Promise<void> {
  for (let close = closers.pop(); close; close = closers.pop()) await close();
}
