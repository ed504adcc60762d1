/** A short run of the fault schedules; `npm run faults` is the long one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSchedules } from './faults.js';
import { startTheatre } from './stage.js';

const SCHEDULES = 60;
const SEED = 20_261_123;

test(`${SCHEDULES} fault schedules from seed ${SEED}: one job for each that is told as made, none else`, async () => {
  const { world, newFolder, close } = await startTheatre();
  try {
    const tally = await runSchedules(SCHEDULES, SEED, world, newFolder);
    // The schedules do what they are for.
    assert.ok(tally.jobs > SCHEDULES / 3, JSON.stringify(tally));
    assert.ok(tally.kills > 10, JSON.stringify(tally));
    assert.ok(tally.cancels > 2, JSON.stringify(tally));
    assert.ok((tally.told.created ?? 0) > 5, JSON.stringify(tally));
    assert.ok((tally.told['not-created'] ?? 0) > 2, JSON.stringify(tally));
    assert.ok((tally.told['recovery: created'] ?? 0) > 2, JSON.stringify(tally));
    assert.ok((tally.told['recovery: no-job'] ?? 0) > 2, JSON.stringify(tally));
  } finally {
    await close();
  }
});
