/** The profiles of the shared files, as the picker shows them. */
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { listProfiles } from '../../client/aws/profiles.js';
import type { Environment } from '../../client/aws/sharedFiles.js';

let folder: string;
let environment: Environment;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'macie-profiles-'));
  environment = {
    AWS_CONFIG_FILE: join(folder, 'my-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'my-credentials'),
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = (text: string): Promise<void> => writeFile(join(folder, 'my-config'), text);
const credentials = (text: string): Promise<void> => writeFile(join(folder, 'my-credentials'), text);

describe('kinds', () => {
  test('each is told, with Region, source and role, and no secret', async () => {
    await config(`
[profile role]
role_arn = arn:aws:iam::111122223333:role/audit
source_profile = keys
region = eu-west-1
[profile mfa]
role_arn = arn:aws:iam::111122223333:role/audit
credential_source = Environment
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile process]
credential_process = /bin/program --password PLANTED
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Audit
[sso-session corp]
sso_start_url = https://example.com/start
sso_region = eu-west-1
[profile legacy]
sso_start_url = https://example.com/start
[profile web]
role_arn = arn:aws:iam::111122223333:role/audit
web_identity_token_file = /var/token
[profile login]
login_session = arn:aws:iam::111122223333:user/me
[profile region only]
region = eu-west-2
[profile "quoted"]
region = eu-west-3
[default]
region = us-east-1
[services local]
macie2 =
  endpoint_url = http://localhost
`);
    await credentials(`
[keys]
aws_access_key_id = AKIAPLANTED000000001
aws_secret_access_key = PLANTED
[temporary]
aws_access_key_id = ASIAPLANTED000000001
aws_secret_access_key = PLANTED
aws_session_token = PLANTED
[default]
aws_access_key_id = AKIAPLANTED000000002
aws_secret_access_key = PLANTED
`);
    const { profiles, problems } = await listProfiles(environment);
    assert.deepEqual(problems, []);
    const roleArn = 'arn:aws:iam::111122223333:role/audit';
    assert.deepEqual(profiles, [
      { name: 'default', kind: 'static', region: 'us-east-1' },
      { name: 'keys', kind: 'static' },
      { name: 'legacy', kind: 'sso-legacy' },
      { name: 'login', kind: 'login' },
      { name: 'mfa', kind: 'assume-role-mfa', source: 'Environment', roleArn },
      { name: 'process', kind: 'process' },
      { name: 'quoted', kind: 'empty', region: 'eu-west-3' },
      { name: 'role', kind: 'assume-role', region: 'eu-west-1', source: 'keys', roleArn },
      { name: 'sso', kind: 'sso' },
      { name: 'temporary', kind: 'session' },
      { name: 'web', kind: 'web-identity', roleArn },
    ]);
    assert.doesNotMatch(JSON.stringify(profiles), /PLANTED/);
  });

  test('a profile named like a member of every object is a profile like others', async () => {
    await config('[profile memberValue]\nregion = eu-west-1\n');
    await credentials('');
    const { profiles } = await listProfiles(environment);
    assert.ok(profiles.every(({ kind }) => kind === 'empty'));
  });
});

describe('files', () => {
  test('missing files are an empty list', async () => {
    const list = await listProfiles(environment);
    assert.deepEqual(list.profiles, []);
    assert.deepEqual(list.problems, []);
    assert.equal(list.configFile, join(folder, 'my-config'));
  });

  test('without the variables, those of the home folder; ~ stands for it', async () => {
    await mkdir(join(folder, '.aws'));
    await writeFile(join(folder, '.aws', 'config'), '[profile home]\nregion = eu-west-1\n');
    await writeFile(join(folder, 'keys'), '[tilde]\naws_access_key_id = a\naws_secret_access_key = b\n');
    const { profiles } = await listProfiles({ HOME: folder, AWS_SHARED_CREDENTIALS_FILE: '~/keys' });
    assert.deepEqual(
      profiles.map(({ name }) => name),
      ['home', 'tilde'],
    );
  });

  test('read afresh each time', async () => {
    await config('[profile a]\nregion = eu-west-1\n');
    await listProfiles(environment);
    await config('[profile b]\nregion = eu-west-1\n');
    assert.deepEqual(
      (await listProfiles(environment)).profiles.map(({ name }) => name),
      ['b'],
    );
  });

  test('a byte order mark and Windows line ends are no problem', async () => {
    await config('\uFEFF[default]\r\nregion = eu-west-1\r\n[profile a]\r\nregion = eu-west-2\r\n');
    const { profiles, problems } = await listProfiles(environment);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      profiles.map(({ region }) => region),
      ['eu-west-1', 'eu-west-2'],
    );
  });

  const broken: [string, string, number | undefined][] = [
    ['a line without =', '[default]\nregion = eu-west-1\nPLANTED secret\n', 3],
    ['a section without its bracket', '[default]\nregion = x\n[profile a\n', 3],
    ['a value before the first section', 'region = PLANTED\n[default]\n', 1],
    ['a section that is not called a profile', '[default]\nregion = x\n[audit]\nregion = y\n', 3],
    ['a file in UTF-16', '[\0d\0', undefined],
  ];
  for (const [name, text, line] of broken) {
    test(`${name} is told in a sentence, and the rest is read`, async () => {
      await config(text);
      await credentials('[other]\nregion = eu-west-1\n');
      const { profiles, problems } = await listProfiles(environment);
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.line, line);
      assert.equal(problems[0]?.file, join(folder, 'my-config'));
      assert.match(problems[0]?.sentence ?? '', /^[A-Z].*\.$/);
      assert.doesNotMatch(problems[0]?.sentence ?? '', /PLANTED/);
      assert.ok(profiles.some((profile) => profile.name === 'other'));
    });
  }

  test('a folder in place of a file, and a file that may not be read', async (t) => {
    await mkdir(join(folder, 'my-config'));
    assert.match((await listProfiles(environment)).problems[0]?.sentence ?? '', /cannot be read \(EISDIR\)/);
    if (process.getuid?.() === 0) {
      t.diagnostic('run as root: a file that may not be read was not tried');
      return;
    }
    await credentials('[a]\n');
    await chmod(join(folder, 'my-credentials'), 0o000);
    assert.match((await listProfiles(environment)).problems.at(-1)?.sentence ?? '', /EACCES/);
  });

  test('5,000 profiles are all there', async () => {
    const many = Array.from(
      { length: 5_000 },
      (_, index) => `[profile p${index}]\nrole_arn = arn:aws:iam::111122223333:role/r${index}\nsource_profile = p0\n`,
    );
    await config(many.join(''));
    assert.equal((await listProfiles(environment)).profiles.length, 5_000);
  });
});
