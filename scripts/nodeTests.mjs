// Runs compiled test files with Node's own test runner and counts their tests.
import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { root } from './processes.mjs';

/**
 * Prints a line a file, and in full what failed. A file without a test counts as a failure, as does an empty list.
 * @param {string[]} files
 * @param {{ concurrency: number, timeoutMs: number }} options
 * @returns {Promise<import('./extensionHostSuite.mjs').Counts>}
 */
export async function runNodeTests(files, { concurrency, timeoutMs }) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (files.length === 0) {
    console.log('  no test file found');
    return { ...total, failed: 1 };
  }
  /** @type {Map<string, { passed: number, failed: number, skipped: number, failures: string[], output: string }>} */
  const perFile = new Map(files.map((file) => [file, { passed: 0, failed: 0, skipped: 0, failures: [], output: '' }]));
  const stream = run({ files, concurrency, timeout: timeoutMs });
  /** @param {{ file?: string }} data */
  const recordOf = (data) => (data.file === undefined ? undefined : perFile.get(data.file));
  /** @param {{ name: string, file?: string }} data */
  const isFileItself = (data) => data.file?.endsWith(data.name) ?? false;

  stream.on('test:pass', (data) => {
    const record = recordOf(data);
    if (record === undefined || data.details.type === 'suite' || isFileItself(data)) return;
    if (data.skip !== undefined || data.todo !== undefined) record.skipped++;
    else record.passed++;
  });
  stream.on('test:fail', (data) => {
    const error = /** @type {Error & { failureType?: string }} */ (data.details.error);
    const record = recordOf(data);
    // The part that failed is counted; what contains it is not.
    if (error.failureType === 'subtestsFailed') return;
    const failure = `${data.name}\n${inspect(error.cause ?? error)}`;
    if (record === undefined) {
      total.failed++;
      console.log(indented(failure));
    } else if (data.todo !== undefined) {
      record.skipped++;
    } else {
      record.failed++;
      record.failures.push(failure);
    }
  });
  for (const event of /** @type {const} */ (['test:stdout', 'test:stderr'])) {
    stream.on(event, (/** @type {{ file?: string, message: string }} */ data) => {
      const record = recordOf(data);
      if (record !== undefined) record.output += data.message;
    });
  }
  stream.resume();
  await new Promise((done, fail) => {
    stream.once('end', () => done(undefined));
    stream.once('error', fail);
  });

  for (const [file, record] of perFile) {
    if (record.passed + record.failed + record.skipped === 0) {
      record.failed = 1;
      record.failures.push('The file has no test');
    }
    const { passed, failed, skipped } = record;
    const parts = [`${passed} passed`, failed > 0 ? `${failed} failed` : '', skipped > 0 ? `${skipped} skipped` : ''];
    console.log(`  ${failed > 0 ? '✗' : '✓'} ${relative(root, file)}: ${parts.filter(Boolean).join(', ')}`);
    for (const failure of record.failures) console.log(indented(failure));
    if (failed > 0 && record.output) console.log(indented(`printed by it:\n${record.output}`));
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** @param {string} text */
const indented = (text) => text.trimEnd().replace(/^/gm, '      ');
