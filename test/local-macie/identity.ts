/** STS, the SSO portal, SSO OIDC, console sign-in, container credentials and instance metadata of the local endpoint. */
import { randomBytes } from 'node:crypto';
import { Refusal } from './macie.js';
import type { KeyEntry, LocalState } from './state.js';
import { issueKeys } from './state.js';

export interface IdentityCall {
  state: LocalState;
  headers: Record<string, string>;
  query: URLSearchParams;
  /** Fields of a query-protocol request, or members of a JSON body. */
  fields: Record<string, string>;
}

/** The STS actions that need no signature. */
export const UNSIGNED_ACTIONS = new Set(['AssumeRoleWithWebIdentity']);

/** The result element of an STS action, as names and texts. */
export function stsResult(
  action: string,
  call: IdentityCall,
  caller: KeyEntry | undefined,
): Record<string, string | Record<string, string>> {
  switch (action) {
    case 'GetCallerIdentity':
      return { Arn: caller?.arn ?? '', UserId: caller?.userId ?? '', Account: caller?.account ?? '' };
    case 'AssumeRole':
      return assumeRole(call, caller!);
    case 'AssumeRoleWithWebIdentity':
      return assumeRoleWithWebIdentity(call);
    default:
      throw new Refusal(400, 'InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
  }
}

function assumeRole(
  { state, fields }: IdentityCall,
  caller: KeyEntry,
): Record<string, string | Record<string, string>> {
  const denied = (): Refusal =>
    new Refusal(
      403,
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${fields.RoleArn}`,
    );
  const role = state.roles.find(({ arn }) => arn === fields.RoleArn);
  if (
    !role ||
    (role.trusts && !role.trusts.some((trusted) => trusted === caller.arn || trusted === roleOf(caller.arn)))
  ) {
    throw denied();
  }
  if (role.externalId !== undefined && role.externalId !== fields.ExternalId) {
    throw denied();
  }
  if (role.mfaSerial !== undefined) {
    if (fields.SerialNumber !== role.mfaSerial || fields.TokenCode === undefined) {
      throw denied();
    }
    if (fields.TokenCode !== role.mfaCode) {
      throw new Refusal(403, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ');
    }
  }
  return session(state, role.arn, fields.RoleSessionName ?? '', Number(fields.DurationSeconds ?? 3600));
}

function assumeRoleWithWebIdentity({ state, fields }: IdentityCall): Record<string, string | Record<string, string>> {
  if (!state.webIdentityTokens.includes(fields.WebIdentityToken ?? '')) {
    throw new Refusal(400, 'InvalidIdentityToken', 'The web identity token that was passed could not be validated.');
  }
  const role = state.roles.find(({ arn }) => arn === fields.RoleArn);
  if (!role) {
    throw new Refusal(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
  }
  return session(state, role.arn, fields.RoleSessionName ?? '', Number(fields.DurationSeconds ?? 3600));
}

function session(
  state: LocalState,
  roleArn: string,
  name: string,
  seconds: number,
): Record<string, string | Record<string, string>> {
  const [, , , , account = '', resource = ''] = roleArn.split(':');
  const arn = `arn:aws:sts::${account}:assumed-role/${resource.split('/').at(-1)}/${name}`;
  const keys = issueKeys(state, arn, seconds);
  return {
    AssumedRoleUser: { Arn: arn, AssumedRoleId: keys.userId },
    Credentials: {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken ?? '',
      Expiration: keys.expires,
    },
  };
}

/** The role that an assumed-role ARN is a session of, as the ARN of that role. */
function roleOf(arn: string): string {
  return arn.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2');
}

/** SSO portal, GetRoleCredentials. */
export function ssoCredentials({ state, headers, query }: IdentityCall): unknown {
  const token = state.ssoTokens.find((entry) => entry.token === headers['x-amz-sso_bearer_token']);
  if (!token) {
    throw new Refusal(401, 'UnauthorizedException', 'Session token not found or invalid');
  }
  const account = query.get('account_id') ?? '';
  const role = query.get('role_name') ?? '';
  if (token.roles && !token.roles.includes(`${account}/${role}`)) {
    throw new Refusal(403, 'ForbiddenException', 'No access');
  }
  const keys = issueKeys(
    state,
    `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_0123456789abcdef/user@example.com`,
  );
  return {
    roleCredentials: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey,
      sessionToken: keys.sessionToken,
      expiration: Date.parse(keys.expires),
    },
  };
}

/** SSO OIDC, CreateToken by a refresh token. */
export function ssoToken({ state, fields }: IdentityCall): unknown {
  if (!state.ssoRefreshTokens.includes(fields.refreshToken ?? '') || fields.grantType !== 'refresh_token') {
    throw new Refusal(400, 'InvalidGrantException', 'Invalid refresh token provided');
  }
  const token = `sso-access-${randomBytes(16).toString('hex')}`;
  state.ssoTokens.push({ token });
  return { accessToken: token, expiresIn: 3600, refreshToken: fields.refreshToken, tokenType: 'Bearer' };
}

/** Sign-in, CreateOAuth2Token by a refresh token and a proof of possession. */
export function loginToken({ state, headers, fields }: IdentityCall): unknown {
  const known = state.loginRefreshTokens.find(({ token }) => token === fields.refreshToken);
  if (!headers.dpop || !known || fields.grantType !== 'refresh_token') {
    throw new LoginRefusal();
  }
  const keys = issueKeys(state, known.arn, 900);
  return {
    accessToken: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey,
      sessionToken: keys.sessionToken,
    },
    tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
    expiresIn: 900,
    refreshToken: fields.refreshToken,
  };
}

/** Sign-in tells the kind of a refusal by a member of its own. */
export class LoginRefusal extends Refusal {
  readonly error = 'TOKEN_EXPIRED';
  constructor() {
    super(400, 'AccessDeniedException', 'The session has expired.');
  }
}

/** Container credentials: `AWS_CONTAINER_CREDENTIALS_FULL_URI`. */
export function containerCredentials({ state, headers }: IdentityCall): unknown {
  if (state.containerToken !== undefined && headers.authorization !== state.containerToken) {
    throw new Refusal(403, 'AccessDenied', 'The authorization token is not valid.');
  }
  return machineCredentials(state);
}

/** Instance metadata, version 2. */
export function instanceMetadata(method: string, path: string, { state, headers }: IdentityCall): string {
  if (method === 'PUT' && path === '/latest/api/token') {
    return 'local-metadata-token';
  }
  if (headers['x-aws-ec2-metadata-token'] !== 'local-metadata-token') {
    throw new Refusal(401, 'Unauthorized', 'Unauthorized');
  }
  if (path === '/latest/meta-data/iam/security-credentials/') {
    return 'local-machine';
  }
  if (path === '/latest/meta-data/iam/security-credentials/local-machine') {
    return JSON.stringify({ Code: 'Success', Type: 'AWS-HMAC', ...machineCredentials(state) });
  }
  throw new Refusal(404, 'NotFound', 'Not Found');
}

function machineCredentials(state: LocalState): Record<string, string> {
  const keys = issueKeys(state, state.machineRole);
  return {
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    Token: keys.sessionToken ?? '',
    Expiration: keys.expires.replace(/\.\d+Z$/, 'Z'),
  };
}
