import * as vscode from 'vscode';
import { LANGUAGE_ID } from '../../server/protocol.js';

/** Makes the active JSON file a job file now, and offers to keep it one. */
export function registerUseAsJobFile(): vscode.Disposable {
  return vscode.commands.registerCommand('macieJobs.useAsJobFile', async (uri?: vscode.Uri) => {
    const document = uri ? await vscode.workspace.openTextDocument(uri) : vscode.window.activeTextEditor?.document;
    if (document) await useAsJobFile(document);
  });
}

/** Switches a document's language, and offers an entry of `files.associations` so that it stays. */
export async function useAsJobFile(document: vscode.TextDocument): Promise<void> {
  await vscode.languages.setTextDocumentLanguage(document, LANGUAGE_ID);
  if (document.isUntitled) return;
  const pattern = associationFor(document.uri);
  const remember = 'Remember';
  const answer = await vscode.window.showInformationMessage(
    `This file is a Macie job file now. Remember it in "files.associations" (${pattern})?`,
    remember,
  );
  if (answer !== remember) return;
  const inWorkspace = vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const configuration = vscode.workspace.getConfiguration('files');
  const known = configuration.inspect<Record<string, string>>('associations');
  const associations = { ...(inWorkspace ? known?.workspaceValue : known?.globalValue), [pattern]: LANGUAGE_ID };
  await configuration.update('associations', associations, target);
}

/** A pattern for just this file: its path below the workspace folder, else the whole path. */
function associationFor(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder ? `**/${vscode.workspace.asRelativePath(uri, false)}` : uri.path;
}
