import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { LOCATE_REQUEST, type LocateParams, type LocateResult } from '../../server/protocol.js';
import type { AwsProblem } from '../aws/types.js';
import { oneLine } from '../submission/escape.js';
import type { JobFile } from '../submission/ports.js';

/** What AWS refused, shown at the members that it names until the file is edited. */
export class AwsProblems implements vscode.Disposable {
  private readonly problems = vscode.languages.createDiagnosticCollection('macie (AWS)');
  private readonly edits: vscode.Disposable;

  constructor(private readonly languageClient: () => Promise<LanguageClient>) {
    this.edits = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.problems.delete(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.problems.delete(uri)),
    );
  }

  async mark(file: JobFile, { sentence, detail, members = [] }: AwsProblem): Promise<void> {
    const uri = vscode.Uri.parse(file.uri, true);
    const client = await this.languageClient();
    const params: LocateParams = { uri: client.code2ProtocolConverter.asUri(uri), members };
    const { ranges } = await client.sendRequest<LocateResult>(LOCATE_REQUEST, params);
    const found = ranges.filter((range) => range !== null);
    const places = found.length > 0 ? found : [{ start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }];
    this.problems.set(
      uri,
      places.map(({ start, end }) => {
        const range = new vscode.Range(start.line, start.character, end.line, end.character);
        const problem = new vscode.Diagnostic(range, detail ? `AWS says: ${oneLine(detail)}` : oneLine(sentence));
        problem.source = 'macie (AWS)';
        problem.code = 'refused-by-aws';
        return problem;
      }),
    );
  }

  dispose(): void {
    this.edits.dispose();
    this.problems.dispose();
  }
}
