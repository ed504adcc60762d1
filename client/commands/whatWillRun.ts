import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  COMMANDS,
  WHAT_WILL_RUN_REQUEST,
  type WhatWillRunParams,
  type WhatWillRunResult,
} from '../../server/protocol.js';
import { activeJobDocument } from '../jobFiles.js';

/** "What Will Run": the whole job in a few sentences, from the file alone. */
export function registerWhatWillRun(languageClient: () => Promise<LanguageClient>): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.whatWillRun, async (uri?: string | vscode.Uri) => {
    const document = await activeJobDocument(uri);
    if (!document) return;
    const client = await languageClient();
    const params: WhatWillRunParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
    const { sentences } = await client.sendRequest<WhatWillRunResult>(WHAT_WILL_RUN_REQUEST, params);
    const detail =
      sentences.length > 0
        ? sentences.map((sentence) => `• ${sentence}`).join('\n')
        : 'The file holds no job definition yet.';
    await vscode.window.showInformationMessage('What this job will run', { modal: true, detail });
  });
}
