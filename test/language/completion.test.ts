import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompletionItemKind, InsertTextFormat, type MarkupContent, type TextEdit } from 'vscode-languageserver-types';
import { complete } from '../../server/language/completion.js';
import { MEMBER_ORDER, offeredMembers } from '../../server/language/completionMembers.js';
import type { MemberPlace } from '../../server/language/completionPlace.js';
import { rootSchema, type SchemaNode, schemaStep } from '../../server/language/schema.js';
import { allSnippets } from '../../server/language/snippets.js';
import { accepted, cursorIn, isSnippet, labelsIn, NOW, offered } from './cursor.js';

const inScope = (term: string) => `{"s3JobDefinition":{"scoping":{"includes":{"and":[{"simpleScopeTerm":${term}}]}}}}`;
const inTerms = (terms: string) => `{"s3JobDefinition":{"scoping":{"includes":{"and":${terms}}}}}`;
const inTags = (pairs: string) => inTerms(`[{"tagScopeTerm":{"tagValues":${pairs}}}]`);
const inCriteria = (term: string) =>
  `{"s3JobDefinition":{"bucketCriteria":{"excludes":{"and":[{"simpleCriterion":${term}}]}}}}`;

interface Case {
  text: string;
  /** All of these, in this order. */
  has?: string[];
  lacks?: string[];
  /** Exactly these. */
  is?: string[];
}

const CASES: Record<string, Case> = {
  'required members come first': { text: '{|}', has: ['name', 'jobType', 's3JobDefinition', 'description', 'tags'] },
  'members of other objects are not offered': { text: '{|}', lacks: ['bucketDefinitions', 'simpleScopeTerm', 'key'] },
  'no member twice': { text: '{"name":"j","|"}', lacks: ['name'] },
  'a repeated member, under the cursor, is not offered again': { text: '{"name":"j","na|me":"k"}', lacks: ['name'] },
  'the name under the cursor stays': { text: '{"na|me":"j"}', has: ['name'] },
  'what the CLI refuses or what is better left out is not offered': { text: '{|}', lacks: ['$schema', 'clientToken'] },
  'ONE_TIME: no schedule': { text: '{"jobType":"ONE_TIME","|"}', lacks: ['scheduleFrequency', 'initialRun'] },
  'ONE_TIME behind the cursor': { text: '{"|","jobType":"ONE_TIME"}', lacks: ['scheduleFrequency', 'initialRun'] },
  'ONE_TIME in a broken file': { text: '{"|  "jobType":"ONE_TIME", "tags": {', lacks: ['scheduleFrequency'] },
  'SCHEDULED: the schedule before the rest': {
    text: '{"jobType":"SCHEDULED","name":"j","|"}',
    has: ['scheduleFrequency', 's3JobDefinition', 'initialRun'],
  },
  'INCLUDE wants ids': {
    text: '{"managedDataIdentifierSelector":"INCLUDE","|"}',
    has: ['managedDataIdentifierIds', 'description'],
  },
  'NONE wants custom ids': {
    text: '{"managedDataIdentifierSelector":"NONE","|"}',
    has: ['customDataIdentifierIds', 'description'],
    lacks: ['managedDataIdentifierIds'],
  },
  'RECOMMENDED takes no ids': {
    text: '{"|","managedDataIdentifierSelector":"RECOMMENDED"}',
    lacks: ['managedDataIdentifierIds'],
  },
  'one bucket form': { text: '{"s3JobDefinition":{"bucketDefinitions":[],"|"}}', is: ['scoping'] },
  'the other bucket form': { text: '{"s3JobDefinition":{"|","bucketCriteria":{}}}', is: ['scoping'] },
  'one schedule form': { text: '{"scheduleFrequency":{"|","weeklySchedule":{}}}', is: [] },
  'schedule forms': {
    text: '{"scheduleFrequency":{|}}',
    is: ['dailySchedule', 'weeklySchedule', 'monthlySchedule'],
  },
  'an empty schedule has no members': { text: '{"scheduleFrequency":{"dailySchedule":{|}}}', is: [] },
  'one kind of scope term': {
    text: '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{},"|"}]}}}}',
    is: [],
  },
  'one kind of criterion': {
    text: '{"s3JobDefinition":{"bucketCriteria":{"includes":{"and":[{"simpleCriterion":{}, |}]}}}}',
    is: [],
  },
  'kinds of scope term': {
    text: '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"|"}]}}}}',
    is: ['simpleScopeTerm', 'tagScopeTerm'],
  },
  'members of a term': { text: inScope('{"|"}'), is: ['key', 'comparator', 'values'] },
  'members of a tag term': {
    text: '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{"|"}}]}}}}',
    is: ['key', 'comparator', 'tagValues', 'target'],
  },
  'the keys of tags are the user’s own': { text: '{"tags":{"|"}}', is: [] },
  'nothing in an unknown member': { text: '{"jobDetails":{"|"}}', is: [] },
  'nothing in a comment': { text: '{ // |\n}', is: [] },
  'nothing in a block comment': { text: '{ /* | */ }', is: [] },
  'nothing behind the definition': { text: '{} |', is: [] },
  'nothing right behind a name': { text: '{"name"|}', is: [] },
  'right behind a value: what can follow': { text: '{"name":"j"|}', has: ['jobType'], lacks: ['name'] },
  'nothing in a name that goes on over lines': { text: '{"job\\\n|": 1}', is: [] },
  'nothing between name and colon': { text: '{"name" | : "j"}', is: [] },

  'job types': { text: '{"jobType":"|"}', is: ['ONE_TIME', 'SCHEDULED'] },
  'a schedule is there: SCHEDULED': { text: '{"jobType":|,"scheduleFrequency":{}}', is: ['SCHEDULED'] },
  'a job type that stands may be changed': {
    text: '{"jobType":"SCHED|ULED","scheduleFrequency":{}}',
    is: ['SCHEDULED', 'ONE_TIME'],
  },
  'initialRun is for recurring jobs': { text: '{"jobType":"|","initialRun":true}', is: ['SCHEDULED', 'ONE_TIME'] },
  selectors: {
    text: '{"managedDataIdentifierSelector": |}',
    is: ['RECOMMENDED', 'ALL', 'INCLUDE', 'EXCLUDE', 'NONE'],
  },
  'selectors beside ids': {
    text: '{"managedDataIdentifierSelector": "|", "managedDataIdentifierIds": ["NAME"]}',
    is: ['INCLUDE', 'EXCLUDE'],
  },
  'selectors beside an empty list': {
    text: '{"managedDataIdentifierSelector": "|", "managedDataIdentifierIds": []}',
    has: ['RECOMMENDED', 'ALL'],
  },
  booleans: { text: '{"jobType":"SCHEDULED","initialRun":|}', is: ['true', 'false'] },
  'days of the month': {
    text: '{"scheduleFrequency":{"monthlySchedule":{"dayOfMonth":|}}}',
    has: ['1', '28', '29', '31'],
  },
  'days of the week': {
    text: '{"scheduleFrequency":{"weeklySchedule":{"dayOfWeek":"|"}}}',
    has: ['MONDAY', 'SATURDAY'],
  },
  sampling: { text: '{"samplingPercentage":|}', has: ['100', '10', '1'] },

  'comparators of an extension': { text: inScope('{"comparator":"|","key":"OBJECT_EXTENSION"}'), is: ['EQ', 'NE'] },
  'the key behind the cursor': {
    text: inScope('{"comparator":"|","values":[],"key":"OBJECT_KEY"}'),
    is: ['STARTS_WITH'],
  },
  'the key on the next line, without a comma': {
    text: inScope('{"comparator": |\n"key":"OBJECT_KEY"}'),
    is: ['STARTS_WITH'],
  },
  'the key on the same line, without a comma': {
    text: inScope('{"comparator": | "key":"OBJECT_KEY"}'),
    is: ['STARTS_WITH'],
  },
  'comparators of a size': {
    text: inScope('{"key":"OBJECT_SIZE","comparator":"G|T"}'),
    is: ['GTE', 'GT', 'LT', 'LTE', 'EQ', 'NE'],
  },
  'comparators of a date': {
    text: inScope('{"key":"OBJECT_LAST_MODIFIED_DATE","comparator":"|"}'),
    is: ['GTE', 'GT', 'LT', 'LTE', 'EQ', 'NE'],
  },
  'comparators without a key': {
    text: inScope('{"comparator":"|"}'),
    has: ['EQ', 'GT', 'STARTS_WITH'],
    lacks: ['CONTAINS'],
  },
  'comparators of buckets': { text: inCriteria('{"comparator":"|"}'), is: ['EQ', 'NE'] },
  'comparators of tags': {
    text: '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{"comparator":"|"}}]}}}}',
    is: ['EQ', 'NE'],
  },
  'keys by comparator': { text: inScope('{"comparator":"STARTS_WITH","key":"|"}'), is: ['OBJECT_KEY'] },
  'keys by comparator, behind the cursor': {
    text: inScope('{"key":"|","comparator":"GT"}'),
    is: ['OBJECT_LAST_MODIFIED_DATE', 'OBJECT_SIZE'],
  },
  'a key that stands may be changed': {
    text: inScope('{"key":"OBJECT_|SIZE","comparator":"GT"}'),
    is: ['OBJECT_LAST_MODIFIED_DATE', 'OBJECT_SIZE', 'OBJECT_EXTENSION', 'OBJECT_KEY'],
  },
  'a key behind the cursor may be changed': {
    text: inScope('{"key":|"OBJECT_SIZE","comparator":"GT"}'),
    is: ['OBJECT_LAST_MODIFIED_DATE', 'OBJECT_SIZE', 'OBJECT_EXTENSION', 'OBJECT_KEY'],
  },
  'values without quotes are there already': {
    text: inScope('{"key":"OBJECT_EXTENSION","values":[csv, "|"]}'),
    lacks: ['csv'],
  },
  'keys by a value: a size': {
    text: inScope('{"key":"|","comparator":"GT","values":["1048576"]}'),
    is: ['OBJECT_SIZE', 'OBJECT_LAST_MODIFIED_DATE'],
  },
  'keys by a value: a date': {
    text: inScope('{"values":["2024-01-01"],"comparator":"GT","key":"|"}'),
    is: ['OBJECT_LAST_MODIFIED_DATE', 'OBJECT_SIZE'],
  },
  'keys by a value: an extension': {
    text: inScope('{"key":"|","comparator":"NE","values":["pdf"]}'),
    is: ['OBJECT_EXTENSION', 'OBJECT_LAST_MODIFIED_DATE', 'OBJECT_SIZE'],
  },
  'keys of buckets by a value: a state': {
    text: inCriteria('{"key":"|","values":["EXTERNAL"]}'),
    is: ['S3_BUCKET_SHARED_ACCESS', 'ACCOUNT_ID', 'S3_BUCKET_NAME', 'S3_BUCKET_EFFECTIVE_PERMISSION'],
  },
  'keys of buckets by a value: a name': {
    text: inCriteria('{"key":"|","values":["orders-raw"]}'),
    is: ['S3_BUCKET_NAME', 'ACCOUNT_ID', 'S3_BUCKET_EFFECTIVE_PERMISSION', 'S3_BUCKET_SHARED_ACCESS'],
  },
  'comparators for several values': {
    text: inScope('{"comparator":"|","values":["pdf","csv"]}'),
    is: ['EQ', 'NE', 'STARTS_WITH'],
  },
  'comparators of a key in other letters': {
    text: inScope('{"key":"object_key","comparator":"|"}'),
    is: ['STARTS_WITH'],
  },
  'keys that take several values': {
    text: inScope('{"key":"|","values":["1","2"],"comparator":"EQ"}'),
    is: ['OBJECT_EXTENSION'],
  },
  'keys that take several values, no comparator yet': {
    text: inScope('{"key":"|","values":["1","2"]}'),
    is: ['OBJECT_EXTENSION', 'OBJECT_KEY'],
  },
  'the one key of a tag term': {
    text: '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{"key":"|"}}]}}}}',
    is: ['TAG'],
  },
  'the one target': {
    text: '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{"target":|}}]}}}}',
    is: ['S3_OBJECT'],
  },
  'values by key: permission': {
    text: inCriteria('{"key":"S3_BUCKET_EFFECTIVE_PERMISSION","values":["|"]}'),
    is: ['PUBLIC', 'NOT_PUBLIC', 'UNKNOWN'],
  },
  'values by key, behind the cursor, without those used': {
    text: inCriteria('{"values":["EXTERNAL", |],"key":"S3_BUCKET_SHARED_ACCESS"}'),
    is: ['INTERNAL', 'NOT_SHARED', 'UNKNOWN'],
  },
  'the value under the cursor stays': {
    text: inCriteria('{"values":["EXTERN|AL"],"key":"S3_BUCKET_SHARED_ACCESS"}'),
    has: ['EXTERNAL', 'INTERNAL'],
  },
  'accounts of this file': {
    text: `{"s3JobDefinition":{"bucketDefinitions":[{"accountId":"111122223333","buckets":["a"]}],"bucketCriteria":{"includes":{"and":[{"simpleCriterion":{"key":"ACCOUNT_ID","values":["|"]}}]}}}}`,
    is: ['111122223333'],
  },
  'buckets of this file': {
    text: `{"s3JobDefinition":{"bucketDefinitions":[{"accountId":"1","buckets":["aaa","bbb"]},{"buckets":["|"]}],"bucketCriteria":{"includes":{"and":[{"simpleCriterion":{"key":"S3_BUCKET_NAME","values":["bbb","ccc"]}}]}}}}`,
    is: ['ccc'],
  },
  'tag keys of this file': {
    text: `{"tags":{"Team":"Security"},"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{"tagValues":[{"key":"|"}]}}]}}}}`,
    is: ['Team'],
  },
  'tag values of this file': {
    text: `{"tags":{"Team":"Security"},"s3JobDefinition":{"scoping":{"includes":{"and":[{"tagScopeTerm":{"tagValues":[{"key":"Team","value":"|"}]}}]}}}}`,
    is: ['Security'],
  },
  'extensions that Macie analyzes': {
    text: inScope('{"key":"OBJECT_EXTENSION","values":["csv","|"]}'),
    has: ['avro', 'json', 'pdf'],
    lacks: ['csv', 'png', '.pdf'],
  },
  'sizes by name': { text: inScope('{"key":"OBJECT_SIZE","values":["|"]}'), has: ['1 KiB', '1 MiB', '1 GiB'] },
  'a size takes one value': { text: inScope('{"key":"OBJECT_SIZE","values":["1",|]}'), is: [] },
  'dates by name': {
    text: inScope('{"key":"OBJECT_LAST_MODIFIED_DATE","values":["|"]}'),
    has: ['start of today', '30 days ago', 'start of this year', 'now'],
  },
  'ids that are not used yet': {
    text: '{"managedDataIdentifierSelector":"INCLUDE","managedDataIdentifierIds":["CREDIT_CARD_NUMBER","|"]}',
    has: ['CREDIT_CARD_NUMBER_(NO_KEYWORD)', 'NAME'],
    lacks: ['CREDIT_CARD_NUMBER'],
  },
  'no ids where the selector takes none': {
    text: '{"managedDataIdentifierSelector":"ALL","managedDataIdentifierIds":["|"]}',
    is: [],
  },
  'no list of ids where the selector takes none': {
    text: '{"managedDataIdentifierSelector":"ALL","managedDataIdentifierIds":|}',
    is: [],
  },
  'no list of ids where the selector is the default': {
    text: '{"managedDataIdentifierIds":|,"managedDataIdentifierSelector":"RECOMMENDED"}',
    is: [],
  },
  'a list of ids': { text: '{"managedDataIdentifierSelector":"INCLUDE","managedDataIdentifierIds":|}', is: ['[ ]'] },
  'another name for a list': { text: '{"|":["a"]}', has: ['managedDataIdentifierIds', 'allowListIds', 'name'] },
  'another name for an object': { text: '{"|":{}}', has: ['s3JobDefinition', 'tags', 'name'] },
  'another name for a text': { text: '{"|":"ONE_TIME"}', has: ['jobType', 'description', 's3JobDefinition', 'tags'] },
  'another name for a number': { text: '{"|": 5}', has: ['samplingPercentage', 'name', 'initialRun'] },
  'another name for a boolean': { text: '{"|" true}', has: ['initialRun', 'name', 'samplingPercentage'] },
  'a pair once': {
    text: inTags('[{"key":"Env","value":"Test"},{"key":"Env","value":"|"},{"key":"Env","value":"Dev"}]'),
    is: [],
  },
  'a pair that another condition has': {
    text: inTags('[{"key":"Env","value":"Test"}]}},{"tagScopeTerm":{"tagValues":[{"key":"Env","value":"|"}]'),
    is: ['Test'],
  },
  'a key that would repeat a pair': {
    text: inTags('[{"key":"Env","value":"Test"},{"key":"Team","value":"a"},{"key":"|","value":"Test"}]'),
    is: ['Team'],
  },
  'ids only the account knows': { text: '{"customDataIdentifierIds":["|"],"allowListIds":[]}', is: [] },
};

for (const [name, { text, has, lacks, is }] of Object.entries(CASES)) {
  test(`offered: ${name}`, () => {
    const labels = labelsIn(text);
    if (is) assert.deepEqual(labels, is);
    if (has) {
      assert.deepEqual(
        labels.filter((label) => has.includes(label)),
        has,
      );
    }
    for (const label of lacks ?? []) assert.ok(!labels.includes(label), `${label} is offered`);
  });
}

function documentationOf(marked: string, label: string): string {
  const item = offered(cursorIn(marked)).find((candidate) => candidate.label === label);
  return (item?.documentation as MarkupContent | undefined)?.value ?? '';
}

// ---- insertion

/** Text with a cursor, what is accepted, the text that comes of it (placeholders filled in). */
const INSERTIONS: [name: string, text: string, label: string, result: string][] = [
  ['right behind a value', '{"name":"j"|}', 'description', '{"name":"j", "description": ""}'],
  [
    'right behind a value, before a comma',
    '{"name":"j"|,"tags":{}}',
    'description',
    '{"name":"j", "description": "","tags":{}}',
  ],
  ['right behind an object', '{"tags":{}|}', 'description', '{"tags":{}, "description": ""}'],
  [
    'right behind a value, on many lines',
    '{\n  "name": "j"|\n}',
    'description',
    '{\n  "name": "j",\n  "description": ""\n}',
  ],
  [
    'right behind an object, on many lines',
    '{\n  "tags": {\n  }|\n}',
    'description',
    '{\n  "tags": {\n  },\n  "description": ""\n}',
  ],
  [
    'right behind an item',
    '{"managedDataIdentifierIds":["ADDRESS"|]}',
    'NAME',
    '{"managedDataIdentifierIds":["ADDRESS", "NAME"]}',
  ],
  [
    'right behind an item, on many lines',
    '{\n  "managedDataIdentifierIds": [\n    "ADDRESS"|\n  ]\n}',
    'NAME',
    '{\n  "managedDataIdentifierIds": [\n    "ADDRESS",\n    "NAME"\n  ]\n}',
  ],
  [
    'ids together with the selector that they need',
    '{\n  |\n}',
    'managedDataIdentifierIds',
    '{\n  "managedDataIdentifierSelector": "INCLUDE",\n  "managedDataIdentifierIds": [""]\n}',
  ],
  [
    'ids beside their selector',
    '{"managedDataIdentifierSelector":"EXCLUDE",|}',
    'managedDataIdentifierIds',
    '{"managedDataIdentifierSelector":"EXCLUDE","managedDataIdentifierIds": [""]}',
  ],
  [
    'the only comparator of a key',
    inScope('{"key":"OBJECT_KEY",|}'),
    'comparator',
    inScope('{"key":"OBJECT_KEY","comparator": "STARTS_WITH"}'),
  ],
  [
    'a comparator to choose',
    inScope('{"key":"OBJECT_SIZE",|}'),
    'comparator',
    inScope('{"key":"OBJECT_SIZE","comparator": ""}'),
  ],
  [
    'a condition on buckets',
    '{"s3JobDefinition":{"bucketCriteria":{"includes":{"and":[{|}]}}}}',
    'simpleCriterion',
    '{"s3JobDefinition":{"bucketCriteria":{"includes":{"and":[{"simpleCriterion": {"key": "", "comparator": "EQ", "values": [""]}}]}}}}',
  ],
  [
    'a list in place of a number',
    inScope('{"key":"OBJECT_SIZE","values": 10|}'),
    '10 KiB',
    inScope('{"key":"OBJECT_SIZE","values": ["10240"]}'),
  ],
  [
    'a list in place of a text',
    inScope('{"key":"OBJECT_EXTENSION","values": "c|sv"}'),
    'csv',
    inScope('{"key":"OBJECT_EXTENSION","values": ["csv"]}'),
  ],
  [
    'a list of ids in place of one',
    '{"managedDataIdentifierSelector":"INCLUDE","managedDataIdentifierIds":"NAM|E"}',
    'NAME',
    '{"managedDataIdentifierSelector":"INCLUDE","managedDataIdentifierIds":["NAME"]}',
  ],
  [
    'an object that is empty, on one line',
    '{\n  "name": "j",\n  "s3JobDefinition": {|}\n}',
    'bucketDefinitions',
    '{\n  "name": "j",\n  "s3JobDefinition": {\n    "bucketDefinitions": [\n      {\n        "accountId": "",\n        "buckets": [""]\n      }\n    ]\n  }\n}',
  ],
  [
    'an object that is empty but for spaces and quotes',
    '{\n  "s3JobDefinition": { "|" }\n}',
    'scoping',
    '{\n  "s3JobDefinition": {\n    "scoping": {\n      \n    }\n  }\n}',
  ],
  [
    'one line stays on its line',
    '{\n  "scheduleFrequency": {|}\n}',
    'dailySchedule',
    '{\n  "scheduleFrequency": {"dailySchedule": {}}\n}',
  ],
  [
    'a list that is empty',
    '{\n  "bucketDefinitions": [],\n  "s3JobDefinition": { "bucketDefinitions": [|] }\n}',
    '{ accountId, buckets }',
    '{\n  "bucketDefinitions": [],\n  "s3JobDefinition": { "bucketDefinitions": [\n    {\n      "accountId": "",\n      "buckets": [""]\n    }\n  ] }\n}',
  ],
  [
    'a shape for an object',
    '{"s3JobDefinition": |}',
    'buckets-named',
    '{"s3JobDefinition": {"bucketDefinitions": [{"accountId": "111122223333", "buckets": ["payroll-exports"]}]}}',
  ],
  [
    'a shape for a member that a snippet writes',
    '{"s3JobDefinition": {"bucketCriteria": |}}',
    'buckets-except',
    '{"s3JobDefinition": {"bucketCriteria": {"excludes": {"and": [{"tagCriterion": {"comparator": "EQ", "tagValues": [{ "key": "Macie", "value": "skip" }]}}]}}}}',
  ],
  [
    'a shape for a list',
    inTerms('|'),
    'term-prefix',
    inTerms('[{"simpleScopeTerm": {"key": "OBJECT_KEY", "comparator": "STARTS_WITH", "values": ["exports/"]}}]'),
  ],
  [
    'a shape for an object around a list',
    '{"s3JobDefinition":{"scoping":{"excludes":|}}}',
    'term-extension',
    '{"s3JobDefinition":{"scoping":{"excludes":{"and": [{"simpleScopeTerm": {"key": "OBJECT_EXTENSION", "comparator": "EQ", "values": ["csv"]}}]}}}}',
  ],
  [
    'a shape for a condition',
    inTerms('[{"simpleScopeTerm":|}]'),
    'term-prefix',
    inTerms('[{"simpleScopeTerm":{"key": "OBJECT_KEY", "comparator": "STARTS_WITH", "values": ["exports/"]}}]'),
  ],
  [
    'a shape on many lines',
    '{\n  "s3JobDefinition": |\n}',
    'buckets-named',
    '{\n  "s3JobDefinition": {\n    "bucketDefinitions": [\n      {\n        "accountId": "111122223333",\n        "buckets": ["payroll-exports"]\n      }\n    ]\n  }\n}',
  ],
  ['empty object', '{|}', 'name', '{"name": ""}'],
  ['inside quotes', '{"|"}', 'jobType', '{"jobType": ""}'],
  ['inside quotes, before a colon', '{"|": "j"}', 'name', '{"name": "j"}'],
  ['without quotes', '{job|}', 'jobType', '{"jobType": ""}'],
  ['in single quotes', "{'job|'}", 'jobType', '{"jobType": ""}'],
  ['in the middle of a name', '{"job|Tpye": "ONE_TIME"}', 'jobType', '{"jobType": "ONE_TIME"}'],
  ['in the middle of a bare name', '{job|Tpye: "ONE_TIME"}', 'jobType', '{"jobType": "ONE_TIME"}'],
  ['after a comma', '{"name":"j",|}', 'description', '{"name":"j","description": ""}'],
  ['without a comma before', '{"name":"j" |}', 'description', '{"name":"j", "description": ""}'],
  [
    'on a new line, without a comma before',
    '{\n  "name": "j"\n  |\n}',
    'description',
    '{\n  "name": "j",\n  "description": ""\n}',
  ],
  ['in quotes, without a comma before', '{"name":"j" "|"}', 'description', '{"name":"j", "description": ""}'],
  ['before a member', '{|"name":"j"}', 'description', '{"description": "","name":"j"}'],
  [
    'before a member, on its own line',
    '{\n  |\n  "name": "j"\n}',
    'tags',
    '{\n  "tags": { "": "" },\n  "name": "j"\n}',
  ],
  [
    'between members',
    '{"name":"j", "|" "jobType":"ONE_TIME"}',
    'tags',
    '{"name":"j", "tags": { "": "" }, "jobType":"ONE_TIME"}',
  ],
  ['between a value and its comma', '{"name":"j" | ,"tags":{}}', 'jobType', '{"name":"j", "jobType": "" ,"tags":{}}'],
  ['in an object that is never closed', '{"name":"j",\n  "job|', 'jobType', '{"name":"j",\n  "jobType": ""'],
  ['an unclosed name before more', '{"job|, "name":"j"}', 'jobType', '{"jobType": "", "name":"j"}'],
  [
    'an unclosed name at the end of a line',
    '{\n  "job|\n  "name": "j"\n}',
    'jobType',
    '{\n  "jobType": "",\n  "name": "j"\n}',
  ],
  ['an unclosed name before a brace', '{"name":"j","job|}', 'jobType', '{"name":"j","jobType": ""}'],
  ['an object as value, on many lines', '{\n  |\n}', 's3JobDefinition', '{\n  "s3JobDefinition": {\n    \n  }\n}'],
  [
    'a deep value, indented by tabs',
    '{\n\t"name": "j",\n\t"s3JobDefinition": {\n\t\t|\n\t}\n}',
    'bucketDefinitions',
    '{\n\t"name": "j",\n\t"s3JobDefinition": {\n\t\t"bucketDefinitions": [\n\t\t\t{\n\t\t\t\t"accountId": "",\n\t\t\t\t"buckets": [""]\n\t\t\t}\n\t\t]\n\t}\n}',
  ],
  [
    'a deep value on one line',
    '{"s3JobDefinition":{|}}',
    'bucketDefinitions',
    '{"s3JobDefinition":{"bucketDefinitions": [{"accountId": "", "buckets": [""]}]}}',
  ],
  ['a boolean', '{"jobType":"SCHEDULED",|}', 'initialRun', '{"jobType":"SCHEDULED","initialRun": true}'],
  ['a number', '{|}', 'samplingPercentage', '{"samplingPercentage": 100}'],
  ['an array', '{|}', 'allowListIds', '{"allowListIds": [""]}'],
  [
    'a schedule without members',
    '{"scheduleFrequency":{|}}',
    'dailySchedule',
    '{"scheduleFrequency":{"dailySchedule": {}}}',
  ],

  ['a value without quotes', '{"jobType": |}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
  ['a value right behind the colon', '{"jobType":|}', 'ONE_TIME', '{"jobType":"ONE_TIME"}'],
  ['a value inside quotes', '{"jobType": "|"}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
  ['a bare value', '{"jobType": ONE|_TIM}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
  ['another value', '{"jobType": "SCHED|ULED"}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
  ['before a value', '{"jobType": | "SCHEDULED"}', 'ONE_TIME', '{"jobType": "ONE_TIME"}'],
  ['at a value', '{"jobType":|"SCHEDULED"}', 'ONE_TIME', '{"jobType":"ONE_TIME"}'],
  ['a value before a member', '{"jobType": |\n"name":"j"}', 'ONE_TIME', '{"jobType": "ONE_TIME",\n"name":"j"}'],
  [
    'a value before a member on its line',
    '{"jobType": | "name":"j"}',
    'ONE_TIME',
    '{"jobType": "ONE_TIME", "name":"j"}',
  ],
  ['an unclosed value', '{"jobType": "ONE|', 'ONE_TIME', '{"jobType": "ONE_TIME"'],
  [
    'an unclosed value before more',
    '{"jobType": "ONE|, "name":"j"}',
    'ONE_TIME',
    '{"jobType": "ONE_TIME", "name":"j"}',
  ],
  ['an unclosed value at the end of a line', '{"jobType": "ONE|\n}', 'ONE_TIME', '{"jobType": "ONE_TIME"\n}'],
  ['a bare boolean', '{"initialRun": tr|}', 'true', '{"initialRun": true}'],
  ['a boolean in quotes', '{"initialRun": "tr|ue"}', 'true', '{"initialRun": true}'],
  ['a number over a number', '{"samplingPercentage": 1|5}', '50', '{"samplingPercentage": 50}'],
  ['a number with a unit', '{"samplingPercentage": 5|%}', '50', '{"samplingPercentage": 50}'],
  [
    'an id with parentheses',
    '{"managedDataIdentifierIds":[CREDIT|]}',
    'CREDIT_CARD_NUMBER_(NO_KEYWORD)',
    '{"managedDataIdentifierIds":["CREDIT_CARD_NUMBER_(NO_KEYWORD)"]}',
  ],
  [
    'over an id with parentheses, unclosed',
    '{"managedDataIdentifierIds":["CREDIT|_CARD_NUMBER_(NO_KEYWORD)\n]}',
    'NAME',
    '{"managedDataIdentifierIds":["NAME"\n]}',
  ],
  ['the first item', '{"managedDataIdentifierIds":[|]}', 'NAME', '{"managedDataIdentifierIds":["NAME"]}'],
  [
    'an item before others',
    '{"managedDataIdentifierIds":[|"ADDRESS"]}',
    'NAME',
    '{"managedDataIdentifierIds":["NAME","ADDRESS"]}',
  ],
  [
    'an item behind a comma',
    '{"managedDataIdentifierIds":["ADDRESS",|]}',
    'NAME',
    '{"managedDataIdentifierIds":["ADDRESS","NAME"]}',
  ],
  [
    'an item without a comma before',
    '{"managedDataIdentifierIds":["ADDRESS"\n|]}',
    'NAME',
    '{"managedDataIdentifierIds":["ADDRESS",\n"NAME"]}',
  ],
  [
    'an item between others',
    '{"managedDataIdentifierIds":["ADDRESS", | "LATITUDE_LONGITUDE"]}',
    'NAME',
    '{"managedDataIdentifierIds":["ADDRESS", "NAME", "LATITUDE_LONGITUDE"]}',
  ],
  [
    'a size by its name',
    inScope('{"key":"OBJECT_SIZE","values":["|"]}'),
    '1 MiB',
    inScope('{"key":"OBJECT_SIZE","values":["1048576"]}'),
  ],
  [
    'a date by its name',
    inScope('{"key":"OBJECT_LAST_MODIFIED_DATE","values":["2026|"]}'),
    'start of today',
    inScope('{"key":"OBJECT_LAST_MODIFIED_DATE","values":["2026-06-15T00:00:00Z"]}'),
  ],
  [
    'an item of objects',
    '{"s3JobDefinition":{"bucketDefinitions":[|]}}',
    '{ accountId, buckets }',
    '{"s3JobDefinition":{"bucketDefinitions":[{"accountId": "", "buckets": [""]}]}}',
  ],
  [
    'a snippet for a condition',
    '{"s3JobDefinition":{"scoping":{"includes":{"and":["|"]}}}}',
    'term-prefix',
    '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"simpleScopeTerm": {"key": "OBJECT_KEY", "comparator": "STARTS_WITH", "values": ["exports/"]}}]}}}}',
  ],
  [
    'a snippet for a condition, between braces',
    '{"s3JobDefinition":{"scoping":{"includes":{"and":[{|}]}}}}',
    'term-prefix',
    '{"s3JobDefinition":{"scoping":{"includes":{"and":[{"simpleScopeTerm": {"key": "OBJECT_KEY", "comparator": "STARTS_WITH", "values": ["exports/"]}}]}}}}',
  ],
  [
    'a snippet for a schedule, between braces',
    '{"scheduleFrequency": {|}}',
    'schedule-daily',
    '{"scheduleFrequency": {"dailySchedule": {}}}',
  ],
  [
    'a snippet of two conditions',
    '{"s3JobDefinition":{"scoping":{"includes":{"and":[\n|\n]}}}}',
    'term-date-range',
    `{"s3JobDefinition":{"scoping":{"includes":{"and":[
{
  "simpleScopeTerm": {
    "key": "OBJECT_LAST_MODIFIED_DATE",
    "comparator": "GTE",
    "values": ["2026-01-01T00:00:00Z"]
  }
},
{
  "simpleScopeTerm": {
    "key": "OBJECT_LAST_MODIFIED_DATE",
    "comparator": "LT",
    "values": ["2026-07-01T00:00:00Z"]
  }
}
]}}}}`,
  ],
  [
    'a snippet for a schedule, as a member',
    '{\n  "jobType": "SCHEDULED"\n  |\n}',
    'schedule-daily',
    '{\n  "jobType": "SCHEDULED",\n  "scheduleFrequency": { "dailySchedule": {} }\n}',
  ],
  [
    'a snippet for a schedule, as a value',
    '{"scheduleFrequency": |}',
    'schedule-daily',
    '{"scheduleFrequency": { "dailySchedule": {} }}',
  ],
];

for (const [name, text, label, result] of INSERTIONS) {
  test(`inserted: ${name}`, () => {
    assert.equal(accepted(text, label, false), result, 'as plain text');
    assert.equal(accepted(text, label, true), result, 'as a snippet');
  });
}

test('the file keeps its line breaks', () => {
  const text = accepted('{\r\n  "name": "j",\r\n  |\r\n}', 's3JobDefinition', true);
  assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
});

test('an editor finds an item by the text that is replaced', () => {
  for (const marked of [
    '{"job|"}',
    '{job|}',
    "{'job|'}",
    '{"jobType":"ONE|"}',
    '{"managedDataIdentifierIds":[CRE|]}',
  ]) {
    const cursor = cursorIn(marked);
    for (const item of offered(cursor)) {
      const { range } = item.textEdit as TextEdit;
      assert.equal(range.start.line, range.end.line);
      const before = cursor.document.text.getText({ start: range.start, end: cursor.position });
      const quote = /^["']/.exec(before)?.[0] ?? '';
      assert.ok(item.filterText!.startsWith(quote) && (quote || /^\w|^\{/.test(item.filterText!)), item.filterText);
    }
  }
});

test('what comes next can be chosen from the list at once', () => {
  const items = new Map(offered(cursorIn('{"jobType":"SCHEDULED",|}')).map((item) => [item.label, item]));
  for (const name of ['managedDataIdentifierSelector', 'scheduleFrequency', 's3JobDefinition']) {
    assert.equal(items.get(name)!.command?.command, 'editor.action.triggerSuggest');
    assert.equal(items.get(name)!.insertTextFormat, InsertTextFormat.Snippet);
  }
  assert.equal(items.get('name')!.command, undefined);
  assert.equal(
    offered(cursorIn('{|}'), false).some((item) => item.insertTextFormat === InsertTextFormat.Snippet),
    false,
  );
});

test('whole jobs are offered in an empty file alone', () => {
  const jobs = (marked: string) => offered(cursorIn(marked)).filter((item) => item.label.startsWith('job-'));
  for (const marked of ['|', '  \n|', '\ufeff|', 'job|', '"job|"', '{|}', '{\n  |\n}']) {
    assert.ok(jobs(marked).length > 0, marked);
    for (const { label } of jobs(marked)) {
      const value = JSON.parse(accepted(marked, label).replace('\ufeff', '')) as Record<string, unknown>;
      assert.ok(value.name && value.jobType && value.s3JobDefinition, `${label} at ${marked}`);
    }
  }
  for (const marked of ['{"name":"j",|}', '[|]', '{"tags":{|}}', '// |', '{} |', '5|']) {
    assert.equal(jobs(marked).length, 0, marked);
  }
});

test('a whole job is laid out alike in an empty file and between braces', () => {
  const whole = accepted('|', 'job-one-time').trimEnd();
  assert.equal(accepted('{|}', 'job-one-time').trimEnd(), whole);
  assert.equal(accepted('{\n  |\n}', 'job-one-time').trimEnd(), whole);
});

test('a managed data identifier says what it finds, where, and whether it needs a keyword', () => {
  const items = offered(cursorIn('{"managedDataIdentifierIds":["|"]}'));
  const card = items.find((item) => item.label === 'CREDIT_CARD_NUMBER')!;
  const said = (card.documentation as MarkupContent).value;
  assert.match(card.detail!, /credit card/i);
  assert.match(card.labelDetails!.description!, /Financial/);
  assert.match(said, /keyword/i);
  assert.match(said, /recommended set/);
  assert.match(said, /mdis-reference-financial/);
  const license = items.find((item) => item.label === 'BELGIUM_DRIVERS_LICENSE')!;
  assert.match(license.labelDetails!.description!, /Belgium/);
});

test('a managed data identifier is found by its id, its type, its countries and its initials', () => {
  const shown = (typed: string) => {
    const items = offered(cursorIn(`{"managedDataIdentifierIds":["${typed}|"]}`));
    // What an editor shows first: items that it finds all by the same text stand in their order.
    const found = items.filter(({ filterText }) => filterText === `"${typed}"`);
    return found.sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1)).map(({ label }) => label);
  };
  assert.equal(shown('ssn').includes('USA_SOCIAL_SECURITY_NUMBER'), true);
  assert.equal(shown('gps')[0], 'LATITUDE_LONGITUDE');
  assert.equal(shown('nino')[0], 'UK_NATIONAL_INSURANCE_NUMBER');
  assert.equal(shown('npi')[0], 'USA_NATIONAL_PROVIDER_IDENTIFIER');
  assert.match(shown('license')[0]!, /DRIVERS_LICENSE$/);
  assert.ok(shown('iban').length > 20);
  assert.equal(shown('NAM')[0], 'NAME');
  assert.equal(shown('USA_SO')[0], 'USA_SOCIAL_SECURITY_NUMBER');
  assert.ok(shown('australia').every((id) => id.includes('AUSTRALIA') || ['ADDRESS', 'DRIVERS_LICENSE'].includes(id)));
  assert.deepEqual(shown('zzz'), []);
  const all = offered(cursorIn('{"managedDataIdentifierIds":["ssn|"]}'));
  assert.ok(all.length > 160, 'what is not found is there, for the editor to find');
  assert.ok(all.find(({ label }) => label === 'PKCS')!.filterText === '"PKCS"');
});

test('in a list of exclusions, an identifier says that it is left out', () => {
  const said = (selector: string) =>
    documentationOf(`{"managedDataIdentifierSelector":"${selector}","managedDataIdentifierIds":["|"]}`, 'NAME');
  assert.match(said('EXCLUDE'), /does not use it/);
  assert.doesNotMatch(said('INCLUDE'), /does not use it/);
  assert.match(said('EXCLUDE'), /does not use it/);
});

test('an extension is documented for its comparator', () => {
  const said = (comparator: string) =>
    documentationOf(inScope(`{"key":"OBJECT_EXTENSION","comparator":"${comparator}","values":["|"]}`), 'csv');
  assert.match(said('EQ'), /^Objects whose/);
  assert.match(said('NE'), /^Objects but those/);
  const known = inScope(
    '{"key":"OBJECT_EXTENSION","comparator":"NE","values":["log2"]}},{"simpleScopeTerm":{"key":"OBJECT_EXTENSION","comparator":"NE","values":["|"]}',
  );
  assert.match(documentationOf(known, 'log2'), /^Objects but those/);
});

test('a date is as far off as its label says', () => {
  const said = (label: string) =>
    documentationOf(inScope('{"key":"OBJECT_LAST_MODIFIED_DATE","comparator":"GTE","values":["|"]}'), label);
  for (const label of ['7 days ago', '30 days ago', '90 days ago']) {
    const [days] = label.split(' ');
    assert.match(said(label), days === '90' ? /, 3 months ago/ : new RegExp(`, ${days} days ago|, 1 month ago`), label);
  }
  assert.match(said('7 days ago'), /, 7 days ago/);
  assert.match(said('start of today'), /, 13 hours ago/);
  assert.match(said('now'), /, now/);
});

test('the preview of a snippet is what it writes', () => {
  const preview = (marked: string, label: string) =>
    /```json\n([\s\S]*)\n```/.exec(documentationOf(marked, label))![1]!.replace(/\s+/g, '');
  for (const [marked, label] of [
    ['{|}', 'job-one-time'],
    ['{\n  |\n}', 'job-weekly'],
    ['{\n  |\n}', 'schedule-weekly'],
    ['{"scheduleFrequency": |}', 'schedule-weekly'],
    ['{"scheduleFrequency": {|}}', 'schedule-weekly'],
    [inTerms('[{|}]'), 'term-size'],
    [inTerms('[{\n|\n}]'), 'term-tag'],
    [inTerms('[|]'), 'term-date-range'],
    ['{"s3JobDefinition": |}', 'buckets-criteria'],
  ] as const) {
    const [before, after] = marked.split('|') as [string, string];
    const written = accepted(marked, label).slice(before.length).replace(/\s+/g, '');
    assert.equal(`${preview(marked, label)}${after.replace(/\s+/g, '')}`, written, `${label} at ${marked}`);
  }
});

test('the dates of snippets are of this year, and no variable is left to the editor', () => {
  const now = new Date('2031-03-09T12:00:00Z');
  for (const [marked, label, date] of [
    ['|', 'job-replacement', '2031-03-09'],
    [inTerms('[|]'), 'term-changed-after', '2031-01-01'],
    [inTerms('[|]'), 'term-date-range', '2031-01-01'],
  ] as const) {
    const { document, position } = cursorIn(marked);
    const { items } = complete(document, position, { snippets: true, now });
    const item = items.find((candidate) => candidate.label === label)!;
    const { newText } = item.textEdit as TextEdit;
    assert.ok(newText.includes(`:${date}T00:00:00Z}`), newText);
    assert.doesNotMatch(newText, /CURRENT/, label);
    assert.ok((item.documentation as MarkupContent).value.includes(`"${date}T00:00:00Z"`), label);
  }
});

test('every item is documented, by Markdown', () => {
  for (const marked of [
    '{|}',
    '{"jobType":"|"}',
    '{"samplingPercentage":|}',
    '{"managedDataIdentifierIds":["|"]}',
    inScope('{"key":"OBJECT_SIZE","comparator":"|"}'),
    inScope('{"key":"OBJECT_SIZE","comparator":"GT","values":["|"]}'),
    inScope('{"key":"OBJECT_EXTENSION","values":["|"]}'),
    inCriteria('{"key":"S3_BUCKET_SHARED_ACCESS","values":["|"]}'),
  ]) {
    for (const { label, documentation } of offered(cursorIn(marked))) {
      assert.ok(((documentation as MarkupContent | undefined)?.value.length ?? 0) > 10, `${label} in ${marked}`);
    }
  }
});

test('the labels at one place differ', () => {
  for (const { text } of Object.values(CASES)) {
    const labels = offered(cursorIn(text)).map((item) => item.label);
    assert.equal(new Set(labels).size, labels.length, text);
  }
});

test('every snippet is offered somewhere', () => {
  const places = [
    '|',
    '{"scheduleFrequency": |}',
    '{"s3JobDefinition":{|}}',
    '{"s3JobDefinition":{"bucketCriteria":{"includes":{"and":[|]}}}}',
    '{"s3JobDefinition":{"scoping":{"includes":{"and":[|]}}}}',
  ];
  const found = places.map((text) =>
    offered(cursorIn(text))
      .filter(isSnippet)
      .map((item) => item.label),
  );
  const words = ['job', 'schedule', 'buckets', 'criterion', 'term'];
  assert.deepEqual(
    found.flat().sort(),
    allSnippets()
      .map(({ prefix }) => prefix)
      .sort(),
  );
  for (const [i, labels] of found.entries()) {
    assert.ok(labels.length > 0, places[i]);
    for (const label of labels) assert.equal(label.split('-')[0], words[i]);
  }
});

test('every member of the schema has its place in the order', () => {
  const seen = new Set<string>();
  const walk = (schema: SchemaNode | undefined) => {
    if (!schema) return;
    const place = { schema, members: new Map() } as unknown as MemberPlace;
    const names = offeredMembers(place);
    const all = [...(schema.properties?.keys() ?? [])].filter((name) => name !== '$schema' && name !== 'clientToken');
    assert.deepEqual([...names].sort(), all.sort());
    for (const name of names) {
      assert.ok(MEMBER_ORDER.includes(name), `${name} has no place in the order`);
      seen.add(name);
      walk(schemaStep(schema, name));
    }
    walk(schema.items);
  };
  walk(rootSchema);
  assert.deepEqual(
    MEMBER_ORDER.filter((name) => !seen.has(name)),
    [],
  );
});

test('VS Code does not hide a snippet, as it does that kind where contributed snippets are kept out', () => {
  assert.equal(
    offered(cursorIn('|')).some((item) => item.kind === CompletionItemKind.Snippet),
    false,
  );
});

test('dates are counted from now, in UTC', () => {
  const items = offered(cursorIn(inScope('{"key":"OBJECT_LAST_MODIFIED_DATE","comparator":"GTE","values":["|"]}')));
  const text = (label: string) => (items.find((item) => item.label === label)!.textEdit as TextEdit).newText;
  assert.equal(text('now'), `"${NOW.toISOString().slice(0, 19)}Z"`);
  assert.equal(text('30 days ago'), '"2026-05-16T00:00:00Z"');
  assert.equal(text('start of this year'), '"2026-01-01T00:00:00Z"');
  assert.equal(text('one year ago'), '"2025-06-15T00:00:00Z"');
});

test('a text that has no tree gets no answer', () => {
  assert.deepEqual(labelsIn(`${'['.repeat(100_000)}|`), []);
});
