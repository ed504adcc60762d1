// Opens a desktop VS Code with the packed extension, in folders of its own.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { endGroup, removeFolder, root, run, spawnGroup, temporaryFolder, withoutAws } from './processes.mjs';

/**
 * @param {object} options
 * @param {string} [options.executable] an installed VS Code; without it the stable one is downloaded once
 * @param {string} options.vsix
 * @param {string} options.workspace the folder of which a copy is opened
 * @param {Record<string, string>} options.env further variables for VS Code and its extensions
 * @returns {Promise<{ workspace: string, ended: Promise<void>, stop: () => Promise<void> }>}
 * @throws {Error} when it can neither be downloaded nor started
 */
export async function startDesktop({ executable, vsix, workspace: source, env: extra }) {
  const { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const code = executable ?? (await downloadAndUnzipVSCode({ cachePath: join(root, '.local/vscode-desktop') }));

  const folder = temporaryFolder('macie-jobs-');
  const workspace = join(folder, basename(source));
  const userData = join(folder, 'user-data');
  cpSync(source, workspace, { recursive: true });
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(
    join(userData, 'User/settings.json'),
    JSON.stringify({ 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off', 'update.mode': 'none' }),
  );
  const places = ['--user-data-dir', userData, '--extensions-dir', join(folder, 'extensions')];
  const env = { ...withoutAws(process.env), ...extra };
  const windows = process.platform === 'win32';

  const [cli = code, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(code, { reuseMachineInstall: true });
  // A .cmd file can only be started through the shell, which splits at blanks.
  const quoted = (/** @type {string} */ text) => (windows ? `"${text}"` : text);
  await run(quoted(cli), [...cliArgs, ...places, '--install-extension', vsix].map(quoted), { env, shell: windows });

  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawnGroup(
    code,
    [...places, ...asRoot, '--disable-workspace-trust', '--skip-release-notes', '--new-window', workspace],
    { env, stdio: 'ignore' },
  );
  let stopping = false;
  /** @type {Promise<void>} settles when the window is closed, not when it is stopped */
  const ended = new Promise((done, fail) => {
    child.once('exit', () => {
      if (!stopping) done();
    });
    child.once('error', fail);
  });
  return {
    workspace,
    ended,
    stop: async () => {
      stopping = true;
      await endGroup(child);
      removeFolder(folder);
    },
  };
}
