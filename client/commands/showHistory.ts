import * as vscode from 'vscode';
import { jobConsoleUrl } from '../aws/console.js';
import { label, minute } from '../submission/escape.js';
import type { History, HistoryRecord } from '../submission/history.js';

/** "Show Submission History": the jobs that were created from here, and what can be done with each. */
export async function showHistory(
  history: History,
  showDetails: (record: HistoryRecord) => Promise<void>,
): Promise<void> {
  const record = await pickRecord(history);
  if (!record) return;
  const details = 'Show details';
  const copy = 'Copy job ID';
  const open = 'Open in AWS console';
  const url = record.endpoint === undefined ? jobConsoleUrl(record.jobArn) : undefined;
  const action = await vscode.window.showQuickPick([details, copy, ...(url ? [open] : [])], {
    title: `Job ${label(record.jobId, 64)}`,
  });
  if (action === details) await showDetails(record);
  else if (action === copy) await vscode.env.clipboard.writeText(record.jobId);
  else if (action === open && url) await vscode.env.openExternal(vscode.Uri.parse(url));
}

/** Lets the user choose a job of the history. */
export async function pickRecord(history: History): Promise<HistoryRecord | undefined> {
  const records = await history.list();
  if (records.length === 0) {
    void vscode.window.showInformationMessage('No job has been created from here yet.');
    return undefined;
  }
  const items = records.map((record) => ({
    label: label(record.jobName),
    description: `${label(record.account, 20)} · ${label(record.region, 40)} · ${minute(record.confirmedAt)}`,
    detail: label(`${record.jobId}, from ${record.fileName}`),
    record,
  }));
  const options = { title: 'Jobs created from here', matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.record;
}
