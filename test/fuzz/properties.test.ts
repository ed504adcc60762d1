import { test } from 'node:test';
import fc from 'fast-check';
import { properties } from './properties.js';

/** Few enough for every test run; `npm run fuzz` is the long form. */
const RUNS = 150;

for (const [name, property] of Object.entries(properties)) {
  test(name, () => fc.assert(property, { numRuns: RUNS }));
}
