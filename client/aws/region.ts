/** Which Region a job is created in. */
import type { Setting } from './profiles.js';
import { settingSource } from './profiles.js';
import type { Environment } from './sharedFiles.js';
import type { Sourced } from './types.js';

/**
 * The Region: this workspace's choice, the setting, AWS_REGION, AWS_DEFAULT_REGION, the profile's own; undefined where
 * none is set and the user is to be asked. There is no default: a job in the wrong Region costs money there.
 */
export function chooseRegion(from: {
  choice?: string;
  setting?: Setting;
  environment: Environment;
  /** Region of the chosen profile, where a profile was chosen. */
  profileRegion?: string;
}): Sourced<string> | undefined {
  const { choice, setting, environment, profileRegion } = from;
  if (choice) {
    return { value: choice, from: "this workspace's choice" };
  }
  if (setting?.value) {
    return { value: setting.value, ...settingSource(setting) };
  }
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = environment[name];
    if (value) {
      return { value, from: name };
    }
  }
  return profileRegion ? { value: profileRegion, from: 'the profile' } : undefined;
}
