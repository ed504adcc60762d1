/*
 * The long form of the property tests: `npm run fuzz [-- --runs N --seed S --only WORD]`. Prints how many cases each
 * property held for, or the smallest text that breaks it, and goes on with the others.
 */
import fc from 'fast-check';
import { properties } from './properties.js';

const argument = (name: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const runs = Number(argument('runs') ?? 20_000);
const seed = Number(argument('seed') ?? Date.now() % 2 ** 31);
const only = argument('only') ?? '';

async function main(): Promise<void> {
  console.log(`seed ${seed}, ${runs} cases each`);
  let failed = 0;
  for (const [name, property] of Object.entries(properties)) {
    if (!name.includes(only)) continue;
    const began = performance.now();
    const details = await fc.check(property, { numRuns: runs, seed });
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    if (details.failed) {
      failed++;
      console.log(
        `FAILS  ${name}, after ${details.numRuns} cases in ${seconds} s\n${fc.defaultReportMessage(details)}\n${details.errorInstance}`,
      );
    } else console.log(`holds  ${name}: ${details.numRuns} cases in ${seconds} s`);
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

void main();
