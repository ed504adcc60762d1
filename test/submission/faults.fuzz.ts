/** The long run of the fault schedules: `npm run faults -- [NUMBER] [SEED]`. */
import { runSchedules } from './faults.js';
import { startTheatre } from './stage.js';

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 1000);
  const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`${count} fault schedules from seed ${seed}\n`);
  const { world, newFolder, close } = await startTheatre();
  try {
    const started = Date.now();
    const tally = await runSchedules(count, seed, world, newFolder, (done) => {
      if (done % 100 === 0)
        process.stdout.write(`${done} of ${count}, ${Math.round((Date.now() - started) / 1000)} s\n`);
    });
    process.stdout.write(`All ${count} hold, from seed ${seed}: ${JSON.stringify(tally)}\n`);
  } finally {
    await close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
