/** Sends a confirmed job: once, or several times with the same token, until it is known what came of it. */
import type { AwsProblem, AwsProblemCode, Caller, MacieSession } from '../aws/types.js';
import type { FrozenRequest } from './frozen.js';
import type { Journal, JournalEntry } from './journal.js';
import type { Clock, Log, Progress } from './ports.js';
import { isAwsError, isCancel, ownProblem, problemOf } from './problems.js';

/** What was confirmed. */
export interface Confirmed {
  session: MacieSession;
  request: FrozenRequest;
  caller: Caller;
  /** The session's count of renewals when the caller was asked. */
  renewals: number;
  entry: JournalEntry;
}

export type Creation =
  | { kind: 'created'; jobId: string; jobArn: string }
  | { kind: 'not-created'; problem: AwsProblem }
  /** The user stopped it before a request that could have made a job left. */
  | { kind: 'cancelled' }
  /** A job may exist, and has to be looked for. `problem` is missing where the user stopped it. */
  | { kind: 'in-doubt'; entry: JournalEntry; problem?: AwsProblem }
  /** Nothing was sent: the credentials are now those of another principal, who has to be confirmed. */
  | { kind: 'caller-changed'; caller: Caller };

interface RetryRule {
  times: number;
  /** Milliseconds before the next attempt; `retry` counts from 1. */
  wait(retry: number): number;
  line: string;
}

const PASSING_FAULT: RetryRule = {
  times: 4,
  // Macie takes one new job in ten seconds.
  wait: (retry) => 10_000 * retry,
  line: 'The answer of AWS did not arrive. Sending the same job again, with the same token,',
};

/** The faults that are worth another attempt, always with the same token. */
const RETRIES: Partial<Record<AwsProblemCode, RetryRule>> = {
  'role-not-propagated': {
    times: 10,
    wait: () => 60_000,
    line: "AWS is still setting up Macie's role in this account. Trying again",
  },
  throttled: { times: 10, wait: (retry) => 10_000 + 5_000 * (retry - 1), line: 'AWS is busy. Trying again' },
  'service-fault': PASSING_FAULT,
  'connection-lost': PASSING_FAULT,
  'timed-out': PASSING_FAULT,
};

/** How often credentials may be renewed between the question who the caller is and the request. */
const MOST_RENEWALS = 3;

/**
 * Sends the confirmed definition. The journal's entry is written before each attempt leaves, and stays open: the caller
 * closes it after the report. Never throws.
 */
export async function create(
  confirmed: Confirmed,
  { journal, clock, log }: { journal: Journal; clock: Clock; log: Log },
  progress: Progress,
): Promise<Creation> {
  const { session, request } = confirmed;
  let { entry, renewals } = confirmed;
  const retries = new Map<RetryRule, number>();
  /** True once an attempt may have made a job without an answer that says so. */
  let mayExist = false;
  let renewed = 0;

  /** The end, where AWS refused or the user stopped. */
  const end = (problem?: AwsProblem): Creation => {
    if (mayExist) return { kind: 'in-doubt', entry, problem };
    return problem ? { kind: 'not-created', problem } : { kind: 'cancelled' };
  };

  for (let attempt = 1; ; attempt += 1) {
    let sent = false;
    try {
      if (progress.signal.aborted) return end();
      if (session.renewals !== renewals) {
        // Read before the question: a renewal during it is seen at the next look.
        const asked = session.renewals;
        const caller = await session.caller(progress.signal);
        if (!samePrincipal(caller, confirmed.caller)) {
          return mayExist ? { kind: 'in-doubt', entry } : { kind: 'caller-changed', caller };
        }
        renewals = asked;
      }
      try {
        entry = { ...entry, lastAttemptAt: clock.now().toISOString() };
        await (attempt === 1 ? journal.open(entry) : journal.update(entry));
      } catch (error) {
        return end(
          ownProblem(
            'The record of this submission could not be written, so nothing was sent.',
            'Make room on the disk, or check who may write in the storage folder of the extension.',
            problemOf(error).detail,
          ),
        );
      }
      if (progress.signal.aborted) return end();
      progress.say('Sending…');
      const { jobId, jobArn } = await session.createJob(request.value, entry.clientToken, {
        signal: progress.signal,
        onSending: () => {
          sent = true;
        },
        renewals,
      });
      return { kind: 'created', jobId, jobArn };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'credentials-renewed') {
        renewed += 1;
        if (renewed <= MOST_RENEWALS) continue;
        return end(
          ownProblem(
            'The credentials are renewed at every call, so that it cannot be confirmed whose they are.',
            'Check what the profile gets its credentials from: they expire at once.',
          ),
        );
      }
      // A fault that nobody foresaw counts as one after which a job may exist.
      if (sent && (isCancel(error) || problem.mayHaveHappened || !isAwsError(error))) mayExist = true;
      if (isCancel(error)) return end();
      log.warn(`Attempt failed (${problem.code}): ${problem.sentence}`);
      const rule = RETRIES[problem.code];
      const retry = rule ? (retries.get(rule) ?? 0) + 1 : 0;
      if (!rule || retry > rule.times) return end(problem);
      retries.set(rule, retry);
      const wait = rule.wait(retry);
      progress.say(`${rule.line} in ${wait / 1000} seconds (${retry} of ${rule.times})…`);
      try {
        await clock.wait(wait, progress.signal);
      } catch {
        return end();
      }
    }
  }
}

/** True for the same account and principal. The SDK's own name of a role session is new each time, and says nothing. */
export function samePrincipal(a: Caller, b: Caller): boolean {
  const principal = (arn: string) => arn.replace(/\/aws-sdk-js-[\w-]*$/, '');
  return a.account === b.account && principal(a.arn) === principal(b.arn);
}
