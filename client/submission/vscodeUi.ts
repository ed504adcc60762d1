/** The submission's face in VS Code: the only file of this folder that knows it. */
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { policyStatement } from '../aws/accessDenied.js';
import { jobConsoleUrl, macieConsoleUrl } from '../aws/console.js';
import type { AwsProblem, CredentialSource, ProfileSummary } from '../aws/types.js';
import type { Confirmation } from './confirmation.js';
import { oneLine, quoted } from './escape.js';
import {
  Cancelled,
  type CreatedOutcome,
  type JobFile,
  type Outcome,
  type Progress,
  type RecoveryOutcome,
  type Ui,
} from './ports.js';

/** What the dialogs lead to. */
export interface UiActions {
  pickProfile(): Promise<CredentialSource | undefined>;
  pickRegion(source: CredentialSource): Promise<string | undefined>;
  signIn(profile: ProfileSummary): Promise<boolean>;
  /** Opens text as a read-only document. */
  showDocument(name: string, text: string): Promise<void>;
  closeDocument(name: string): Promise<void>;
  showJobDetails(job: CreatedOutcome): Promise<void>;
  checkWhatHappened(id: string): Promise<void>;
  createAgain(file: JobFile): Promise<void>;
  /** Marks what AWS refused, at the members that it names. */
  markProblem(file: JobFile, problem: AwsProblem): Promise<void>;
  showLog(): void;
  logError(error: unknown): void;
}

/** How long a step may take before its progress is shown, in milliseconds. */
const SHOWN_AFTER_MS = 400;

const REPORT = 'Before this job is created.md';

/** A button and what it does. */
interface Action {
  title: string;
  run(): unknown;
}

const showProblems: Action = {
  title: 'Show Problems',
  run: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
};

export class VscodeUi implements Ui {
  constructor(private readonly actions: UiActions) {}

  pickProfile(): Promise<CredentialSource | undefined> {
    return this.actions.pickProfile();
  }

  pickRegion(source: CredentialSource): Promise<string | undefined> {
    return this.actions.pickRegion(source);
  }

  async confirm({ title, detail }: Confirmation): Promise<'create' | 'report' | 'cancel'> {
    const create = 'Create Job';
    const report = 'Show Report';
    const answer = await vscode.window.showWarningMessage(title, { modal: true, detail }, create, report);
    return answer === create ? 'create' : answer === report ? 'report' : 'cancel';
  }

  async showReport(markdown: string, { jobName }: Confirmation): Promise<boolean> {
    await this.actions.showDocument(REPORT, markdown);
    const goOn = 'Continue';
    // The notification goes behind the bell after a while; this leads back to it.
    const waiting = vscode.window.createStatusBarItem('macieJobs.waiting', vscode.StatusBarAlignment.Left, 22);
    waiting.name = 'Macie: job to confirm';
    waiting.text = '$(bell-dot) Job waits for confirmation';
    waiting.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    waiting.command = 'notifications.showList';
    waiting.show();
    try {
      const answer = await vscode.window.showInformationMessage(
        `Job ${quoted(jobName, 40)} waits for your confirmation. Nothing has been sent.`,
        goOn,
        'Cancel',
      );
      return answer === goOn;
    } finally {
      waiting.dispose();
      await this.actions.closeDocument(REPORT);
    }
  }

  async askAccountId(account: string): Promise<boolean> {
    const typed = await vscode.window.showInputBox({
      title: 'This account is protected',
      prompt: `Type its id, ${oneLine(account, 20)}, to create the job there.`,
      ignoreFocusOut: true,
      validateInput: (value) =>
        value === '' || value.trim() === account ? undefined : `The id of this account is ${oneLine(account, 20)}.`,
    });
    return typed?.trim() === account;
  }

  async askMfaCode(serial: string): Promise<string> {
    const code = await vscode.window.showInputBox({
      title: 'MFA code',
      prompt: `The code that the device ${quoted(serial, 100)} shows now.`,
      ignoreFocusOut: true,
      validateInput: (value) => (/^\d{0,8}$/.test(value.trim()) ? undefined : 'A code has digits alone.'),
    });
    if (!code?.trim()) throw new Cancelled();
    return code.trim();
  }

  async offerSignIn({ sentence }: AwsProblem, profile: ProfileSummary): Promise<boolean> {
    const signIn = 'Sign In';
    const detail = 'Signing in runs the AWS CLI in the terminal. After it, this goes on by itself.';
    const answer = await vscode.window.showWarningMessage(oneLine(sentence), { modal: true, detail }, signIn);
    return answer === signIn && (await this.actions.signIn(profile));
  }

  async progress<T>(title: string, task: (progress: Progress) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    let line = '';
    let show = (_line: string) => {};
    const running = task({
      say: (next) => {
        line = oneLine(next, 200);
        show(line);
      },
      signal: controller.signal,
    });
    // VS Code keeps the notification up for a while after its task, and would show it on top of what came of the task.
    const isQuick = running.then(
      () => true,
      () => true,
    );
    if (await Promise.race([isQuick, wait(SHOWN_AFTER_MS, false)])) return running;
    const options = { location: vscode.ProgressLocation.Notification, title: oneLine(title, 100), cancellable: true };
    return vscode.window.withProgress(options, async (progress, token) => {
      const cancelled = token.onCancellationRequested(() => controller.abort());
      show = (message) => progress.report({ message });
      if (line !== '') show(line);
      try {
        return await running;
      } finally {
        cancelled.dispose();
      }
    });
  }

  async report(file: JobFile, outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case 'created':
        this.showCreated(outcome);
        return;
      case 'file-has-errors': {
        const errors = outcome.checked.problems.filter(({ severity }) => severity === 'error');
        const [first] = errors;
        const number = errors.length === 1 ? 'an error' : `${errors.length} errors`;
        const where = first ? ` Line ${first.range.start.line + 1}: ${oneLine(first.message)}` : '';
        this.show('error', `${quoted(file.name, 60)} has ${number}, so nothing was sent.${where}`, [showProblems]);
        if (first) await reveal(file, first.range);
        return;
      }
      case 'cancelled':
        if (outcome.afterSending) this.show('info', 'Cancelled. AWS was asked again: no job was created.', []);
        else vscode.window.setStatusBarMessage('Macie: cancelled. No job was created.', 8000);
        return;
      case 'busy':
        this.show('info', `A submission of ${quoted(file.name, 60)} is under way already.`, []);
        return;
      case 'not-created':
        this.show(
          'error',
          `No job was created. ${problemWords(outcome.problem)}`,
          this.nextSteps(file, outcome.problem, outcome.source, outcome.region),
        );
        if (outcome.problem.members?.length) await this.actions.markProblem(file, outcome.problem);
        return;
      case 'unknown':
        this.show(
          'warning',
          `${unknownWords(outcome.entry.jobName, outcome.problem)} ${oneLine(outcome.whyNotKnown)}`,
          [
            { title: 'Check What Happened', run: () => this.actions.checkWhatHappened(outcome.entry.id) },
            { title: 'Show Log', run: () => this.actions.showLog() },
          ],
        );
        return;
    }
  }

  async reportRecovery(outcome: RecoveryOutcome): Promise<'repeat' | 'keep' | 'done'> {
    switch (outcome.kind) {
      case 'created':
        this.showCreated(outcome.created);
        return 'done';
      case 'taken':
        this.show('info', 'This submission is settled already, or another window is at it.', []);
        return 'done';
      case 'cancelled':
        return 'keep';
      case 'no-job': {
        const repeat = 'Send Again…';
        const close = 'Close';
        const message = `No job was created by the submission of ${quoted(outcome.entry.jobName)}.`;
        const answer = await vscode.window.showInformationMessage(message, repeat, close);
        return answer === repeat ? 'repeat' : 'done';
      }
      case 'unknown': {
        const repeat = 'Send Again…';
        const forget = 'Forget It';
        const message = `${unknownWords(outcome.entry.jobName, outcome.problem)} ${oneLine(outcome.whyNotKnown)} Sent again, it keeps its token, so that AWS makes no second job.`;
        const answer = await vscode.window.showWarningMessage(message, repeat, 'Later', forget);
        return answer === repeat ? 'repeat' : answer === forget ? 'done' : 'keep';
      }
    }
  }

  private showCreated(job: CreatedOutcome): void {
    const url = job.endpoint === undefined ? jobConsoleUrl(job.jobArn) : undefined;
    const place = `account ${oneLine(job.account, 20)}, ${oneLine(job.region, 40)}`;
    const id = oneLine(job.jobId, 64);
    const message = job.found
      ? `AWS has created job ${quoted(job.jobName, 60)} in ${place}: ${id}.`
      : `Created job ${quoted(job.jobName, 60)} in ${place}: ${id}.`;
    this.show('info', message, [
      { title: 'Show Details', run: () => this.actions.showJobDetails(job) },
      { title: 'Copy Job ID', run: () => vscode.env.clipboard.writeText(job.jobId) },
      ...(url ? [{ title: 'Open in AWS Console', run: () => vscode.env.openExternal(vscode.Uri.parse(url)) }] : []),
    ]);
  }

  private nextSteps(
    file: JobFile,
    problem: AwsProblem,
    source: CredentialSource | undefined,
    region: string | undefined,
  ): Action[] {
    const showLog = { title: 'Show Log', run: () => this.actions.showLog() };
    const again = async (step: Promise<unknown>) => {
      if (await step) await this.actions.createAgain(file);
    };
    const otherProfile = { title: 'Choose Profile', run: () => again(this.actions.pickProfile()) };
    const statement = policyStatement(problem);
    switch (problem.code) {
      case 'access-denied':
        if (!statement) return [otherProfile, showLog];
        return [
          { title: 'Copy Policy Statement', run: () => vscode.env.clipboard.writeText(statement) },
          otherProfile,
          showLog,
        ];
      case 'macie-not-enabled':
      case 'unknown-host': {
        const url = region && problem.code === 'macie-not-enabled' ? macieConsoleUrl(region) : undefined;
        return [
          ...(source ? [{ title: 'Choose Region', run: () => again(this.actions.pickRegion(source)) }] : []),
          ...(url ? [{ title: 'Open in AWS Console', run: () => vscode.env.openExternal(vscode.Uri.parse(url)) }] : []),
          showLog,
        ];
      }
      case 'sso-session-expired':
      case 'login-session-expired': {
        if (source?.kind !== 'profile') return [showLog];
        const kind = problem.code === 'login-session-expired' ? 'login' : 'sso';
        const profile: ProfileSummary = { name: source.name, kind };
        return [{ title: 'Sign In', run: () => again(this.actions.signIn(profile)) }, otherProfile, showLog];
      }
      case 'validation':
        return problem.members?.length ? [showProblems, showLog] : [showLog];
      case 'credentials-expired':
      case 'credentials-missing':
      case 'credentials-refused':
      case 'profile-broken':
        return [otherProfile, showLog];
      case 'proxy-refused':
      case 'certificate-unknown':
        return [
          {
            title: 'Open Settings',
            run: () =>
              vscode.commands.executeCommand(
                'workbench.action.openSettings',
                '@id:http.proxy,http.proxySupport,http.systemCertificates',
              ),
          },
          showLog,
        ];
      default:
        return [showLog];
    }
  }

  /** Shows a notification, and does what the user clicks; does not wait for it. */
  private show(kind: 'info' | 'warning' | 'error', message: string, actions: Action[]): void {
    const shown = {
      info: vscode.window.showInformationMessage,
      warning: vscode.window.showWarningMessage,
      error: vscode.window.showErrorMessage,
    }[kind](message, ...actions.map(({ title }) => title));
    shown
      .then((title) => actions.find((action) => action.title === title)?.run())
      .then(undefined, (error: unknown) => this.actions.logError(error));
  }
}

/** What AWS refused and what to do now; AWS's own words where they are what matters. */
export function problemWords({ code, sentence, nextStep, detail }: AwsProblem): string {
  const said = code === 'validation' && detail ? ` AWS says: ${oneLine(detail, 200)}` : '';
  return `${oneLine(sentence)}${said} ${oneLine(nextStep)}`;
}

function unknownWords(jobName: string, problem: AwsProblem | undefined): string {
  const why = problem ? ` ${oneLine(problem.sentence)}` : '';
  return `It is not known whether job ${quoted(jobName, 60)} was created.${why}`;
}

async function reveal(
  file: JobFile,
  { start, end }: { start: { line: number; character: number }; end: { line: number; character: number } },
): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(file.uri, true), { selection, preview: false });
}
