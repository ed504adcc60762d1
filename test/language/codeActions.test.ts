import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodeActionContext, CodeActionKind } from 'vscode-languageserver-types';
import { codeActions, difference, FIX_ALL_KIND, fixAll } from '../../server/language/codeActions.js';
import { applyChanges } from '../../server/language/edits.js';
import { rules } from '../../server/rules/index.js';
import { analyzeText, NOW } from '../rules/analyze.js';

const options = { rules, now: NOW };

function actionsFor(text: string, context: CodeActionContext) {
  const analysis = analyzeText(text);
  const range = { start: { line: 0, character: 0 }, end: analysis.document.text.positionAt(text.length) };
  return codeActions(analysis, options, range, context, { commands: false });
}
const fixed = (text: string) => applyChanges(text, fixAll(analyzeText(text), options));

const messy = `{
  "Name": "audit",
  "jobType": "one_time",
  "initialRun": false,
  "description": null,
  "samplingPercentage": "20",
  "s3JobDefinition": {
    "bucketDefinitions": [{ "accountId": "111122223333", "buckets": ["customer-exports",], }],
  },
}
`;

test('fix all applies the safe fixes, and what they uncover, and is done', () => {
  const once = fixed(messy);
  assert.equal(
    once,
    `{
  "name": "audit",
  "jobType": "ONE_TIME",
  "samplingPercentage": 20,
  "s3JobDefinition": {
    "bucketDefinitions": [{ "accountId": "111122223333", "buckets": ["customer-exports"] }]
  }
}
`,
  );
  assert.equal(fixed(once), once);
});

test('fix all leaves alone what somebody has to decide', () => {
  const text = messy.replace(
    '"jobType": "one_time"',
    '"jobType": "ONE_TIME", "scheduleFrequency": {"dailySchedule": {}}',
  );
  assert.match(fixed(text), /scheduleFrequency/);
});

test('fix all is offered where it is asked for, and only where it has something to do', () => {
  const kinds = (text: string, only?: string[]) =>
    actionsFor(text, { diagnostics: [], only }).map((action) => action.kind);
  assert.deepEqual(kinds(messy, [FIX_ALL_KIND]), [FIX_ALL_KIND]);
  assert.ok(kinds(messy, [CodeActionKind.SourceFixAll]).includes(FIX_ALL_KIND));
  assert.ok(!kinds(messy, [CodeActionKind.QuickFix]).includes(FIX_ALL_KIND));
  assert.deepEqual(kinds(fixed(messy), [FIX_ALL_KIND]), []);
});

test('a fix names the diagnostic that it mends; a diagnostic of an older version gets none', () => {
  const text = '{"nme":"j","jobType":"ONE_TIME","s3JobDefinition":{"bucketCriteria":{"excludes":{"and":[]}}}}';
  const at = { start: { line: 0, character: 1 }, end: { line: 0, character: 6 } };
  const diagnostic = { range: at, code: 'unknown-member', message: 'whatever it says' };
  const [first] = actionsFor(text, { diagnostics: [diagnostic], only: ['quickfix'] });
  assert.equal(first!.title, 'Rename to name');
  assert.deepEqual(first!.diagnostics, [diagnostic]);
  const stale = { ...diagnostic, range: { start: at.start, end: { line: 0, character: 9 } } };
  assert.deepEqual(
    actionsFor(text, { diagnostics: [stale], only: ['quickfix'] }).filter(({ title }) => /name/.test(title)),
    [],
  );
});

test('several findings of one rule at one place each have their own fixes', () => {
  const { findings, document } = analyzeText('{}');
  const range = { start: document.text.positionAt(0), end: document.text.positionAt(1) };
  const diagnostics = findings.map(({ code, message }) => ({ range, code, message }));
  const added = (of: typeof diagnostics) =>
    actionsFor('{}', { diagnostics: of, only: ['quickfix'] }).map(({ title }) => title);
  assert.deepEqual(added(diagnostics), ['Add name', 'Add jobType', 'Add s3JobDefinition']);
  assert.deepEqual(added(diagnostics.slice(1, 2)), ['Add jobType']);
  // The same, where the messages are not those of this version.
  assert.deepEqual(added(diagnostics.map((one) => ({ ...one, message: '' }))), added(diagnostics));
});

test('a difference is one change, without what both texts share', () => {
  assert.deepEqual(difference('abc', 'abc'), []);
  assert.deepEqual(difference('aXc', 'aYYc'), [{ start: 1, end: 2, newText: 'YY' }]);
  assert.deepEqual(difference('aa', 'a'), [{ start: 1, end: 2, newText: '' }]);
  for (const [before, after] of [
    ['', 'x'],
    ['x', ''],
    ['aaa', 'aa'],
    ['abab', 'ab'],
  ] as const) {
    assert.equal(applyChanges(before, difference(before, after)), after);
  }
});
