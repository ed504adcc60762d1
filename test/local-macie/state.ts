/** What the local Macie endpoint holds: callers, jobs, buckets, identifiers, and the log of what it was asked. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { managedDataIdentifiers } from '../../server/catalog/managedDataIdentifiers.js';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** One access key and whose it is. A key that starts with ASIA is temporary and has a session token. */
export interface KeyEntry {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  arn: string;
  account: string;
  userId: string;
  /** ISO 8601; a request signed after it is refused as expired. */
  expires?: string;
}

/** A role that can be assumed. */
export interface RoleEntry {
  arn: string;
  /** Principals that may assume it; anybody where absent. An ARN of a role stands for all sessions of it. */
  trusts?: string[];
  mfaSerial?: string;
  mfaCode?: string;
  externalId?: string;
}

export interface Bucket {
  accountId: string;
  bucketName: string;
  classifiableObjectCount?: number;
  classifiableSizeInBytes?: number;
  objectCount?: number;
  sizeInBytes?: number;
  sizeInBytesCompressed?: number;
  effectivePermission?: 'PUBLIC' | 'NOT_PUBLIC' | 'UNKNOWN';
  sharedAccess?: 'EXTERNAL' | 'INTERNAL' | 'NOT_SHARED' | 'UNKNOWN';
  tags?: { key: string; value: string }[];
  errorCode?: 'ACCESS_DENIED' | 'BUCKET_COUNT_EXCEEDS_QUOTA';
  /** Where absent, the bucket is in every Region. */
  region?: string;
}

export interface CustomIdentifier {
  id: string;
  name: string;
  deleted?: boolean;
}

export interface AllowList {
  id: string;
  name: string;
  statusCode?: string;
  regex?: string;
}

export interface StoredJob {
  jobId: string;
  jobArn: string;
  jobStatus: string;
  createdAt: string;
  account: string;
  region: string;
  /** Who created it. */
  createdBy: string;
  clientToken: string;
  /** The body of the request, as it came over the wire. */
  request: JsonObject;
}

/** One request as it arrived. `body` is the parsed JSON, or the fields of a query-protocol request. */
export interface LoggedRequest {
  sequence: number;
  operation: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  rawBody: string;
  body?: Json;
  accessKeyId?: string;
  /** ARN of the caller, where the signature was good. */
  caller?: string;
  /** Region of the signature's scope. */
  region?: string;
  /** Status that was answered; absent while it is pending or where the connection was reset instead. */
  status?: number;
  fault?: string;
}

/** What another process may read and replace through the control surface. */
export interface LocalState {
  account: string;
  /** ENABLED, PAUSED, or OFF for a Region where Macie was never enabled. */
  macie: 'ENABLED' | 'PAUSED' | 'OFF';
  jobs: StoredJob[];
  keys: KeyEntry[];
  roles: RoleEntry[];
  buckets: Bucket[];
  customDataIdentifiers: CustomIdentifier[];
  allowLists: AllowList[];
  managedDataIdentifiers: { id: string; category: string }[];
  resultsBucket?: string;
  quota: { terabytes: number; met: boolean };
  /** Web identity tokens that are accepted. */
  webIdentityTokens: string[];
  /** SSO access tokens that are accepted, and the roles (account/role) that each may have; all where absent. */
  ssoTokens: { token: string; roles?: string[] }[];
  /** Refresh tokens of SSO OIDC that are accepted; each yields a new SSO access token. */
  ssoRefreshTokens: string[];
  /** Refresh tokens of console login that are accepted, and whose they are. */
  loginRefreshTokens: { token: string; arn: string }[];
  /** Authorization that the container credentials endpoint asks for; none where absent. */
  containerToken?: string;
  /** Principal of the container endpoint and of the instance metadata. */
  machineRole: string;
  requests: LoggedRequest[];
}

/** The static keys of the profile that the local workspace uses. No AWS account knows them. */
export const LOCAL_KEYS = {
  accessKeyId: 'AKIALOCALMACIE000001',
  secretAccessKey: 'local-macie-secret-key-not-known-to-aws',
};

const GB = 1024 ** 3;

/** A fresh state: one user with `LOCAL_KEYS`, a few buckets and identifiers, Macie enabled. */
export function initialState(account: string): LocalState {
  return {
    account,
    macie: 'ENABLED',
    jobs: [],
    keys: [{ ...LOCAL_KEYS, arn: `arn:aws:iam::${account}:user/local`, account, userId: 'AIDALOCALMACIE0000001' }],
    roles: [],
    buckets: [
      bucket(account, 'example-invoices', 40 * GB, 12_000),
      bucket(account, 'example-logs', 900 * GB, 2_400_000),
      bucket(account, 'example-exports', 3 * GB, 180),
    ],
    customDataIdentifiers: [
      { id: '3293a69d-4a1e-4a07-8715-208dd0a1b2c3', name: 'Employee number' },
      { id: 'a79e3ce8-b2b2-44bd-92d6-84ee5c0c4445', name: 'Order number' },
    ],
    allowLists: [{ id: 'nkr81bmtu2542yyexample', name: 'Public office addresses', regex: 'Main Street .*' }],
    managedDataIdentifiers: [...managedDataIdentifiers().values()].map(({ id, category }) => ({ id, category })),
    resultsBucket: 'example-macie-results',
    quota: { terabytes: 5, met: false },
    webIdentityTokens: [],
    ssoTokens: [],
    ssoRefreshTokens: [],
    loginRefreshTokens: [],
    machineRole: `arn:aws:sts::${account}:assumed-role/local-machine/i-0123456789abcdef0`,
    requests: [],
  };
}

function bucket(accountId: string, bucketName: string, bytes: number, objects: number): Bucket {
  return {
    accountId,
    bucketName,
    classifiableObjectCount: objects,
    classifiableSizeInBytes: bytes,
    objectCount: objects,
    sizeInBytes: bytes,
    sizeInBytesCompressed: 0,
    effectivePermission: 'NOT_PUBLIC',
    sharedAccess: 'NOT_SHARED',
  };
}

/** Makes temporary keys for a principal and remembers them. `seconds` is how long they last. */
export function issueKeys(state: LocalState, arn: string, seconds = 3600): KeyEntry & { expires: string } {
  const entry = {
    accessKeyId: `ASIA${randomBytes(10).toString('hex').toUpperCase().slice(0, 16)}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(96).toString('base64'),
    arn,
    account: arn.split(':')[4] || state.account,
    userId: `AROA${createHash('sha256').update(arn).digest('hex').toUpperCase().slice(0, 17)}:session`,
    expires: new Date(Date.now() + seconds * 1000).toISOString(),
  };
  state.keys.push(entry);
  return entry;
}

/** A job id of AWS's form: 32 hexadecimal digits. */
export const newJobId = (): string => randomUUID().replaceAll('-', '');
