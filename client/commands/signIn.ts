import { constants, promises as fs } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import type { ProfileSummary } from '../aws/types.js';
import { quoted } from '../submission/escape.js';

const INSTALL_PAGE = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';

/**
 * Runs the AWS CLI's sign-in for a profile as a task, with its arguments as a list and no shell, and waits for it.
 * `profiles` are those of the shared files: for a role, the profile that it starts from is signed in. True where the
 * CLI ended well; what went wrong has been told.
 */
export async function signIn(profile: ProfileSummary, profiles: readonly ProfileSummary[]): Promise<boolean> {
  const cli = await findCli(process.env);
  if (!cli) {
    const open = 'Open Installation Page';
    const answer = await vscode.window.showErrorMessage(
      'Signing in needs the AWS CLI, and there is no "aws" on the PATH of the extension host.',
      open,
    );
    if (answer === open) await vscode.env.openExternal(vscode.Uri.parse(INSTALL_PAGE));
    return false;
  }
  const { name, kind } = signInProfile(profile, profiles);
  // One argument, so that a name which begins with a dash is no option.
  const args = [...(kind === 'login' ? ['login'] : ['sso', 'login']), `--profile=${name}`];
  const task = new vscode.Task(
    { type: 'macie-jobs-sign-in' },
    vscode.workspace.workspaceFolders ? vscode.TaskScope.Workspace : vscode.TaskScope.Global,
    `Sign in to AWS (${name})`,
    'Macie',
    new vscode.ProcessExecution(cli, args),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  const exitCode = await run(task, `Signing in with ${quoted(name, 60)}: follow the AWS CLI in the terminal`);
  if (exitCode === 0) {
    // What the CLI said matters only where it failed.
    vscode.window.terminals.find(({ name: title }) => title === task.name)?.dispose();
    return true;
  }
  if (exitCode !== 'cancelled') {
    void vscode.window.showErrorMessage(
      `The sign-in with ${quoted(name, 60)} did not succeed. The terminal shows what the AWS CLI said.`,
    );
  }
  return false;
}

/** The profile to sign in: that of a role's chain which has the session. */
export function signInProfile(profile: ProfileSummary, profiles: readonly ProfileSummary[]): ProfileSummary {
  let current = profile;
  for (let steps = 0; steps < 20 && current.kind.startsWith('assume-role'); steps += 1) {
    const next = profiles.find(({ name }) => name === current.source);
    if (!next) return current;
    current = next;
  }
  return current;
}

/** Runs the task to its end, with a progress that cancels it. */
async function run(task: vscode.Task, title: string): Promise<number | undefined | 'cancelled'> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    let ended: (exitCode: number | undefined) => void = () => {};
    const end = new Promise<number | undefined>((resolve) => {
      ended = resolve;
    });
    let execution: vscode.TaskExecution | undefined;
    const watch = vscode.Disposable.from(
      vscode.tasks.onDidEndTaskProcess((event) => {
        if (event.execution === execution) ended(event.exitCode);
      }),
      // A process that could not be started ends the task without an exit code.
      vscode.tasks.onDidEndTask((event) => {
        if (event.execution === execution) setTimeout(() => ended(undefined), 1000);
      }),
      token.onCancellationRequested(() => {
        execution?.terminate();
        ended(undefined);
      }),
    );
    try {
      execution = await vscode.tasks.executeTask(task);
      if (token.isCancellationRequested) execution.terminate();
      const exitCode = await end;
      return token.isCancellationRequested ? 'cancelled' : exitCode;
    } finally {
      watch.dispose();
    }
  });
}

/** The path of the AWS CLI, where it is on the PATH. */
async function findCli(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const windows = process.platform === 'win32';
  const path = environment.PATH ?? environment.Path ?? '';
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const file = join(folder, windows ? 'aws.exe' : 'aws');
    try {
      await fs.access(file, constants.X_OK);
      if ((await fs.stat(file)).isFile()) return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
