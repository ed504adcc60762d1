/**
 * The credentials of one session. A chosen profile is resolved from the shared files alone: the SDK's full chain would
 * go on to the role of the container or the machine where the profile yields nothing, and act as somebody else.
 */
import type { STSClientConfig } from '@aws-sdk/client-sts';
import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { fromEnv, fromHttp, fromIni, fromInstanceMetadata, fromTokenFile } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity } from '@aws-sdk/types';
import { environmentEndpoint } from './endpoint.js';
import type { ErrorContext } from './problemTexts.js';
import { awsError } from './problemTexts.js';
import { profileKind } from './profiles.js';
import { oneLine } from './redact.js';
import type { Environment, IniSection } from './sharedFiles.js';
import { own, readSharedFiles } from './sharedFiles.js';
import type { AwsTarget } from './types.js';

export interface CredentialOptions {
  environment: Environment;
  /** Asks the user for the code of an MFA device; rejects where the user gives none. */
  mfaCode?: (serial: string) => Promise<string>;
  /** Carries the providers' own calls, with its time limits. */
  requestHandler: STSClientConfig['requestHandler'];
  /** What errors are told by. The kind of the profile is added to it as soon as it is known. */
  context: ErrorContext;
}

export interface SessionCredentials {
  /** The credentials to sign with: the same for all calls, fetched again within a minute of their end. */
  current(): Promise<AwsCredentialIdentity>;
  /** The credentials that were fetched last. */
  readonly held: AwsCredentialIdentity | undefined;
  /** How often other keys took the place of the first ones. */
  readonly renewals: number;
}

const RENEW_BEFORE_MS = 60_000;

export function sessionCredentials(target: AwsTarget, options: CredentialOptions): SessionCredentials {
  let held: AwsCredentialIdentity | undefined;
  let pending: Promise<AwsCredentialIdentity> | undefined;
  let renewals = 0;
  const renew = async (): Promise<AwsCredentialIdentity> => {
    const fetched = await (target.source.kind === 'profile'
      ? fromProfile(target.source.name, target.region, options)
      : fromEnvironment(target.region, options));
    if (held && held.accessKeyId !== fetched.accessKeyId) {
      renewals += 1;
    }
    held = fetched;
    return fetched;
  };
  return {
    get held() {
      return held;
    },
    get renewals() {
      return renewals;
    },
    async current() {
      if (held && (held.expiration === undefined || held.expiration.getTime() - Date.now() > RENEW_BEFORE_MS)) {
        return held;
      }
      pending ??= renew().finally(() => {
        pending = undefined;
      });
      return pending;
    },
  };
}

/** Credentials of a named profile, from the shared files as they are now. */
async function fromProfile(name: string, region: string, options: CredentialOptions): Promise<AwsCredentialIdentity> {
  const { environment, context } = options;
  const { profiles } = await readSharedFiles(environment);
  const chain = sourceChain(name, profiles, context);
  const profile = chain[0]!.profile;
  const last = chain.at(-1)!;
  context.profileKind = profileKind(chain.length > 1 ? last.profile : profile);
  const init = iniOptions(name, profile.region ?? region, options);
  if (last.name !== name && chain.some((link) => link.profile.mfa_serial)) {
    // The SDK fetches the source's credentials and asks for the MFA code at the same time. A source that fails is told
    // before anybody is asked for a code.
    await fromIni({ ...init, profile: last.name })();
  }
  return fromIni(init)();
}

interface Link {
  name: string;
  profile: IniSection;
}

/** The profile and those that it starts from by `source_profile`, in order. Throws where one is missing or comes again. */
function sourceChain(name: string, profiles: Readonly<Record<string, IniSection>>, context: ErrorContext): Link[] {
  const chain: Link[] = [];
  for (let next: string | undefined = name; next !== undefined; ) {
    const profile: IniSection | undefined = own(profiles, next);
    if (!profile) {
      const missing = `There is no profile "${oneLine(next, 60)}" in the AWS config and credentials files`;
      throw awsError('profile-broken', context, {
        sentence: next === name ? `${missing}.` : `${missing}, but "${oneLine(name, 60)}" starts from it.`,
        nextStep: 'Choose another profile, or add it to one of these files.',
      });
    }
    chain.push({ name: next, profile });
    // A source profile with keys of its own is where the SDK stops, even if it names a role as well.
    const stops: boolean = chain.length > 1 && Boolean(profile.aws_access_key_id && profile.aws_secret_access_key);
    next = stops || !profile.role_arn ? undefined : profile.source_profile;
    if (next !== undefined && chain.length > 1 && chain.slice(1).some((link) => link.name === next)) {
      throw awsError('profile-broken', context, {
        sentence: `The profile "${oneLine(name, 60)}" leads back to itself by source_profile.`,
      });
    }
  }
  return chain;
}

function iniOptions(profile: string, region: string, options: CredentialOptions): Parameters<typeof fromIni>[0] {
  const { environment, requestHandler } = options;
  const stsOptions = { ...stsConfig(environment, requestHandler), region, profile };
  const elsewhere = ['SSO', 'SSO_OIDC', 'SIGNIN'].some((service) => environmentEndpoint(service, environment));
  let lastQuestion: Promise<unknown> = Promise.resolve();
  return {
    profile,
    ignoreCache: true,
    parentClientConfig: { region, profile, requestHandler },
    // Left to itself, the SDK would take the endpoints of the profile `default`, or of AWS_PROFILE, for these calls.
    clientConfig: { requestHandler, ...(elsewhere ? {} : { ignoreConfiguredEndpointUrls: true }) },
    roleAssumer: getDefaultRoleAssumer(stsOptions),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(stsOptions),
    mfaCodeProvider: (serial) => {
      // One question at a time: a chain of roles may have several.
      const answer = lastQuestion.then(() => askForMfa(serial, options));
      lastQuestion = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** How the providers reach STS: AWS's own address or the one in the environment, never that of Macie or of a profile. */
function stsConfig(environment: Environment, requestHandler: STSClientConfig['requestHandler']): STSClientConfig {
  const ignored = environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true';
  const endpoint = ignored ? undefined : environmentEndpoint('sts', environment)?.value;
  return { requestHandler, ...(endpoint ? { endpoint } : { ignoreConfiguredEndpointUrls: true }) };
}

async function askForMfa(serial: string, { mfaCode, context }: CredentialOptions): Promise<string> {
  if (!mfaCode) {
    throw awsError('mfa-refused', context, {
      sentence: 'The profile asks for an MFA code, and none can be asked for here.',
      nextStep: 'Start the command again from the palette.',
    });
  }
  let code: string;
  try {
    code = await mfaCode(serial);
  } catch {
    throw awsError('cancelled', context);
  }
  context.secrets = [...(context.secrets ?? []), code];
  return code;
}

/**
 * Credentials of this machine's environment. Which kind it is, the variables decide, in the SDK's order: a kind that is
 * set up but fails is an error, and never followed by the next.
 */
async function fromEnvironment(region: string, options: CredentialOptions): Promise<AwsCredentialIdentity> {
  const { environment, requestHandler, context } = options;
  if (environment.AWS_ACCESS_KEY_ID || environment.AWS_SECRET_ACCESS_KEY) {
    if (!environment.AWS_ACCESS_KEY_ID || !environment.AWS_SECRET_ACCESS_KEY) {
      throw awsError('credentials-missing', context, {
        sentence: 'Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set in this environment.',
        nextStep: 'Set both, or choose a profile.',
      });
    }
    return fromEnv()();
  }
  if (environment.AWS_WEB_IDENTITY_TOKEN_FILE && environment.AWS_ROLE_ARN) {
    context.profileKind = 'web-identity';
    return fromTokenFile({
      roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity({
        ...stsConfig(environment, requestHandler),
        region,
      }),
    })();
  }
  if (environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || environment.AWS_CONTAINER_CREDENTIALS_FULL_URI) {
    return fromHttp({ timeout: 1_000, maxRetries: 1 })();
  }
  const disabled = environment.AWS_EC2_METADATA_DISABLED;
  if (disabled && disabled.toLowerCase() !== 'false') {
    throw awsError('credentials-missing', context);
  }
  return fromInstanceMetadata({ timeout: 1_000, maxRetries: 1 })();
}
