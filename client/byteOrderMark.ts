import * as vscode from 'vscode';
import { LANGUAGE_ID } from '../server/protocol.js';

const MARK = [0xef, 0xbb, 0xbf];

/** Warns of a job file that is saved with a byte order mark, which the AWS CLI refuses, and offers to save it without. */
export function watchByteOrderMarks(): vscode.Disposable {
  const warned = new Set<string>();
  const look = async (document: vscode.TextDocument) => {
    const key = document.uri.toString();
    if (document.languageId !== LANGUAGE_ID || document.encoding !== 'utf8bom' || warned.has(key)) return;
    warned.add(key);
    const save = 'Save without BOM';
    const answer = await vscode.window.showWarningMessage(
      'This file begins with a byte order mark (BOM). The AWS CLI refuses such a file; submitting from here leaves it out.',
      save,
    );
    if (answer === save) await saveWithoutMark(document);
  };
  for (const document of vscode.workspace.textDocuments) void look(document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void look(document)),
    vscode.workspace.onDidCloseTextDocument((document) => warned.delete(document.uri.toString())),
  );
}

/** The editor has no way to choose an encoding while saving: the mark is taken off the saved bytes, and the editor reads them anew. */
async function saveWithoutMark(document: vscode.TextDocument): Promise<void> {
  if (document.isDirty && !(await document.save())) return;
  const bytes = await vscode.workspace.fs.readFile(document.uri);
  if (!MARK.every((byte, i) => bytes[i] === byte)) return;
  await vscode.workspace.fs.writeFile(document.uri, bytes.subarray(MARK.length));
  await vscode.workspace.openTextDocument(document.uri, { encoding: 'utf8' });
}
