import * as vscode from 'vscode';

/** True, and says why, where the workspace is not trusted: its settings and files could lead a submission astray. */
export function refuseUntrusted(): boolean {
  if (vscode.workspace.isTrusted) return false;
  const manage = 'Manage Workspace Trust';
  void vscode.window
    .showWarningMessage(
      'Jobs are created from trusted workspaces only, because the settings of a workspace can choose profile and Region. Everything else works here.',
      manage,
    )
    .then((answer) => answer === manage && vscode.commands.executeCommand('workbench.trust.manage'));
  return true;
}
