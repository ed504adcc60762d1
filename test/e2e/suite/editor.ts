/** What the suites ask of the editor they run in. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { MacieJobsApi } from '../../../client/extension';

export const LANGUAGE = 'macie-job';

/** Polls until the condition yields something; fails with what it was waiting for. */
export async function until<T>(what: string, condition: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The extension under test. Looking it up does not activate it. */
export function extension(): vscode.Extension<MacieJobsApi> {
  const found = vscode.extensions.getExtension<MacieJobsApi>('macie-jobs.macie-jobs');
  assert.ok(found, 'the extension is not installed');
  return found;
}

/** A file of the repository's examples. */
export const example = (name: string) => vscode.Uri.file(join(extension().extensionPath, 'examples', name));

/** A file of the workspace that is open. */
export function inWorkspace(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a file in an editor. */
export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Writes a new job file into the workspace and opens it. A `|` in the text is left out and marks the position given back. */
export async function openText(
  name: string,
  marked: string,
): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const offset = marked.indexOf('|');
  const text = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 1);
  const uri = inWorkspace(name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await open(uri);
  return { document, position: document.positionAt(Math.max(offset, 0)) };
}

/**
 * The diagnostics that the editor shows, once they are those that the server gives for this very text. So that "none"
 * can be told from "not yet", the server is asked as well.
 */
export async function settledDiagnostics(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  const client = await (await extension().activate()).languageClient();
  return until(`the diagnostics of ${document.uri.path}`, async () => {
    const version = document.version;
    const report = await client.sendRequest<{ items: { code: string }[] }>('textDocument/diagnostic', {
      textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) },
    });
    const shown = vscode.languages.getDiagnostics(document.uri);
    const codes = (list: { code: string }[]) => list.map(({ code }) => code).sort();
    const same = String(codes(report.items)) === String(codes(shown.map((one) => ({ code: codeOf(one) }))));
    return document.version === version && same ? shown : undefined;
  });
}

/** A diagnostic's rule id. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The labels that completion offers at a position, over all providers, as the suggestion list would show them. */
export async function completionLabels(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<{ label: string; item: vscode.CompletionItem }[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map((item) => ({ label: typeof item.label === 'string' ? item.label : item.label.label, item }));
}

/** The quick fixes for a range, applied by title or by being preferred. */
export async function quickFixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}
