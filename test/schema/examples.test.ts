import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import schema from '../../schemas/macie-classification-job.schema.json';

const folder = join(process.cwd(), 'examples');
const files = readdirSync(folder).filter((file) => file.endsWith('.macie-job.json'));
const accepts = new Ajv({ strict: false, allErrors: true }).compile(schema);

test('there are three good examples and one to mend', () => {
  assert.deepEqual(files.sort(), [
    'custom-identifiers-only.macie-job.json',
    'mistakes-to-mend.macie-job.json',
    'one-time-named-buckets.macie-job.json',
    'weekly-by-criteria.macie-job.json',
  ]);
});

for (const file of files) {
  const good = file !== 'mistakes-to-mend.macie-job.json';
  test(`${file} is ${good ? 'accepted' : 'refused'} by the schema`, () => {
    const definition: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    assert.equal(accepts(definition), good, JSON.stringify(accepts.errors));
  });
}
