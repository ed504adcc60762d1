// An AWS configuration with the one profile `local`, which leads to the local Macie endpoint.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} folder where the two files go; it is made
 * @param {{ url: string, environment: Record<string, string> }} endpoint
 * @param {{ accessKeyId: string, secretAccessKey: string }} keys what the endpoint takes
 * @returns {Record<string, string>} the environment in which AWS clients see this configuration and no other
 */
export function writeLocalProfile(folder, { url, environment }, { accessKeyId, secretAccessKey }) {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  writeFileSync(
    config,
    `[profile local]
region = eu-central-1
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
endpoint_url = ${url}
`,
  );
  writeFileSync(credentials, '');
  return {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    // No other place to take credentials from, on a cloud machine either.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...environment,
  };
}
