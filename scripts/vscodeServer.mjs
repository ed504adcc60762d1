// Starts the real VS Code as a server for a browser, with a Node extension host, in a folder of its own.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { endGroup, removeFolder, run, spawnGroup, temporaryFolder } from './processes.mjs';
import { vscodeNode, vscodeRoot } from './setupVscodeHost.mjs';

const quietSettings = {
  // The workbench in a browser saves by itself after a delay unless told otherwise; the desktop does not.
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
};

// Only these of the caller's variables reach VS Code: no credentials, no AWS settings, no proxy.
const inherited = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'USER', 'LOGNAME', 'SHELL'];

/**
 * @typedef {object} ServerOptions
 * @property {string} workspace the folder to open; a copy is opened, never the folder itself
 * @property {string} [vsix] an extension to install as a user would
 * @property {Record<string, unknown>} [settings] user settings, over the quiet ones
 * @property {Record<string, string>} [env] further variables for VS Code and its extensions
 * @property {boolean} [token] ask the browser for a random connection token; the default
 * @property {boolean} [testDriver] accept `extensionDevelopmentPath` and `extensionTestsPath` from the page; it also
 *   hides notifications and refuses modal dialogs
 * @property {boolean} [trusted] without workspace trust, every folder being trusted; the default
 */

/**
 * @typedef {object} VscodeServer
 * @property {string} url the page's address, with the token where there is one
 * @property {string} workspace the copy that is open
 * @property {string} home the home folder of VS Code and everything it runs
 * @property {(file: string) => string} uri the address of a file inside the workbench
 * @property {(payload: [string, string][]) => string} page the page's address with start options for the workbench
 * @property {() => string} log what the server printed
 * @property {Promise<void>} ended settles when the server ends without having been stopped
 * @property {() => Promise<void>} stop ends every process of it and removes its folder
 */

/**
 * @param {ServerOptions} options
 * @returns {Promise<VscodeServer>}
 * @throws {Error} with the server's output, when it does not start within a minute
 */
export async function startVscodeServer({
  workspace: source,
  vsix,
  settings = {},
  env: extra = {},
  token = true,
  testDriver = false,
  trusted = true,
}) {
  const folder = temporaryFolder('macie-jobs-');
  const home = join(folder, 'home');
  const workspace = join(folder, basename(source));
  const data = join(folder, 'server');
  const extensions = join(folder, 'extensions');
  // Sockets go to the temporary folder, whose path must stay short.
  const runtime = join(folder, 'tmp');
  for (const path of [home, runtime, join(data, 'data/User')]) mkdirSync(path, { recursive: true, mode: 0o700 });
  cpSync(source, workspace, { recursive: true });
  const userSettings = {
    ...quietSettings,
    'security.workspace.trust.enabled': !trusted,
    'security.workspace.trust.startupPrompt': 'never',
    ...settings,
  };
  writeFileSync(join(data, 'data/User/settings.json'), JSON.stringify(userSettings, undefined, 2));

  const kept = inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const env = { ...Object.fromEntries(kept), HOME: home, TMPDIR: runtime, XDG_RUNTIME_DIR: runtime, ...extra };

  const base = [join(vscodeRoot, 'out/server-main.js'), '--accept-server-license-terms'];
  const places = ['--server-data-dir', data, '--extensions-dir', extensions];
  if (vsix) await run(vscodeNode, [...base, ...places, '--install-extension', vsix], { env });

  const secret = randomBytes(24).toString('hex');
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, secret, { mode: 0o600 });
  const child = spawnGroup(
    vscodeNode,
    [
      ...base,
      ...places,
      ...['--host', '127.0.0.1', '--port', '0'],
      ...(token ? ['--connection-token-file', tokenFile] : ['--without-connection-token']),
      ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-experiments', '--disable-update-check'],
      '--disable-getting-started-override',
      ...(trusted ? ['--disable-workspace-trust'] : []),
      ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { cwd: workspace, env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stopping = false;
  const stop = async () => {
    stopping = true;
    // Nothing of it has to be kept, so it gets little time to put things in order.
    await endGroup(child, 500);
    removeFolder(folder);
  };

  let log = '';
  /** @type {Promise<void>} */
  const ended = new Promise((done) => {
    child.once('exit', () => {
      if (!stopping) done();
    });
  });
  try {
    /** @type {string} */
    const port = await new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`VS Code did not start within a minute\n${log}`)), 60_000);
      const read = (/** @type {Buffer} */ chunk) => {
        log += chunk;
        const found = /Extension host agent listening on (\d+)/.exec(log)?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        done(found);
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`VS Code ended with ${code}\n${log}`)));
    });
    const authority = `127.0.0.1:${port}`;
    const url = `http://${authority}/?${token ? `tkn=${secret}&` : ''}folder=${workspace}`;
    return {
      url,
      workspace,
      home,
      uri: (file) => `vscode-remote://${authority}${file}`,
      page: (payload) => `${url}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
      log: () => log,
      ended,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
