import * as vscode from 'vscode';
import { COMMANDS } from '../../server/protocol.js';

/** Opens the page of a rule; without an id, the user chooses one of the packed pages. */
export function registerExplainRule(extensionUri: vscode.Uri): vscode.Disposable {
  const pages = vscode.Uri.joinPath(extensionUri, 'docs', 'rules');
  return vscode.commands.registerCommand(COMMANDS.explainRule, async (id?: string) => {
    const rule = id ?? (await pickRule(pages, 'Which rule?'));
    if (rule) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(pages, `${rule}.md`));
  });
}

/** Lets the user choose a rule by its id. */
export async function pickRule(pages: vscode.Uri, placeHolder: string): Promise<string | undefined> {
  const files = await vscode.workspace.fs.readDirectory(pages);
  const ids = files.map(([name]) => name).filter((name) => /^[a-z0-9-]+\.md$/.test(name) && name !== 'coverage.md');
  return vscode.window.showQuickPick(ids.map((name) => name.replace(/\.md$/, '')).sort(), { placeHolder });
}
