import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { COMMANDS, type InitializationOptions, LANGUAGE_ID } from '../server/protocol.js';

/**
 * The client of the language server, not yet started. It serves documents by their language id alone, so that no other
 * server's file is touched and VS Code's own JSON support, which serves other ids, never doubles it.
 */
export function createLanguageClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6019'] } },
  };
  const initializationOptions: InitializationOptions = {
    rulePagesUri: `${vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules').toString()}/`,
    commands: true,
  };
  const options: LanguageClientOptions = {
    documentSelector: [{ language: LANGUAGE_ID }],
    outputChannel: log,
    initializationOptions,
    middleware: {
      // The server does not know whom the user trusts: where nothing can be submitted, the lens would only refuse.
      provideCodeLenses: async (document, token, next) => {
        const lenses = await next(document, token);
        return vscode.workspace.isTrusted
          ? lenses
          : lenses?.filter(({ command }) => command?.command !== COMMANDS.createJob);
      },
    },
    // The server reads settings by itself, and is told when they change.
    synchronize: {},
  };
  return new LanguageClient('macieJobs', 'Macie Jobs', server, options);
}
