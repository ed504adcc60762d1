import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Analysis } from '../../server/language/diagnostics.js';
import { applyChanges } from '../../server/language/edits.js';
import { wholeFileActions } from '../../server/language/wholeFileActions.js';
import { analyzeText } from '../rules/analyze.js';

const SKELETON = 'Remove what is left of the CLI skeleton';
const NEW_DEFINITION = 'Make this job the definition of a new one';
const UNWRAP = 'Take the definition out of what is around it';
const RENAME = "Rename all members to Macie's API";
const NUMBERS = 'Quote all numbers that must be texts';
const STRICT = 'Remove all comments and trailing commas';

const rules = join(process.cwd(), 'test/rules');

function cases(id: string): string[] {
  return readdirSync(join(rules, id)).filter((file) => /^(?!ok).*(?<!\.fixed)\.json$/.test(file));
}

const read = (id: string, file: string) => readFileSync(join(rules, id, file), 'utf8');

const titles = (analysis: Analysis) => wholeFileActions(analysis).map(({ title }) => title);

function errors(analysis: Analysis): string[] {
  return analysis.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** Applies the action of that title; it must be offered, and must not be offered again. */
function apply(source: string, title: string): { text: string; before: Analysis; after: Analysis } {
  const before = analyzeText(source);
  const action = wholeFileActions(before).find((candidate) => candidate.title === title);
  assert.ok(action, `"${title}" is not offered, but ${titles(before).join(', ') || 'nothing'} is`);
  assert.ok(action.changes.length > 0);
  const text = applyChanges(source, action.changes);
  const after = analyzeText(text);
  assert.ok(!titles(after).includes(title), `"${title}" is offered again: ${text}`);
  return { text, before, after };
}

/** The text after the action, which leaves fewer errors, where there are any, and makes no new one. */
function mend(source: string, title: string): string {
  const { text, before, after } = apply(source, title);
  const known = errors(before);
  const left = errors(after);
  assert.ok(left.length < known.length || known.length === 0, `${known.join(', ')} became ${left.join(', ')}`);
  for (const code of left) {
    const at = known.indexOf(code);
    assert.ok(at >= 0, `${code} is new: ${text}`);
    known.splice(at, 1);
  }
  return text;
}

for (const [id, title] of [
  ['cli-skeleton', SKELETON],
  ['described-job', NEW_DEFINITION],
  ['dialect', RENAME],
] as const) {
  for (const file of cases(id)) test(`${title}: ${file}`, () => void mend(read(id, file), title));
}

test('a definition is taken out of what is around it, and then renamed', () => {
  for (const file of cases('wrapped-definition')) {
    const { text } = apply(read('wrapped-definition', file), UNWRAP);
    const renamed = titles(analyzeText(text)).includes(RENAME) ? mend(text, RENAME) : text;
    assert.deepEqual(errors(analyzeText(renamed)), [], file);
  }
});

test('what is taken out keeps its lines, moved to the left', () => {
  const { text } = apply(read('wrapped-definition', 'example.json'), UNWRAP);
  assert.equal(text, read('wrapped-definition', 'example.fixed.json'));
});

test('a described job in the spelling of an SDK becomes a definition in one step', () => {
  const text = mend(read('described-job', 'pascal-case.json'), NEW_DEFINITION);
  const definition = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual(Object.keys(definition), ['jobType', 'name', 's3JobDefinition']);
  assert.equal(definition.name, 'exports-copy');
});

test('the copy of a job with the longest name keeps to the limit', () => {
  const { text } = apply(read('described-job', 'every-bucket.json'), NEW_DEFINITION);
  const { name } = JSON.parse(text) as { name: string };
  assert.equal([...name].length, 500);
  assert.ok(name.endsWith('-copy'));
});

test('a described job that takes every bucket still does', () => {
  const { text } = apply(read('described-job', 'every-bucket.json'), NEW_DEFINITION);
  assert.deepEqual((JSON.parse(text) as { s3JobDefinition: unknown }).s3JobDefinition, { bucketCriteria: {} });
});

test('all numbers are quoted as they are written', () => {
  const source =
    '{"name":"j","jobType":"ONE_TIME","samplingPercentage":5,"tags":{"a":1,"b":2.50},"s3JobDefinition":{"bucketDefinitions":[{"accountId":12345678901,"buckets":["customer-exports",2026]}],"scoping":{"includes":{"and":[{"simpleScopeTerm":{"comparator":"GT","key":"OBJECT_SIZE","values":[1024]}}]}}}}';
  assert.equal(
    mend(source, NUMBERS),
    '{"name":"j","jobType":"ONE_TIME","samplingPercentage":5,"tags":{"a":"1","b":"2.50"},"s3JobDefinition":{"bucketDefinitions":[{"accountId":"012345678901","buckets":["customer-exports","2026"]}],"scoping":{"includes":{"and":[{"simpleScopeTerm":{"comparator":"GT","key":"OBJECT_SIZE","values":["1024"]}}]}}}}',
  );
});

test('comments and trailing commas go, and the layout of the rest stays', () => {
  const source = [
    '// the whole job',
    '{',
    '  "name": "j", /* one */ /* two */',
    '  /* three */ "jobType": "ONE_TIME", // four',
    '  // five',
    '  "s3JobDefinition": {',
    '    "bucketDefinitions": [{ "accountId": "111122223333", "buckets": ["customer-exports",], }, /* six */ ],',
    '  },',
    '}',
    '// the end',
  ].join('\r\n');
  const expected = [
    '{',
    '  "name": "j",',
    '  "jobType": "ONE_TIME",',
    '  "s3JobDefinition": {',
    '    "bucketDefinitions": [{ "accountId": "111122223333", "buckets": ["customer-exports"] } ]',
    '  }',
    '}',
  ].join('\r\n');
  const { text, after } = apply(source, STRICT);
  // A blank may stay where a comment ended a line.
  assert.equal(text.replace(/ +\r\n/g, '\r\n').trimEnd(), expected);
  assert.deepEqual(errors(after), []);
});

test('comments go from a file without any value as well', () => {
  assert.equal(apply('// one\n// two\n', STRICT).text, '');
});

test('nothing is offered for a definition that needs none of it', () => {
  const root = join(process.cwd(), 'test/rules');
  for (const id of readdirSync(root).filter((name) => !name.includes('.'))) {
    for (const file of readdirSync(join(root, id)).filter((name) => /^ok.*\.json$/.test(name))) {
      const analysis = analyzeText(read(id, file));
      if (analysis.findings.some(({ severity }) => severity === 'error')) continue;
      assert.deepEqual(titles(analysis), [], `${id}/${file}`);
    }
  }
  assert.deepEqual(titles(analyzeText('')), []);
  assert.deepEqual(titles(analyzeText('[1, 2]')), []);
});

test('one number and one comment are left to their own fixes', () => {
  const source = '{"name":1,"jobType":"ONE_TIME"} // a comment';
  assert.deepEqual(titles(analyzeText(source)), []);
});

test('a copy keeps what looks like a response but is a tag, and drops reserved tags', () => {
  const source =
    '{"jobId":"1","jobArn":"2","name":"j","jobType":"SCHEDULED","initialRun":false,"tags":{"jobId":"kept","AWS:x":"1"},"s3JobDefinition":{"bucketCriteria":{}},"scheduleFrequency":{"dailySchedule":{}}}';
  assert.equal(
    apply(source, NEW_DEFINITION).text,
    '{"name":"j-copy","jobType":"SCHEDULED","initialRun":false,"tags":{"jobId":"kept"},"s3JobDefinition":{"bucketCriteria":{}},"scheduleFrequency":{"dailySchedule":{}}}',
  );
});

test('members of a skeleton that are filled in stay as they are', () => {
  const source =
    '{"name":"j","clientToken":"","description":"","allowListIds":["","nkr81bmtu2542yyexample"],"customDataIdentifierIds":[""],"managedDataIdentifierSelector":"ALL","samplingPercentage":10,"jobType":"ONE_TIME","s3JobDefinition":{"bucketDefinitions":[{"accountId":"111122223333","buckets":["customer-exports",""]}]},"tags":{"KeyName":"","Team":"privacy"}}';
  assert.equal(
    apply(source, SKELETON).text,
    '{"name":"j","allowListIds":["nkr81bmtu2542yyexample"],"managedDataIdentifierSelector":"ALL","samplingPercentage":10,"jobType":"ONE_TIME","s3JobDefinition":{"bucketDefinitions":[{"accountId":"111122223333","buckets":["customer-exports"]}]},"tags":{"Team":"privacy"}}',
  );
});
