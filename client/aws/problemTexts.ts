/** The words for every kind of fault: one plain sentence that says what happened, and one next step. */
import { oneLine, redact } from './redact.js';
import type { AwsProblem, AwsProblemCode, CredentialSource, ProfileKind } from './types.js';
import { AwsError } from './types.js';

/** What was being done when the error came. */
export interface ErrorContext {
  /** The call as an IAM action, for example `macie2:CreateClassificationJob`. */
  action: string;
  source: CredentialSource;
  region: string;
  /** Address of the endpoint, where it is not AWS's own. */
  endpoint?: string;
  /** `credentials` while credentials are fetched, `call` afterwards. */
  step: 'credentials' | 'call';
  profileKind?: ProfileKind;
  /** True once a request that creates something has left: then a lost answer does not mean that nothing happened. */
  sent?: boolean;
  signal?: AbortSignal;
  /** Exact texts that must not be shown. */
  secrets?: readonly string[];
}

/** The source of the credentials, in words. */
export const nameOf = (source: CredentialSource): string =>
  source.kind === 'profile' ? `profile "${oneLine(source.name, 60)}"` : 'environment of this machine';

/** The host that was called, in words. */
export function where({ endpoint, region }: ErrorContext): string {
  return endpoint ? `The endpoint ${oneLine(redact(withoutUserInfo(endpoint)), 80)}` : `AWS in ${oneLine(region, 40)}`;
}

function withoutUserInfo(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//');
}

type Texts = (context: ErrorContext) => { sentence: string; nextStep: string };

/** One entry for each kind of fault: what happened, and what to do now. */
export const TEXTS: Record<AwsProblemCode, Texts> = {
  validation: () => ({
    sentence: 'AWS refused the definition as not valid.',
    nextStep: 'Read what AWS says about it, mend the file and try again.',
  }),
  'role-not-propagated': () => ({
    sentence: 'Macie cannot create a job yet: its service-linked role is still being set up in this account.',
    nextStep: 'Wait a few minutes and try again.',
  }),
  'macie-not-enabled': ({ region }) => ({
    sentence: `Macie is not enabled in ${oneLine(region, 40)} for this account.`,
    nextStep: 'Enable Macie in this Region, or choose another Region.',
  }),
  'access-denied': ({ action }) => ({
    sentence: `The caller may not do ${action}.`,
    nextStep: 'Ask for this permission, or choose another profile.',
  }),
  throttled: () => ({
    sentence: 'AWS is asked too often right now; Macie takes one new job in ten seconds.',
    nextStep: 'Wait ten seconds and try again.',
  }),
  'quota-exceeded': () => ({
    sentence: 'A quota of this account does not allow it.',
    nextStep: 'Look at the quotas of Macie in Service Quotas, and ask for more where that is possible.',
  }),
  conflict: () => ({
    sentence:
      'AWS says that the request conflicts with what is there, for example with another use of its client token.',
    nextStep: 'Look for the job in the list of jobs before you try again with a new token.',
  }),
  'not-found': () => ({
    sentence: 'AWS does not find something that the request names.',
    nextStep: 'Check the ids of the file, the Region and the account.',
  }),
  'service-fault': () => ({
    sentence: 'AWS had a fault of its own.',
    nextStep: 'Try again in a moment.',
  }),
  'credentials-expired': ({ source }) => ({
    sentence: `The credentials of the ${nameOf(source)} have expired.`,
    nextStep: 'Renew them where they come from, then try again.',
  }),
  'credentials-missing': ({ source }) => ({
    sentence:
      source.kind === 'profile'
        ? `The ${nameOf(source)} yields no credentials.`
        : 'There are no credentials in the environment of this machine.',
    nextStep: source.kind === 'profile' ? 'Set the profile up, or choose another.' : 'Choose a profile instead.',
  }),
  'credentials-refused': ({ source, region }) => ({
    sentence: `AWS does not accept the credentials of the ${nameOf(source)}.`,
    nextStep: `Check that they are right and still active, and that the Region ${oneLine(region, 40)} is enabled in the account.`,
  }),
  'sso-session-expired': ({ source }) => ({
    sentence: `The SSO session of the ${nameOf(source)} is missing or has expired.`,
    nextStep: 'Sign in.',
  }),
  'login-session-expired': ({ source }) => ({
    sentence: `The console login of the ${nameOf(source)} is missing or has expired.`,
    nextStep: 'Sign in.',
  }),
  'mfa-refused': () => ({
    sentence: 'AWS did not accept the MFA code.',
    nextStep: 'Wait for the next code of the device and try again; each code works once.',
  }),
  'clock-skew': () => ({
    sentence: 'The clock of this machine differs too much from that of AWS.',
    nextStep: 'Set the clock of this machine, then try again.',
  }),
  'unknown-host': (context) => ({
    sentence: `${where(context)} has no address that this machine can find.`,
    nextStep: 'Check the network, the name of the Region, and whether FIPS or dual-stack endpoints are switched on.',
  }),
  'connection-refused': (context) => ({
    sentence: `${where(context)} cannot be reached from here.`,
    nextStep: 'Check the network, the proxy and the endpoint, then try again.',
  }),
  'connection-lost': (context) => ({
    sentence: `The connection to ${lower(where(context))} broke off.`,
    nextStep: 'Try again.',
  }),
  'timed-out': (context) => ({
    sentence: `${where(context)} did not answer in time.`,
    nextStep: 'Check the network and the proxy, then try again.',
  }),
  'proxy-refused': () => ({
    sentence: 'The proxy did not let the call through.',
    nextStep: 'Check the setting http.proxy and its user and password, then try again.',
  }),
  'certificate-unknown': (context) => ({
    sentence: `The certificate that ${lower(where(context))} shows is not one that this machine trusts.`,
    nextStep:
      'Behind a proxy with a certificate of its own, install that certificate and check the setting http.systemCertificates.',
  }),
  'request-changed': () => ({
    sentence: 'What was about to be sent was not what the file says, so nothing was sent.',
    nextStep: 'Look for members that AWS does not know, mend the file and try again.',
  }),
  'credentials-renewed': ({ source }) => ({
    sentence: `The credentials of the ${nameOf(source)} were renewed after the confirmation, so nothing was sent.`,
    nextStep: 'Confirm again.',
  }),
  'profile-broken': ({ source }) => ({
    sentence: `The ${nameOf(source)} cannot be used as it is written.`,
    nextStep: 'Mend the profile in the AWS config or credentials file, or choose another.',
  }),
  cancelled: () => ({
    sentence: 'Cancelled.',
    nextStep: 'Start again when you are ready.',
  }),
  unknown: ({ action }) => ({
    sentence: `The call of ${action} failed.`,
    nextStep: 'Look at the log for what AWS said, and try again.',
  }),
};

/** "The endpoint" and "AWS" inside a sentence. */
const lower = (text: string): string => (text.startsWith('The ') ? `the ${text.slice(4)}` : text);

/** An `AwsError` that is no error of a call: something that this side found. */
export function awsError(code: AwsProblemCode, context: ErrorContext, own: Partial<AwsProblem> = {}): AwsError {
  return new AwsError({ code, ...TEXTS[code](context), mayHaveHappened: false, ...own });
}
