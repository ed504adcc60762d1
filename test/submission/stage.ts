/**
 * Everything that a submission needs, for tests: the server's own check, the real SDK on a real socket to the local
 * endpoint, a folder on disk, and a user whose answers are written down beforehand.
 */
import { randomUUID } from 'node:crypto';
import { promises as nodeFs } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as realWait } from 'node:timers/promises';
import { chooseEndpoint } from '../../client/aws/endpoint.js';
import { chooseCredentials, listProfiles } from '../../client/aws/profiles.js';
import { chooseRegion } from '../../client/aws/region.js';
import { REGION_NAMES } from '../../client/aws/regions.js';
import { openSession } from '../../client/aws/session.js';
import { readSharedFiles } from '../../client/aws/sharedFiles.js';
import type { AwsProblem, CredentialSource, MacieSession, ProfileSummary } from '../../client/aws/types.js';
import type { Confirmation } from '../../client/submission/confirmation.js';
import { History } from '../../client/submission/history.js';
import { Journal } from '../../client/submission/journal.js';
import type { Files, Holder } from '../../client/submission/locks.js';
import {
  Cancelled,
  type CheckedFile,
  type Clock,
  type JobFile,
  type Outcome,
  type Ports,
  type Progress,
  type RecoveryOutcome,
  type SubmissionSettings,
  type Ui,
} from '../../client/submission/ports.js';
import { checkForSubmission } from '../../server/language/submission.js';
import { LOCAL_CREDENTIALS, startWorld, type World } from '../aws/setup.js';
import { analyzeText } from '../rules/analyze.js';

export const FILE: JobFile = { uri: 'file:///work/weekly.macie-job.json', name: 'weekly.macie-job.json' };

/** A definition without errors; members of `more` come on top. */
export function definition(more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    name: 'Weekly check',
    jobType: 'ONE_TIME',
    s3JobDefinition: { bucketDefinitions: [{ accountId: '111122223333', buckets: ['example-logs'] }] },
    ...more,
  });
}

/** A clock whose pauses take a thousandth of their time; limits on the preflight end only where a test wants it. */
export class FastClock implements Clock {
  readonly waits: number[] = [];
  /** True while pauses are not to end. */
  held = false;
  private time = Date.now();

  now(): Date {
    return new Date(this.time);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new Cancelled();
    this.waits.push(milliseconds);
    const over = new AbortController();
    signal?.addEventListener('abort', () => over.abort(), { once: true, signal: over.signal });
    try {
      // A held pause is one that only the signal ends.
      await realWait(this.held ? 2 ** 30 : milliseconds / 1000, undefined, { signal: over.signal, ref: !this.held });
    } catch {
      throw new Cancelled();
    }
    over.abort();
    this.time += milliseconds;
  }
}

/** A user: answers as told, and everything that they saw. */
export class ScriptedUi implements Ui {
  readonly confirmations: Confirmation[] = [];
  readonly reports: string[] = [];
  readonly outcomes: Outcome[] = [];
  readonly recoveries: RecoveryOutcome[] = [];
  readonly progressTitles: string[] = [];
  /** All text that was on the screen. */
  readonly shown: string[] = [];
  signIns = 0;

  profile: CredentialSource | undefined = { kind: 'profile', name: 'local' };
  region: string | undefined = 'eu-west-1';
  /** Answers to the confirmation, one after another; the last one stays. */
  answers: ('create' | 'report' | 'cancel')[] = ['create'];
  goesOn = true;
  typedAccount: string | undefined;
  mfaCode: string | undefined;
  signIn: () => Promise<boolean> = async () => false;
  recoveryAnswer: 'repeat' | 'keep' | 'done' = 'done';
  /** Called with each progress when it starts: to cancel it, for example. */
  onProgress: (title: string, cancel: () => void) => void = () => {};
  /** Called with each line of a progress. */
  onSay: (line: string, cancel: () => void) => void = () => {};
  onConfirm: (confirmation: Confirmation) => void | Promise<void> = () => {};

  constructor(private readonly clock?: FastClock) {}

  async pickProfile(): Promise<CredentialSource | undefined> {
    return this.profile;
  }

  async pickRegion(): Promise<string | undefined> {
    return this.region;
  }

  async confirm(confirmation: Confirmation): Promise<'create' | 'report' | 'cancel'> {
    this.confirmations.push(confirmation);
    this.shown.push(confirmation.title, confirmation.detail);
    await this.onConfirm(confirmation);
    return this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!;
  }

  async showReport(markdown: string): Promise<boolean> {
    this.reports.push(markdown);
    this.shown.push(markdown);
    return this.goesOn;
  }

  async askAccountId(account: string): Promise<boolean> {
    return this.typedAccount === account;
  }

  async askMfaCode(serial: string): Promise<string> {
    this.shown.push(serial);
    if (this.mfaCode === undefined) throw new Cancelled();
    return this.mfaCode;
  }

  async offerSignIn(problem: AwsProblem, profile: ProfileSummary): Promise<boolean> {
    this.signIns += 1;
    this.shown.push(JSON.stringify(problem), JSON.stringify(profile));
    return this.signIn();
  }

  async progress<T>(title: string, task: (progress: Progress) => Promise<T>): Promise<T> {
    this.progressTitles.push(title);
    this.shown.push(title);
    const controller = new AbortController();
    const cancel = () => controller.abort();
    // The limits of the preflight are no pauses: they end only where a test lets them.
    const hold = this.clock && title.startsWith('Preparing') && !this.clock.held;
    if (hold) this.clock!.held = true;
    this.onProgress(title, cancel);
    try {
      return await task({
        signal: controller.signal,
        say: (line) => {
          this.shown.push(line);
          this.onSay(line, cancel);
        },
      });
    } finally {
      if (hold) this.clock!.held = false;
    }
  }

  async report(_file: JobFile, outcome: Outcome): Promise<void> {
    this.outcomes.push(outcome);
    this.shown.push(JSON.stringify(outcome));
  }

  async reportRecovery(outcome: RecoveryOutcome): Promise<'repeat' | 'keep' | 'done'> {
    this.recoveries.push(outcome);
    this.shown.push(JSON.stringify(outcome));
    return outcome.kind === 'created' || outcome.kind === 'taken' ? 'done' : this.recoveryAnswer;
  }
}

export interface StageOptions {
  text?: string;
  folder: string;
  ui?: ScriptedUi;
  clock?: FastClock;
  files?: Files;
  holder?: Holder;
  settings?: Partial<SubmissionSettings>;
  /** Region and profile are in force unless they are left out. */
  ask?: { profile?: boolean; region?: boolean };
  profile?: string;
  /** Milliseconds of real time until a call gives up. */
  timeout?: number;
  endpoint?: string;
}

export interface Stage {
  ui: ScriptedUi;
  clock: FastClock;
  ports: Ports;
  logLines: string[];
  /** The text of the file; a test may change it. */
  text: string;
}

/** Sets up the ports of one window. The world has to have the profile. */
export function createStage(world: { macie: { url: string } }, options: StageOptions): Stage {
  const { folder, settings, ask = {}, profile = 'local', timeout = 5_000 } = options;
  const clock = options.clock ?? new FastClock();
  const ui = options.ui ?? new ScriptedUi(clock);
  const files = options.files ?? nodeFs;
  const logLines: string[] = [];
  const log = (line: string) => {
    logLines.push(line);
  };
  const environment = process.env;
  const stage: Stage = {
    ui,
    clock,
    logLines,
    text: options.text ?? definition(),
    ports: {
      ui,
      clock,
      check: async (file): Promise<CheckedFile> => ({ ...checkForSubmission(analyzeText(stage.text)), file }),
      aws: {
        regions: Object.keys(REGION_NAMES),
        profiles: async () => (await listProfiles(environment)).profiles,
        profile: async () =>
          ask.profile ? undefined : chooseCredentials({ choice: { kind: 'profile', name: profile }, environment }),
        region: async () => (ask.region ? undefined : chooseRegion({ setting: { value: 'eu-west-1' }, environment })),
        endpoint: async (source) =>
          chooseEndpoint({
            setting: { value: options.endpoint ?? world.macie.url },
            environment,
            source,
            files: await readSharedFiles(environment),
          }),
        openSession: async (target, sessionOptions): Promise<MacieSession> =>
          openSession(target, { timeout, ...sessionOptions }),
      },
      journal: new Journal(folder, files, options.holder),
      history: new History(folder, files),
      uuid: randomUUID,
      log: { info: log, warn: log, error: log },
      settings: () => ({ protectedAccounts: [], pricePerGigabyte: 1, priceIsDefault: true, ...settings }),
    },
  };
  return stage;
}

/** A world with the profile `local`, and a folder for the storage. */
export async function startTheatre(): Promise<{ world: World; newFolder(): Promise<string>; close(): Promise<void> }> {
  const world = await startWorld();
  await world.write('.aws/config', '[profile local]\nregion = eu-west-1\n');
  await world.write('.aws/credentials', LOCAL_CREDENTIALS);
  const root = await mkdtemp(join(tmpdir(), 'macie-submission-'));
  let folders = 0;
  return {
    world,
    newFolder: async () => {
      folders += 1;
      return join(root, String(folders));
    },
    close: async () => {
      await world.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Another window or process, for locks: `alive` are the processes that live. */
export function holder(processId: number, alive: ReadonlySet<number>): Holder {
  return { processId, host: hostname(), isAlive: (id) => alive.has(id) };
}

/** The text of every file below a folder. */
export async function textsBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const texts: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) texts.push(`${path}\n${await readFile(path, 'utf8')}`);
  }
  return texts;
}
