/**
 * What the submission asks of AWS, in plain types: no SDK type crosses this line, so that `client/submission` can be
 * read and tested without the SDK, and the SDK is loaded on first use only (`dist/aws.js`).
 */

/** Where credentials come from: a named profile of the shared files, or this machine's own environment. */
export type CredentialSource = { kind: 'profile'; name: string } | { kind: 'environment' };

/** A value and, in plain words, where it was found ("the profile", "AWS_REGION", "this workspace's choice"). */
export interface Sourced<T> {
  value: T;
  from: string;
  /** True where the value was written by the workspace itself, which anyone with access to the repository can do. */
  fromWorkspace?: boolean;
}

export type ProfileKind =
  | 'static'
  | 'session'
  | 'sso'
  | 'sso-legacy'
  | 'assume-role'
  | 'assume-role-mfa'
  | 'process'
  | 'web-identity'
  | 'login'
  | 'empty';

/** One profile of the shared AWS files, as the picker shows it. Holds no secret. */
export interface ProfileSummary {
  name: string;
  kind: ProfileKind;
  region?: string;
  /** For an assumed role: the profile or credential source that it starts from. */
  source?: string;
  /** The role that the profile assumes, if any. */
  roleArn?: string;
}

export interface AwsTarget {
  source: CredentialSource;
  region: string;
  /** Set only where Macie is to be reached at another address than AWS's own. */
  endpoint?: string;
}

export interface Caller {
  account: string;
  arn: string;
  userId: string;
}

/** JSON as it stands in the file. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** The kinds of fault that the user is told apart. One entry each in `client/aws/errors.ts`. */
export type AwsProblemCode =
  | 'validation'
  | 'role-not-propagated'
  | 'macie-not-enabled'
  | 'access-denied'
  | 'throttled'
  | 'quota-exceeded'
  | 'conflict'
  | 'not-found'
  | 'service-fault'
  | 'credentials-expired'
  | 'credentials-missing'
  | 'credentials-refused'
  | 'sso-session-expired'
  | 'login-session-expired'
  | 'mfa-refused'
  | 'clock-skew'
  | 'unknown-host'
  | 'connection-refused'
  | 'connection-lost'
  | 'timed-out'
  | 'proxy-refused'
  | 'certificate-unknown'
  | 'request-changed'
  | 'credentials-renewed'
  | 'profile-broken'
  | 'cancelled'
  | 'unknown';

/** One fault, told to the user: a sentence, a next step, and what the code needs to know. Never holds a secret. */
export interface AwsProblem {
  code: AwsProblemCode;
  /** What happened, one plain sentence. */
  sentence: string;
  /** What to do now, one plain sentence. */
  nextStep: string;
  /** True where the request may have reached AWS and been carried out: a job may exist. */
  mayHaveHappened: boolean;
  /** The IAM action that is missing, where AWS said so. */
  action?: string;
  /** The resource that the action was refused on, where AWS said so. */
  resource?: string;
  /** True where a policy denies the action explicitly, so that allowing it elsewhere does not help. */
  explicitDeny?: boolean;
  /** Names of job-definition members that AWS's message speaks of, for a problem at that member. */
  members?: string[];
  /** AWS's own words, cut, without secrets; for the report and the log. */
  detail?: string;
  /** AWS's request id, where one came back. */
  requestId?: string;
}

/** What `client/aws` throws. */
export class AwsError extends Error {
  constructor(readonly problem: AwsProblem) {
    super(problem.sentence);
    this.name = 'AwsError';
  }
}

export interface CreatedJob {
  jobId: string;
  jobArn: string;
}

export interface JobListing {
  jobId: string;
  name: string;
  jobType: string;
  jobStatus: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** A described job: AWS's own members, dates as ISO 8601 strings. */
export type JobDescription = JsonObject & { jobId?: string; jobArn?: string; clientToken?: string; jobStatus?: string };

export interface BucketMatch {
  accountId: string;
  name: string;
  objects?: number;
  /** Bytes that Macie can analyze by storage class and file type, as stored. */
  classifiableBytes?: number;
  /** Bytes of .gz, .gzip and .zip objects among them, as stored. */
  compressedBytes?: number;
  /** ACCESS_DENIED or BUCKET_COUNT_EXCEEDS_QUOTA where Macie cannot read the bucket's details. */
  errorCode?: string;
}

export interface IdentifierState {
  id: string;
  name?: string;
  /** ok: usable. deleted: soft-deleted, not usable by a new job. missing: no such id here. */
  state: 'ok' | 'deleted' | 'missing';
}

export interface AllowListState {
  id: string;
  name?: string;
  state: 'ok' | 'missing' | 'broken';
  /** AWS's status code where the list is broken, for example S3_OBJECT_ACCESS_DENIED. */
  status?: string;
  kind?: 'text' | 'regex';
}

export interface QuotaUse {
  /** Terabytes of the monthly quota of sensitive data discovery jobs. */
  limitTerabytes?: number;
  /** True where AWS says that the monthly quota is met. */
  met: boolean;
}

/**
 * One set of credentials and one Region, for the whole way of a submission: who the caller is, the preflight and the
 * creation all use the same provider. Every call throws `AwsError`, and honours its signal.
 */
export interface MacieSession {
  readonly target: AwsTarget;
  /** STS GetCallerIdentity with the session's credentials. */
  caller(signal?: AbortSignal): Promise<Caller>;
  /** How often new credentials had to be fetched since the session was opened: a change after the confirmation means that the caller must be asked again. */
  readonly renewals: number;
  /**
   * CreateClassificationJob with exactly `request` plus `clientToken`. One attempt, no retry of its own: the submission
   * decides. A middleware compares the serialized body with the value and throws `request-changed` before the socket
   * where they differ. `onSending` is called when the request is about to leave. With `renewals` given, it throws
   * `credentials-renewed` before anything is sent where the session has had to fetch new credentials since that count
   * was read; the request is signed with exactly the credentials that were checked.
   */
  createJob(
    request: JsonObject,
    clientToken: string,
    options?: { signal?: AbortSignal; onSending?: () => void; renewals?: number },
  ): Promise<CreatedJob>;
  describeJob(jobId: string, signal?: AbortSignal): Promise<JobDescription>;
  /** Jobs with exactly this name, newest first, and, where given, created at or after `createdAfter`. */
  jobsNamed(name: string, options?: { createdAfter?: Date; signal?: AbortSignal }): Promise<JobListing[]>;
  /** GetMacieSession: 'ENABLED' or 'PAUSED'; throws `macie-not-enabled` where it is off. */
  macieStatus(signal?: AbortSignal): Promise<string>;
  customDataIdentifiers(ids: readonly string[], signal?: AbortSignal): Promise<IdentifierState[]>;
  allowLists(ids: readonly string[], signal?: AbortSignal): Promise<AllowListState[]>;
  /** All managed data identifier ids that the service lists. */
  managedDataIdentifiers(signal?: AbortSignal): Promise<string[]>;
  /** SearchResources with the file's own `bucketCriteria`, unchanged; at most `limit` buckets. */
  bucketsMatching(
    bucketCriteria: JsonObject,
    options?: { limit?: number; signal?: AbortSignal },
  ): Promise<{ buckets: BucketMatch[]; more: boolean }>;
  /** The named buckets that Macie knows in this Region; a name that is not in the answer is not known here. */
  bucketsNamed(names: readonly string[], signal?: AbortSignal): Promise<BucketMatch[]>;
  /** True where a bucket for classification results is configured. */
  hasResultsBucket(signal?: AbortSignal): Promise<boolean>;
  quota(signal?: AbortSignal): Promise<QuotaUse>;
  close(): void;
}

export interface SessionOptions {
  /** Asks the user for an MFA code for the given device serial; rejects when the user gives none. */
  mfaCode?: (serial: string) => Promise<string>;
  /** Milliseconds until a single call gives up; default 60,000. */
  timeout?: number;
  /** Bytes of the user agent that name this extension and its version. */
  userAgent?: string;
}

/** What `dist/aws.js` exports. */
export interface AwsModule {
  openSession(target: AwsTarget, options?: SessionOptions): MacieSession;
}
