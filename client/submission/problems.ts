/** What came of a call: faults of AWS, and the user's own cancel. */
import type { AwsError, AwsProblem } from '../aws/types.js';
import { Cancelled } from './ports.js';

/** By its shape, not its class: the SDK's bundle has a class `AwsError` of its own. */
export function isAwsError(error: unknown): error is AwsError {
  return error instanceof Error && error.name === 'AwsError' && 'problem' in error;
}

/** True where the user, or an aborted signal, ended the call. */
export function isCancel(error: unknown): boolean {
  return error instanceof Cancelled || (isAwsError(error) && error.problem.code === 'cancelled');
}

/** The problem behind anything that was thrown; what is not AWS's is named by its class and message alone. */
export function problemOf(error: unknown): AwsProblem {
  if (isAwsError(error)) return error.problem;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: 'unknown',
    sentence: 'The submission stopped at an unexpected fault of the extension.',
    nextStep: 'See the log for details, and report it if it comes back.',
    mayHaveHappened: false,
    detail: detail.slice(0, 500),
  };
}

/** A fault that this code finds by itself. Nothing was sent. */
export function ownProblem(sentence: string, nextStep: string, detail?: string): AwsProblem {
  return { code: 'unknown', sentence, nextStep, mayHaveHappened: false, detail };
}
