/**
 * Tells every fault of AWS, of the network and of the credentials apart; `problemTexts.ts` has the words for each.
 * Nothing secret gets into a problem: what a credential source printed is never quoted, and what a service said is
 * redacted.
 */
import { parseDenial } from './accessDenied.js';
import { membersIn } from './jobMembers.js';
import type { ErrorContext } from './problemTexts.js';
import { nameOf, TEXTS, where } from './problemTexts.js';
import { oneLine, redact } from './redact.js';
import type { AwsProblem, AwsProblemCode } from './types.js';
import { AwsError } from './types.js';

/** What is known of an error before it is put in words. */
interface Finding {
  code: AwsProblemCode;
  /** False where the request surely did not reach the service, or the service surely refused it. */
  mayHaveHappened?: boolean;
  sentence?: string;
  nextStep?: string;
  extra?: Partial<AwsProblem>;
}

/** The parts of an SDK, Node or provider error that matter here. */
interface Fault {
  name: string;
  message: string;
  code: string;
  syscall: string;
  status?: number;
  requestId?: string;
  /** Content type of the answer, where there was one. */
  contentType?: string;
}

/** The problem that an error stands for. An `AwsError` keeps its own. */
export function toAwsProblem(error: unknown, context: ErrorContext): AwsProblem {
  if (error instanceof AwsError) {
    return error.problem;
  }
  const fault = describe(error);
  const finding =
    cancelled(fault, context) ??
    fromConfiguration(fault, context) ??
    (context.step === 'credentials' ? fromCredentialSource(fault, context) : undefined) ??
    fromNetwork(fault, context) ??
    fromForeignAnswer(fault) ??
    fromService(fault, context) ??
    unknownFault(fault, context);
  const texts = TEXTS[finding.code](context);
  const refused = fault.status !== undefined && fault.status >= 400 && !isForeign(fault);
  const mayHaveHappened = context.sent === true && (finding.mayHaveHappened ?? false);
  // A credential source may print anything, so that its words are kept only where they are those of a service.
  const detail = refused ? oneLine(redact(withoutCanonicalRequest(fault.message), context.secrets), 500) : '';
  return {
    code: finding.code,
    sentence: finding.sentence ?? texts.sentence,
    nextStep: mayHaveHappened
      ? 'A job may have been created: check what happened before you try again.'
      : (finding.nextStep ?? texts.nextStep),
    mayHaveHappened,
    ...(detail ? { detail } : {}),
    ...(fault.requestId ? { requestId: fault.requestId } : {}),
    ...finding.extra,
  };
}

function describe(error: unknown): Fault {
  const chain: Record<string, unknown>[] = [];
  for (let each = error; typeof each === 'object' && each !== null && chain.length < 5; ) {
    const current = each as Record<string, unknown>;
    chain.push(current);
    const inner: unknown = Array.isArray(current.errors) ? current.errors[0] : undefined;
    each = current.cause ?? inner;
  }
  const first = (name: string): string =>
    chain.map((each) => each[name]).find((value): value is string => typeof value === 'string' && value !== '') ?? '';
  const metadata = (chain[0]?.$metadata ?? {}) as { httpStatusCode?: number; requestId?: string };
  const response = chain[0]?.$response as { statusCode?: number; headers?: Record<string, string> } | undefined;
  const message = first('message');
  return {
    name: first('name') || typeof error,
    message,
    // The providers put the words of an inner error into their own message and drop its code.
    code: first('code') || (/\b(E[A-Z]{4,}|EAI_AGAIN|[A-Z_]*CERT[A-Z_]*)\b/.exec(message)?.[1] ?? ''),
    syscall: first('syscall'),
    status: metadata.httpStatusCode ?? response?.statusCode,
    requestId: metadata.requestId,
    contentType: response?.headers?.['content-type'],
  };
}

function cancelled({ name }: Fault, { signal }: ErrorContext): Finding | undefined {
  if (!signal?.aborted && name !== 'AbortError') {
    return undefined;
  }
  const reason: unknown = signal?.reason;
  const late = reason instanceof Error && reason.name === 'TimeoutError';
  return { code: late ? 'timed-out' : 'cancelled', mayHaveHappened: true };
}

/** What the SDK refuses before it calls anybody. */
function fromConfiguration({ message }: Fault, { region }: ErrorContext): Finding | undefined {
  if (/Region not accepted|not a valid hostname component/i.test(message)) {
    return {
      code: 'unknown-host',
      sentence: `"${oneLine(region, 40)}" is not the name of a Region.`,
      nextStep: 'Choose a Region, for example eu-west-1.',
    };
  }
  if (/Invalid Configuration|(FIPS|Dual-?stack).*(not support|custom endpoint)/i.test(message)) {
    return {
      code: 'profile-broken',
      sentence:
        'FIPS or dual-stack endpoints are switched on where there are none: with a custom endpoint, or in this Region.',
      nextStep: 'Switch use_fips_endpoint or use_dualstack_endpoint off, in the profile or the environment.',
    };
  }
  return undefined;
}

// ---------------------------------------------------------------------------------------------------------------------
// The network

const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|ERROR_IN_CERT|ERROR_IN_CRL|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|CRL_)/;
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
]);

function fromNetwork({ name, code, message, syscall, status }: Fault, context: ErrorContext): Finding | undefined {
  if (status === 407 || /\b407\b.*proxy|proxy authentication|tunneling socket|CONNECT response/i.test(message)) {
    return { code: 'proxy-refused' };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') {
    return { code: 'unknown-host' };
  }
  if (CERTIFICATE.test(code)) {
    return { code: 'certificate-unknown' };
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return {
      code: 'connection-refused',
      sentence: `${where(context)} did not answer as a secure (HTTPS) server does.`,
      nextStep: 'Check whether the address of the endpoint must begin with http:// or https://, and its port.',
    };
  }
  if (UNREACHABLE.has(code) && syscall !== 'open' && syscall !== 'read') {
    return { code: 'connection-refused' };
  }
  const connecting =
    syscall === 'connect' || /did not establish a connection|before secure TLS connection/i.test(message);
  if (
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    code === 'ECONNABORTED' ||
    /socket hang up|^aborted$/.test(message)
  ) {
    return { code: 'connection-lost', mayHaveHappened: !connecting };
  }
  if (name === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') {
    return { code: 'timed-out', mayHaveHappened: !connecting };
  }
  return undefined;
}

const isForeign = ({ contentType }: Fault): boolean => contentType?.startsWith('text/html') === true;

/** An answer that is a page, and so not of AWS: a proxy, a captive portal, or a wrong endpoint. */
function fromForeignAnswer(fault: Fault): Finding | undefined {
  if (!isForeign(fault)) {
    return undefined;
  }
  const status = fault.status ?? 0;
  return {
    code: 'proxy-refused',
    mayHaveHappened: status < 400 || status >= 500,
    sentence: `Something between this machine and AWS answered with a page of its own (status ${status}).`,
    nextStep: 'Check the network sign-in, the proxy (setting http.proxy) and the endpoint, then try again.',
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// The services

// Names without "Exception" at the end: the services differ in whether they add it.
const CLOCK = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);
const SIGNATURE = new Set(['InvalidSignature', 'SignatureDoesNotMatch']);
const EXPIRED = new Set(['ExpiredToken', 'TokenRefreshRequired']);
const REFUSED = new Set([
  'AuthFailure',
  'IDPRejectedClaim',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidIdentityToken',
  'MissingAuthenticationToken',
  'OptInRequired',
  'SubscriptionRequired',
  'UnrecognizedClient',
]);
const DENIED = new Set(['AccessDenied', 'Forbidden', 'UnauthorizedOperation']);
const THROTTLED = new Set([
  'LimitExceeded',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'Throttled',
  'Throttling',
  'TooManyRequests',
]);

function fromService(fault: Fault, context: ErrorContext): Finding | undefined {
  const { message, status = 0 } = fault;
  const name = fault.name.replace(/(Exception|Error)$/, '');
  // By text, as these two have no name of their own; by status as well, as a service may repeat texts of the file.
  if (status === 400 && /service-linked role/i.test(message) && /propagat|try again/i.test(message)) {
    return { code: 'role-not-propagated' };
  }
  if ([401, 403, 404].includes(status) && /macie is(n't| not) enabled/i.test(message)) {
    return { code: 'macie-not-enabled' };
  }
  if (CLOCK.has(name) || (SIGNATURE.has(name) && /expired|not yet current|too far/i.test(message))) {
    return { code: 'clock-skew' };
  }
  if (EXPIRED.has(name)) {
    return expired(context);
  }
  if (REFUSED.has(name) || SIGNATURE.has(name)) {
    return { code: 'credentials-refused' };
  }
  if (/MultiFactorAuthentication failed/i.test(message)) {
    return { code: 'mfa-refused' };
  }
  if (DENIED.has(name)) {
    return denied(message, context);
  }
  if (THROTTLED.has(name) || status === 429) {
    return { code: 'throttled' };
  }
  if (name === 'ServiceQuotaExceeded' || status === 402) {
    return { code: 'quota-exceeded' };
  }
  if (name === 'Conflict' || status === 409) {
    return { code: 'conflict' };
  }
  if (name === 'ResourceNotFound' || (status === 404 && name !== 'UnknownOperation')) {
    return { code: 'not-found' };
  }
  if (status >= 500) {
    return { code: 'service-fault', mayHaveHappened: true };
  }
  if (status === 401 || status === 403 || (status >= 400 && context.step === 'credentials')) {
    return { code: 'credentials-refused' };
  }
  if (name === 'Validation' || status === 400 || status === 422) {
    const members = membersIn(message);
    return { code: 'validation', extra: members.length > 0 ? { members } : {} };
  }
  return undefined;
}

/** Temporary credentials that ran out: where a sign-in brings new ones, that is what to do. */
function expired({ profileKind }: ErrorContext): Finding {
  switch (profileKind) {
    case 'sso':
    case 'sso-legacy':
      return { code: 'sso-session-expired' };
    case 'login':
      return { code: 'login-session-expired' };
    default:
      return { code: 'credentials-expired' };
  }
}

function denied(message: string, context: ErrorContext): Finding {
  const denial = parseDenial(message);
  const action = denial.action ?? context.action;
  const resource = denial.resource;
  return {
    code: 'access-denied',
    sentence: `The caller may not do ${oneLine(action, 80)}${resource ? ` on ${oneLine(resource, 200)}` : ''}.`,
    nextStep: denial.explicit
      ? 'A policy denies it explicitly: ask whoever manages the policies of this account.'
      : 'Ask for this permission, or choose another profile.',
    extra: { action, ...(resource ? { resource } : {}), ...(denial.explicit ? { explicitDeny: true } : {}) },
  };
}

function unknownFault({ name, status }: Fault, context: ErrorContext): Finding {
  const kind = oneLine(redact(name, context.secrets), 60);
  return {
    code: 'unknown',
    mayHaveHappened: status === undefined || status < 400 || status >= 500,
    sentence: `The call of ${context.action} failed (${kind}${status === undefined ? '' : `, status ${status}`}).`,
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// Where credentials come from

function fromCredentialSource(fault: Fault, context: ErrorContext): Finding | undefined {
  const { message, code, syscall, name, status } = fault;
  if (status !== undefined && name !== 'CredentialsProviderError') {
    return undefined;
  }
  const profile = nameOf(context.source);
  if (context.profileKind === 'process' && name === 'CredentialsProviderError') {
    return fromProcess(message, profile);
  }
  const ofMachine = context.source.kind === 'environment' && context.profileKind !== 'web-identity';
  // Where nobody answers at the address of the container or of the instance metadata, there are no credentials there.
  const network = !ofMachine && isNetworkCode(code, syscall) ? fromNetwork(fault, context) : undefined;
  if (network) {
    return network;
  }
  if (context.source.kind === 'environment') {
    return fromEnvironment(message, code, syscall);
  }
  if (/TooManyRequests|Throttl/.test(message)) {
    return { code: 'throttled' };
  }
  if (/InternalServer|InternalFailure|ServiceUnavailable|UnknownError/.test(message)) {
    return { code: 'service-fault' };
  }
  if (/SSO session|aws sso login|UnauthorizedException|Token is expired/i.test(message)) {
    return { code: 'sso-session-expired' };
  }
  if (/re-?authenticate|aws login|Failed to load (a )?token/i.test(message)) {
    return { code: 'login-session-expired' };
  }
  if (/ForbiddenException|No access/i.test(message)) {
    return {
      code: 'credentials-refused',
      sentence: `The SSO session does not give the role that the ${profile} names.`,
      nextStep: 'Check sso_account_id and sso_role_name of the profile, or sign in as another user.',
    };
  }
  if (/Detected a cycle/i.test(message)) {
    return broken(`The ${profile} leads back to itself by source_profile.`);
  }
  if (
    /sso-?session '|invalid SSO credentials|Conflicting SSO|missing required property/i.test(message) ||
    isProgramError(name)
  ) {
    return broken(`The settings of the ${profile} are not complete.`);
  }
  if (/Unsupported credential source/i.test(message)) {
    return broken(`The ${profile} names a credential_source that does not exist.`);
  }
  if (/not found|could not be found/i.test(message)) {
    return broken(`The ${profile}, or one that it starts from, is not in the AWS files.`);
  }
  if (syscall === 'open' || syscall === 'read') {
    return broken(`A file that the ${profile} names cannot be read.`);
  }
  return { code: 'credentials-missing' };
}

/** What the program printed is not repeated: it may hold the credentials. */
function fromProcess(message: string, profile: string): Finding {
  return /credential_process returned expired/i.test(message)
    ? { code: 'credentials-expired' }
    : {
        code: 'credentials-missing',
        sentence: `The credential_process of the ${profile} failed.`,
        nextStep: 'Run that program in a terminal to see why, then try again.',
      };
}

const isProgramError = (name: string): boolean =>
  name === 'TypeError' || name === 'SyntaxError' || name === 'RangeError';

const isNetworkCode = (code: string, syscall: string): boolean =>
  code !== '' && code !== 'ENOENT' && syscall !== 'open' && syscall !== 'read' && !syscall.startsWith('spawn');

const broken = (sentence: string): Finding => ({
  code: 'profile-broken',
  sentence,
  nextStep: 'Mend the profile in the AWS config or credentials file, or choose another.',
});

function fromEnvironment(message: string, code: string, syscall: string): Finding {
  if (/status: 40[13]/.test(message)) {
    return { code: 'credentials-refused' };
  }
  if (syscall === 'open' || code === 'ENOENT') {
    return {
      code: 'credentials-missing',
      sentence: 'A file that this environment names for its credentials cannot be read.',
      nextStep: 'Check AWS_WEB_IDENTITY_TOKEN_FILE and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, or choose a profile.',
    };
  }
  return { code: 'credentials-missing' };
}

/** AWS repeats the request, with its session token, below the first line of a complaint about the signature. */
const withoutCanonicalRequest = (message: string): string => message.split(/The Canonical String/i)[0] ?? '';
