import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { codeLenses } from '../../server/language/codeLens.js';
import { inlayHints } from '../../server/language/inlayHints.js';
import { foldingRanges, formatting, selectionRanges } from '../../server/language/layout.js';
import { documentSymbols, MAX_SYMBOLS } from '../../server/language/symbols.js';
import { analyzeText } from '../rules/analyze.js';

const job = (more: object) => JSON.stringify({ name: 'j', jobType: 'SCHEDULED', ...more }, null, 2);

function tree(symbols: DocumentSymbol[] | undefined, indent = ''): string[] {
  return (symbols ?? []).flatMap((s) => [
    `${indent}${s.name}${s.detail ? ` | ${s.detail}` : ''}`,
    ...tree(s.children, `${indent}  `),
  ]);
}
const outline = (text: string) => {
  const { document, model } = analyzeText(text);
  return documentSymbols(document, model);
};

test('an element with two conditions is named by both', () => {
  const and = [
    {
      simpleScopeTerm: { key: 'OBJECT_EXTENSION', comparator: 'EQ', values: ['csv'] },
      tagScopeTerm: { comparator: 'EQ', key: 'TAG', tagValues: [{ key: 'Class', value: 'pii' }], target: 'S3_OBJECT' },
    },
  ];
  const lines = tree(outline(job({ s3JobDefinition: { scoping: { includes: { and } } } })));
  assert.equal(lines.at(-1)?.trim(), 'OBJECT_EXTENSION EQ csv; TAG EQ Class=pii');
});

test('symbols are named by meaning', () => {
  const text = job({
    s3JobDefinition: {
      bucketDefinitions: [{ accountId: '111122223333', buckets: ['a', 'b'] }, {}],
      scoping: {
        includes: {
          and: [
            {
              simpleScopeTerm: {
                key: 'OBJECT_EXTENSION',
                comparator: 'EQ',
                values: ['csv', 'tsv', 'txt', 'xml', 'json'],
              },
            },
            {
              tagScopeTerm: {
                comparator: 'NE',
                key: 'TAG',
                tagValues: [
                  { key: 'Class', value: 'public' },
                  { key: 'Skip', value: '' },
                ],
              },
            },
            {},
          ],
        },
      },
    },
    samplingPercentage: 10,
    initialRun: true,
    customDataIdentifierIds: ['1', '2', '3', '4'],
    tags: { name: '' },
  });
  const lines = tree(outline(text));
  assert.deepEqual(lines.slice(0, 14), [
    'name | j',
    'jobType | SCHEDULED',
    's3JobDefinition',
    '  bucketDefinitions',
    '    111122223333 | 2 buckets',
    '    Account | 0 buckets',
    '  scoping',
    '    includes',
    '      and',
    '        OBJECT_EXTENSION EQ csv, tsv, txt and 2 more',
    '        TAG NE Class=public, Skip',
    '        Entry',
    'samplingPercentage | 10',
    'initialRun | true',
  ]);
  assert.deepEqual(lines.slice(14), ['customDataIdentifierIds | 1, 2, 3 and 1 more', 'tags', '  name']);
});

test('symbols lie in each other, and have names, in broken texts too', () => {
  const check = (symbols: DocumentSymbol[]) => {
    for (const { name, children } of symbols) {
      assert.ok(name.trim().length > 0);
      check(children ?? []);
    }
  };
  for (const text of ['{"": {"": [{"": null}]}}', '{"name": ', '[{"a":1}]', '"x"', '']) check(outline(text));
});

test('an outline tells keys from values, and items of any type', () => {
  const tag = (...tagValues: object[]) => ({ tagCriterion: { comparator: 'NE', tagValues } });
  const text = job({
    s3JobDefinition: { bucketCriteria: { includes: { and: [tag({ key: 'pii' }), tag({ value: 'pii' })] } } },
    allowListIds: [null, true, [1], 'x'],
  });
  const lines = tree(outline(text)).map((line) => line.trim());
  assert.ok(lines.includes('TAG NE pii'));
  assert.ok(lines.includes('TAG NE any key=pii'));
  assert.ok(lines.includes('allowListIds | null, true, […] and 1 more'));
});

test('members at the top are shown, however many conditions stand before them', () => {
  const and = Array.from({ length: MAX_SYMBOLS }, () => ({ tagCriterion: {} }));
  const text = job({ s3JobDefinition: { bucketCriteria: { includes: { and } } }, tags: { a: 'b' } });
  const symbols = outline(text);
  assert.ok(tree(symbols).length <= MAX_SYMBOLS);
  assert.equal(symbols.at(-1)!.name, 'tags');
});

test('the outline of a huge file is cut', () => {
  const text = JSON.stringify({ tags: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 'v'])) });
  assert.ok(tree(outline(text)).length <= MAX_SYMBOLS);
});

test('inlay hints say what sizes and rare days mean', () => {
  const size = (value: string) => ({ simpleScopeTerm: { key: 'OBJECT_SIZE', comparator: 'GT', values: [value] } });
  const text = job({
    scheduleFrequency: { monthlySchedule: { dayOfMonth: 31 } },
    s3JobDefinition: { scoping: { includes: { and: [size('1073741824'), size('999'), size('10MB')] } } },
  });
  const { document, model } = analyzeText(text);
  const whole = { start: { line: 0, character: 0 }, end: document.text.positionAt(text.length) };
  const hints = inlayHints(document, model, whole);
  assert.deepEqual(
    hints.map(({ label }) => label),
    ['= 1 GiB', 'on day 31 of the 7 months that have one'],
  );
  const end = document.text.offsetAt(hints[0]!.position);
  assert.equal(text.slice(end - 12, end), '"1073741824"');
  assert.deepEqual(inlayHints(document, model, { start: whole.start, end: whole.start }), []);
});

test('lenses stand above a definition, and nowhere else', () => {
  const { document } = analyzeText(`\n\n${job({})}`);
  const lenses = codeLenses(document);
  assert.deepEqual(
    lenses.map(({ command }) => command?.command),
    ['macieJobs.createJob', 'macieJobs.whatWillRun'],
  );
  assert.equal(lenses[0]!.range.start.line, 2);
  assert.deepEqual(codeLenses(analyzeText('').document), []);
});

test('formatting changes white space alone, and leaves a broken text as it is', () => {
  const options = { tabSize: 2, insertSpaces: true };
  assert.ok(formatting(analyzeText('{"name":"j"}').document, undefined, options).length > 0);
  assert.ok(formatting(analyzeText('{"name":"j", // why\n}').document, undefined, options).length > 0);
  assert.deepEqual(formatting(analyzeText('{"name" "j"').document, undefined, options), []);
});

test('folding and selection ranges', () => {
  const { document } = analyzeText(job({ tags: { a: 'b' } }));
  assert.ok(foldingRanges(document).length >= 2);
  const [range] = selectionRanges(document, [{ line: 1, character: 12 }]);
  assert.ok(range!.parent);
});

test('selections lie in each other in an unfinished text, too', () => {
  for (const text of ['{"name": "x",\n "jobType": \n}', '{"a":{"b":[1,{"c":', '{"a": "b']) {
    const { document } = analyzeText(text);
    for (let at = 0; at <= text.length; at++) {
      for (
        let range = selectionRanges(document, [document.text.positionAt(at)])[0];
        range?.parent;
        range = range.parent
      ) {
        const [inner, outer] = [range.range, range.parent.range].map(({ start, end }) => [
          document.text.offsetAt(start),
          document.text.offsetAt(end),
        ]);
        // VS Code throws where a selection is not within the next larger one.
        assert.ok(outer![0]! <= inner![0]! && inner![1]! <= outer![1]!, `${inner} in ${outer} at ${at} of ${text}`);
      }
    }
  }
});
