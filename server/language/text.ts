import { TextDocument } from 'vscode-languageserver-textdocument';
import { LANGUAGE_ID } from '../protocol.js';

/** A text that no editor holds: for looking at what a change would lead to. */
export function createText(source: string): TextDocument {
  return TextDocument.create('untitled:job.macie-job.json', LANGUAGE_ID, 0, source);
}
