// `npm test`: everything from a fresh clone on. Installs, checks, builds, packs, and runs every test there is: units,
// the language server and the submission, the packed extension, and the real VS Code inside and out.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { endAll, endOnSignals, root, run, withoutAws } from './processes.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const total = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

/** @param {number} since */
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one stage under its own header and adds what it counted. What it throws is one failure.
 * @param {string} title
 * @param {() => Promise<Counts | void>} work without counts, it is one test in itself
 * @returns {Promise<boolean>} whether nothing failed
 */
async function stage(title, work) {
  console.log(`\n── ${title}`);
  const since = Date.now();
  /** @type {Counts} */
  let counts;
  try {
    counts = (await work()) ?? { passed: 1, failed: 0, skipped: 0 };
    if (counts.passed + counts.failed + counts.skipped === 0) throw new Error('This stage ran no test');
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  console.log(`   ${summary(counts)} in ${seconds(since)}`);
  return counts.failed === 0;
}

/** @param {Counts} counts */
const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** The compiled test files below a folder of `out-test/`. @param {string} [folder] */
function testFiles(folder = '') {
  const path = join(root, 'out-test', folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => file.endsWith('.test.cjs'))
    .sort();
}

/** @param {string[]} files */
const absolute = (files) => files.map((file) => join(root, 'out-test', file));

async function main() {
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Error('Node 20 or newer is needed');
  // No test may depend on, or reach, the account of whoever runs it.
  for (const name of Object.keys(process.env)) if (!(name in withoutAws(process.env))) delete process.env[name];
  process.chdir(root);

  await install();
  const { setupVscodeHost, vscodeHostSupported } = await import('./setupVscodeHost.mjs');
  // VS Code is unpacked while the rest is built and tested.
  const vscode = vscodeHostSupported ? setupVscodeHost({ progress: false }) : Promise.resolve('of the desktop');
  vscode.catch(() => {});

  const bin = join(root, 'node_modules');
  await stage(
    'Types',
    async () => void (await run(process.execPath, [join(bin, 'typescript/bin/tsc')], { show: true })),
  );
  await stage('Lint and format', async () => {
    await run(process.execPath, [join(bin, '@biomejs/biome/bin/biome'), 'ci', '--colors=off'], { show: true });
  });

  const { buildBundles, packBundles, vsix } = await import('./package.mjs');
  const built = await stage('Build', async () => void (await buildBundles('--test')));
  if (!built) return;

  const { runNodeTests } = await import('./nodeTests.mjs');
  const inVscode = (/** @type {string} */ file) => /^(e2e|package)[\\/]/.test(file);
  await stage('Language, rules, server and submission', () =>
    runNodeTests(absolute(testFiles().filter((file) => !inVscode(file))), { concurrency: 2, timeoutMs: 180_000 }),
  );

  const packed = await stage('Package', async () => {
    console.log(`   ${vsix}: ${((await packBundles()) / 1000).toFixed(0)} KB`);
  });
  if (!packed) return;
  await stage('What the package holds', () =>
    runNodeTests(absolute(testFiles('package')), { concurrency: 1, timeoutMs: 60_000 }),
  );

  const ready = await stage('The real VS Code', async () => console.log(`   VS Code ${await vscode}`));
  if (!ready) return;
  const { runExtensionHostSuite } = await import('./extensionHostSuite.mjs');
  await stage('In its extension host', () => runExtensionHostSuite({ workspace: join(root, 'test/e2e/workspace') }));
  await stage('Its user interface, with the packed extension', async () => {
    const files = absolute(testFiles('e2e/ui'));
    if (vscodeHostSupported) return runNodeTests(files, { concurrency: 1, timeoutMs: 240_000 });
    console.log('   needs the VS Code of the npm registry, which is for Linux x64');
    return { passed: 0, failed: 0, skipped: files.length };
  });
}

endOnSignals();
try {
  await main();
} catch (error) {
  console.error(error);
  total.failed++;
}
await endAll();
console.log(`\n${seconds(started)} in all`);
if (total.passed === 0 && total.failed === 0) total.failed = 1;
console.log(summary(total));
process.exitCode = total.failed > 0 ? 1 : 0;
