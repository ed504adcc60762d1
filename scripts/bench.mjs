// `npm run bench`: measures the language server beside VS Code's own JSON server, and the extension's own costs. Options
// go to the first (`--pairs N`, `--only SIZE`); `--write` keeps its table in docs/benchmarks.md.
import { join } from 'node:path';
import { install } from './install.mjs';
import { endAll, endOnSignals, root, run } from './processes.mjs';

endOnSignals();
process.chdir(root);
await install();
const { buildBundles, packBundles } = await import('./package.mjs');
await buildBundles('--test');
const options = process.argv.slice(2);

console.log('## The language server\n');
await run(process.execPath, [join(root, 'out-test/bench/language.bench.cjs'), ...options], { show: true });

if (!options.includes('--only')) {
  console.log('\n## The extension\n\n| what | p50 | times |\n| --- | ---: | ---: |');
  await run(process.execPath, [join(root, 'out-test/bench/submission.bench.cjs')], { show: true });
  console.log(`| size of the package | ${((await packBundles()) / 1000).toFixed(0)} KB | 1 |`);
  const { setupVscodeHost } = await import('./setupVscodeHost.mjs');
  await setupVscodeHost();
  console.log('\nIn the extension host (the line "own time" is what activation took):\n');
  const { runExtensionHostSuite } = await import('./extensionHostSuite.mjs');
  const env = { MACIE_JOBS_TEST_ONLY: 'Activation' };
  for (let i = 0; i < 3; i++) await runExtensionHostSuite({ workspace: join(root, 'test/e2e/workspace'), env });
}
await endAll();
