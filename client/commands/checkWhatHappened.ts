import * as vscode from 'vscode';
import { label, minute, quoted } from '../submission/escape.js';
import type { JournalEntry } from '../submission/journal.js';
import type { Ports } from '../submission/ports.js';
import { checkWhatHappened } from '../submission/recovery.js';
import { refuseUntrusted } from './trust.js';

/** "Check What Happened": settles an interrupted submission; without an id, the user chooses among them. */
export async function checkUnfinished(ports: Ports, id?: string): Promise<void> {
  if (refuseUntrusted()) return;
  const chosen = typeof id === 'string' ? id : await chooseEntry(await ports.journal.unfinished());
  if (chosen) await checkWhatHappened(chosen, ports);
}

/** Says, once a window, that submissions were interrupted before their end was known. */
export async function offerUnfinished(ports: Ports): Promise<void> {
  const entries = await ports.journal.unfinished();
  const [first] = entries;
  if (!first) return;
  const what =
    entries.length === 1
      ? `The submission of job ${quoted(first.jobName, 60)} was interrupted`
      : `${entries.length} submissions were interrupted`;
  const check = 'Check What Happened';
  const answer = await vscode.window.showWarningMessage(
    `${what} before it was known whether a job was created.`,
    check,
    'Later',
  );
  if (answer === check) await checkUnfinished(ports, entries.length === 1 ? first.id : undefined);
}

async function chooseEntry(entries: JournalEntry[]): Promise<string | undefined> {
  if (entries.length === 0) {
    void vscode.window.showInformationMessage('No submission is open: it is known how each one ended.');
    return undefined;
  }
  const items = entries.map(({ id, jobName, account, region, confirmedAt, fileName }) => ({
    label: label(jobName),
    description: `${label(account, 20)} · ${label(region, 40)}`,
    detail: `${label(fileName)}, confirmed ${minute(confirmedAt)}`,
    id,
  }));
  if (items.length === 1) return items[0]!.id;
  return (await vscode.window.showQuickPick(items, { title: 'Interrupted submissions' }))?.id;
}
