import * as vscode from 'vscode';
import { useAsJobFile } from './commands/useAsJobFile.js';

/** Characters that are looked at of a JSON file; a definition names its type and buckets well before. */
const LOOKED_AT = 8192;

const ANSWERED = 'offeredJobFiles';

/** True where the start of a JSON text looks like a definition of a classification job. */
export function looksLikeJob(start: string): boolean {
  return /"s3JobDefinition"\s*:/.test(start) && /"(jobType|bucketDefinitions|bucketCriteria)"\s*:/.test(start);
}

/** Offers, once a file, to treat a JSON file that looks like a job definition as one. */
export function offerJobFiles(memory: vscode.Memento): vscode.Disposable {
  const offer = async (document: vscode.TextDocument) => {
    if (document.languageId !== 'json' || document.uri.scheme !== 'file') return;
    const start = document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(LOOKED_AT)));
    if (!looksLikeJob(start)) return;
    const answered = memory.get<string[]>(ANSWERED, []);
    const uri = document.uri.toString();
    if (answered.includes(uri)) return;
    // Remembered before the answer: closing the message is an answer too.
    await memory.update(ANSWERED, [...answered.slice(-99), uri]);
    const use = 'Use as Macie Job File';
    const answer = await vscode.window.showInformationMessage('This file looks like a Macie job definition.', use);
    if (answer === use) await useAsJobFile(document);
  };
  for (const document of vscode.workspace.textDocuments) void offer(document);
  return vscode.workspace.onDidOpenTextDocument((document) => void offer(document));
}
