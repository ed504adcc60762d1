/** The language server's own process: `node dist/server.js --stdio`, or over the editor's ipc channel. */
import { Console } from 'node:console';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './connection.js';
import { wholeMessages } from './stdout.js';

const TRANSPORTS = /^--(stdio|node-ipc|socket=\d+|pipe=.+|socket|pipe)$/;

if (!process.argv.slice(2).some((argument) => TRANSPORTS.test(argument))) {
  process.stderr.write(
    'The language server for Amazon Macie job definitions. Start it with --stdio, as an editor does.\n',
  );
  process.exit(2);
}

const connection = process.argv.includes('--stdio') ? onStdio() : createConnection(ProposedFeatures.all);
// One fault costs one answer, not the editor's language support.
process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${String(reason)}`));
serve(connection);
connection.listen();

function onStdio() {
  // Whatever a library prints must not come between two messages.
  globalThis.console = new Console(process.stderr);
  return createConnection(ProposedFeatures.all, process.stdin, wholeMessages(process.stdout));
}
