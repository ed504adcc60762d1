/** A stand-in for the AWS CLI's sign-in: it notes its arguments, and writes the token that a sign-in would. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface FakeAwsCli {
  /** A PATH on which this program is the only `aws`. */
  path: string;
  /** Puts the program in its place. It makes the SSO session of this name valid below the home folder. */
  install(token: { home: string; session: string; accessToken: string }): void;
  /** The arguments of each run. */
  runs(): string[][];
  remove(): void;
}

export function fakeAwsCli(): FakeAwsCli {
  const folder = mkdtempSync(join(tmpdir(), 'macie-jobs-bin-'));
  const program = join(folder, 'aws');
  const log = join(folder, 'runs');
  const others = (process.env.PATH ?? '').split(delimiter).filter((entry) => !existsSync(join(entry, 'aws')));
  return {
    path: [folder, ...others].join(delimiter),
    install({ home, session, accessToken }) {
      const cache = join(home, '.aws/sso/cache');
      const file = join(cache, `${createHash('sha1').update(session).digest('hex')}.json`);
      const token = { accessToken, expiresAt: new Date(Date.now() + 3_600_000).toISOString(), region: 'eu-central-1' };
      mkdirSync(cache, { recursive: true });
      writeFileSync(
        program,
        `#!${process.execPath}
const { appendFileSync, writeFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');
writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify(token))});
console.log('Successfully logged into the fake Start URL');
`,
      );
      chmodSync(program, 0o755);
    },
    runs: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
