// `npm run fuzz` and `npm run faults`: the long form of tests that draw their cases at random. The first argument is the
// compiled program below out-test/, the others are its own.
import { join } from 'node:path';
import { install } from './install.mjs';
import { endAll, endOnSignals, root, run } from './processes.mjs';

endOnSignals();
process.chdir(root);
const [program, ...options] = process.argv.slice(2);
await install();
const { buildBundles } = await import('./package.mjs');
await buildBundles('--test');
try {
  await run(process.execPath, [join(root, `out-test/${program}.cjs`), ...options], { show: true });
} catch {
  process.exitCode = 1;
}
await endAll();
