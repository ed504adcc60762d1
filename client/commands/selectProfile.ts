import * as vscode from 'vscode';
import type { ProfileList } from '../aws/profiles.js';
import type { CredentialSource, ProfileKind, ProfileSummary } from '../aws/types.js';
import { label, oneLine } from '../submission/escape.js';
import type { History } from '../submission/history.js';
import type { AwsChoices } from './awsChoices.js';

const GUIDE = 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html';

const KINDS: Record<ProfileKind, string> = {
  static: 'access key',
  session: 'access key with session token',
  sso: 'SSO',
  'sso-legacy': 'SSO (settings without sso-session)',
  'assume-role': 'assumed role',
  'assume-role-mfa': 'assumed role with MFA',
  process: 'credential process',
  'web-identity': 'web identity',
  login: 'console login',
  empty: 'no credentials',
};

interface ProfileItem extends vscode.QuickPickItem {
  source?: CredentialSource;
  act?: 'reset' | 'guide' | { file: string; line?: number };
}

/** Asks which profile this workspace uses, and remembers it; undefined where the user gave up or reset the choice. */
export async function pickProfile(choices: AwsChoices, history: History): Promise<CredentialSource | undefined> {
  const list = await choices.profileList();
  const current = (await choices.profile())?.value;
  const items = profileItems(list, await history.lastUse(), current, choices.chosenProfile() !== undefined);
  const { remoteName } = vscode.env;
  const item = await vscode.window.showQuickPick(items, {
    title: remoteName ? `AWS profile, from the files of the remote machine (${label(remoteName, 40)})` : 'AWS profile',
    placeHolder: 'Whose credentials create the job?',
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!item) return undefined;
  if (item.source) {
    await choices.chooseProfile(item.source);
    return item.source;
  }
  if (item.act === 'reset') await choices.chooseProfile(undefined);
  else if (item.act === 'guide') await vscode.env.openExternal(vscode.Uri.parse(GUIDE));
  else if (item.act) await openAt(item.act);
  return undefined;
}

function profileItems(
  { profiles, problems, configFile }: ProfileList,
  lastUse: Map<string, string>,
  current: CredentialSource | undefined,
  canReset: boolean,
): ProfileItem[] {
  const separator = (name: string): ProfileItem => ({ label: name, kind: vscode.QuickPickItemKind.Separator });
  const item = (profile: ProfileSummary): ProfileItem => ({
    label: label(profile.name),
    description: describe(profile, current),
    detail: lastUse.has(profile.name) ? `Last used here on ${lastUse.get(profile.name)!.slice(0, 10)}` : undefined,
    source: { kind: 'profile', name: profile.name },
  });
  const used = profiles
    .filter(({ name }) => lastUse.has(name))
    .sort((a, b) => lastUse.get(b.name)!.localeCompare(lastUse.get(a.name)!));
  const others = profiles.filter(({ name }) => !lastUse.has(name));
  const items: ProfileItem[] = [];
  if (used.length > 0) items.push(separator('Used here'), ...used.map(item));
  if (others.length > 0) items.push(separator('Profiles'), ...others.map(item));
  items.push(separator('Without a profile'), {
    label: 'Environment of this machine',
    description: current?.kind === 'environment' ? 'in use' : undefined,
    detail: 'AWS_* variables, or the role of the container or instance',
    source: { kind: 'environment' },
  });
  items.push(separator('More'));
  for (const { file, line, sentence } of problems) {
    items.push({ label: `$(warning) ${label(sentence, 150)}`, description: label(file), act: { file, line } });
  }
  if (profiles.length === 0) {
    items.push({
      label: 'No profiles were found. How to set one up…',
      description: label(configFile),
      act: 'guide',
    });
  }
  if (canReset) items.push({ label: "Reset this workspace's choice", act: 'reset' });
  return items;
}

function describe({ name, kind, region, source }: ProfileSummary, current: CredentialSource | undefined): string {
  const parts = [KINDS[kind]];
  if (source) parts.push(`from ${oneLine(source, 60)}`);
  if (region) parts.push(oneLine(region, 40));
  if (current?.kind === 'profile' && current.name === name) parts.push('in use');
  return parts.join(' · ');
}

async function openAt({ file, line = 1 }: { file: string; line?: number }): Promise<void> {
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection });
}
