import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem, Position, TextEdit } from 'vscode-languageserver-types';
import { complete } from '../../server/language/completion.js';
import { type JobDocument, parseJobDocument } from '../../server/language/document.js';
import { expandSnippet } from '../../server/language/snippets.js';

/** The time that the tests take for now. */
export const NOW = new Date('2026-06-15T12:30:45.678Z');

export interface Cursor {
  document: JobDocument;
  position: Position;
}

/** A document with a cursor: the first `|` of the text, which is not part of it. */
export function cursorIn(marked: string): Cursor {
  const offset = marked.indexOf('|');
  if (offset < 0) throw new Error('The text has no cursor.');
  return cursorAt(marked.slice(0, offset) + marked.slice(offset + 1), offset);
}

export function cursorAt(source: string, offset: number): Cursor {
  const document = parseJobDocument(TextDocument.create('file:///job.macie-job.json', 'macie-job', 1, source));
  return { document, position: document.text.positionAt(offset) };
}

export function offered({ document, position }: Cursor, snippets = true): CompletionItem[] {
  return complete(document, position, { snippets, now: NOW }).items;
}

/** Whether an item is one of the snippets of `snippets/`, which are named by the place that they are for. */
export function isSnippet(item: CompletionItem): boolean {
  return /^(?:job|schedule|buckets|criterion|term)-/.test(item.label);
}

/** The labels that are offered at the cursor, apart from snippets. */
export function labelsIn(marked: string): string[] {
  return offered(cursorIn(marked))
    .filter((item) => !isSnippet(item))
    .map((item) => item.label);
}

/** The text after the item of that label is accepted, as an editor does it. */
export function accepted(marked: string, label: string, snippets = false): string {
  const cursor = cursorIn(marked);
  const item = offered(cursor, snippets).find((candidate) => candidate.label === label);
  if (!item) throw new Error(`"${label}" is not offered.`);
  return accept(cursor, item);
}

/** Applies an item. Placeholders of a snippet are filled in, lines after the first are indented as the line of the edit. */
export function accept({ document }: Cursor, item: CompletionItem): string {
  const { text, source } = document;
  const edit = item.textEdit as TextEdit;
  const line = source.slice(text.offsetAt({ line: edit.range.start.line, character: 0 }));
  const indent = /^[ \t]*/.exec(line)![0];
  const plain = item.insertTextFormat === 2 ? expandSnippet(edit.newText) : edit.newText;
  const newText = item.insertTextMode === 2 ? plain.replaceAll('\n', `\n${indent}`) : plain;
  return TextDocument.applyEdits(text, [{ ...edit, newText }, ...(item.additionalTextEdits ?? [])]);
}
