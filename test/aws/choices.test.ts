/** Which profile, Region and endpoint are used, and where each comes from. */
import assert from 'node:assert/strict';
import dns from 'node:dns';
import { after, before, describe, mock, test } from 'node:test';
import { chooseEndpoint, configuredEndpoint, isEndpointAddress } from '../../client/aws/endpoint.js';
import { chooseCredentials } from '../../client/aws/profiles.js';
import { chooseRegion } from '../../client/aws/region.js';
import { looksLikeRegion, REGION_NAMES, WITHOUT_ALLOW_LISTS } from '../../client/aws/regions.js';
import { openSession } from '../../client/aws/session.js';
import type { Environment } from '../../client/aws/sharedFiles.js';
import { readSharedFiles } from '../../client/aws/sharedFiles.js';
import { AwsError } from '../../client/aws/types.js';
import type { World } from './setup.js';
import { startWorld } from './setup.js';

describe('profile', () => {
  const choice = { kind: 'environment' } as const;
  const setting = { value: 'from-setting' };
  const environment = { AWS_PROFILE: 'from-variable' };
  test('choice, setting, AWS_PROFILE, ask', () => {
    assert.deepEqual(chooseCredentials({ choice, setting, environment }), {
      value: choice,
      from: "this workspace's choice",
    });
    assert.deepEqual(chooseCredentials({ setting, environment }), {
      value: { kind: 'profile', name: 'from-setting' },
      from: 'the settings',
    });
    assert.deepEqual(chooseCredentials({ setting: { value: '' }, environment }), {
      value: { kind: 'profile', name: 'from-variable' },
      from: 'AWS_PROFILE',
    });
    assert.equal(chooseCredentials({ environment: { AWS_PROFILE: '', AWS_ACCESS_KEY_ID: 'x' } }), undefined);
  });
  test('a setting of the workspace is marked', () => {
    assert.equal(chooseCredentials({ setting: { value: 'x', fromWorkspace: true }, environment })?.fromWorkspace, true);
  });
});

describe('Region', () => {
  const all = {
    choice: 'eu-west-1',
    setting: { value: 'eu-west-2' },
    environment: { AWS_REGION: 'eu-west-3', AWS_DEFAULT_REGION: 'eu-north-1' },
    profileRegion: 'eu-central-1',
  };
  const table: [Partial<typeof all>, string | undefined, string | undefined][] = [
    [all, 'eu-west-1', "this workspace's choice"],
    [{ ...all, choice: undefined }, 'eu-west-2', 'the settings'],
    [{ ...all, choice: undefined, setting: undefined }, 'eu-west-3', 'AWS_REGION'],
    [{ environment: { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' } }, 'eu-north-1', 'AWS_DEFAULT_REGION'],
    [{ profileRegion: 'eu-central-1' }, 'eu-central-1', 'the profile'],
    [{}, undefined, undefined],
  ];
  for (const [from, value, source] of table) {
    test(`${value ?? 'ask'} from ${source ?? 'nobody'}`, () => {
      const region = chooseRegion({ environment: {}, ...from });
      assert.equal(region?.value, value);
      assert.equal(region?.from, source);
    });
  }
});

describe('endpoint', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.write(
      '.aws/config',
      `[default]
endpoint_url = http://default
[profile plain]
region = eu-west-1
[profile url]
endpoint_url = http://profile
[profile services]
services = local
endpoint_url = http://profile
[profile other]
services = without-macie
endpoint_url = http://profile
[profile gone]
services = nowhere
[profile ignored]
endpoint_url = http://profile
ignore_configured_endpoint_urls = true
[services local]
macie2 =
  endpoint_url = http://services
s3 =
  endpoint_url = http://s3
[services without-macie]
s3 =
  endpoint_url = http://s3
`,
    );
  });
  after(() => world.close());

  const specific = { AWS_ENDPOINT_URL_MACIE2: 'http://specific', AWS_ENDPOINT_URL: 'http://general' };
  const ignore = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  const table: [string, Environment, string, string | undefined, string | undefined][] = [
    ['http://setting', specific, 'services', 'http://setting', 'the settings'],
    ['http://setting', { ...specific, ...ignore }, 'services', 'http://setting', 'the settings'],
    ['', specific, 'services', 'http://specific', 'AWS_ENDPOINT_URL_MACIE2'],
    ['', { AWS_ENDPOINT_URL: 'http://general' }, 'services', 'http://general', 'AWS_ENDPOINT_URL'],
    ['', {}, 'services', 'http://services', "the profile's services section"],
    ['', {}, 'other', 'http://profile', "the profile's endpoint_url"],
    ['', {}, 'url', 'http://profile', "the profile's endpoint_url"],
    ['', {}, 'plain', undefined, undefined],
    ['', ignore, 'services', undefined, undefined],
    ['', { ...specific, ...ignore }, 'services', undefined, undefined],
    ['', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' }, 'url', 'http://profile', "the profile's endpoint_url"],
    ['', {}, 'ignored', undefined, undefined],
    ['', specific, 'ignored', undefined, undefined],
    ['', { AWS_ENDPOINT_URL_MACIE2: '' }, 'plain', undefined, undefined],
  ];
  for (const [setting, environment, profile, value, from] of table) {
    test(`${JSON.stringify(environment)}, setting "${setting}", profile ${profile}: ${value ?? "AWS's own"}`, async () => {
      const files = await readSharedFiles({ HOME: world.home });
      const endpoint = chooseEndpoint({
        setting: { value: setting },
        environment,
        source: { kind: 'profile', name: profile },
        files,
      });
      assert.deepEqual(endpoint, value === undefined ? undefined : { value, from });
    });
  }
  test('a services section that is not there', async () => {
    const files = await readSharedFiles({ HOME: world.home });
    assert.throws(
      () => chooseEndpoint({ environment: {}, source: { kind: 'profile', name: 'gone' }, files }),
      (error: AwsError) => error instanceof AwsError && error.problem.code === 'profile-broken',
    );
  });
  test("the environment entry takes no profile's endpoint; other services have their own", async () => {
    const files = await readSharedFiles({ HOME: world.home });
    assert.equal(chooseEndpoint({ environment: {}, source: { kind: 'environment' }, files }), undefined);
    const source = { kind: 'profile', name: 'services' } as const;
    assert.equal(configuredEndpoint('s3', { environment: {}, source, files })?.value, 'http://s3');
    assert.equal(configuredEndpoint('sts', { environment: specific, source, files })?.value, 'http://general');
  });
  test('addresses', () => {
    assert.deepEqual(
      ['https://a', 'http://127.0.0.1:4566/base', 'localhost:4566', 'ftp://a', 'a', ''].map(isEndpointAddress),
      [true, true, false, false, false, false],
    );
  });
});

describe("AWS's own addresses", () => {
  let world: World;
  const asked: string[] = [];
  before(async () => {
    world = await startWorld();
    world.env({ AWS_ENDPOINT_URL_STS: undefined, AWS_PROFILE: 'other' });
    const keys = 'aws_access_key_id = AKIAEXAMPLE000000001\naws_secret_access_key = example\n';
    await world.write(
      '.aws/config',
      `[profile plain]\n${keys}[profile fips]\nuse_fips_endpoint = true\n${keys}[profile dual]\nuse_dualstack_endpoint = true\n${keys}[profile other]\nendpoint_url = http://127.0.0.1:1\n`,
    );
    // No name is found, so nothing leaves this machine; which names are looked for is what the test is about.
    mock.method(dns, 'lookup', (host: string, _: unknown, done: (error: Error) => void) => {
      asked.push(host);
      done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }));
    });
  });
  after(async () => {
    mock.restoreAll();
    await world.close();
  });

  const table: [string, string, string, string][] = [
    ['plain', 'eu-west-1', 'macie2.eu-west-1.amazonaws.com', 'sts.eu-west-1.amazonaws.com'],
    ['fips', 'us-east-1', 'macie2-fips.us-east-1.amazonaws.com', 'sts-fips.us-east-1.amazonaws.com'],
    ['dual', 'us-east-1', 'macie2.us-east-1.api.aws', 'sts.us-east-1.api.aws'],
  ];
  for (const [profile, region, macie, sts] of table) {
    test(`profile ${profile}, though another profile in AWS_PROFILE has an endpoint`, async () => {
      asked.length = 0;
      const session = openSession({ source: { kind: 'profile', name: profile }, region });
      const unknownHost = (error: AwsError): boolean =>
        error instanceof AwsError && error.problem.code === 'unknown-host';
      await assert.rejects(
        session.createJob({ name: 'x', jobType: 'ONE_TIME', s3JobDefinition: {} }, 'token'),
        unknownHost,
      );
      await assert.rejects(session.caller(), unknownHost);
      session.close();
      assert.deepEqual([...new Set(asked)], [macie, sts]);
    });
  }
  const refused: [string, string, string | undefined, string][] = [
    ['fips', 'us-east-1', 'http://127.0.0.1:1', 'profile-broken'],
    ['plain', 'not a region', undefined, 'unknown-host'],
    ['plain', 'eu-west-1', 'localhost:4566', 'unknown-host'],
  ];
  for (const [profile, region, endpoint, code] of refused) {
    test(`${profile}, ${region}, ${endpoint ?? "AWS's own endpoint"}: ${code}`, async () => {
      const session = openSession({ source: { kind: 'profile', name: profile }, region, endpoint });
      await assert.rejects(session.macieStatus(), ({ problem }: AwsError) => problem.code === code);
      session.close();
    });
  }
});

test('the Regions are named, each by a name of its own', () => {
  const names = Object.values(REGION_NAMES);
  assert.equal(names.length, 22);
  assert.equal(new Set(names).size, 22);
  for (const region of [...Object.keys(REGION_NAMES), ...WITHOUT_ALLOW_LISTS]) {
    assert.ok(looksLikeRegion(region) && Object.hasOwn(REGION_NAMES, region), region);
  }
});
