import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, cursorIn, isSnippet, labelsIn, offered } from './cursor.js';

/* Completion in texts that are being typed: quotes, colons and commas are missing, or stand twice. */

const ids = (items: string) => `{"managedDataIdentifierSelector":"INCLUDE","managedDataIdentifierIds":${items}}`;
const inScope = (term: string) => `{"s3JobDefinition":{"scoping":{"includes":{"and":[{"simpleScopeTerm":${term}}]}}}}`;
const inDates = (values: string) => inScope(`{"key":"OBJECT_LAST_MODIFIED_DATE","comparator":"GT","values":${values}}`);
const inTags = (pair: string) =>
  `{"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{"tagValues":[${pair}]}}]}}}}`;
const inCriteria = (term: string) =>
  `{"s3JobDefinition":{"bucketCriteria":{"excludes":{"and":[{"simpleCriterion":${term}}]}}}}`;

/** Text with a cursor, what is accepted, the text that comes of it. */
const INSERTIONS: Record<string, [name: string, text: string, label: string, result: string][]> = {
  'an opening quote typed in front of a value': [
    ['of a member', '{"jobType": "|"ONE_TIME"}', 'SCHEDULED', '{"jobType": "SCHEDULED"}'],
    [
      'of a member, before others',
      '{"jobType": "|"ONE_TIME", "name": "x"}',
      'SCHEDULED',
      '{"jobType": "SCHEDULED", "name": "x"}',
    ],
    [
      'of a member, on its line',
      '{\n  "jobType": "|"ONE_TIME",\n  "name": "x"\n}',
      'SCHEDULED',
      '{\n  "jobType": "SCHEDULED",\n  "name": "x"\n}',
    ],
    ['and a space', '{"jobType": "|" "ONE_TIME"}', 'SCHEDULED', '{"jobType": "SCHEDULED"}'],
    ['of an array', ids('["|"AWS_CREDENTIALS", "NAME"]'), 'ADDRESS', ids('["ADDRESS","AWS_CREDENTIALS", "NAME"]')],
    [
      'that begins with a punctuation mark',
      '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"simpleScopeTerm":{"key":"OBJECT_EXTENSION","values":["|".pdf"]}}]}}}}',
      'csv',
      '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"simpleScopeTerm":{"key":"OBJECT_EXTENSION","values":["csv",".pdf"]}}]}}}}',
    ],
    ['before the next member', '{"jobType": "| "name": "x"}', 'ONE_TIME', '{"jobType": "ONE_TIME", "name": "x"}'],
  ],
  'a closing quote alone': [
    ['behind a value', '{"jobType": SCH|"}', 'SCHEDULED', '{"jobType": "SCHEDULED"}'],
    ['behind a whole value', '{"jobType": SCH|EDULED"}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
    [
      'behind a value, before a member',
      '{"jobType": SCH|",\n"name":"x"}',
      'SCHEDULED',
      '{"jobType": "SCHEDULED",\n"name":"x"}',
    ],
    ['in place of a value', '{"jobType": |"}', 'SCHEDULED', '{"jobType": "SCHEDULED"}'],
    ['behind a name', '{ na|me": "x" }', 'name', '{ "name": "x" }'],
    ['behind a name, at its start', '{ |name": "x" }', 'name', '{ "name": "x" }'],
    [
      'behind a name, on its line',
      '{\n  na|": "x",\n  "jobType": "ONE_TIME"\n}',
      'name',
      '{\n  "name": "x",\n  "jobType": "ONE_TIME"\n}',
    ],
    ['behind half a name', '{\n  "name": "x",\n  job|"\n}', 'jobType', '{\n  "name": "x",\n  "jobType": ""\n}'],
    ['of an item', ids('["NAME", AW|"]'), 'AWS_CREDENTIALS', ids('["NAME", "AWS_CREDENTIALS"]')],
    ['of an item before others', ids('[AW|", "NAME"]'), 'AWS_CREDENTIALS', ids('["AWS_CREDENTIALS", "NAME"]')],
    ['at the end of a line', '{\n  "name": "x",\n  |"\n}', 'jobType', '{\n  "name": "x",\n  "jobType": ""\n}'],
    [
      'before a comma',
      '{\n  "name": "x",\n  |",\n  "jobType": "ONE_TIME"\n}',
      'tags',
      '{\n  "name": "x",\n  "tags": { "": "" },\n  "jobType": "ONE_TIME"\n}',
    ],
    ['behind empty quotes', '{ "name": "x", "|"" }', 'jobType', '{ "name": "x", "jobType": "" }'],
    ['behind quotes', '{\n  "name": "x",\n  "job|""\n}', 'jobType', '{\n  "name": "x",\n  "jobType": ""\n}'],
    ['behind the quotes of a value', '{"jobType": "|""}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
    [
      'further up',
      '{\n  name": "x",\n  "jobType": "ONE_TIME",\n  |\n}',
      'tags',
      '{\n  name": "x",\n  "jobType": "ONE_TIME",\n  "tags": { "": "" }\n}',
    ],
  ],
  'empty quotes behind the cursor': [
    ['of a member', '{ "name": "x", |"" }', 'jobType', '{ "name": "x", "jobType": "" }'],
    ['of an item', ids('["NAME", |""]'), 'ADDRESS', ids('["NAME", "ADDRESS"]')],
    ['of a value', '{"jobType": |""}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
  ],
  'a string above that is not closed': [
    [
      'and quotes at the cursor',
      '{\n  "jobType": "ONE_TIME\n  "|"\n}',
      'name',
      '{\n  "jobType": "ONE_TIME",\n  "name": ""\n}',
    ],
    ['its comma is in it', '{\n  "name": "x,\n  |\n}', 'jobType', '{\n  "name": "x",\n  "jobType": ""\n}'],
    [
      'and its comma is missing',
      '{\n  "jobType": "ONE_TIME\n  |\n}',
      'name',
      '{\n  "jobType": "ONE_TIME",\n  "name": ""\n}',
    ],
    [
      'further up',
      '{\n  "name": "x,\n  "jobType": "ONE_TIME",\n  |\n}',
      'tags',
      '{\n  "name": "x,\n  "jobType": "ONE_TIME",\n  "tags": { "": "" }\n}',
    ],
    ['of an array', ids('[\n"NAME,\n|\n]'), 'ADDRESS', ids('[\n"NAME",\n"ADDRESS"\n]')],
    ['of an array, without a comma', ids('[\n"NAME\n|\n]'), 'ADDRESS', ids('[\n"NAME",\n"ADDRESS"\n]')],
    [
      'on the line of the cursor',
      ids('["NAME, |"ADDRESS"]'),
      'AWS_CREDENTIALS',
      ids('["NAME", "AWS_CREDENTIALS","ADDRESS"]'),
    ],
  ],
  'a name without its colon': [
    ['a space before the value', '{"na|me" "x"}', 'name', '{"name": "x"}'],
    ['no space before the value', '{"na|me""x"}', 'name', '{"name": "x"}'],
    ['half a name', '{"na|" "x", "tags": {}}', 'name', '{"name": "x", "tags": {}}'],
    ['without quotes', '{na| "x"}', 'name', '{"name": "x"}'],
    ['before an object', '{"s3|" {"scoping": {}}}', 's3JobDefinition', '{"s3JobDefinition": {"scoping": {}}}'],
    ['before half another name', '{"na|" "jobType"}', 'name', '{"name": "", "jobType"}'],
    ['an equals sign in its place', '{"jobType" = |}', 'ONE_TIME', '{"jobType" = "ONE_TIME"}'],
    ['an equals sign behind the cursor', '{"job|" = "ONE_TIME"}', 'jobType', '{"jobType" = "ONE_TIME"}'],
  ],
  'a date that is not closed': [
    ['inside', inDates('["2026|-01-01T00:00:00Z]'), 'start of today', inDates('["2026-06-15T00:00:00Z"]')],
    ['without quotes', inDates('[2026-01-01T0|0:00:00Z]'), 'start of today', inDates('["2026-06-15T00:00:00Z"]')],
  ],
  'a name without quotes behind the cursor': [
    ['on the same line', '{ "jobType": | name: "x" }', 'ONE_TIME', '{ "jobType": "ONE_TIME", name: "x" }'],
    ['on the next line', '{ "jobType": |\n  name: "x" }', 'ONE_TIME', '{ "jobType": "ONE_TIME",\n  name: "x" }'],
    ['in quotes, without its colon', '{ "jobType": | "name" }', 'ONE_TIME', '{ "jobType": "ONE_TIME", "name" }'],
  ],
  'single quotes': [
    ['a value', "{ 'jobType': '|' }", 'ONE_TIME', `{ 'jobType': "ONE_TIME" }`],
    ['a value that stands', "{ 'jobType': 'ONE|_TIME' }", 'SCHEDULED', `{ 'jobType': "SCHEDULED" }`],
    ['a name', "{ 'na|me': 'x' }", 'name', `{ "name": 'x' }`],
    ['behind a text with spaces', "{ 'name': 'my job', | }", 'jobType', `{ 'name': 'my job', "jobType": "" }`],
    [
      'an item',
      "{'managedDataIdentifierIds': ['NAME', 'ADD|']}",
      'ADDRESS',
      `{'managedDataIdentifierIds': ['NAME', "ADDRESS"]}`,
    ],
    ['in an object', "{'scheduleFrequency': {|}}", 'dailySchedule', `{'scheduleFrequency': {"dailySchedule": {}}}`],
  ],
};

for (const [group, cases] of Object.entries(INSERTIONS)) {
  for (const [name, text, label, result] of cases) {
    test(`inserted: ${group}: ${name}`, () => {
      assert.equal(accepted(text, label, false), result, 'as plain text');
      assert.equal(accepted(text, label, true), result, 'as a snippet');
    });
  }
}

/** Text with a cursor, and what of it is not offered. */
const LACKING: Record<string, [text: string, ...lacks: string[]]> = {
  'an id behind the cursor': [ids('[|"AWS_CREDENTIALS"]'), 'AWS_CREDENTIALS'],
  'an id behind an opening quote': [ids('["|"AWS_CREDENTIALS","NAME"]'), 'AWS_CREDENTIALS', 'NAME'],
  'an id behind an unclosed one': [ids('["ADD|, "NAME"]'), 'NAME'],
  'an id in single quotes': [ids(`['NAME', "|"]`), 'NAME'],
  'a state behind the cursor': [inCriteria('{"key":"S3_BUCKET_EFFECTIVE_PERMISSION","values":[|"PUBLIC"]}'), 'PUBLIC'],
  'a second size': [inScope('{"key":"OBJECT_SIZE","comparator":"GT","values":[|"1024"]}'), '1 KiB', '1 MiB'],
  'a second size, behind a quote': [inScope('{"key":"OBJECT_SIZE","values":["|"1024"]}'), '1 KiB', '1 MiB'],
  'a name that lacks its colon': ['{\n  "jobType"\n  "|"\n}', 'jobType'],
  'a name that lacks its colon before a value': [
    '{\n  "jobType" "ONE_TIME",\n  "|"\n}',
    'jobType',
    'scheduleFrequency',
  ],
  'what a value without quotes forbids': ['{\n  "jobType": ONE_TIME,\n  "|"\n}', 'scheduleFrequency', 'initialRun'],
  'a name that lacks its closing quote': ['{\n  "jobType: "ONE_TIME",\n  "|"\n}', 'jobType', 'scheduleFrequency'],
  'a name with an equals sign': ['{"jobType" = "ONE_TIME", |}', 'jobType', 'scheduleFrequency'],
  'a value in single quotes': [`{\n  'jobType': 'ONE_TIME',\n  "|"\n}`, 'jobType', 'scheduleFrequency'],
  'a name in single quotes': [`{\n  'name': 'x',\n  '|'\n}`, 'name'],
  'half a prefix itself': [inScope('{"key":"OBJECT_KEY","comparator":"STARTS_WITH","values":["lo|"]}'), 'lo'],
  'half an extension itself': [inScope('{"key":"OBJECT_EXTENSION","values":["csvx|"]}'), 'csvx'],
  'half a prefix itself, not closed': [inScope('{"key":"OBJECT_KEY","values":["lo|, "x"]}'), 'lo', 'lo, '],
  'half an account itself': [inCriteria('{"key":"ACCOUNT_ID","values":["1111|"]}'), '1111'],
  'half a bucket itself': [inCriteria('{"key":"S3_BUCKET_NAME","values":["pay|"]}'), 'pay'],
  'half a tag key itself': [inTags('{"key":"Cost |","value":"1"}'), 'Cost '],
  'half a tag value itself': [inTags('{"key":"Cost","value":"40|"}'), '40'],
  'what an unclosed value forbids': ['{\n  "jobType": "ONE_TIME,\n  |\n}', 'scheduleFrequency', 'initialRun'],
};

for (const [name, [text, ...lacks]] of Object.entries(LACKING)) {
  test(`not offered: ${name}`, () => {
    const labels = labelsIn(text);
    for (const label of lacks) assert.ok(!labels.includes(label), `${label} is offered`);
  });
}

test('a key that is not closed decides over its comparators', () => {
  for (const term of ['{\n"key":"OBJECT_KEY\n"comparator":"|"}', '{\n"key":"OBJECT_KEY,\n"comparator":"|"}']) {
    assert.deepEqual(labelsIn(inScope(term)), ['STARTS_WITH'], term);
  }
});

test('between braces that hold anything at all, no whole job is offered', () => {
  for (const marked of ['{\n  "jobType"\n  "|"\n}', '{"na|me" "x"}', '{ 5, | }', '{ , | }', '{ | {} }']) {
    const jobs = offered(cursorIn(marked)).filter((item) => isSnippet(item) && item.label.startsWith('job-'));
    assert.deepEqual(jobs, [], marked);
  }
  assert.ok(offered(cursorIn('{\n  // to be written\n  |\n}')).some(({ label }) => label.startsWith('job-')));
});

test('what is written at the cursor is offered where it stands elsewhere too', () => {
  assert.deepEqual(labelsIn(inScope('{"key":"OBJECT_KEY","values":["logs/", "lo|"]}')), []);
  const twice = inScope(
    '{"key":"OBJECT_KEY","values":["lo|"]}},{"simpleScopeTerm":{"key":"OBJECT_KEY","values":["lo"]}',
  );
  assert.deepEqual(labelsIn(twice), ['lo']);
  assert.deepEqual(labelsIn(inTags('{"key":"Co|","value":"1"},{"key":"Cost","value":"2"}')), ['Cost']);
});
