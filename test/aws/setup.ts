/** A home folder of its own for a test, with the AWS files it needs and an environment without those of the machine. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openSession } from '../../client/aws/session.js';
import type { CredentialSource, MacieSession, SessionOptions } from '../../client/aws/types.js';
import type { LocalMacie, LocalMacieOptions } from '../local-macie/server.js';
import { LOCAL_KEYS, startLocalMacie } from '../local-macie/server.js';

/** The credentials file with the profile `local`, which the local endpoint knows. */
export const LOCAL_CREDENTIALS = `[local]\naws_access_key_id = ${LOCAL_KEYS.accessKeyId}\naws_secret_access_key = ${LOCAL_KEYS.secretAccessKey}\n`;

export interface World {
  macie: LocalMacie;
  home: string;
  /** Writes a file below the home folder and returns its path. */
  write(path: string, text: string): Promise<string>;
  /** Sets variables for the rest of the test; undefined removes one. */
  env(variables: Record<string, string | undefined>): void;
  session(
    source: string | CredentialSource,
    options?: SessionOptions & { region?: string; endpoint?: string },
  ): MacieSession;
  close(): Promise<void>;
}

export async function startWorld(options: LocalMacieOptions = {}): Promise<World> {
  const saved = { ...process.env };
  const macie = await startLocalMacie(options);
  const home = await mkdtemp(join(tmpdir(), 'macie-aws-'));
  for (const name of Object.keys(process.env)) {
    if (/^(AWS_|HOME$|USERPROFILE$|HTTPS?_PROXY$|NO_PROXY$)/i.test(name)) {
      delete process.env[name];
    }
  }
  Object.assign(process.env, macie.environment, { HOME: home, AWS_EC2_METADATA_DISABLED: 'true' });
  const sessions: MacieSession[] = [];
  return {
    macie,
    home,
    async write(path, text) {
      const file = join(home, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    env(variables) {
      for (const [name, value] of Object.entries(variables)) {
        if (value === undefined) {
          delete process.env[name];
        } else {
          process.env[name] = value;
        }
      }
    },
    session(source, { region = 'eu-west-1', endpoint = macie.url, ...sessionOptions } = {}) {
      const session = openSession(
        { source: typeof source === 'string' ? { kind: 'profile', name: source } : source, region, endpoint },
        sessionOptions,
      );
      sessions.push(session);
      return session;
    },
    async close() {
      for (const session of sessions) {
        session.close();
      }
      for (const name of Object.keys(process.env)) {
        delete process.env[name];
      }
      Object.assign(process.env, saved);
      await macie.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Name of the cache file that belongs to an SSO session or start URL. */
export const ssoCacheFile = (id: string): string =>
  `.aws/sso/cache/${createHash('sha1').update(id).digest('hex')}.json`;

/** Name of the cache file that belongs to a console login. */
export const loginCacheFile = (session: string): string =>
  `.aws/login/cache/${createHash('sha256').update(session).digest('hex')}.json`;

/** A time from now, as ISO 8601. */
export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
