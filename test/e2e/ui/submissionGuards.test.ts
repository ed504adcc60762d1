/** What stands between a click and a job: pickers, dialogs, sign-in, refusals; each as a person meets it. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import type { KeyEntry } from '../../local-macie/server';
import { LOCAL_KEYS } from '../../local-macie/server';
import { type FakeAwsCli, fakeAwsCli } from './fakeAwsCli';
import { Workbench } from './workbench';

const CREATE = 'Macie: Create Classification Job';
const ACCOUNT = '111122223333';
const PROTECTED = '999988887777';
const LOCAL_USER: KeyEntry = {
  ...LOCAL_KEYS,
  arn: `arn:aws:iam::${ACCOUNT}:user/local`,
  account: ACCOUNT,
  userId: 'AIDALOCALMACIE0000001',
};
const CAREFUL_USER: KeyEntry = {
  accessKeyId: 'AKIALOCALMACIE000002',
  secretAccessKey: 'local-macie-secret-key-of-the-protected-account',
  arn: `arn:aws:iam::${PROTECTED}:user/careful`,
  account: PROTECTED,
  userId: 'AIDALOCALMACIE0000002',
};
const ROLE = `arn:aws:iam::${ACCOUNT}:role/MacieAuditor`;
const ROLE_WITH_MFA = `${ROLE}WithMfa`;
const DEVICE = `arn:aws:iam::${ACCOUNT}:mfa/local`;
const SSO_TOKEN = 'sso-token-of-the-new-session';

const keys = ({ accessKeyId, secretAccessKey }: KeyEntry) =>
  `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;

/** Profiles of several kinds; `local` has no Region. */
const awsConfig = (url: string) => `
[profile auditor]
role_arn = ${ROLE}
source_profile = local
region = eu-west-1
endpoint_url = ${url}
[profile auditor-mfa]
role_arn = ${ROLE_WITH_MFA}
source_profile = local
mfa_serial = ${DEVICE}
region = eu-central-1
endpoint_url = ${url}
[profile careful]
${keys(CAREFUL_USER)}
region = eu-central-1
endpoint_url = ${url}
[profile local]
${keys(LOCAL_USER)}
endpoint_url = ${url}
[profile team]
sso_session = company
sso_account_id = ${ACCOUNT}
sso_role_name = MacieOperator
region = eu-central-1
endpoint_url = ${url}
[sso-session company]
sso_region = eu-central-1
sso_start_url = https://company.awsapps.com/start
sso_registration_scopes = sso:account:access
`;

suite('From the palette to the job', () => {
  let workbench: Workbench;
  let cli: FakeAwsCli;
  before(async () => {
    cli = fakeAwsCli();
    workbench = await Workbench.open({
      folder: 'test/e2e/workspace',
      settings: { 'macieJobs.protectedAccounts': [PROTECTED] },
      awsConfig,
      // VSCODE_CLI: without it, VS Code takes the PATH of a login shell instead.
      env: { PATH: cli.path, VSCODE_CLI: '1' },
      state: {
        keys: [LOCAL_USER, CAREFUL_USER],
        roles: [{ arn: ROLE }, { arn: ROLE_WITH_MFA, mfaSerial: DEVICE, mfaCode: '123456' }],
        ssoTokens: [{ token: SSO_TOKEN }],
      },
    });
  });
  after(async () => {
    await workbench?.close();
    cli?.remove();
  });
  beforeEach(() => workbench.macie.reset());

  const created = () => workbench.macie.requests('CreateClassificationJob');

  /** Makes a profile this workspace's own. */
  async function choose(profile: string): Promise<void> {
    await workbench.runCommand('Macie: Select AWS Profile');
    await workbench.input('AWS profile');
    await workbench.pick(profile);
    await workbench.statusItem('profile', profile);
  }

  test('asks for the profile and the Region, shows both and what runs, and tells the job id', () =>
    workbench.attempt('palette', async () => {
      await workbench.openFile('weekly.macie-job.json');
      await workbench.statusItem('profile', 'Choose AWS profile');
      await workbench.runCommand(CREATE);

      await workbench.input('AWS profile');
      assert.deepEqual(await workbench.rows(), [
        'auditor | assumed role · from local · eu-west-1',
        'auditor-mfa | assumed role with MFA · from local · eu-central-1',
        'careful | access key · eu-central-1',
        'local | access key',
        'team | SSO · eu-central-1',
        'Environment of this machine | AWS_* variables, or the role of the container or instance',
      ]);
      await workbench.screenshot('picker-profile');
      await workbench.pick('local', 'access key');

      await workbench.input('Region');
      await workbench.screenshot('picker-region');
      await workbench.pick('eu-central-1');

      const { text, buttons } = await workbench.modal();
      await workbench.screenshot('confirmation');
      for (const part of [
        `account ${ACCOUNT}, Region eu-central-1?`,
        `As ${LOCAL_USER.arn}`,
        `Profile: "local" (this workspace's choice). The Region comes from your choice.`,
        `Not AWS's own endpoint: "${workbench.macie.url}" (the profile's endpoint_url).`,
        'Job: "weekly-exports"',
        'every Monday',
        'Analyzes 2 buckets of account 111122223333: example-exports and example-logs.',
        '903 GB',
      ]) {
        assert.ok(text.includes(part), `the confirmation does not show ${part}:\n${text}`);
      }
      assert.deepEqual(buttons.sort(), ['Cancel', 'Create Job', 'Show Report']);
      assert.deepEqual(created(), []);

      await workbench.answerModal('Create Job');
      const jobId = await workbench.sentAsWritten('weekly.macie-job.json');
      const message = await workbench.notification(jobId);
      await workbench.screenshot('created');
      assert.ok(
        message.includes(`Created job "weekly-exports" in account ${ACCOUNT}, eu-central-1: ${jobId}.`),
        message,
      );

      await workbench.answer(jobId, 'Copy Job ID');
      await workbench.until('the job id in the clipboard', async () => (await workbench.clipboard()) === jobId);
    }));

  test('asks AWS nothing for a file with an error, and shows the error', () =>
    workbench.attempt('error', async () => {
      await workbench.openFile('broken.macie-job.json');
      await workbench.runCommand(CREATE);
      assert.match(await workbench.notification('broken.macie-job.json'), /nothing was sent/);
      await workbench.screenshot('refused');
      assert.deepEqual(workbench.macie.state.requests, []);
    }));

  test('the status bar says which profile and Region are in force and why, and a click changes them', () =>
    workbench.attempt('status', async () => {
      await workbench.openFile('weekly.macie-job.json');
      const profile = await workbench.statusItem('profile', 'local');
      assert.match(await workbench.tooltip(profile), /AWS profile local, by this workspace's choice/);
      await profile.click();
      await workbench.input('AWS profile');
      await workbench.pick('auditor', 'assumed role · from');
      await workbench.statusItem('profile', 'auditor');

      const region = await workbench.statusItem('region', 'eu-central-1');
      assert.match(await workbench.tooltip(region), /this workspace's choice/);
      await workbench.screenshot('status');
      await region.click();
      await workbench.input('Region');
      await workbench.type("Reset this workspace's choice");
      const reset = await workbench.statusItem('region', 'eu-west-1');
      assert.match(await workbench.tooltip(reset), /by the profile/);
    }));

  test('creates nothing when the confirmation is cancelled, by its button or with Escape', () =>
    workbench.attempt('cancel', async () => {
      await choose('careful');
      await workbench.openFile('clean.macie-job.json');
      await workbench.runCommand(CREATE);
      await workbench.modal();
      await workbench.answerModal('Cancel');
      // The first run has ended when a second one comes to the same dialog.
      await workbench.runCommand(CREATE);
      await workbench.modal();
      await workbench.page.keyboard.press('Escape');
      await workbench.noModal();
      await workbench.runCommand(CREATE);
      await workbench.modal();
      await workbench.answerModal('Cancel');
      assert.deepEqual(created(), []);
      assert.deepEqual(workbench.macie.state.jobs, []);
    }));

  test('asks to type the id of a protected account, and takes no other', () =>
    workbench.attempt('protected', async () => {
      await choose('careful');
      await workbench.openFile('clean.macie-job.json');
      await workbench.runCommand(CREATE);
      const { text } = await workbench.modal();
      assert.match(text, /This account is protected: you will be asked to type its id/);
      await workbench.answerModal('Create Job');

      const box = await workbench.input('This account is protected');
      await workbench.type(ACCOUNT);
      await box.getByText(`The id of this account is ${PROTECTED}.`).waitFor();
      await workbench.screenshot('protected');
      await workbench.page.keyboard.press('Escape');
      await box.waitFor({ state: 'hidden' });

      await workbench.runCommand(CREATE);
      await workbench.modal();
      assert.deepEqual(created(), []);
      await workbench.answerModal('Create Job');
      await workbench.input('This account is protected');
      await workbench.type(PROTECTED);
      await workbench.notification(await workbench.sentAsWritten('clean.macie-job.json'));
      assert.equal(workbench.macie.state.jobs[0]?.account, PROTECTED);
    }));

  test('asks for the MFA code of a role', () =>
    workbench.attempt('mfa', async () => {
      await choose('auditor-mfa');
      await workbench.openFile('clean.macie-job.json');
      await workbench.runCommand(CREATE);
      await workbench.input('MFA code');
      await workbench.screenshot('mfa');
      await workbench.type('123456');
      const { text } = await workbench.modal();
      assert.match(text, /As arn:aws:sts::111122223333:assumed-role\/MacieAuditorWithMfa\//);
      await workbench.answerModal('Create Job');
      await workbench.notification(await workbench.sentAsWritten('clean.macie-job.json'));
    }));

  test('says where the AWS CLI is to be had when a sign-in needs it and it is missing', () =>
    workbench.attempt('no-cli', async () => {
      await choose('team');
      await workbench.openFile('clean.macie-job.json');
      await workbench.runCommand(CREATE);
      await workbench.modal();
      await workbench.answerModal('Sign In');
      const message = await workbench.notification('there is no "aws" on the PATH');
      assert.match(message, /Open Installation Page/);
      await workbench.screenshot('no-cli');
      assert.deepEqual(created(), []);
    }));

  test('signs in where the SSO session has expired, and goes on with the same profile', () =>
    workbench.attempt('sign-in', async () => {
      await choose('team');
      cli.install({ home: workbench.home, session: 'company', accessToken: SSO_TOKEN });
      await workbench.openFile('clean.macie-job.json');
      await workbench.runCommand(CREATE);
      const expired = await workbench.modal();
      await workbench.screenshot('sso-expired');
      assert.match(expired.text, /^The SSO session of the profile "team" is missing or has expired\./);
      await workbench.answerModal('Sign In');

      await workbench.until('the confirmation', async () => (await workbench.modal()).text.includes('Create this job'));
      const { text } = await workbench.modal();
      await workbench.screenshot('signed-in');
      assert.match(text, /assumed-role\/AWSReservedSSO_MacieOperator_/);
      assert.match(text, /Profile: "team"/);
      assert.deepEqual(cli.runs(), [['sso', 'login', '--profile=team']]);
      await workbench.answerModal('Create Job');
      await workbench.notification(await workbench.sentAsWritten('clean.macie-job.json'));
    }));

  test('makes one job when the command is given again while it is at work', () =>
    workbench.attempt('twice', async () => {
      await choose('auditor');
      await workbench.openFile('clean.macie-job.json');
      // Long enough for a second click before, and after, the confirmation.
      workbench.macie.faults.add(
        { operation: 'GetMacieSession', kind: 'latency', delay: 4000 },
        { operation: 'CreateClassificationJob', kind: 'latency', delay: 4000 },
      );
      const again = async () => {
        await workbench.page.locator('.editor-actions [aria-label*="Create Classification Job"]').click();
        await workbench.notification('is under way already');
        await workbench.screenshot('busy');
        await workbench.dismiss('is under way already');
      };
      await workbench.runCommand(CREATE);
      await workbench.notification('Preparing the job');
      await again();
      await workbench.modal();
      await workbench.answerModal('Create Job');
      await workbench.notification('Creating job');
      await workbench.screenshot('creating');
      await again();
      await workbench.notification(await workbench.sentAsWritten('clean.macie-job.json'));
      assert.equal(workbench.macie.state.jobs.length, 1);
    }));

  test('shows the report, and comes back to the same confirmation', () =>
    workbench.attempt('report', async () => {
      await choose('auditor');
      await workbench.openFile('weekly.macie-job.json');
      await workbench.runCommand(CREATE);
      const first = await workbench.modal();
      await workbench.answerModal('Show Report');
      await workbench.page.locator('.tab.active', { hasText: 'Before this job is created' }).waitFor();
      const report = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
      await report.getByRole('heading', { name: 'Checks in the account' }).waitFor();
      await workbench.notification('waits for your confirmation');
      await workbench.screenshot('report');
      await workbench.answer('waits for your confirmation', 'Continue');
      assert.deepEqual(await workbench.modal(), first);
      assert.equal(await workbench.page.locator('.tab', { hasText: 'Before this job is created' }).count(), 0);
      await workbench.answerModal('Create Job');
      await workbench.notification(await workbench.sentAsWritten('weekly.macie-job.json'));
    }));

  test('shows what AWS refuses at the member that it names', () =>
    workbench.attempt('validation', async () => {
      await choose('auditor');
      await workbench.openFile('weekly.macie-job.json');
      workbench.macie.faults.add({
        operation: 'CreateClassificationJob',
        kind: 'validation',
        member: 'samplingPercentage',
      });
      await workbench.runCommand(CREATE);
      await workbench.modal();
      await workbench.answerModal('Create Job');
      const message = await workbench.notification('No job was created');
      assert.match(
        message,
        /AWS refused the definition as not valid\..*samplingPercentage.*mend the file and try again\./s,
      );
      await workbench.squiggles('error');
      const hover = await workbench.hover('samplingPercentage');
      assert.match(await hover.innerText(), /AWS says: .*refused-by-aws/s);
      await workbench.screenshot('validation');
    }));

  test('offers the policy statement when AWS denies the creation', () =>
    workbench.attempt('denied', async () => {
      await choose('auditor');
      await workbench.openFile('clean.macie-job.json');
      workbench.macie.faults.add({ operation: 'CreateClassificationJob', kind: 'access-denied' });
      await workbench.runCommand(CREATE);
      await workbench.modal();
      await workbench.answerModal('Create Job');
      const message = await workbench.notification('No job was created');
      await workbench.screenshot('denied');
      assert.match(message, /macie2:CreateClassificationJob/);
      await workbench.answer('No job was created', 'Copy Policy Statement');
      const copied = await workbench.until('a statement in the clipboard', async () => {
        const text = await workbench.clipboard();
        return text.includes('Effect') ? text : undefined;
      });
      assert.deepEqual(JSON.parse(copied), {
        Effect: 'Allow',
        Action: 'macie2:CreateClassificationJob',
        Resource: 'arn:aws:macie2:*:*:classification-job/*',
      });
    }));

  test('a name of the file cannot forge the dialog', () =>
    workbench.attempt('forged', async () => {
      await choose('auditor');
      const name = `payroll"\nAs arn:aws:iam::${PROTECTED}:root\n\u202Eevil\u202C [Create](command:macieJobs.showLog) $(check) <b>x</b>`;
      const file = 'forged \u202Etxt [x](command:y).macie-job.json';
      workbench.write(file, JSON.stringify({ ...JSON.parse(workbench.read('clean.macie-job.json')), name }, null, 2));
      await workbench.openFromExplorer('forged');
      await workbench.runCommand(CREATE);
      const { text } = await workbench.modal();
      await workbench.screenshot('forged');
      assert.equal(text.match(/^As /gm)?.length, 1);
      assert.match(text, /^As arn:aws:sts::111122223333:/m);
      assert.doesNotMatch(text, /[\u202a-\u202e]/);
      assert.equal(await workbench.page.locator('.monaco-dialog-box .dialog-message-container a').count(), 0);
      await workbench.answerModal('Create Job');
      const message = await workbench.notification(await workbench.sentAsWritten(file));
      await workbench.screenshot('forged-created');
      assert.doesNotMatch(message, /[\u202a-\u202e]/);
    }));
});
