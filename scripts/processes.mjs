// Child processes and temporary folders that never outlive the script that made them.
// Uses Node's own modules only: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const windows = process.platform === 'win32';

/** @type {Set<import('node:child_process').ChildProcess>} */
const groups = new Set();
/** @type {Set<string>} */
const folders = new Set();
/** @type {(() => unknown)[]} */
const closers = [];

/**
 * Starts a process as the leader of its own group, so that it can be ended together with all its descendants.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function spawnGroup(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: !windows });
  groups.add(child);
  return child;
}

/**
 * Sends a signal to a whole group; signal 0 only asks whether anything of it is left.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether there was a process to receive it
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return false;
  if (windows) {
    if (child.exitCode !== null) return false;
    if (signal !== 0) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return true;
  }
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends a process group: politely first, by force after the grace time.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [graceMs]
 */
export async function endGroup(child, graceMs = 3000) {
  signalGroup(child, 'SIGTERM');
  const end = Date.now() + graceMs;
  while (signalGroup(child, 0) && Date.now() < end) await pause(50);
  signalGroup(child, 'SIGKILL');
  for (let i = 0; i < 20 && signalGroup(child, 0); i++) await pause(50);
  groups.delete(child);
}

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Makes a temporary folder that is removed when the script ends, however it ends.
 * @param {string} prefix
 */
export function temporaryFolder(prefix) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  folders.add(folder);
  return folder;
}

/** @param {string} folder */
export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.delete(folder);
}

/**
 * Registers what has to be closed at the end, before processes and folders go. Last in, first out.
 * @param {() => unknown} close
 */
export function atEnd(close) {
  closers.push(close);
}

/** Closes everything that was registered, ends every process group and removes every temporary folder. */
export async function endAll() {
  for (let close = closers.pop(); close; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      console.error(error);
    }
  }
  await Promise.all([...groups].map((group) => endGroup(group)));
  for (const folder of [...folders]) removeFolder(folder);
}

// The last resort, for a script that ends by an exception or process.exit.
process.on('exit', () => {
  for (const group of groups) signalGroup(group, 'SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/**
 * Makes the signals that end a script end all it started as well. A second signal does not wait.
 * @param {() => void} [announce] called at the first signal
 */
export function endOnSignals(announce) {
  let since = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      const code = 128 + constants.signals[signal];
      if (since > 0) {
        // npm passes on what the terminal has already sent to this process, and ends before it: that is all one signal.
        if (Date.now() - since > 1000) process.exit(code);
        return;
      }
      since = Date.now();
      announce?.();
      void endAll().then(() => process.exit(signal === 'SIGINT' && announce ? 0 : code));
    });
  }
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, show?: boolean, progress?: string }} [options]
 *   show: pass its output through; otherwise it is kept. progress: a line with the time so far, every five seconds.
 * @returns {Promise<string>} what it printed
 * @throws {Error} with what it printed, when it fails
 */
export async function run(
  command,
  args,
  { cwd = root, env = process.env, shell = false, show = false, progress } = {},
) {
  const started = Date.now();
  const timer =
    progress === undefined
      ? undefined
      : setInterval(() => console.log(`  ${progress}: ${Math.round((Date.now() - started) / 1000)} s ...`), 5000);
  const child = spawnGroup(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
      if (show) process.stdout.write(chunk);
    });
  }
  try {
    const code = await new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (exitCode, signal) => done(exitCode ?? signal));
    });
    if (code !== 0) {
      throw new Error(`${command} ${args.join(' ')} ended with ${code}${show ? '' : `\n${output.trim()}`}`);
    }
    return output;
  } finally {
    clearInterval(timer);
    await endGroup(child);
  }
}

/**
 * The environment for a child without any AWS setting of the calling shell.
 * @param {NodeJS.ProcessEnv} env
 */
export function withoutAws(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^AWS_/i.test(name)));
}
