import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { LANGUAGE_ID } from '../server/protocol.js';
import type { AwsModule } from './aws/types.js';
import { watchByteOrderMarks } from './byteOrderMark.js';
import { registerExplainRule } from './commands/explainRule.js';
import { registerSetRuleLevel } from './commands/setRuleLevel.js';
import { registerSubmission } from './commands/submissionCommands.js';
import { registerUseAsJobFile } from './commands/useAsJobFile.js';
import { registerWhatWillRun } from './commands/whatWillRun.js';
import { offerJobFiles } from './jobFileOffer.js';

/** What other code in this window, tests first of all, may ask of the extension. */
export interface MacieJobsApi {
  /** The language client, once a job file has been opened. */
  languageClient(): Promise<LanguageClient>;
  /** Milliseconds for loading the bundle and for `activate`: the extension's own part of its start. */
  ownActivationTime: number;
}

/** Set by the bundle's first and last line (esbuild.mjs); VS Code does work of its own before it calls `activate`. */
declare const bundleStarted: number;
declare const bundleLoaded: number;

type LanguageClientModule = typeof import('./languageClient.js');

let client: LanguageClient | undefined;

/** Wires the parts together. The server starts with the first job file; the AWS SDK loads with the first submission. */
export function activate(context: vscode.ExtensionContext): MacieJobsApi {
  const called = performance.now();
  const log = vscode.window.createOutputChannel('Macie Jobs', { log: true });
  let started: Promise<LanguageClient> | undefined;
  const languageClient = () => {
    started ??= startClient(context, log);
    return started;
  };

  context.subscriptions.push(
    log,
    registerWhatWillRun(languageClient),
    registerExplainRule(context.extensionUri),
    registerSetRuleLevel(context),
    registerUseAsJobFile(),
    registerSubmission(context, { languageClient, log, loadAws }),
    vscode.commands.registerCommand('macieJobs.showLog', () => log.show()),
    offerJobFiles(context.workspaceState),
    watchByteOrderMarks(),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.languageId === LANGUAGE_ID) void languageClient();
    }),
  );
  // The Node entry: a host without Node never sets it, so that its menus show no submission.
  void vscode.commands.executeCommand('setContext', 'macieJobs.canSubmit', true);
  if (vscode.workspace.textDocuments.some(({ languageId }) => languageId === LANGUAGE_ID)) void languageClient();
  return { languageClient, ownActivationTime: bundleLoaded - bundleStarted + (performance.now() - called) };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** The bundle with the AWS SDK. `as string` keeps the type checker from looking for what only the build makes. */
async function loadAws(): Promise<AwsModule> {
  return (await import('./aws.js' as string)) as AwsModule;
}

async function startClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<LanguageClient> {
  const { createLanguageClient } = (await import('./languageClient.js' as string)) as LanguageClientModule;
  client = createLanguageClient(context, log);
  context.subscriptions.push(client);
  await client.start();
  return client;
}
