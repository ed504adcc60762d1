/** Finds out whether a submission made a job, when no answer to the request says so. */
import type { AwsProblem, JobDescription, MacieSession } from '../aws/types.js';
import type { JournalEntry } from './journal.js';
import type { Clock } from './ports.js';
import { isCancel, problemOf } from './problems.js';

/**
 * Milliseconds after the last attempt until "no such job" is taken as final: longer than a request may be under way,
 * and than AWS takes to list what it has stored.
 */
export const SETTLE = 120_000;

/** Milliseconds between two looks. */
const BETWEEN_LOOKS = 10_000;

/** How far this machine's clock may differ from AWS's when jobs are listed by time: a day. */
const CLOCK_TOLERANCE = 24 * 60 * 60_000;

/** How many looks may fail one after another before it is given up. */
const FAILED_LOOKS = 6;

/** Faults after which another look may succeed. */
const PASSING = new Set<AwsProblem['code']>(['connection-lost', 'timed-out', 'throttled', 'service-fault']);

export type Finding =
  | { kind: 'found'; jobId: string; jobArn: string }
  | { kind: 'none' }
  /** It could not be asked, or the user did not wait for it. */
  | { kind: 'not-known'; why: string };

/** The job that carries the entry's token, among those of its name. Throws `AwsError`. */
export async function findJob(
  session: MacieSession,
  entry: JournalEntry,
  signal?: AbortSignal,
): Promise<{ jobId: string; jobArn: string } | undefined> {
  // A token of the file may have made its job long ago.
  const createdAfter = entry.tokenFromFile ? undefined : new Date(Date.parse(entry.confirmedAt) - CLOCK_TOLERANCE);
  for (const { jobId } of await session.jobsNamed(entry.jobName, { createdAfter, signal })) {
    let job: JobDescription;
    try {
      job = await session.describeJob(jobId, signal);
    } catch (error) {
      if (problemOf(error).code === 'not-found') continue;
      throw error;
    }
    if (job.clientToken === entry.clientToken) return { jobId, jobArn: job.jobArn ?? '' };
  }
  return undefined;
}

/**
 * Looks for the job until it is found, or until so much time has passed since the last attempt that there is none.
 * Never throws: what cannot be found out is `not-known`, with the reason. `say` tells the user what it waits for.
 */
export async function settle(
  session: MacieSession,
  entry: JournalEntry,
  clock: Clock,
  options: { signal?: AbortSignal; say?: (line: string) => void } = {},
): Promise<Finding> {
  const { signal, say } = options;
  const end = Date.parse(entry.lastAttemptAt) + SETTLE;
  say?.('Asking AWS whether the job exists…');
  for (let failed = 0; ; ) {
    // The time before the look counts: a job may be stored while it is under way.
    const late = clock.now().getTime() >= end;
    try {
      // A renewal may have changed whose jobs are listed.
      const { account } = await session.caller(signal);
      if (account !== entry.account) {
        const why = `The job was to be made in account ${entry.account}, and these credentials belong to ${account}.`;
        return { kind: 'not-known', why };
      }
      const job = await findJob(session, entry, signal);
      if (job) return { kind: 'found', ...job };
      failed = 0;
      if (late) return { kind: 'none' };
    } catch (error) {
      if (isCancel(error)) return { kind: 'not-known', why: 'You stopped the check.' };
      const problem = problemOf(error);
      failed += 1;
      if (!PASSING.has(problem.code) || failed >= FAILED_LOOKS) return { kind: 'not-known', why: problem.sentence };
    }
    try {
      const seconds = Math.max(0, Math.ceil((end - clock.now().getTime()) / 1000));
      say?.(
        seconds > 0
          ? `No job so far. AWS may still be at it: looking again for up to ${seconds} seconds…`
          : 'AWS did not answer; asking again…',
      );
      await clock.wait(BETWEEN_LOOKS, signal);
    } catch {
      return { kind: 'not-known', why: 'You stopped the check.' };
    }
  }
}
