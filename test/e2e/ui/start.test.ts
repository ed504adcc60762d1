/** What `npm start` starts, how it is shut off from its surroundings, and that nothing of it stays behind. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';

/** The environment of every process that has a text in it, by process id. */
function processesWith(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      if (environment.includes(text)) found.set(pid, environment.split('\0'));
    } catch {
      // It has ended, or is another user's.
    }
  }
  return found;
}

async function until<T>(what: string, condition: () => T | undefined, seconds = 120): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = condition();
    if (value !== undefined) return value;
    assert.ok(Date.now() < end, `timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

suite('npm start', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'macie-jobs-start-test-'));
  let child: ChildProcess;
  let output = '';
  let address = '';

  before(async () => {
    child = spawn(process.execPath, ['scripts/start.mjs'], {
      env: { ...process.env, TMPDIR: temporary, DISPLAY: '', WAYLAND_DISPLAY: '', AWS_PROFILE: 'of-the-caller' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    address = await until('the address', () => {
      assert.equal(child.exitCode, null, output);
      return /http:\/\/\S+/.exec(output)?.[0];
    });
  });
  after(() => {
    child.kill('SIGKILL');
    rmSync(temporary, { recursive: true, force: true });
  });

  test('prints an address of this machine with a token, which alone lets one in', async () => {
    const { hostname, port, searchParams } = new URL(address);
    assert.equal(hostname, '127.0.0.1');
    assert.match(searchParams.get('tkn') ?? '', /^[0-9a-f]{48}$/);
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 403);
    assert.match(output, /Three things to try/);
  });

  test('opens a copy of the examples with the extension, apart from the AWS settings of the caller', async () => {
    const { launchBrowser } = await import('../../../scripts/browser.mjs');
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(address);
      await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'mistakes' }).first().dblclick();
      await page.locator('.squiggly-error').first().waitFor({ state: 'attached', timeout: 60_000 });

      const running = [...processesWith(`HOME=${temporary}/`).values()];
      // The server of VS Code, its extension host and the language server at least.
      assert.ok(running.length >= 3, `${running.length} processes`);
      for (const environment of running) {
        assert.ok(environment.some((entry) => entry.startsWith(`AWS_CONFIG_FILE=${temporary}/`)));
        assert.ok(!environment.includes('AWS_PROFILE=of-the-caller'));
      }
    } finally {
      await browser.close();
    }
  });

  test('ends everything on Ctrl+C', async () => {
    assert.ok(processesWith(temporary).size > 0);
    child.kill('SIGINT');
    const code = await until('the end', () => child.exitCode ?? child.signalCode ?? undefined, 20);
    assert.equal(code, 0, output);
    assert.deepEqual([...processesWith(temporary).keys()], []);
    assert.deepEqual(readdirSync(temporary), []);
  });
});
