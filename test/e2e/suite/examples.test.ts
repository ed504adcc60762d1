import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { codeOf, example, extension, LANGUAGE, open, settledDiagnostics } from './editor';

suite('The examples', () => {
  const files = () => readdirSync(join(extension().extensionPath, 'examples')).filter((name) => name.endsWith('.json'));
  const hasMistakes = (name: string) => name.includes('mistakes');

  test('are job files, at least three good ones and one with mistakes', () => {
    assert.ok(files().filter((name) => !hasMistakes(name)).length >= 3);
    assert.equal(files().filter(hasMistakes).length, 1);
  });

  test('the good ones have no problem at all', async () => {
    for (const name of files().filter((file) => !hasMistakes(file))) {
      const document = await open(example(name));
      assert.equal(document.languageId, LANGUAGE, name);
      const problems = await settledDiagnostics(document);
      assert.deepEqual(
        problems.map((problem) => `${name}: ${problem.message}`),
        [],
      );
    }
  });

  test('the one with mistakes shows each of them once, with a code and its page', async () => {
    const name = files().find(hasMistakes) ?? '';
    const problems = await settledDiagnostics(await open(example(name)));
    assert.deepEqual(problems.toSorted((a, b) => a.range.start.compareTo(b.range.start)).map(codeOf), [
      'one-time-schedule',
      'unknown-managed-identifier',
      'unknown-member',
      'wrong-type',
      'extension-form',
      'invalid-value',
      'date-value',
    ]);
    const errors = problems.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.ok(errors.length >= 4);
    for (const { code } of problems) {
      assert.ok(typeof code === 'object' && code.target.path.endsWith(`/docs/rules/${code.value}.md`));
    }
  });
});
