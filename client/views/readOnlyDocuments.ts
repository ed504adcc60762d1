import * as vscode from 'vscode';

const SCHEME = 'macie-jobs';

/** How many texts are kept. */
const KEPT = 20;

/** Texts of the extension that are opened to be read: the report before a creation, a described job. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly parts: vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor() {
    this.parts = [this.changed, vscode.workspace.registerTextDocumentContentProvider(SCHEME, this)];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? 'This text is no longer kept. Run the command again.';
  }

  /** Opens the text under a name; Markdown as it reads. The same name shows the newest text. */
  async show(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}` });
    this.texts.delete(uri.toString());
    this.texts.set(uri.toString(), text);
    const [oldest] = this.texts.keys();
    if (oldest !== undefined && this.texts.size > KEPT) this.texts.delete(oldest);
    this.changed.fire(uri);
    if (name.endsWith('.md')) {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
      return;
    }
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** Closes the tabs that show a text, where they are still open. */
  async close(name: string): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    // A preview's tab says what it shows in its label alone.
    await vscode.window.tabGroups.close(
      tabs.filter(({ input, label }) => input instanceof vscode.TabInputWebview && label.endsWith(name)),
    );
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}
