import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from 'vscode-json-languageservice';
import { jsonService } from '../../server/language/document.js';
import { createText } from '../../server/language/text.js';
import { accept, cursorAt, offered } from './cursor.js';

/** Valid definitions that between them hold every member, in several layouts. */
const FILES: Record<string, string> = {
  'a one-time job': JSON.stringify(
    {
      name: 'Payroll {exports}, "once": [1]',
      jobType: 'ONE_TIME',
      description: 'Looks for bank details',
      s3JobDefinition: {
        bucketDefinitions: [
          { accountId: '111122223333', buckets: ['payroll-exports', 'crm-backups'] },
          { accountId: '444455556666', buckets: [] },
        ],
        scoping: {
          includes: {
            and: [
              { simpleScopeTerm: { key: 'OBJECT_EXTENSION', comparator: 'EQ', values: ['csv', 'tsv'] } },
              { simpleScopeTerm: { comparator: 'GTE', values: ['1048576'], key: 'OBJECT_SIZE' } },
            ],
          },
          excludes: {
            and: [
              {
                tagScopeTerm: {
                  comparator: 'EQ',
                  key: 'TAG',
                  tagValues: [{ key: 'Env', value: 'Test' }],
                  target: 'S3_OBJECT',
                },
              },
            ],
          },
        },
      },
      managedDataIdentifierSelector: 'INCLUDE',
      managedDataIdentifierIds: ['CREDIT_CARD_NUMBER_(NO_KEYWORD)', 'NAME'],
      samplingPercentage: 25,
      tags: { Team: 'Security', 'cost:center': '4711' },
    },
    undefined,
    2,
  ),
  'a recurring job on one line': JSON.stringify({
    jobType: 'SCHEDULED',
    scheduleFrequency: { monthlySchedule: { dayOfMonth: 28 } },
    initialRun: true,
    name: 'j',
    s3JobDefinition: {
      bucketCriteria: {
        includes: {
          and: [
            { simpleCriterion: { key: 'S3_BUCKET_EFFECTIVE_PERMISSION', comparator: 'EQ', values: ['PUBLIC'] } },
            { tagCriterion: { comparator: 'NE', tagValues: [{ key: 'Env' }] } },
          ],
        },
      },
      scoping: {
        excludes: { and: [{ simpleScopeTerm: { key: 'OBJECT_KEY', comparator: 'STARTS_WITH', values: ['a/'] } }] },
      },
    },
  }),
  'loosely set': `\t{ "name" : "j" , "jobType" :\n"ONE_TIME"\r\n, "s3JobDefinition" : { "bucketDefinitions" : [ { "accountId" : "1" , "buckets" : [ "a" , "b" ] } ] , "scoping" : { } } , "initialRun" : false , "samplingPercentage" : 100 , "tags" : { } , "customDataIdentifierIds" : [ ] } \n`,
  empty: '',
  'an empty object': '{\n}\n',
};

/** What the parser itself stumbles over: what is told of a broken text may be less, and says less of how broken it is. */
const syntaxProblems = (source: string) => {
  const { syntaxErrors } = jsonService.parseJSONDocument(createText(source)) as unknown as {
    syntaxErrors: { code: ErrorCode }[];
  };
  // Members behind a quote that is open are not known, and so may be offered again.
  return syntaxErrors.filter(({ code }) => code !== ErrorCode.DuplicateKey);
};

for (const [name, source] of Object.entries(FILES)) {
  for (const snippets of [true, false]) {
    test(`anything accepted anywhere leaves valid JSON: ${name}, ${snippets ? 'as snippets' : 'as plain text'}`, () => {
      let accepted = 0;
      for (let offset = 0; offset <= source.length; offset++) {
        const cursor = cursorAt(source, offset);
        // Of long lists, values differ in nothing that matters here.
        for (const item of offered(cursor, snippets).slice(0, 40)) {
          const result = accept(cursor, item);
          assert.deepEqual(
            syntaxProblems(result),
            [],
            `"${item.label}" at ${offset} in ${JSON.stringify(source.slice(Math.max(0, offset - 30), offset))}|: ${result}`,
          );
          accepted++;
        }
      }
      assert.ok(accepted > 0);
    });
  }

  test(`the quotes, commas and braces of a text cut off anywhere do not get worse: ${name}`, () => {
    for (let offset = 1; offset <= source.length; offset++) {
      const cut = source.slice(0, offset);
      const before = syntaxProblems(cut).length;
      const cursor = cursorAt(cut, offset);
      for (const item of offered(cursor, false).slice(0, 5)) {
        const result = accept(cursor, item);
        assert.ok(syntaxProblems(result).length <= before, `"${item.label}" in ${cut}|: ${result}`);
      }
    }
  });

  test(`a text that lacks a character anywhere does not get worse: ${name}`, () => {
    for (let offset = 0; offset < source.length; offset++) {
      const broken = source.slice(0, offset) + source.slice(offset + 1);
      const before = syntaxProblems(broken).length;
      const cursor = cursorAt(broken, offset);
      for (const item of offered(cursor, false).slice(0, 5)) {
        const result = accept(cursor, item);
        const place = `"${item.label}" in ${broken.slice(0, offset)}|${broken.slice(offset)}`;
        assert.ok(syntaxProblems(result).length <= before, `${place}: ${result}`);
      }
    }
  });

  test(`a text with a quote too many anywhere does not get worse: ${name}`, () => {
    for (let offset = 0; offset <= source.length; offset++) {
      const broken = `${source.slice(0, offset)}"${source.slice(offset)}`;
      const before = syntaxProblems(broken).length;
      const cursor = cursorAt(broken, offset + 1);
      for (const item of offered(cursor, false).slice(0, 5)) {
        const result = accept(cursor, item);
        const place = `"${item.label}" in ${broken.slice(0, offset + 1)}|${broken.slice(offset + 1)}`;
        assert.ok(syntaxProblems(result).length <= before, `${place}: ${result}`);
      }
    }
  });
}
