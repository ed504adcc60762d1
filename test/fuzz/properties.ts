import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentSymbol, Position, Range, SelectionRange } from 'vscode-languageserver-types';
import { codeActions, FIX_ALL_KIND, fixAll, fixesOf } from '../../server/language/codeActions.js';
import { codeLenses } from '../../server/language/codeLens.js';
import { complete } from '../../server/language/completion.js';
import { type Analysis, type AnalysisOptions, analyze, MAX_FINDINGS } from '../../server/language/diagnostics.js';
import { parseJobDocument } from '../../server/language/document.js';
import { applyChanges } from '../../server/language/edits.js';
import { hover } from '../../server/language/hover.js';
import { inlayHints } from '../../server/language/inlayHints.js';
import { foldingRanges, formatting, selectionRanges } from '../../server/language/layout.js';
import { DocumentVersions } from '../../server/language/reparse.js';
import { checkForSubmission } from '../../server/language/submission.js';
import { summarise } from '../../server/language/summary.js';
import { documentSymbols } from '../../server/language/symbols.js';
import { wholeFileActions } from '../../server/language/wholeFileActions.js';
import { rules } from '../../server/rules/index.js';
import { mutatedText, place, validText } from './arbitraries.js';

const now = new Date('2026-06-15T12:00:00Z');
const options: AnalysisOptions = {
  rules,
  now,
  onRuleError: (id, error) => {
    throw new Error(`${id} threw: ${error instanceof Error ? error.stack : String(error)}`);
  },
};

function check(source: string): Analysis {
  return analyze(parseJobDocument(TextDocument.create('file:///fuzz.macie-job.json', 'macie-job', 1, source)), options);
}

/** Everything that an editor may ask for, at one place of a text. Fails where anything throws or a range leaves the text. */
export async function askEverything(source: string, at: number): Promise<void> {
  const analysis = check(source);
  const { document, model, findings } = analysis;
  for (const { start, end, code } of findings) {
    assert.ok(
      start >= 0 && start <= end && end <= source.length,
      `${code} stands outside of the text: ${start}-${end}`,
    );
  }
  const offset = Math.min(Math.floor(at * (source.length + 1)), source.length);
  const position = document.text.positionAt(offset);
  const whole = { start: { line: 0, character: 0 }, end: document.text.positionAt(source.length) };
  const completion = await complete(document, position, { snippets: true, now });
  for (const { textEdit, additionalTextEdits, label } of completion?.items ?? []) {
    const ranges = textEdit && 'insert' in textEdit ? [textEdit.insert, textEdit.replace] : [textEdit?.range];
    for (const range of ranges) {
      if (!range) continue;
      lies(range, whole, `the completion ${label}`);
      // An editor passes over an item whose range has several lines, or not the cursor in it.
      assert.equal(range.start.line, range.end.line, label);
      lies({ start: position, end: position }, range, `the cursor in the completion ${label}`);
    }
    for (const { range } of additionalTextEdits ?? []) lies(range, whole, `an edit of the completion ${label}`);
  }
  const hovered = hover(document, position, { now });
  if (hovered?.range) lies(hovered.range, whole, 'the hover');
  symbolsLie(documentSymbols(document, model), whole);
  for (const hint of inlayHints(document, model, whole)) {
    lies({ start: hint.position, end: hint.position }, whole, 'an inlay hint');
  }
  for (const { range } of codeLenses(document)) lies(range, whole, 'a lens');
  for (const { startLine, endLine } of foldingRanges(document)) {
    assert.ok(startLine <= endLine && endLine <= whole.end.line, `a fold of lines ${startLine} to ${endLine}`);
  }
  for (const selection of selectionRanges(document, [position])) {
    for (let at: SelectionRange | undefined = selection; at; at = at.parent) {
      lies(at.range, at.parent?.range ?? whole, 'a selection');
    }
  }
  for (const { range } of formatting(document, undefined, { tabSize: 2, insertSpaces: true })) {
    lies(range, whole, 'a formatting change');
  }
  summarise(model);
  checkForSubmission(analysis);
  codeActions(analysis, options, whole, { diagnostics: [], only: ['quickfix', FIX_ALL_KIND] }, { commands: true });
}

const isBefore = (a: Position, b: Position) => a.line < b.line || (a.line === b.line && a.character <= b.character);

function lies(inner: Range, outer: Range, what: string): void {
  const isOrdered = isBefore(outer.start, inner.start) && isBefore(inner.start, inner.end);
  assert.ok(
    isOrdered && isBefore(inner.end, outer.end),
    `${what} stands outside: ${JSON.stringify(inner)} in ${JSON.stringify(outer)}`,
  );
}

/** An editor refuses the whole outline where one symbol leaves its parent or has no name. */
function symbolsLie(symbols: readonly DocumentSymbol[], outer: Range): void {
  for (const { name, range, selectionRange, children } of symbols) {
    assert.notEqual(name.trim(), '');
    lies(range, outer, `the symbol ${name}`);
    lies(selectionRange, range, `the name of the symbol ${name}`);
    symbolsLie(children ?? [], range);
  }
}

const told = (analysis: Analysis, code: string, message: string) =>
  analysis.findings.filter((finding) => finding.code === code && finding.message === message).length;

/** Every fix removes what it is offered for and breaks no syntax. */
export function everyFixMends(source: string): void {
  const before = check(source);
  // A cut list cannot tell whether a finding is gone.
  if (before.total >= MAX_FINDINGS) return;
  for (const finding of before.findings) {
    for (const fix of fixesOf(before, finding, options)) {
      const after = check(applyChanges(source, fix.changes));
      const label = `"${fix.title}" for ${finding.code} at ${finding.start}`;
      assert.ok(
        told(after, finding.code, finding.message) < told(before, finding.code, finding.message),
        `${label} leaves it: ${after.document.source}`,
      );
      assert.ok(
        after.document.syntaxProblems.length <= before.document.syntaxProblems.length,
        `${label} breaks the syntax: ${after.document.source}`,
      );
    }
  }
}

/** What the whole-file actions make has no syntax error that was not there. */
export function wholeFileActionsMend(source: string): void {
  const before = check(source);
  for (const action of wholeFileActions(before)) {
    const after = check(applyChanges(source, action.changes));
    assert.ok(
      after.document.syntaxProblems.length <= before.document.syntaxProblems.length,
      `"${action.title}" breaks the syntax: ${after.document.source}`,
    );
  }
}

/** Once is enough: after "fix all" there is nothing left for it to do. */
export function fixAllIsIdempotent(source: string): void {
  const once = applyChanges(source, fixAll(check(source), options));
  const twice = applyChanges(once, fixAll(check(once), options));
  assert.equal(twice, once);
}

/** A text that came about by edits, each read on from the one before, is judged like one that was opened whole. */
export function editsEqualWhole(source: string, edits: readonly { at: number; length: number; text: string }[]): void {
  const edited = TextDocument.create('file:///fuzz.macie-job.json', 'macie-job', 1, source);
  const versions = new DocumentVersions();
  versions.read(edited);
  let version = 1;
  for (const { at, length, text } of edits) {
    const end = edited.getText().length;
    const from = Math.floor(at * end);
    const range = { start: edited.positionAt(from), end: edited.positionAt(Math.min(end, from + length)) };
    TextDocument.update(edited, [{ range, text }], ++version);
    versions.read(edited);
  }
  const place = ({ code, start, end, message }: { code: string; start: number; end: number; message: string }) => ({
    code,
    start,
    end,
    message,
  });
  assert.deepEqual(
    analyze(versions.read(edited), options).findings.map(place),
    check(edited.getText()).findings.map(place),
  );
}

/** Rules are passed over only in files in which they have nothing to say. */
export function passedOverRulesAreSilent(source: string): void {
  const everywhere = rules.map((rule) => ({ ...rule, about: undefined }));
  const document = parseJobDocument(TextDocument.create('file:///fuzz.macie-job.json', 'macie-job', 1, source));
  const told = ({ findings }: Analysis) => findings.map(({ code, start, end }) => `${code} ${start}-${end}`);
  assert.deepEqual(told(analyze(document, options)), told(analyze(document, { ...options, rules: everywhere })));
}

/** A definition that the API reference allows has no error. */
export function hasNoError(source: string): void {
  const errors = check(source).findings.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ code, message, start, end }) => `${code}: ${message} at ${source.slice(start, end)}`),
    [],
  );
}

const edit = fc.record({
  at: place,
  length: fc.nat({ max: 30 }),
  text: fc.oneof(
    fc.constantFrom('', '"', '{', '}', ',', '\r\n', '[', '\u{1f600}', '0', 'a'),
    fc.string({ maxLength: 10 }),
  ),
});

/** The properties by name, each ready to be run any number of times. */
export const properties: Record<string, fc.IRawProperty<unknown>> = {
  'nothing throws and every range lies in the text, for mutated job files': fc.asyncProperty(
    mutatedText,
    place,
    askEverything,
  ) as fc.IRawProperty<unknown>,
  'nothing throws for any text at all': fc.asyncProperty(
    fc.string({ unit: 'binary', maxLength: 300 }),
    place,
    askEverything,
  ) as fc.IRawProperty<unknown>,
  'every quick fix mends what it is offered for, in mutated job files': fc.property(
    mutatedText,
    everyFixMends,
  ) as fc.IRawProperty<unknown>,
  'whole-file actions leave no new syntax error': fc.property(
    mutatedText,
    wholeFileActionsMend,
  ) as fc.IRawProperty<unknown>,
  'fix all is idempotent': fc.property(mutatedText, fixAllIsIdempotent) as fc.IRawProperty<unknown>,
  'edits lead to the same findings as the whole text': fc.property(
    fc.oneof(mutatedText, validText),
    fc.array(edit, { maxLength: 8 }),
    editsEqualWhole,
  ) as fc.IRawProperty<unknown>,
  'rules that are passed over have nothing to say': fc.property(
    mutatedText,
    passedOverRulesAreSilent,
  ) as fc.IRawProperty<unknown>,
  'a valid job never has an error': fc.property(validText, hasNoError) as fc.IRawProperty<unknown>,
};
