// Runs the compiled mocha suite inside the extension host of a real VS Code.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { removeFolder, root, temporaryFolder, withoutAws } from './processes.mjs';
import { vscodeHostSupported } from './setupVscodeHost.mjs';
import { startVscodeServer } from './vscodeServer.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const suiteIndex = join(root, 'out-test/e2e/suite/index.cjs');
const timeLimitMs = 180_000;

/**
 * Prints mocha's report while it runs. A suite that does not finish, or in which nothing passed, counts as a failure.
 * @param {{ workspace: string, settings?: Record<string, unknown>, env?: Record<string, string> }} options
 * @returns {Promise<Counts>}
 */
export async function runExtensionHostSuite({ workspace, settings, env = {} }) {
  const folder = temporaryFolder('macie-jobs-suite-');
  // The workbench's console mixes the suite's lines with its own, so the reporter writes to a file that is followed here.
  const report = join(folder, 'report');
  const counts = join(folder, 'counts.json');
  writeFileSync(report, '');
  let shown = 0;
  const show = () => {
    const text = readFileSync(report, 'utf8');
    process.stdout.write(text.slice(shown));
    shown = text.length;
  };
  const follow = setInterval(show, 100);
  const suiteEnv = { ...env, MACIE_JOBS_TEST_REPORT: report, MACIE_JOBS_TEST_COUNTS: counts };
  let problem;
  try {
    const code = vscodeHostSupported
      ? await runInServer({ workspace, settings, env: suiteEnv, countsFile: counts })
      : await runInDesktop({ workspace, env: suiteEnv });
    if (code !== 0) problem = `The extension host ended with ${code}`;
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearInterval(follow);
    show();
  }
  /** @type {Counts} */
  const result = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  removeFolder(folder);
  if (problem !== undefined && result.failed === 0) {
    console.log(problem);
    result.failed = 1;
  } else if (result.passed + result.failed === 0) {
    console.log('No test ran in the extension host');
    result.failed = 1;
  }
  return result;
}

/** @param {{ workspace: string, settings?: Record<string, unknown>, env: Record<string, string>, countsFile: string }} options */
async function runInServer({ workspace, settings, env, countsFile }) {
  const server = await startVscodeServer({ workspace, settings, env, token: false, testDriver: true });
  const browser = await launchBrowser();
  /** @type {string[]} */
  const log = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    /** @type {Promise<number>} */
    const exit = new Promise((done, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`The suite did not end within ${timeLimitMs / 1000} s`)),
        timeLimitMs,
      );
      void page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
        log.push(`${type}: ${args.join(' ')}`.split('\n', 1)[0] ?? '');
      });
      void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => {
        clearTimeout(timer);
        done(code);
      });
      page.on('crash', () => fail(new Error('The page of VS Code crashed')));
      browser.on('disconnected', () => fail(new Error('The browser went away')));
    });
    await page.goto(
      server.page([
        ['extensionDevelopmentPath', server.uri(root)],
        ['extensionTestsPath', server.uri(suiteIndex)],
        ['skipWelcome', 'true'],
      ]),
    );
    try {
      const code = await exit;
      if (code !== 0 && !existsSync(countsFile)) throw new Error(`The extension host ended with ${code}`);
      return code;
    } catch (error) {
      // What the workbench itself complains of in this set-up, always.
      const usual = /bindings file|watchdog|open-vsx|Service Worker|^info: /;
      const shots = join(root, 'test/e2e/shots');
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, 'suite-failure.png') }).catch(() => {});
      console.log(log.filter((line) => !usual.test(line)).join('\n'));
      throw error;
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * Where the VS Code of the npm registry does not run: a downloaded desktop VS Code.
 * @param {{ workspace: string, env: Record<string, string> }} options
 */
async function runInDesktop({ workspace, env }) {
  const { runTests } = await import('@vscode/test-electron');
  for (const name of Object.keys(process.env)) if (!(name in withoutAws(process.env))) delete process.env[name];
  return runTests({
    cachePath: join(root, '.local/vscode-desktop'),
    extensionDevelopmentPath: root,
    extensionTestsPath: suiteIndex,
    extensionTestsEnv: env,
    launchArgs: [workspace, '--disable-extensions'],
  });
}
