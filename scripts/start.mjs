// `npm start`: opens a real VS Code with the packed extension on a copy of the examples, with an AWS profile `local`
// that leads to a local stand-in for Amazon Macie. On a fresh clone it installs and builds first.
// `npm start -- --desktop[=PATH]` opens the desktop VS Code at PATH, or a downloaded one.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exampleAccount } from './exampleAccount.mjs';
import { install } from './install.mjs';
import { writeLocalProfile } from './localProfile.mjs';
import { atEnd, endAll, endOnSignals, root, temporaryFolder } from './processes.mjs';

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node 20 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}
const desktop = process.argv.find((argument) => /^--desktop(=|$)/.test(argument));
endOnSignals(() => console.log('\nEnding VS Code and the local Macie endpoint ...'));

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await endAll();

async function main() {
  await install();
  const { setupVscodeHost, vscodeHostSupported } = await import('./setupVscodeHost.mjs');
  const inServer = vscodeHostSupported && desktop === undefined;
  if (inServer) console.log(`VS Code ${await setupVscodeHost()}`);

  const { packIfChanged, vsix } = await import('./package.mjs');
  console.log('Building and packing the extension');
  if (!(await packIfChanged())) console.log('  nothing has changed since the last time');

  console.log('Starting the local Macie endpoint and VS Code');
  const env = await startEndpoint();
  const options = { vsix, workspace: join(root, 'examples'), env };
  if (inServer) {
    const { startVscodeServer } = await import('./vscodeServer.mjs');
    const server = await startVscodeServer(options);
    atEnd(server.stop);
    console.log(`\nOpen this address in a browser on this machine:\n\n  ${server.url}\n`);
    openBrowser(server.url);
    explain();
    await server.ended;
    throw new Error(`VS Code ended by itself.\n${server.log().split('\n').slice(-20).join('\n')}`);
  }
  const { startDesktop } = await import('./desktop.mjs');
  const window = await startDesktop({ ...options, executable: desktop?.split('=')[1] });
  atEnd(window.stop);
  console.log(`\nVS Code opens on ${window.workspace}\n`);
  explain();
  await window.ended;
}

function explain() {
  console.log(`Three things to try:
  1. Open mistakes-to-mend.macie-job.json: what AWS would refuse is underlined. Put the cursor there and press Ctrl+.
     to mend it.
  2. In weekly-by-criteria.macie-job.json, press Ctrl+Space between two members or inside a value, and hover over any name.
  3. Press F1 there and run "Macie: Create Classification Job" with the profile "local". It goes to the endpoint on
     this machine, which only pretends to be Macie: nothing reaches AWS and nothing is charged.

The files are a copy of examples/, thrown away at the end. Press Ctrl+C here to end everything.`);
}

/**
 * Starts the local Macie endpoint in this process.
 * @returns {Promise<Record<string, string>>} the environment in which the profile `local` leads to it
 */
async function startEndpoint() {
  const { build } = await import('esbuild');
  const outfile = join(root, '.local/localMacie.mjs');
  await build({
    entryPoints: [join(root, 'test/local-macie/server.ts')],
    outfile,
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' },
  });
  const { startLocalMacie, LOCAL_KEYS } = await import(pathToFileURL(outfile).href);
  const endpoint = await startLocalMacie({ state: exampleAccount });
  atEnd(() => endpoint.close());
  return writeLocalProfile(temporaryFolder('macie-jobs-aws-'), endpoint, LOCAL_KEYS);
}

/** Shows the page where there is a desktop to show it on. @param {string} url */
function openBrowser(url) {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  // The browser is the user's: it stays when this ends.
  const opener = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
  opener.once('error', () => {});
  opener.unref();
}
