/** What a submission needs from outside: VS Code, AWS, the server, a folder, a clock. Types alone. */
import type { CheckResult } from '../../server/protocol.js';
import type {
  AwsProblem,
  AwsTarget,
  CredentialSource,
  MacieSession,
  ProfileKind,
  ProfileSummary,
  SessionOptions,
  Sourced,
} from '../aws/types.js';
import type { Confirmation } from './confirmation.js';
import type { History } from './history.js';
import type { Journal, JournalEntry } from './journal.js';

/** The file that is submitted. */
export interface JobFile {
  uri: string;
  /** Its name without folders, for the user. */
  name: string;
}

/** What the server said of one version of the file. */
export interface CheckedFile extends CheckResult {
  /** The file's name and the version that was judged. */
  file: JobFile;
}

export interface Clock {
  now(): Date;
  /** Resolves after `milliseconds`; rejects with `Cancelled` when the signal is aborted, or was. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** One line each, already without secrets. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** Profiles, Region and endpoint by their order of precedence, and sessions. */
export interface AwsPort {
  /** Every profile of the shared files, read afresh. Throws `AwsError` where a file cannot be read. */
  profiles(): Promise<ProfileSummary[]>;
  /** The profile in force; undefined where the user has to be asked. */
  profile(): Promise<Sourced<CredentialSource> | undefined>;
  /** The Region in force for these credentials; undefined where the user has to be asked. */
  region(source: CredentialSource): Promise<Sourced<string> | undefined>;
  /** Another address for Macie than AWS's own, where one is configured. */
  endpoint(source: CredentialSource): Promise<Sourced<string> | undefined>;
  /** The Regions that are known to have Macie. */
  regions: readonly string[];
  /** Loads the SDK on first use. */
  openSession(target: AwsTarget, options: SessionOptions): Promise<MacieSession>;
}

/** What the settings say, read when the submission starts. */
export interface SubmissionSettings {
  /** Account ids and profile names for which the account id has to be typed. */
  protectedAccounts: readonly string[];
  /** US dollars for each gigabyte that is analyzed; undefined where no amount of money is to be shown. */
  pricePerGigabyte?: number;
  /** True where the price is the default, not the user's own. */
  priceIsDefault: boolean;
}

export interface CreatedOutcome {
  kind: 'created';
  jobId: string;
  jobArn: string;
  jobName: string;
  account: string;
  profile: CredentialSource;
  region: string;
  endpoint?: string;
  /** True where the job came to light by asking AWS after the fact, not by the answer to the request. */
  found: boolean;
}

/** How a submission ended. `not-created` is said only where no job was made; where that is not known, `unknown` is. */
export type Outcome =
  | CreatedOutcome
  /** The file has errors; nothing left the machine. */
  | { kind: 'file-has-errors'; checked: CheckedFile }
  /** The user stopped it, and no job was made. */
  | { kind: 'cancelled'; afterSending: boolean }
  /** Another submission of the same file is under way, here or in another window. */
  | { kind: 'busy'; file: JobFile }
  | {
      kind: 'not-created';
      problem: AwsProblem;
      source?: CredentialSource;
      region?: string;
      /** How the profile gets its credentials, where it is known. */
      profileKind?: ProfileKind;
    }
  /** A job may exist: the entry stays in the journal, to be looked into. */
  | { kind: 'unknown'; entry: JournalEntry; problem?: AwsProblem; whyNotKnown: string };

/** How an unfinished submission was settled. */
export type RecoveryOutcome =
  | { kind: 'created'; created: CreatedOutcome }
  | { kind: 'no-job'; entry: JournalEntry }
  | { kind: 'unknown'; entry: JournalEntry; problem?: AwsProblem; whyNotKnown: string }
  /** Another window is at it, or it is settled already. */
  | { kind: 'taken' }
  | { kind: 'cancelled' };

export interface Progress {
  /** Replaces the line that the user sees. */
  say(line: string): void;
  /** Aborted when the user cancels. */
  signal: AbortSignal;
}

export interface Ui {
  /** The user's choice, already remembered for this workspace; undefined where they gave up. */
  pickProfile(): Promise<CredentialSource | undefined>;
  pickRegion(source: CredentialSource): Promise<string | undefined>;
  /** A modal. `report` leads to `showReport`, and back to the same confirmation. */
  confirm(confirmation: Confirmation): Promise<'create' | 'report' | 'cancel'>;
  /** Opens the report and resolves when the user goes on (true) or gives up (false). */
  showReport(markdown: string, confirmation: Confirmation): Promise<boolean>;
  /** True where the user typed exactly this account id. */
  askAccountId(account: string): Promise<boolean>;
  /** The code of the MFA device; rejects with `Cancelled` where the user gives none. */
  askMfaCode(serial: string): Promise<string>;
  /** Asks whether to sign in, and does; true where the sign-in succeeded. */
  offerSignIn(problem: AwsProblem, profile: ProfileSummary): Promise<boolean>;
  progress<T>(title: string, task: (progress: Progress) => Promise<T>): Promise<T>;
  /** Resolves when the outcome is on the screen; what the user then clicks is not waited for. */
  report(file: JobFile, outcome: Outcome): Promise<void>;
  /** The same for an unfinished submission; `repeat` where the user wants the same submission sent again. */
  reportRecovery(outcome: RecoveryOutcome): Promise<'repeat' | 'keep' | 'done'>;
}

export interface Ports {
  ui: Ui;
  /** Saves the file and has that version judged. Throws `Cancelled` where it could not be saved. */
  check(file: JobFile): Promise<CheckedFile>;
  aws: AwsPort;
  journal: Journal;
  history: History;
  clock: Clock;
  /** A random UUID. */
  uuid(): string;
  log: Log;
  settings(): SubmissionSettings;
}

/** The user gave up, or a signal was aborted. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}
