import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, completionLabels, openText, quickFixes, settledDiagnostics } from './editor';

const job = (members: string) => `{
  "name": "exports",
  ${members}
  "s3JobDefinition": {
    "bucketDefinitions": [{ "accountId": "111122223333", "buckets": ["example-exports"] }]
  }
}
`;

suite('A job file in the editor', () => {
  const { Error: ERROR } = vscode.DiagnosticSeverity;

  test('a quick fix leaves a file with no problem', async () => {
    const { document } = await openText(
      'fix.macie-job.json',
      job('"jobType": "ONE_TIME",\n  "scheduleFrequency": { "dailySchedule": {} },'),
    );
    const [problem, ...others] = await settledDiagnostics(document);
    assert.ok(problem);
    assert.equal(problem.severity, ERROR);
    assert.equal(codeOf(problem), 'one-time-schedule');
    assert.deepEqual(others, []);

    const fixes = await quickFixes(document, problem.range);
    const fix = fixes.find(({ title }) => title === 'Remove scheduleFrequency');
    assert.ok(fix?.edit, fixes.map(({ title }) => title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.deepEqual(await settledDiagnostics(document), []);
    assert.equal(document.getText(), job('"jobType": "ONE_TIME",'));
  });

  test('a mistake shows up while typing and goes when it is taken back', async () => {
    const { document } = await openText('typing.macie-job.json', job('"jobType": "ONE_TIME",'));
    assert.deepEqual(await settledDiagnostics(document), []);
    const at = document.positionAt(document.getText().indexOf('ONE_TIME') + 'ONE_TIME'.length);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, at, 'S');
    await vscode.workspace.applyEdit(edit);
    assert.equal((await settledDiagnostics(document)).length, 1);
    await vscode.commands.executeCommand('undo');
    assert.deepEqual(await settledDiagnostics(document), []);
  });

  for (const [key, comparators] of [
    ['OBJECT_EXTENSION', ['EQ', 'NE']],
    ['OBJECT_KEY', ['STARTS_WITH']],
  ] as const) {
    test(`completion offers for the comparator of ${key} only ${comparators.join(' and ')}`, async () => {
      const { document, position } = await openText(
        `comparator-${key}.macie-job.json`,
        `{
  "s3JobDefinition": {
    "scoping": {
      "includes": { "and": [{ "simpleScopeTerm": { "comparator": "|", "key": "${key}", "values": ["a"] } }] }
    }
  }
}
`,
      );
      const offered = await completionLabels(document, position);
      assert.deepEqual(offered.map(({ label }) => label.replaceAll('"', '')).sort(), comparators);
    });
  }

  test('nothing is offered or reported twice', async () => {
    const { document, position } = await openText(
      'once.macie-job.json',
      '{\n  "jobType": "ONE_TIMES",\n  "unknown": 1,\n  "name": "a"\n  |\n}\n',
    );
    const problems = await settledDiagnostics(document);
    assert.ok(problems.length >= 3);
    assert.deepEqual([...new Set(problems.map(({ source }) => source))], ['macie']);
    const places = problems.map(({ range, code }) => JSON.stringify([range, code]));
    assert.equal(new Set(places).size, places.length);

    // Contributed snippets come through this interface as well, but not into the list that the user sees.
    const labels = (await completionLabels(document, position))
      .filter(({ item }) => item.kind !== vscode.CompletionItemKind.Snippet)
      .map(({ label }) => label);
    assert.ok(labels.length > 3);
    assert.equal(new Set(labels).size, labels.length, labels.join(', '));

    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(document.getText().indexOf('jobType') + 2),
    );
    assert.equal(hovers.length, 1);
  });
});
