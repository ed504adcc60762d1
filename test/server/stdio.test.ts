import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentSymbol,
  FullDocumentDiagnosticReport,
  Hover,
  TextDocumentEdit,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CHECK_REQUEST,
  type CheckResult,
  LOCATE_REQUEST,
  type LocateResult,
  WHAT_WILL_RUN_REQUEST,
} from '../../server/protocol.js';
import { FULL_CAPABILITIES, StdioServer } from './client.js';

const good = `{
  "name": "audit",
  "jobType": "ONE_TIME",
  "s3JobDefinition": {
    "bucketDefinitions": [{ "accountId": "111122223333", "buckets": ["customer-exports"] }]
  }
}
`;
const wrong = good.replace('"name"', '"samplingPercentge": 5,\n  "name"');

let files = 0;
async function opened(server: StdioServer, text: string): Promise<string> {
  const uri = `file:///work/job-${++files}.macie-job.json`;
  await server.open(uri, text);
  return uri;
}
async function pull(server: StdioServer, uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  return server.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
}
async function problems(server: StdioServer, uri: string): Promise<Diagnostic[]> {
  return ((await pull(server, uri)) as FullDocumentDiagnosticReport).items;
}

describe('the server over stdio', () => {
  let server: StdioServer;
  before(async () => {
    server = StdioServer.own();
    await server.initialize(FULL_CAPABILITIES, { rulePagesUri: 'file:///pages/', commands: true });
  });
  after(() => server.stop());

  test('reports nothing on a good file', async () => {
    assert.deepEqual(await problems(server, await opened(server, good)), []);
  });

  test('reports a mistake with code, source, page and precise range', async () => {
    const [problem, ...others] = await problems(server, await opened(server, wrong));
    assert.deepEqual(others, []);
    assert.equal(problem!.code, 'unknown-member');
    assert.equal(problem!.source, 'macie');
    assert.equal(problem!.severity, 1);
    assert.equal(problem!.codeDescription?.href, 'file:///pages/unknown-member.md');
    assert.deepEqual(problem!.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 21 } });
  });

  test('says that nothing has changed to a client that has the report', async () => {
    const uri = await opened(server, wrong);
    const first = await pull(server, uri);
    assert.equal((await pull(server, uri, first.resultId)).kind, 'unchanged');
    await server.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: good }],
    });
    const second = await pull(server, uri, first.resultId);
    assert.equal(second.kind, 'full');
  });

  test('mends the mistake by its preferred fix, for this version of the document', async () => {
    const uri = await opened(server, wrong);
    const [problem] = await problems(server, uri);
    const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: problem!.range,
      context: { diagnostics: [problem], triggerKind: 1 },
    });
    const fix = actions.find((action) => action.isPreferred)!;
    assert.equal(fix.title, 'Rename to samplingPercentage');
    const change = fix.edit!.documentChanges![0] as TextDocumentEdit;
    assert.equal(change.textDocument.version, 1);
    const mended = TextDocument.applyEdits(TextDocument.create(uri, 'macie-job', 1, wrong), change.edits as TextEdit[]);
    assert.deepEqual(await problems(server, await opened(server, mended)), []);
    assert.deepEqual(
      actions.filter((action) => action.command).map((action) => action.command!.command),
      ['macieJobs.explainRule', 'macieJobs.setRuleLevel'],
    );
  });

  test('answers completion, hover, symbols, folding, formatting, selection ranges, hints and lenses', async () => {
    const uri = await opened(server, good);
    const at = { textDocument: { uri }, position: { line: 2, character: 16 } };
    const list = await server.request<CompletionList>('textDocument/completion', at);
    assert.ok(list.items.some((item) => item.label.includes('SCHEDULED')));
    const context = { triggerKind: 2, triggerCharacter: ' ' };
    assert.deepEqual((await server.request<CompletionList>('textDocument/completion', { ...at, context })).items, []);
    const hover = await server.request<Hover>('textDocument/hover', at);
    assert.match(JSON.stringify(hover.contents), /once/i);
    const symbols = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(
      symbols.map((symbol) => symbol.name),
      ['name', 'jobType', 's3JobDefinition'],
    );
    assert.ok((await server.request<unknown[]>('textDocument/foldingRange', { textDocument: { uri } })).length > 0);
    const options = { tabSize: 4, insertSpaces: true };
    assert.ok(
      (await server.request<unknown[]>('textDocument/formatting', { textDocument: { uri }, options })).length > 0,
    );
    const positions = [at.position];
    assert.equal(
      (await server.request<unknown[]>('textDocument/selectionRange', { textDocument: { uri }, positions })).length,
      1,
    );
    const lenses = await server.request<{ command: { command: string } }[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    assert.deepEqual(
      lenses.map((lens) => lens.command.command),
      ['macieJobs.createJob', 'macieJobs.whatWillRun'],
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    assert.deepEqual(await server.request('textDocument/inlayHint', { textDocument: { uri }, range }), []);
  });

  test('checks the very version for submission, and refuses another', async () => {
    const uri = await opened(server, `{"$schema":"x","tags":{"__proto__":"p"},${good.trim().slice(1)}`);
    const checked = await server.request<CheckResult>(CHECK_REQUEST, { uri, version: 1 });
    assert.equal(checked.version, 1);
    const sent = JSON.parse(checked.request!);
    assert.equal(Object.hasOwn(sent, '$schema'), false);
    assert.equal(Object.getOwnPropertyDescriptor(sent.tags, '__proto__')?.value, 'p');
    assert.equal(checked.facts.buckets, '1 bucket of 1 account');
    await assert.rejects(server.request(CHECK_REQUEST, { uri, version: 2 }));
    const broken = await opened(server, wrong);
    const refused = await server.request<CheckResult>(CHECK_REQUEST, { uri: broken, version: 1 });
    assert.equal(refused.request, undefined);
    assert.equal(refused.problems[0]!.code, 'unknown-member');
  });

  test('says what will run, and where members stand', async () => {
    const uri = await opened(server, good);
    const { sentences } = await server.request<{ sentences: string[] }>(WHAT_WILL_RUN_REQUEST, { uri });
    assert.equal(sentences[0], 'Runs once, as soon as it is created.');
    const located = await server.request<LocateResult>(LOCATE_REQUEST, { uri, members: ['accountId', 'tags'] });
    assert.equal(located.ranges[0]?.start.line, 4);
    assert.equal(located.ranges[1], null);
  });

  test('answers nothing, and stays up, for a document that is not open', async () => {
    const textDocument = { uri: 'file:///nowhere.macie-job.json' };
    assert.equal(
      await server.request('textDocument/hover', { textDocument, position: { line: 0, character: 0 } }),
      null,
    );
    assert.deepEqual(await problems(server, textDocument.uri), []);
    assert.deepEqual(await problems(server, await opened(server, good)), []);
  });

  for (const [name, text] of [
    ['100,000 levels of lists', '['.repeat(100_000)],
    ['100,000 levels of objects on one line', '{"s3JobDefinition":'.repeat(100_000)],
    ['deep nesting behind a quote in a comment', `/* " */${'['.repeat(100_000)}`],
    ['a NUL', '\u0000'],
    ['lone surrogates', '{"name":"\ud800\udc00\udc00\ud800","tags":{"\udfff":"\ud800"}}'],
    [
      'a member and tag keys named __proto__',
      '{"__proto__":{"__proto__":1},"tags":{"__proto__":"a","constructor":"b","toString":1}}',
    ],
    ['a byte order mark', `\ufeff${good}`],
  ] as const) {
    test(`stays up for ${name}`, async () => {
      const uri = await opened(server, text);
      const found = await problems(server, uri);
      assert.ok(found.length > 0);
      for (const { code, source, message } of found) assert.ok(code && source && message);
      if (name.startsWith('100,000'))
        assert.deepEqual(
          found.map(({ code }) => code),
          ['nested-too-deep'],
        );
      await server.request('textDocument/documentSymbol', { textDocument: { uri } });
      await server.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 3 } });
      await server.request('textDocument/completion', { textDocument: { uri }, position: { line: 0, character: 1 } });
      await server.request('textDocument/formatting', {
        textDocument: { uri },
        options: { tabSize: 2, insertSpaces: true },
      });
    });
  }

  test('judges a single line of 10 MB, and only the syntax of a longer one', async () => {
    const line = (megabytes: number) => `{"name":"${'x'.repeat(megabytes * 1_000_000)}"}`;
    const codes = async (text: string) =>
      new Set((await problems(server, await opened(server, text))).map(({ code }) => code));
    assert.ok((await codes(line(10))).has('text-too-long'));
    assert.deepEqual([...(await codes(line(13)))], ['file-too-large']);
    assert.deepEqual([...(await codes(`${line(13)}}`))].sort(), ['file-too-large', 'json-syntax']);
  });
});

test('pushes to a client that cannot ask, and never both', async () => {
  const server = StdioServer.own();
  const { diagnostic: _, ...textDocument } = FULL_CAPABILITIES.textDocument!;
  const pushed = new Map<string, (items: Diagnostic[]) => void>();
  server.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) =>
    pushed.get(uri)?.(diagnostics),
  );
  await server.initialize({ ...FULL_CAPABILITIES, textDocument });
  assert.equal(server.capabilities.diagnosticProvider, undefined);
  const next = (uri: string) => new Promise<Diagnostic[]>((resolve) => pushed.set(uri, resolve));
  const uri = 'file:///pushed.macie-job.json';
  const first = next(uri);
  await server.open(uri, wrong);
  assert.deepEqual(
    (await first).map(({ code }) => code),
    ['unknown-member'],
  );
  const second = next(uri);
  await server.notify('textDocument/didClose', { textDocument: { uri } });
  assert.deepEqual(await second, []);
  await server.stop();
});

test('pushes nothing to a client that asks', async () => {
  const server = StdioServer.own();
  let pushed = 0;
  server.connection.onNotification('textDocument/publishDiagnostics', () => {
    pushed++;
  });
  await server.initialize();
  const uri = await opened(server, wrong);
  assert.equal((await problems(server, uri)).length, 1);
  await server.stop();
  assert.equal(pushed, 0);
});

test('shows rules at the level that the settings give them', async () => {
  const server = StdioServer.own();
  server.settings = { macieJobs: { rules: { 'unknown-member': 'hint' }, codeLens: { enabled: false } } };
  await server.initialize(FULL_CAPABILITIES, { commands: true });
  const uri = await opened(server, wrong);
  const poll = async (severity: number | undefined) => {
    for (let i = 0; i < 400; i++) {
      const [problem] = await problems(server, uri);
      if (problem?.severity === severity) return;
    }
    assert.fail(`no report with severity ${severity}`);
  };
  await poll(4);
  assert.deepEqual(await server.request('textDocument/codeLens', { textDocument: { uri } }), []);
  server.settings = { macieJobs: { rules: { 'unknown-member': 'off' } } };
  await server.notify('workspace/didChangeConfiguration', { settings: null });
  await poll(undefined);
  // A submission is not moved by it.
  const checked = await server.request<CheckResult>(CHECK_REQUEST, { uri, version: 1 });
  assert.equal(checked.request, undefined);
  await server.stop();
});

test('offers no command to a client that has none', async () => {
  const server = StdioServer.own();
  await server.initialize();
  assert.equal(server.capabilities.codeLensProvider, undefined);
  const uri = await opened(server, wrong);
  const [problem] = await problems(server, uri);
  const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: problem!.range,
    context: { diagnostics: [problem] },
  });
  assert.ok(actions.length > 0);
  assert.deepEqual(
    actions.filter((action) => action.command),
    [],
  );
  await server.stop();
});

test('ends with code 0 on exit, and says how to start it without a transport', async () => {
  const server = StdioServer.own();
  await server.initialize();
  await server.stop();
  assert.equal(await server.exited, 0);
  const { spawnSync } = await import('node:child_process');
  const bare = spawnSync(process.execPath, ['dist/server.js'], { encoding: 'utf8' });
  assert.equal(bare.status, 2);
  assert.match(bare.stderr, /--stdio/);
});
