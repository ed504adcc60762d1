/** At which address a service is reached, where it is not AWS's own. */
import type { Setting } from './profiles.js';
import { settingSource } from './profiles.js';
import type { Environment, SharedFiles } from './sharedFiles.js';
import { own } from './sharedFiles.js';
import type { CredentialSource, Sourced } from './types.js';
import { AwsError } from './types.js';

export interface EndpointSources {
  /** The setting; it stands for Macie alone. */
  setting?: Setting;
  environment: Environment;
  source: CredentialSource;
  files: Pick<SharedFiles, 'settings' | 'services'>;
}

/**
 * The custom endpoint of Macie: the setting, AWS_ENDPOINT_URL_MACIE2, AWS_ENDPOINT_URL, then the profile's `services`
 * section and `endpoint_url`. Undefined for AWS's own. AWS_IGNORE_CONFIGURED_ENDPOINT_URLS and the profile's
 * `ignore_configured_endpoint_urls` shut out all but the setting. Throws `AwsError` (`profile-broken`) where the
 * profile names a `services` section that is not there, as the AWS CLI does.
 */
export function chooseEndpoint(from: EndpointSources): Sourced<string> | undefined {
  return from.setting?.value
    ? { value: from.setting.value, ...settingSource(from.setting) }
    : configuredEndpoint('macie2', from);
}

/** The custom endpoint of any service (its name as in a `services` section), by the environment and the profile. */
export function configuredEndpoint(
  service: string,
  { environment, source, files }: Omit<EndpointSources, 'setting'>,
): Sourced<string> | undefined {
  const profile = source.kind === 'profile' ? own(files.settings, source.name) : undefined;
  const ignored = environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS || profile?.ignore_configured_endpoint_urls;
  if (ignored?.toLowerCase() === 'true') {
    return undefined;
  }
  const inEnvironment = environmentEndpoint(service, environment);
  if (inEnvironment || !profile) {
    return inEnvironment;
  }
  if (profile.services) {
    const services = own(files.services, profile.services);
    if (!services) {
      throw new AwsError({
        code: 'profile-broken',
        sentence: 'The profile names a services section that is not in the AWS config file.',
        nextStep: 'Mend the member "services" of the profile, or add that section.',
        mayHaveHappened: false,
      });
    }
    const value = services[`${service}.endpoint_url`];
    if (value) {
      return { value, from: "the profile's services section" };
    }
  }
  return profile.endpoint_url ? { value: profile.endpoint_url, from: "the profile's endpoint_url" } : undefined;
}

/** The endpoint that the environment alone gives a service, whether endpoints are ignored or not. */
export function environmentEndpoint(service: string, environment: Environment): Sourced<string> | undefined {
  for (const name of [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL']) {
    const value = environment[name];
    if (value) {
      return { value, from: name };
    }
  }
  return undefined;
}

/** True where the text is an address that a service can be reached at: http or https, with a host. */
export function isEndpointAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '';
}
