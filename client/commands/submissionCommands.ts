import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { COMMANDS } from '../../server/protocol.js';
import type { AwsModule } from '../aws/types.js';
import { systemClock } from '../submission/clock.js';
import { History } from '../submission/history.js';
import { Journal } from '../submission/journal.js';
import type { CreatedOutcome, Ports, SubmissionSettings } from '../submission/ports.js';
import { problemOf } from '../submission/problems.js';
import { VscodeUi } from '../submission/vscodeUi.js';
import { AwsProblems } from '../views/awsProblems.js';
import { ReadOnlyDocuments } from '../views/readOnlyDocuments.js';
import { registerStatusItem } from '../views/statusItem.js';
import { AwsChoices } from './awsChoices.js';
import { checkUnfinished, offerUnfinished } from './checkWhatHappened.js';
import { checkFile, createJob } from './createJob.js';
import { pickProfile } from './selectProfile.js';
import { pickRegion } from './selectRegion.js';
import { showHistory } from './showHistory.js';
import { placeOf, showJobDetails } from './showJobDetails.js';
import { signIn } from './signIn.js';
import { refuseUntrusted } from './trust.js';

export interface SubmissionDependencies {
  languageClient: () => Promise<LanguageClient>;
  log: vscode.LogOutputChannel;
  /** Loads the bundle with the AWS SDK; called when AWS is first needed. */
  loadAws: () => Promise<AwsModule>;
}

/** Everything that has to do with AWS: the commands, the status item, and the look for interrupted submissions. */
export function registerSubmission(
  context: vscode.ExtensionContext,
  { languageClient, log, loadAws }: SubmissionDependencies,
): vscode.Disposable {
  const { version } = context.extension.packageJSON as { version: string };
  const storage = context.globalStorageUri.fsPath;
  const history = new History(storage);
  const choices = new AwsChoices(context.workspaceState, loadAws, `macie-jobs/${version}`);
  const documents = new ReadOnlyDocuments();
  const awsProblems = new AwsProblems(languageClient);
  const logError = (error: unknown) => log.error(problemOf(error).detail ?? problemOf(error).sentence);

  const ui = new VscodeUi({
    pickProfile: () => pickProfile(choices, history),
    pickRegion: (source) => pickRegion(choices, source),
    signIn: async (profile) => signIn(profile, await choices.profiles().catch(() => [])),
    showDocument: (name, text) => documents.show(name, text),
    closeDocument: (name) => documents.close(name),
    showJobDetails: (job: CreatedOutcome) => showJobDetails(ports, documents, { ...job, source: job.profile }),
    checkWhatHappened: (id) => checkUnfinished(ports, id),
    createAgain: async (file) => {
      await createJob(ports, file.uri);
    },
    markProblem: (file, problem) => awsProblems.mark(file, problem),
    showLog: () => log.show(),
    logError,
  });
  const ports: Ports = {
    ui,
    check: (file) => checkFile(languageClient, file),
    aws: choices,
    journal: new Journal(storage),
    history,
    clock: systemClock,
    uuid: randomUUID,
    log,
    settings: submissionSettings,
  };

  const command = (name: string, run: (...args: never[]) => Promise<unknown>) =>
    vscode.commands.registerCommand(name, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        logError(error);
        void vscode.window.showErrorMessage(`${problemOf(error).sentence} ${problemOf(error).nextStep}`);
        return undefined;
      }
    });
  const lookBack = () => void offerUnfinished(ports).catch(logError);
  if (vscode.workspace.isTrusted) lookBack();
  return vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(lookBack),
    choices,
    documents,
    awsProblems,
    registerStatusItem(choices),
    command(COMMANDS.createJob, (uri?: string | vscode.Uri) => createJob(ports, uri)),
    command('macieJobs.selectProfile', async () => {
      if (!refuseUntrusted()) await pickProfile(choices, history);
    }),
    command('macieJobs.selectRegion', async () => {
      if (!refuseUntrusted()) await pickRegion(choices, (await choices.profile())?.value);
    }),
    command('macieJobs.checkWhatHappened', (id?: string) => checkUnfinished(ports, id)),
    command('macieJobs.showJobDetails', () => showJobDetails(ports, documents)),
    command('macieJobs.showHistory', () =>
      showHistory(history, (record) => showJobDetails(ports, documents, placeOf(record))),
    ),
  );
}

/** The settings that a submission reads, as they are when it asks. */
function submissionSettings(): SubmissionSettings {
  const configuration = vscode.workspace.getConfiguration('macieJobs');
  const accounts = configuration.get<unknown>('protectedAccounts');
  const price = configuration.get<unknown>('pricePerGigabyte');
  const known = configuration.inspect<number>('pricePerGigabyte');
  return {
    protectedAccounts: Array.isArray(accounts) ? accounts.filter((entry) => typeof entry === 'string') : [],
    // 0 shows bytes alone.
    pricePerGigabyte: typeof price === 'number' && price > 0 ? price : undefined,
    priceIsDefault: known?.globalValue === undefined && known?.workspaceValue === undefined,
  };
}
