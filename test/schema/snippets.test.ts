import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import schema from '../../schemas/macie-classification-job.schema.json';

interface Snippet {
  prefix: string;
  isFileTemplate?: boolean;
  scope: string;
  description: string;
  body: string[];
}

const file = join(process.cwd(), 'snippets', 'macie-job.code-snippets');
const snippets = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Snippet>);
const ajv = new Ajv({ strict: false });
const accepts = ajv.compile(schema);

/** The text of a snippet with every placeholder at its default and every choice at the given one. */
function expand(body: readonly string[], choose: (choices: string[]) => string): string {
  return body
    .join('\n')
    .replace(/\$\{CURRENT_YEAR\}/g, '2026')
    .replace(/\$\{CURRENT_(?:MONTH|DATE)\}/g, '06')
    .replace(/\$\{\d+\|([^|}]*)\|\}/g, (_, choices: string) => choose(choices.split(',')))
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$0/g, '');
}

const pickers: Record<string, (choices: string[]) => string> = {
  'first choices': (choices) => choices[0]!,
  'last choices': (choices) => choices.at(-1)!,
};

/** Where a snippet fits, by the first word of its prefix: a whole job around it. */
const frames: Record<string, (text: string) => string> = {
  job: (text) => text,
  schedule: (text) =>
    `{ "name": "n", "jobType": "SCHEDULED", "s3JobDefinition": { "bucketDefinitions": [] }, "scheduleFrequency": ${text} }`,
  buckets: (text) => `{ "name": "n", "jobType": "ONE_TIME", "s3JobDefinition": { ${text} } }`,
  criterion: (text) =>
    `{ "name": "n", "jobType": "ONE_TIME", "s3JobDefinition": { "bucketCriteria": { "includes": { "and": [${text}] } } } }`,
  term: (text) =>
    `{ "name": "n", "jobType": "ONE_TIME", "s3JobDefinition": { "scoping": { "includes": { "and": [${text}] } } } }`,
};

test('there are snippets for every place', () => {
  const places = new Set(snippets.map(([, { prefix }]) => prefix.split('-')[0]));
  assert.deepEqual([...places].sort(), Object.keys(frames).sort());
});

test('prefixes are unique, and whole jobs come first', () => {
  const prefixes = snippets.map(([, { prefix }]) => prefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
  const isJob = prefixes.map((prefix) => prefix.startsWith('job-'));
  assert.equal(isJob.lastIndexOf(true), isJob.filter(Boolean).length - 1);
});

for (const [name, snippet] of snippets) {
  for (const [which, choose] of Object.entries(pickers)) {
    test(`${name} fits where its prefix says (${which})`, () => {
      const place = snippet.prefix.split('-')[0]!;
      assert.equal(snippet.scope, 'macie-job');
      assert.equal(snippet.isFileTemplate ?? false, place === 'job');
      assert.ok(snippet.description);
      const text = frames[place]!(expand(snippet.body, choose));
      assert.doesNotMatch(text, /\$/, 'a placeholder is left');
      assert.ok(accepts(JSON.parse(text)), JSON.stringify(accepts.errors));
    });
  }

  test(`${name} numbers its stops from 1 without a gap`, () => {
    const stops = [...snippet.body.join('\n').matchAll(/\$\{(\d+)/g)].map(([, stop]) => Number(stop));
    assert.deepEqual(
      stops,
      stops.map((_, index) => index + 1),
    );
  });
}
