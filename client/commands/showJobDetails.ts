import * as vscode from 'vscode';
import type { AwsTarget } from '../aws/types.js';
import { quoted } from '../submission/escape.js';
import type { HistoryRecord } from '../submission/history.js';
import { identify } from '../submission/identify.js';
import type { Ports } from '../submission/ports.js';
import { isCancel, problemOf } from '../submission/problems.js';
import { problemWords } from '../submission/vscodeUi.js';
import type { ReadOnlyDocuments } from '../views/readOnlyDocuments.js';
import { pickRecord } from './showHistory.js';
import { refuseUntrusted } from './trust.js';

/** A job, and where it is. */
export interface JobPlace extends AwsTarget {
  jobId: string;
  jobName: string;
}

/** "Show Job Details": the job as AWS describes it now, read-only; without a job, one of the history. */
export async function showJobDetails(ports: Ports, documents: ReadOnlyDocuments, job?: JobPlace): Promise<void> {
  if (refuseUntrusted()) return;
  const place = job ?? placeOf(await pickRecord(ports.history));
  if (!place) return;
  const { source, region, endpoint, jobId, jobName } = place;
  try {
    const title = `Asking AWS for job ${quoted(jobName, 40)}`;
    const { identified, result } = await identify(
      { source, region, endpoint },
      ports,
      title,
      ({ session }, { signal }) => session.describeJob(jobId, signal),
    );
    identified.session.close();
    await documents.show(`${jobId.replace(/[^\w-]/g, '_')}.json`, `${JSON.stringify(result, undefined, 2)}\n`);
  } catch (error) {
    if (!isCancel(error)) void vscode.window.showErrorMessage(problemWords(problemOf(error)));
  }
}

export function placeOf(record: HistoryRecord | undefined): JobPlace | undefined {
  if (!record) return undefined;
  const { jobId, jobName, source, region, endpoint } = record;
  return { jobId, jobName, source, region, endpoint };
}
