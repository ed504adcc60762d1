/*
 * What a submission costs before AWS answers: loading the bundle with the SDK, in fresh processes, and the time from the
 * confirmation to the request's arrival, the flushed journal included, with the real SDK against the local endpoint.
 * Prints rows of a Markdown table.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { submit } from '../../client/submission/submission.js';
import { createStage, FILE, ScriptedUi, startTheatre } from '../submission/stage.js';

const TIMES = 20;
const p50 = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
const row = (what: string, times: number[]) =>
  console.log(`| ${what} | ${p50(times).toFixed(1)} ms | ${times.length} |`);

const load = `const s = performance.now(); require(${JSON.stringify(resolve('dist/aws.js'))}); console.log(performance.now() - s)`;
async function main(): Promise<void> {
  row(
    'load the bundle with the AWS SDK, on first use',
    Array.from({ length: TIMES }, () =>
      Number(execFileSync(process.execPath, ['-e', load], { stdio: ['ignore', 'pipe', 'ignore'] })),
    ),
  );

  const { world, newFolder, close } = await startTheatre();
  try {
    const { requests } = world.macie.state;
    let arrived = 0;
    const keep = requests.push.bind(requests);
    requests.push = (...logged) => {
      if (logged.some(({ operation }) => operation === 'CreateClassificationJob')) arrived = performance.now();
      return keep(...logged);
    };
    const times: number[] = [];
    for (let i = 0; i < TIMES + 3; i++) {
      const ui = new ScriptedUi();
      let confirmed = 0;
      ui.onConfirm = () => {
        confirmed = performance.now();
      };
      const stage = createStage(world, { folder: await newFolder(), ui });
      await submit(FILE, stage.ports);
      // The first ones warm the code and are not counted.
      if (i >= 3) times.push(arrived - confirmed);
    }
    row('confirmation to request on the wire', times);
  } finally {
    await close();
  }
}

void main();
