import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { CHECK_REQUEST, type CheckParams, type CheckResult } from '../../server/protocol.js';
import { activeJobDocument } from '../jobFiles.js';
import { Cancelled, type CheckedFile, type JobFile, type Outcome, type Ports } from '../submission/ports.js';
import { submit } from '../submission/submission.js';
import { refuseUntrusted } from './trust.js';

/** "Create Classification Job": submits the job file of the active editor, or the one that the menu names. */
export async function createJob(ports: Ports, uri?: string | vscode.Uri): Promise<Outcome | undefined> {
  if (refuseUntrusted()) return undefined;
  const document = await activeJobDocument(uri);
  if (!document) return undefined;
  // A file that has no name yet gets one: what is submitted can be found again.
  const saved = document.isUntitled ? await vscode.workspace.save(document.uri) : document.uri;
  return saved && submit(jobFile(saved), ports);
}

export function jobFile(uri: vscode.Uri): JobFile {
  return { uri: uri.toString(), name: uri.path.slice(uri.path.lastIndexOf('/') + 1) };
}

/** How often the server is asked again while it still catches up with the editor. */
const MOST_QUESTIONS = 40;

/** Saves the file and has the server judge exactly the version that was saved. Throws `Cancelled` where it stays unsaved. */
export async function checkFile(languageClient: () => Promise<LanguageClient>, file: JobFile): Promise<CheckedFile> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file.uri, true));
  if (document.isDirty && !(await document.save())) throw new Cancelled();
  const client = await languageClient();
  for (let question = 1; ; question += 1) {
    const params: CheckParams = { uri: client.code2ProtocolConverter.asUri(document.uri), version: document.version };
    try {
      const result = await client.sendRequest<CheckResult>(CHECK_REQUEST, params);
      return { ...result, file };
    } catch (error) {
      // The document is not open yet, or has changed since: by a formatter that runs on save, for example.
      if (question === MOST_QUESTIONS) throw error;
      await wait(50);
    }
  }
}
