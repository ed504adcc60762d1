/** What VS Code's extension host loads and runs: every suite of this folder, with mocha. */
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Rejects when a test failed or none ran. The report goes to the file MACIE_JOBS_TEST_REPORT names, if any. */
export async function run(): Promise<void> {
  const report = process.env.MACIE_JOBS_TEST_REPORT;
  const countsFile = process.env.MACIE_JOBS_TEST_COUNTS;
  if (report) {
    const write = (...parts: unknown[]) => appendFileSync(report, `${format(...parts)}\n`);
    Mocha.reporters.Base.consoleLog = write;
  }
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 30_000, forbidOnly: true });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  // For measuring: one suite by its name.
  if (process.env.MACIE_JOBS_TEST_ONLY) mocha.grep(process.env.MACIE_JOBS_TEST_ONLY);
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      const counts = { passed: passes, failed: failures, skipped: pending };
      if (countsFile) writeFileSync(countsFile, JSON.stringify(counts));
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else if (passes === 0) reject(new Error('No test ran'));
      else resolve();
    });
  });
}
