import * as vscode from 'vscode';
import { LANGUAGE_ID } from '../../server/protocol.js';
import type { AwsChoices } from '../commands/awsChoices.js';
import { label, oneLine } from '../submission/escape.js';

/** Profile and Region in the status bar while a job file is open, with where each comes from; a click changes them. */
export function registerStatusItem(choices: AwsChoices): vscode.Disposable {
  const profile = vscode.window.createStatusBarItem('macieJobs.profile', vscode.StatusBarAlignment.Left, 21);
  profile.name = 'Macie: AWS profile';
  profile.command = 'macieJobs.selectProfile';
  const region = vscode.window.createStatusBarItem('macieJobs.region', vscode.StatusBarAlignment.Left, 20);
  region.name = 'Macie: Region';
  region.command = 'macieJobs.selectRegion';

  let latest = 0;
  const refresh = async () => {
    latest += 1;
    const own = latest;
    const open = vscode.window.visibleTextEditors.some(({ document }) => document.languageId === LANGUAGE_ID);
    if (!open || !vscode.workspace.isTrusted) {
      profile.hide();
      region.hide();
      return;
    }
    const source = await choices.profile();
    const place = source && (await choices.region(source.value).catch(() => undefined));
    const endpoint = source && (await choices.endpoint(source.value).catch(() => undefined));
    // A later refresh knows better.
    if (own !== latest) return;
    const name = source?.value.kind === 'profile' ? source.value.name : 'environment';
    profile.text = source ? `$(account) ${label(name, 40)}` : '$(account) Choose AWS profile';
    profile.tooltip = source
      ? `Macie jobs are created with ${source.value.kind === 'profile' ? `the AWS profile ${oneLine(name, 80)}` : "this machine's own credentials"}, by ${oneLine(source.from, 60)}. Click to change it.`
      : 'No AWS profile is chosen yet. Click to choose one.';
    region.text = place ? `$(globe) ${label(place.value, 40)}` : '$(globe) Choose Region';
    const address = endpoint
      ? ` Macie is reached at ${oneLine(endpoint.value, 100)} (${oneLine(endpoint.from, 60)}).`
      : '';
    region.tooltip = place
      ? `Macie jobs are created in this Region, by ${oneLine(place.from, 60)}.${address} Click to change it.`
      : 'No Region is chosen yet. Click to choose one.';
    profile.accessibilityInformation = { label: `AWS profile for Macie jobs: ${source ? name : 'none'}` };
    region.accessibilityInformation = { label: `Region for Macie jobs: ${place?.value ?? 'none'}` };
    profile.show();
    region.show();
  };
  const refreshQuietly = () => void refresh().catch(() => {});
  refreshQuietly();
  return vscode.Disposable.from(
    profile,
    region,
    choices.onDidChange(refreshQuietly),
    vscode.window.onDidChangeVisibleTextEditors(refreshQuietly),
    vscode.workspace.onDidGrantWorkspaceTrust(refreshQuietly),
    vscode.workspace.onDidOpenTextDocument(refreshQuietly),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('macieJobs')) refreshQuietly();
    }),
  );
}
