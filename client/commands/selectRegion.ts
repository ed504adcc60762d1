import * as vscode from 'vscode';
import { looksLikeRegion, REGION_NAMES } from '../aws/regions.js';
import type { CredentialSource } from '../aws/types.js';
import { oneLine } from '../submission/escape.js';
import type { AwsChoices } from './awsChoices.js';

interface RegionItem extends vscode.QuickPickItem {
  region?: string;
  reset?: boolean;
}

/** Asks in which Region this workspace creates jobs, and remembers it; undefined where the user gave up or reset it. */
export async function pickRegion(choices: AwsChoices, source?: CredentialSource): Promise<string | undefined> {
  const current = source ? (await choices.region(source))?.value : choices.chosenRegion();
  const known: RegionItem[] = Object.entries(REGION_NAMES).map(([region, name]) => ({
    label: region,
    description: region === current ? `${name} · in use` : name,
    region,
  }));
  if (choices.chosenRegion()) {
    known.push(
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: "Reset this workspace's choice", reset: true },
    );
  }
  const picker = vscode.window.createQuickPick<RegionItem>();
  picker.title = 'Region';
  picker.placeholder = 'Where does the job run? Type the name of a Region that is not listed.';
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  picker.items = known;
  picker.activeItems = known.filter(({ region }) => region !== undefined && region === current);
  try {
    const item = await new Promise<RegionItem | undefined>((resolve) => {
      picker.onDidChangeValue((typed) => {
        const region = typed.trim();
        const other = looksLikeRegion(region) && !Object.hasOwn(REGION_NAMES, region);
        const own: RegionItem = { label: oneLine(region, 40), description: 'not known to have Macie', region };
        picker.items = other ? [own, ...known] : known;
      });
      picker.onDidAccept(() => resolve(picker.selectedItems[0]));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
    if (item?.region) await choices.chooseRegion(item.region);
    else if (item?.reset) await choices.chooseRegion(undefined);
    return item?.region;
  } finally {
    picker.dispose();
  }
}
