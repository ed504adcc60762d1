/**
 * What the AWS CLI sends for a file is what the extension sends for it. Needs the CLI; says so where there is none.
 * JOB_FILES names a folder of further definitions to try, each without errors.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { submit } from '../../client/submission/submission.js';
import type { World } from '../aws/setup.js';
import { createStage, definition, FILE, startTheatre } from './stage.js';

const run = promisify(execFile);

let theatre: Awaited<ReturnType<typeof startTheatre>>;
let world: World;
let home: string | undefined;
before(async () => {
  home = process.env.HOME;
  theatre = await startTheatre();
  world = theatre.world;
});
after(() => theatre.close());
beforeEach(() => world.macie.reset());

const scheduled = { jobType: 'SCHEDULED', scheduleFrequency: { dailySchedule: {} }, initialRun: true };
const term = (comparator: string, key: string, ...values: string[]) => ({
  simpleScopeTerm: { comparator, key, values },
});
const TEXTS: Record<string, string> = {
  'a daily job': definition(scheduled),
  'every kind of text': definition({
    name: 'Zwölf "Boxkämpfer" \\ 検査',
    description: 'a\tb\nc <&>',
    samplingPercentage: 1,
  }),
  'identifiers, lists and tags': definition({
    managedDataIdentifierSelector: 'INCLUDE',
    managedDataIdentifierIds: ['CREDIT_CARD_NUMBER_(NO_KEYWORD)', 'NAME'],
    customDataIdentifierIds: ['3293a69d-4a1e-4a07-8715-208dd0a1b2c3'],
    allowListIds: ['nkr81bmtu2542yyexample'],
    tags: { Team: 'privacy', Empty: '' },
  }),
  'criteria and scope': definition({
    s3JobDefinition: {
      bucketCriteria: {
        includes: {
          and: [{ tagCriterion: { comparator: 'EQ', tagValues: [{ key: 'a', value: 'b' }, { key: 'c' }] } }],
        },
        excludes: { and: [{ simpleCriterion: { comparator: 'EQ', key: 'ACCOUNT_ID', values: ['012345678901'] } }] },
      },
      scoping: {
        includes: { and: [term('GT', 'OBJECT_SIZE', '1024'), term('EQ', 'OBJECT_EXTENSION', 'csv', 'CSV')] },
        excludes: {
          and: [
            {
              tagScopeTerm: { comparator: 'EQ', key: 'TAG', target: 'S3_OBJECT', tagValues: [{ key: 'x', value: '' }] },
            },
          ],
        },
      },
    },
  }),
};
for (const folder of ['examples', process.env.JOB_FILES].filter((path) => path !== undefined)) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    TEXTS[`${folder}/${name}`] = readFileSync(join(folder, name), 'utf8');
  }
}

/** True where a CLI answers; one that is installed for the user alone is looked for in the user's own home. */
async function cliIsThere(): Promise<boolean> {
  try {
    await run('aws', ['--version'], { env: { ...process.env, HOME: home } });
    return true;
  } catch {
    return false;
  }
}

for (const [name, text] of Object.entries(TEXTS)) {
  test(`${name}: as the AWS CLI sends it`, async (context) => {
    if (!(await cliIsThere())) {
      context.skip('the AWS CLI is not installed');
      return;
    }
    const { ports } = createStage(world, { folder: await theatre.newFolder(), text });
    const outcome = await submit(FILE, ports);
    if (outcome.kind === 'file-has-errors') {
      assert.match(name, /mistakes/);
      return;
    }
    assert.equal(outcome.kind, 'created');
    const file = await world.write('job.json', text);
    const env = {
      ...process.env,
      HOME: home,
      AWS_CONFIG_FILE: join(world.home, '.aws/config'),
      AWS_SHARED_CREDENTIALS_FILE: join(world.home, '.aws/credentials'),
    };
    const parameters = ['--cli-input-json', `file://${file}`, '--endpoint-url', world.macie.url, '--profile', 'local'];
    await run('aws', ['macie2', 'create-classification-job', ...parameters], { env });
    const [ours, theirs] = world.macie.requests('CreateClassificationJob').map(({ body }) => {
      const { clientToken: _, ...value } = body as Record<string, unknown>;
      return value;
    });
    assert.ok(theirs, 'the CLI sent nothing');
    assert.deepEqual(ours, theirs);
    const { clientToken: _, ...written } = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual(ours, written);
  });
}
