/** Opens a session and asks AWS who its credentials belong to, with one sign-in on the way where that helps. */
import type { AwsProblemCode, AwsTarget, Caller, MacieSession, ProfileSummary } from '../aws/types.js';
import { Cancelled, type Ports } from './ports.js';
import { problemOf } from './problems.js';

export interface Identified {
  session: MacieSession;
  caller: Caller;
  /** The session's count of renewals when the caller was asked. */
  renewals: number;
}

/** What a sign-in mends. */
const SIGN_IN = new Set<AwsProblemCode>(['sso-session-expired', 'login-session-expired']);

/**
 * A session for the target, and its caller. The user is asked to sign in at most once. Throws `AwsError`, or `Cancelled`
 * where the user gave up. The session is to be closed.
 */
export async function identify(target: AwsTarget, { aws, ui }: Ports): Promise<Identified> {
  for (let signedIn = false; ; signedIn = true) {
    const session = await aws.openSession(target, { mfaCode: (serial) => ui.askMfaCode(serial) });
    try {
      const { renewals } = session;
      const caller = await ui.progress('Asking AWS whose credentials these are', ({ signal }) =>
        session.caller(signal),
      );
      return { session, caller, renewals };
    } catch (error) {
      session.close();
      const problem = problemOf(error);
      if (signedIn || !SIGN_IN.has(problem.code) || target.source.kind !== 'profile') throw error;
      const kind = problem.code === 'login-session-expired' ? 'login' : 'sso';
      const profile = await summaryOf(target.source.name, aws).catch(() => undefined);
      const signedInNow = await ui.offerSignIn(problem, profile ?? { name: target.source.name, kind });
      if (!signedInNow) throw new Cancelled();
    }
  }
}

async function summaryOf(name: string, aws: Ports['aws']): Promise<ProfileSummary | undefined> {
  return (await aws.profiles()).find((profile) => profile.name === name);
}
