/** The profiles of the shared AWS files, as the picker shows them, and which of them is used. */
import type { Environment, FileProblem, IniSection, SharedFiles } from './sharedFiles.js';
import { readSharedFiles } from './sharedFiles.js';
import type { CredentialSource, ProfileKind, ProfileSummary, Sourced } from './types.js';

export interface ProfileList {
  /** `default` first, then by name. */
  profiles: ProfileSummary[];
  problems: FileProblem[];
  configFile: string;
  credentialsFile: string;
}

/** A setting's value, and whether the workspace wrote it. */
export interface Setting {
  value: string;
  fromWorkspace?: boolean;
}

/** All profiles, read afresh. Missing files make an empty list; broken ones are told in `problems`. */
export async function listProfiles(environment: Environment): Promise<ProfileList> {
  const files = await readSharedFiles(environment);
  return {
    profiles: summaries(files),
    problems: files.problems,
    configFile: files.configFile,
    credentialsFile: files.credentialsFile,
  };
}

function summaries({ profiles }: SharedFiles): ProfileSummary[] {
  const order = (name: string): string => (name === 'default' ? '' : name);
  return Object.entries(profiles)
    .map(([name, profile]) => {
      const kind = profileKind(profile);
      const takesRole = kind === 'assume-role' || kind === 'assume-role-mfa' || kind === 'web-identity';
      const source = kind === 'web-identity' ? undefined : (profile.source_profile ?? profile.credential_source);
      return {
        name,
        kind,
        ...(profile.region ? { region: profile.region } : {}),
        ...(takesRole && source ? { source } : {}),
        ...(takesRole && profile.role_arn ? { roleArn: profile.role_arn } : {}),
      };
    })
    .sort((a, b) => (order(a.name) < order(b.name) ? -1 : 1));
}

/** What a profile's credentials come from, decided in the order in which the SDK decides it. */
export function profileKind(profile: IniSection): ProfileKind {
  if (profile.role_arn && (profile.source_profile === undefined) !== (profile.credential_source === undefined)) {
    return profile.mfa_serial ? 'assume-role-mfa' : 'assume-role';
  }
  if (profile.aws_access_key_id && profile.aws_secret_access_key) {
    return profile.aws_session_token ? 'session' : 'static';
  }
  if (profile.web_identity_token_file && profile.role_arn) {
    return 'web-identity';
  }
  if (profile.credential_process) {
    return 'process';
  }
  if (profile.sso_session) {
    return 'sso';
  }
  if (profile.sso_start_url || profile.sso_account_id || profile.sso_region || profile.sso_role_name) {
    return 'sso-legacy';
  }
  return profile.login_session ? 'login' : 'empty';
}

/**
 * Which credentials to use: this workspace's choice, the setting, AWS_PROFILE; undefined where nothing says so and the
 * user is to be asked.
 */
export function chooseCredentials(from: {
  choice?: CredentialSource;
  setting?: Setting;
  environment: Environment;
}): Sourced<CredentialSource> | undefined {
  const { choice, setting, environment } = from;
  if (choice) {
    return { value: choice, from: "this workspace's choice" };
  }
  const named = (name: string): CredentialSource => ({ kind: 'profile', name });
  if (setting?.value) {
    return { value: named(setting.value), ...settingSource(setting) };
  }
  return environment.AWS_PROFILE ? { value: named(environment.AWS_PROFILE), from: 'AWS_PROFILE' } : undefined;
}

/** Where a setting's value comes from, in words. */
export function settingSource({ fromWorkspace }: Setting): { from: string; fromWorkspace?: boolean } {
  return fromWorkspace ? { from: "the workspace's settings", fromWorkspace } : { from: 'the settings' };
}
