import * as vscode from 'vscode';
import { COMMANDS, type RuleLevel } from '../../server/protocol.js';
import { pickRule } from './explainRule.js';

const LEVELS: { label: RuleLevel | 'default'; description: string }[] = [
  { label: 'error', description: 'Underlined in red' },
  { label: 'warning', description: 'Underlined in yellow' },
  { label: 'information', description: 'Underlined in blue' },
  { label: 'hint', description: 'Three dots under the first letters' },
  { label: 'off', description: 'Not shown; what AWS would refuse still stops a submission' },
  { label: 'default', description: "The rule's own level" },
];

/** Writes a rule's level to `macieJobs.rules`, of the workspace where one is open. */
export function registerSetRuleLevel(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.setRuleLevel, async (id?: string) => {
    const pages = vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules');
    const rule = id ?? (await pickRule(pages, 'The level of which rule?'));
    if (!rule) return;
    const choice = await vscode.window.showQuickPick(LEVELS, { title: `The level of ${rule}` });
    if (!choice) return;
    const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
    const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    const configuration = vscode.workspace.getConfiguration('macieJobs');
    const known = configuration.inspect<Record<string, RuleLevel>>('rules');
    const levels = { ...(inWorkspace ? known?.workspaceValue : known?.globalValue) };
    if (choice.label === 'default') delete levels[rule];
    else levels[rule] = choice.label;
    await configuration.update('rules', Object.keys(levels).length > 0 ? levels : undefined, target);
  });
}
