/** The local Macie endpoint as a program: `--port N` and `--account ID`; prints `{"url": ...}` and runs until it is stopped. */
import { parseArgs } from 'node:util';
import { startLocalMacie } from './server.js';

const { values } = parseArgs({ options: { port: { type: 'string' }, account: { type: 'string' } } });

startLocalMacie({ port: Number(values.port ?? 0), account: values.account }).then(
  ({ url }) => process.stdout.write(`${JSON.stringify({ url })}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(0));
}
