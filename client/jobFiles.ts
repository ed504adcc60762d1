import * as vscode from 'vscode';
import { LANGUAGE_ID } from '../server/protocol.js';

/**
 * The job file that a command is about: the one it was called with (a menu gives a Uri, a code lens its text), else that
 * of the active editor. Tells the user where there is none.
 */
export async function activeJobDocument(uri?: string | vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const given = typeof uri === 'string' ? vscode.Uri.parse(uri, true) : uri;
  const document = given ? await vscode.workspace.openTextDocument(given) : vscode.window.activeTextEditor?.document;
  if (document?.languageId === LANGUAGE_ID) return document;
  void vscode.window.showInformationMessage(
    'Open a Macie job file first. For a job definition under another name, use "Macie: Use as Macie Job File".',
  );
  return undefined;
}
