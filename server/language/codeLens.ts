import type { CodeLens } from 'vscode-languageserver-types';
import { COMMANDS } from '../protocol.js';
import type { JobDocument } from './document.js';

/** The lenses above a definition: submit it, and say what it would do. */
export function codeLenses(document: JobDocument): CodeLens[] {
  if (document.root?.type !== 'object') return [];
  const at = document.text.positionAt(document.root.offset);
  const range = { start: at, end: at };
  const { uri } = document.text;
  return [
    { range, command: { title: '$(play) Create Classification Job', command: COMMANDS.createJob, arguments: [uri] } },
    { range, command: { title: '$(info) What Will Run', command: COMMANDS.whatWillRun, arguments: [uri] } },
  ];
}
