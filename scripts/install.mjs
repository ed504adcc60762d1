// Installs a folder's packages when they do not match its lock file. Uses Node's own modules only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './processes.mjs';

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether node_modules holds what the lock file asks for, by the record that npm leaves there.
 * @param {string} folder
 */
export function isInstalled(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const present = packagesOf(join(folder, 'node_modules/.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

/**
 * Runs `npm ci` where it is needed, and says so.
 * @param {string} [folder]
 * @param {string} [what] what is being installed, for the progress lines
 * @param {{ options?: string[], progress?: boolean }} [how] more options for npm; progress: a line every five seconds
 * @returns {Promise<boolean>} whether anything was installed
 * @throws {Error} with npm's output
 */
export async function install(folder = root, what = 'packages', { options = [], progress = true } = {}) {
  if (isInstalled(folder)) return false;
  const count = Object.keys(packagesOf(join(folder, 'package-lock.json')) ?? {}).length - 1;
  console.log(`Installing ${what} (${count} at most, from the npm registry)`);
  const started = Date.now();
  // Some packages declare a newer Node than they need: the warnings would hide what matters.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...options];
  const npm = process.env.npm_execpath;
  const [command, ...rest] = npm ? [process.execPath, npm, ...args] : ['npm', ...args];
  await run(command, rest, {
    cwd: folder,
    shell: !npm && process.platform === 'win32',
    progress: progress ? `installing ${what}` : undefined,
  });
  console.log(`Installed ${what} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return true;
}
