/**
 * Every kind of credentials with every outcome, by the real SDK over real sockets. The environment holds other
 * credentials that work, as bait: a profile that yields nothing must never become somebody else.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { AwsProblem, SessionOptions } from '../../client/aws/types.js';
import { AwsError } from '../../client/aws/types.js';
import { issueKeys } from '../local-macie/server.js';
import type { World } from './setup.js';
import { inMinutes, loginCacheFile, ssoCacheFile, startWorld } from './setup.js';

const ACCOUNT = '111122223333';
const USER = `arn:aws:iam::${ACCOUNT}:user/planted`;
const KEY = 'AKIAPLANTEDSTATIC001';
const SECRET = 'PLANTEDstaticSecretKeyOfFortyCharacters0';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/audit`;
const SECOND_ROLE = 'arn:aws:iam::444455556666:role/macie';
const KEYS = `aws_access_key_id = ${KEY}\naws_secret_access_key = ${SECRET}\n`;

let world: World;
/** All problems that the tests of this file have seen, to be searched for secrets at the end. */
const problems: AwsProblem[] = [];

before(async () => {
  world = await startWorld();
});
after(async () => {
  await world.close();
});
beforeEach(() => {
  const { macie } = world;
  macie.reset();
  macie.state.keys.push(
    { accessKeyId: KEY, secretAccessKey: SECRET, arn: USER, account: ACCOUNT, userId: 'AIDAPLANTED' },
    {
      accessKeyId: 'AKIABAIT000000000001',
      secretAccessKey: 'bait',
      arn: `arn:aws:iam::${ACCOUNT}:user/bait`,
      account: ACCOUNT,
      userId: 'AIDABAIT',
    },
  );
  macie.state.roles.push({ arn: ROLE, trusts: [USER] }, { arn: SECOND_ROLE, trusts: [ROLE] });
  world.env({
    AWS_ACCESS_KEY_ID: 'AKIABAIT000000000001',
    AWS_SECRET_ACCESS_KEY: 'bait',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${macie.url}/container/credentials`,
  });
});

async function files(config: string, credentials = ''): Promise<void> {
  await world.write('.aws/config', config);
  await world.write('.aws/credentials', credentials);
}

async function callerArn(profile: string, options?: SessionOptions): Promise<string> {
  return (await world.session(profile, { timeout: 5_000, ...options }).caller()).arn;
}

async function problemOf(profile: string, options?: SessionOptions): Promise<AwsProblem> {
  try {
    const arn = await callerArn(profile, options);
    assert.fail(`expected a problem, but the caller is ${arn}`);
  } catch (error) {
    assert.ok(error instanceof AwsError, String(error));
    assert.equal(world.macie.requests('ContainerCredentials').length, 0, 'the container was asked');
    problems.push(error.problem);
    return error.problem;
  }
}

async function codeOf(profile: string, options?: SessionOptions): Promise<string> {
  return (await problemOf(profile, options)).code;
}

describe('static keys', () => {
  test('ok', async () => {
    await files('[profile a]\nregion = eu-west-1\n', `[a]\n${KEYS}`);
    assert.equal(await callerArn('a'), USER);
  });
  test('expired', async () => {
    await files(`[profile a]\n${KEYS}`);
    world.macie.faults.add({ operation: 'GetCallerIdentity', kind: 'expired-token' });
    assert.equal(await codeOf('a'), 'credentials-expired');
  });
  test('refused: unknown key, wrong secret', async () => {
    await files(
      `[profile unknown]\naws_access_key_id = AKIAPLANTEDUNKNOWN01\naws_secret_access_key = ${SECRET}\n[profile wrong]\naws_access_key_id = ${KEY}\naws_secret_access_key = PLANTEDwrong\n`,
    );
    assert.equal(await codeOf('unknown'), 'credentials-refused');
    assert.equal(await codeOf('wrong'), 'credentials-refused');
  });
  test('missing: no keys, half the keys, no such profile', async () => {
    await files(`[profile none]\nregion = eu-west-1\n[profile half]\naws_access_key_id = ${KEY}\n`);
    assert.equal(await codeOf('none'), 'credentials-missing');
    assert.equal(await codeOf('half'), 'credentials-missing');
    assert.equal(await codeOf('nowhere'), 'profile-broken');
  });
  test('files are read afresh', async () => {
    await files(`[profile a]\naws_access_key_id = AKIAPLANTEDUNKNOWN01\naws_secret_access_key = ${SECRET}\n`);
    assert.equal(await codeOf('a'), 'credentials-refused');
    await files(`[profile a]\n${KEYS}`);
    assert.equal(await callerArn('a'), USER);
  });
});

describe('session token', () => {
  const profileOf = (keys: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): string =>
    `[profile s]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\naws_session_token = ${keys.sessionToken}\n`;
  test('ok', async () => {
    await files(profileOf(issueKeys(world.macie.state, USER)));
    assert.equal(await callerArn('s'), USER);
  });
  test('expired', async () => {
    await files(profileOf(issueKeys(world.macie.state, USER, -60)));
    assert.equal(await codeOf('s'), 'credentials-expired');
  });
  test('refused: another token', async () => {
    await files(profileOf({ ...issueKeys(world.macie.state, USER), sessionToken: 'PLANTEDanotherToken' }));
    assert.equal(await codeOf('s'), 'credentials-refused');
  });
  test('missing: no secret key', async () => {
    await files('[profile s]\naws_access_key_id = ASIAPLANTED000000001\naws_session_token = PLANTEDtoken\n');
    assert.equal(await codeOf('s'), 'credentials-missing');
  });
});

describe('assumed role', () => {
  test('ok', async () => {
    await files(
      `[profile user]\n${KEYS}[profile role]\nrole_arn = ${ROLE}\nsource_profile = user\nrole_session_name = me\n`,
    );
    assert.equal(await callerArn('role'), `arn:aws:sts::${ACCOUNT}:assumed-role/audit/me`);
  });
  test('ok, from the environment where the profile says so', async () => {
    world.macie.state.roles.push({ arn: `${ROLE}-env`, trusts: [`arn:aws:iam::${ACCOUNT}:user/bait`] });
    await files(`[profile role]\nrole_arn = ${ROLE}-env\ncredential_source = Environment\nrole_session_name = me\n`);
    assert.equal(await callerArn('role'), `arn:aws:sts::${ACCOUNT}:assumed-role/audit-env/me`);
  });
  test('expired source', async () => {
    const keys = issueKeys(world.macie.state, USER, -60);
    await files(
      `[profile user]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\naws_session_token = ${keys.sessionToken}\n[profile role]\nrole_arn = ${ROLE}\nsource_profile = user\n`,
    );
    assert.equal(await codeOf('role'), 'credentials-expired');
  });
  test('refused: the role does not trust the user', async () => {
    await files(`[profile user]\n${KEYS}[profile role]\nrole_arn = ${SECOND_ROLE}\nsource_profile = user\n`);
    const problem = await problemOf('role');
    assert.equal(problem.code, 'access-denied');
    assert.equal(problem.action, 'sts:AssumeRole');
    assert.equal(problem.resource, SECOND_ROLE);
  });
  test('missing: source that is not there, that is empty, that leads back', async () => {
    await files(
      `[profile a]\nrole_arn = ${ROLE}\nsource_profile = gone\n[profile b]\nrole_arn = ${ROLE}\nsource_profile = empty\n[profile empty]\nregion = eu-west-1\n[profile c]\nrole_arn = ${ROLE}\nsource_profile = d\n[profile d]\nrole_arn = ${ROLE}\nsource_profile = c\n[profile e]\nrole_arn = ${ROLE}\ncredential_source = Nowhere\n`,
    );
    assert.equal(await codeOf('a'), 'profile-broken');
    assert.equal(await codeOf('b'), 'credentials-missing');
    assert.equal(await codeOf('c'), 'profile-broken');
    assert.equal(await codeOf('e'), 'profile-broken');
  });
});

describe('chain of roles', () => {
  const chain = `[profile user]\n${KEYS}[profile first]\nrole_arn = ${ROLE}\nsource_profile = user\n[profile second]\nrole_arn = ${SECOND_ROLE}\nsource_profile = first\nrole_session_name = me\n`;
  test('ok, and the account is that of the last role', async () => {
    await files(chain);
    const caller = await world.session('second').caller();
    assert.equal(caller.arn, 'arn:aws:sts::444455556666:assumed-role/macie/me');
    assert.equal(caller.account, '444455556666');
    assert.equal(world.macie.requests('AssumeRole').length, 2);
  });
  test('refused at the second', async () => {
    world.macie.state.roles = world.macie.state.roles.filter(({ arn }) => arn !== SECOND_ROLE);
    await files(chain);
    const problem = await problemOf('second');
    assert.equal(problem.code, 'access-denied');
    assert.equal(problem.resource, SECOND_ROLE);
  });
  test('a role that fails on the way', async () => {
    await files(chain);
    world.macie.faults.add({ operation: 'AssumeRole', kind: 'service-fault' });
    assert.equal(await codeOf('second'), 'service-fault');
    world.macie.faults.clear();
    world.macie.faults.add({ operation: 'AssumeRole', kind: 'hang' });
    assert.equal(await codeOf('second', { timeout: 300 }), 'timed-out');
  });
});

describe('MFA', () => {
  const SERIAL = `arn:aws:iam::${ACCOUNT}:mfa/planted`;
  const profile = `[profile user]\n${KEYS}[profile mfa]\nrole_arn = ${ROLE}-mfa\nsource_profile = user\nmfa_serial = ${SERIAL}\nrole_session_name = me\n`;
  beforeEach(() => {
    world.macie.state.roles.push({ arn: `${ROLE}-mfa`, mfaSerial: SERIAL, mfaCode: '123456' });
  });
  test('ok, asked once for STS and Macie', async () => {
    await files(profile);
    const asked: string[] = [];
    const session = world.session('mfa', {
      mfaCode: async (serial) => {
        asked.push(serial);
        return '123456';
      },
    });
    assert.equal((await session.caller()).arn, `arn:aws:sts::${ACCOUNT}:assumed-role/audit-mfa/me`);
    assert.equal(await session.macieStatus(), 'ENABLED');
    assert.deepEqual(asked, [SERIAL]);
    assert.equal(session.renewals, 0);
  });
  test('refused: wrong code', async () => {
    await files(profile);
    const problem = await problemOf('mfa', { mfaCode: async () => '000000' });
    assert.equal(problem.code, 'mfa-refused');
    assert.doesNotMatch(JSON.stringify(problem), /000000/);
  });
  test('missing: no code given, nobody to ask', async () => {
    await files(profile);
    assert.equal(await codeOf('mfa', { mfaCode: () => Promise.reject(new Error('dismissed')) }), 'cancelled');
    assert.equal(await codeOf('mfa'), 'mfa-refused');
  });
  test('nobody is asked for a code where the source yields nothing', async () => {
    await files(
      `[profile sso]\nsso_session = mfa-none\nsso_account_id = ${ACCOUNT}\nsso_role_name = x\n[sso-session mfa-none]\nsso_start_url = https://example.com\nsso_region = eu-west-1\n${profile.replace('source_profile = user', 'source_profile = sso')}`,
    );
    let asked = 0;
    const mfaCode = async (): Promise<string> => {
      asked += 1;
      return '123456';
    };
    assert.equal(await codeOf('mfa', { mfaCode }), 'sso-session-expired');
    assert.equal(asked, 0);
  });
});

describe('credential_process', () => {
  async function program(output: unknown, exit = 0): Promise<void> {
    const script = await world.write(
      'print.cjs',
      `process.stderr.write('PLANTED on stderr');console.log(${JSON.stringify(JSON.stringify(output))});process.exitCode = ${exit};`,
    );
    await files(`[profile p]\ncredential_process = "${process.execPath}" "${script}" --password PLANTEDargument\n`);
  }
  const keys = { Version: 1, AccessKeyId: KEY, SecretAccessKey: SECRET };
  test('ok', async () => {
    await program(keys);
    assert.equal(await callerArn('p'), USER);
  });
  test('expired', async () => {
    await program({ ...keys, Expiration: inMinutes(-1) });
    assert.equal(await codeOf('p'), 'credentials-expired');
  });
  test('refused', async () => {
    await program({ ...keys, AccessKeyId: 'AKIAPLANTEDUNKNOWN01' });
    assert.equal(await codeOf('p'), 'credentials-refused');
  });
  test('missing: the program fails, prints nothing of use, is not there', async () => {
    await program('', 1);
    assert.equal(await codeOf('p'), 'credentials-missing');
    await program({ Version: 2 });
    assert.equal(await codeOf('p'), 'credentials-missing');
    await files('[profile p]\ncredential_process = /nowhere/PLANTED-program\n');
    assert.equal(await codeOf('p'), 'credentials-missing');
  });
});

describe('SSO with sso-session', () => {
  const TOKEN = 'PLANTEDssoAccessToken';
  // The SDK tries to refresh the token of one session name at most twice a minute.
  let count = 0;
  async function session(token: Record<string, unknown> | undefined): Promise<string> {
    count += 1;
    const name = `corp-${count}`;
    await files(
      `[profile ${name}]\nsso_session = ${name}\nsso_account_id = ${ACCOUNT}\nsso_role_name = Audit\n[sso-session ${name}]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n`,
    );
    if (token) {
      await world.write(
        ssoCacheFile(name),
        JSON.stringify({ startUrl: 'https://example.awsapps.com/start', region: 'eu-west-1', ...token }),
      );
    }
    return name;
  }
  const refresh = { clientId: 'client', clientSecret: 'PLANTEDclientSecret', refreshToken: 'PLANTEDrefresh' };
  test('ok', async () => {
    world.macie.state.ssoTokens.push({ token: TOKEN });
    const name = await session({ accessToken: TOKEN, expiresAt: inMinutes(60) });
    assert.match(await callerArn(name), /assumed-role\/AWSReservedSSO_Audit_/);
  });
  test('ok, the token refreshed', async () => {
    world.macie.state.ssoRefreshTokens.push('PLANTEDrefresh');
    const name = await session({ accessToken: TOKEN, expiresAt: inMinutes(-1), ...refresh });
    assert.match(await callerArn(name), /assumed-role\/AWSReservedSSO_Audit_/);
    assert.equal(world.macie.requests('CreateToken').length, 1);
  });
  test('expired: without a refresh token, and with one that is refused', async () => {
    assert.equal(await codeOf(await session({ accessToken: TOKEN, expiresAt: inMinutes(-1) })), 'sso-session-expired');
    assert.equal(
      await codeOf(await session({ accessToken: TOKEN, expiresAt: inMinutes(-1), ...refresh })),
      'sso-session-expired',
    );
  });
  test('refused: the portal does not know the token, or does not give the role', async () => {
    assert.equal(await codeOf(await session({ accessToken: TOKEN, expiresAt: inMinutes(60) })), 'sso-session-expired');
    world.macie.state.ssoTokens.push({ token: TOKEN, roles: ['999988887777/Other'] });
    assert.equal(await codeOf(await session({ accessToken: TOKEN, expiresAt: inMinutes(60) })), 'credentials-refused');
  });
  test('missing: never signed in, no such session, incomplete profile', async () => {
    assert.equal(await codeOf(await session(undefined)), 'sso-session-expired');
    await files(
      `[profile a]\nsso_session = gone\nsso_account_id = ${ACCOUNT}\nsso_role_name = Audit\n[profile b]\nsso_session = here\n[sso-session here]\nsso_start_url = https://example.com\nsso_region = eu-west-1\n`,
    );
    assert.equal(await codeOf('a'), 'profile-broken');
    assert.equal(await codeOf('b'), 'profile-broken');
  });
  test('the portal is throttled, faulty or out of reach', async () => {
    world.macie.state.ssoTokens.push({ token: TOKEN });
    const name = await session({ accessToken: TOKEN, expiresAt: inMinutes(60) });
    world.macie.faults.add({
      operation: 'GetRoleCredentials',
      kind: 'error',
      status: 429,
      type: 'TooManyRequestsException',
      message: 'slow',
    });
    assert.equal(await codeOf(name), 'throttled');
    world.macie.faults.clear();
    world.env({ AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:1' });
    assert.equal(await codeOf(name), 'connection-refused');
    world.env(world.macie.environment);
  });
});

describe('legacy SSO', () => {
  const URL = 'https://legacy.awsapps.com/start';
  const profile = `[profile legacy]\nsso_start_url = ${URL}\nsso_region = eu-west-1\nsso_account_id = ${ACCOUNT}\nsso_role_name = Audit\n`;
  const signedIn = (minutes: number): Promise<string> =>
    world.write(ssoCacheFile(URL), JSON.stringify({ accessToken: 'PLANTEDlegacy', expiresAt: inMinutes(minutes) }));
  test('missing', async () => {
    await files(profile);
    assert.equal(await codeOf('legacy'), 'sso-session-expired');
  });
  test('ok', async () => {
    await files(profile);
    await signedIn(60);
    world.macie.state.ssoTokens.push({ token: 'PLANTEDlegacy' });
    assert.match(await callerArn('legacy'), /AWSReservedSSO_Audit/);
  });
  test('expired', async () => {
    await files(profile);
    await signedIn(-1);
    assert.equal(await codeOf('legacy'), 'sso-session-expired');
  });
  test('refused', async () => {
    await files(profile);
    await signedIn(60);
    assert.equal(await codeOf('legacy'), 'sso-session-expired');
  });
});

describe('web identity', () => {
  const TOKEN = 'eyJQTEFOVEVE.eyJzdWIiOiJQTEFOVEVEIn0.PLANTEDsignature';
  async function profile(tokenFile?: string): Promise<void> {
    const file = tokenFile ?? (await world.write('token', TOKEN));
    await files(`[profile web]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${file}\nrole_session_name = pod\n`);
  }
  test('ok', async () => {
    await profile();
    world.macie.state.webIdentityTokens.push(TOKEN);
    assert.equal(await callerArn('web'), `arn:aws:sts::${ACCOUNT}:assumed-role/audit/pod`);
  });
  test('expired', async () => {
    await profile();
    world.macie.faults.add({
      operation: 'AssumeRoleWithWebIdentity',
      kind: 'error',
      status: 400,
      type: 'ExpiredTokenException',
      message: `Token ${TOKEN} expired`,
    });
    assert.equal(await codeOf('web'), 'credentials-expired');
  });
  test('refused', async () => {
    await profile();
    assert.equal(await codeOf('web'), 'credentials-refused');
  });
  test('missing', async () => {
    await profile('/nowhere/PLANTED');
    assert.equal(await codeOf('web'), 'profile-broken');
  });
});

describe('console login', () => {
  const LOGIN = `arn:aws:iam::${ACCOUNT}:user/login`;
  const dpopKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });
  async function login(minutes: number): Promise<void> {
    const keys = issueKeys(world.macie.state, LOGIN, minutes * 60);
    await world.write(
      loginCacheFile(LOGIN),
      JSON.stringify({
        accessToken: {
          accessKeyId: keys.accessKeyId,
          secretAccessKey: keys.secretAccessKey,
          sessionToken: keys.sessionToken,
          accountId: ACCOUNT,
          expiresAt: inMinutes(minutes),
        },
        clientId: 'arn:aws:signin:::devtools/same-device',
        refreshToken: 'PLANTEDloginRefresh',
        dpopKey,
      }),
    );
  }
  const profile = `[profile login]\nlogin_session = ${LOGIN}\nregion = eu-west-1\n`;
  test('missing', async () => {
    await files(profile);
    assert.equal(await codeOf('login'), 'login-session-expired');
  });
  test('ok', async () => {
    await files(profile);
    await login(30);
    assert.equal(await callerArn('login'), LOGIN);
    assert.equal(world.macie.requests('CreateOAuth2Token').length, 0);
  });
  test('ok, refreshed', async () => {
    await files(profile);
    await login(-1);
    world.macie.state.loginRefreshTokens.push({ token: 'PLANTEDloginRefresh', arn: LOGIN });
    assert.equal(await callerArn('login'), LOGIN);
    assert.equal(world.macie.requests('CreateOAuth2Token').length, 1);
  });
  test('expired, the refresh refused', async () => {
    await files(profile);
    await login(-1);
    assert.equal(await codeOf('login'), 'login-session-expired');
  });
  test('refused: AWS ended the session early', async () => {
    await files(profile);
    await login(30);
    world.macie.faults.add({ operation: 'GetCallerIdentity', kind: 'expired-token' });
    assert.equal(await codeOf('login'), 'login-session-expired');
  });
});

describe('environment of this machine', () => {
  const environment = { kind: 'environment' } as const;
  const arnOf = async (): Promise<string> => (await world.session(environment, { timeout: 5_000 }).caller()).arn;
  const codeHere = async (): Promise<string> => {
    const error: unknown = await arnOf().then(
      () => assert.fail('expected a problem'),
      (failure: unknown) => failure,
    );
    assert.ok(error instanceof AwsError, String(error));
    problems.push(error.problem);
    return error.problem.code;
  };
  beforeEach(async () => {
    // A default profile that works must not be taken.
    await files('', `[default]\n${KEYS}`);
    world.env({
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: undefined,
      AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
      AWS_ROLE_ARN: undefined,
      AWS_ROLE_SESSION_NAME: undefined,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: undefined,
    });
  });
  after(() =>
    world.env({ AWS_EC2_METADATA_DISABLED: 'true', AWS_WEB_IDENTITY_TOKEN_FILE: undefined, AWS_ROLE_ARN: undefined }),
  );

  test('variables: ok, also where AWS_PROFILE is set', async () => {
    world.env({ AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: SECRET, AWS_PROFILE: 'other' });
    assert.equal(await arnOf(), USER);
  });
  test('variables: expired, refused, half', async () => {
    const keys = issueKeys(world.macie.state, USER, -60);
    world.env({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
    });
    assert.equal(await codeHere(), 'credentials-expired');
    world.env({ AWS_SESSION_TOKEN: 'PLANTEDother' });
    assert.equal(await codeHere(), 'credentials-refused');
    world.env({
      AWS_ACCESS_KEY_ID: undefined,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${world.macie.url}/container/credentials`,
    });
    assert.equal(await codeHere(), 'credentials-missing');
    assert.equal(world.macie.requests('ContainerCredentials').length, 0);
  });
  test('nothing set, though there is a default profile', async () => {
    assert.equal(await codeHere(), 'credentials-missing');
  });
  test('container: ok, refused, not there', async () => {
    world.macie.state.containerToken = 'PLANTEDcontainer';
    world.env({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${world.macie.url}/container/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'PLANTEDcontainer',
    });
    assert.match(await arnOf(), /assumed-role\/local-machine/);
    world.env({ AWS_CONTAINER_AUTHORIZATION_TOKEN: 'PLANTEDwrong' });
    assert.equal(await codeHere(), 'credentials-refused');
    world.env({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/' });
    assert.equal(await codeHere(), 'credentials-missing');
  });
  test('instance metadata: ok, not there', async () => {
    world.env({ AWS_EC2_METADATA_DISABLED: undefined, AWS_EC2_METADATA_SERVICE_ENDPOINT: world.macie.url });
    assert.match(await arnOf(), /assumed-role\/local-machine/);
    world.env({ AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1' });
    assert.equal(await codeHere(), 'credentials-missing');
  });
  test('web identity: ok, refused, no file', async () => {
    const file = await world.write('pod-token', 'PLANTEDpod');
    world.env({ AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: ROLE, AWS_ROLE_SESSION_NAME: 'pod' });
    world.macie.state.webIdentityTokens.push('PLANTEDpod');
    assert.equal(await arnOf(), `arn:aws:sts::${ACCOUNT}:assumed-role/audit/pod`);
    world.macie.state.webIdentityTokens = [];
    assert.equal(await codeHere(), 'credentials-refused');
    world.env({ AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere' });
    assert.notEqual(await codeHere(), 'unknown');
  });
});

describe('where the providers call', () => {
  test("AssumeRole and the MFA code never go to Macie's endpoint, nor to another profile's", async () => {
    const elsewhere = 'http://127.0.0.1:1';
    await files(
      `[default]\nendpoint_url = ${elsewhere}\n[profile user]\nendpoint_url = ${elsewhere}\n${KEYS}[profile role]\nrole_arn = ${ROLE}\nsource_profile = user\nendpoint_url = ${elsewhere}\nrole_session_name = me\n`,
    );
    // The provider's own calls go where the environment says; the profile's endpoint is for the service calls.
    const session = world.session('role', { endpoint: elsewhere });
    await assert.rejects(session.macieStatus(), (error: AwsError) => error.problem.code === 'connection-refused');
    assert.equal(world.macie.requests('AssumeRole').length, 1);
    assert.equal((await session.caller()).arn, `arn:aws:sts::${ACCOUNT}:assumed-role/audit/me`);
  });
});

describe('renewal', () => {
  test('credentials that end are fetched again, counted, and hold up a creation that was confirmed before', async () => {
    world.macie.state.roles.push({ arn: `${ROLE}-short`, trusts: [USER] });
    // Sessions of half a minute: under the lead with which a session renews.
    await files(
      `[profile user]\n${KEYS}[profile short]\nrole_arn = ${ROLE}-short\nsource_profile = user\nduration_seconds = 30\nrole_session_name = me\n`,
    );
    const session = world.session('short');
    await session.caller();
    const confirmed = session.renewals;
    const request = { name: 'x', jobType: 'ONE_TIME', s3JobDefinition: {} };
    await assert.rejects(
      session.createJob(request, 'token', { renewals: confirmed }),
      (error: AwsError) => error.problem.code === 'credentials-renewed' && !error.problem.mayHaveHappened,
    );
    assert.equal(world.macie.requests('CreateClassificationJob').length, 0);
    assert.ok(session.renewals > confirmed);
  });
  test('credentials that last are fetched once for all calls', async () => {
    await files(`[profile user]\n${KEYS}[profile role]\nrole_arn = ${ROLE}\nsource_profile = user\n`);
    const session = world.session('role');
    await Promise.all([session.caller(), session.macieStatus(), session.quota()]);
    await session.createJob({ name: 'x', jobType: 'ONE_TIME', s3JobDefinition: {} }, 'token', {
      renewals: session.renewals,
    });
    assert.equal(world.macie.requests('AssumeRole').length, 1);
    assert.equal(session.renewals, 0);
  });
});

test('no problem of this file holds a secret', () => {
  assert.ok(problems.length > 40, `only ${problems.length} problems were seen`);
  for (const problem of problems) {
    const text = JSON.stringify(problem).replaceAll(USER, '');
    assert.doesNotMatch(text, /PLANTED|eyJ|bait|000000|-----BEGIN/, text);
    for (const { secretAccessKey, sessionToken } of world.macie.state.keys) {
      assert.ok(!text.includes(secretAccessKey) && !(sessionToken && text.includes(sessionToken)), text);
    }
  }
});
