/** Opens a session and asks AWS who its credentials belong to, with one sign-in on the way where that helps. */
import type { AwsProblemCode, AwsTarget, Caller, MacieSession, ProfileSummary } from '../aws/types.js';
import { Cancelled, type Ports, type Progress } from './ports.js';
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
 * Opens a session for the target, asks for its caller and does `task` with it, all in one progress: VS Code shows three
 * notifications at once, and what comes of it must be among them. The user is asked to sign in at most once. Throws
 * `AwsError`, or `Cancelled` where the user gave up. The session is to be closed by whoever gets it.
 */
export async function identify<T>(
  target: AwsTarget,
  { aws, ui }: Pick<Ports, 'aws' | 'ui'>,
  title: string,
  task: (identified: Identified, progress: Progress) => Promise<T>,
): Promise<{ identified: Identified; result: T }> {
  for (let signedIn = false; ; signedIn = true) {
    const session = await aws.openSession(target, { mfaCode: (serial) => ui.askMfaCode(serial) });
    let isKnown = false;
    try {
      return await ui.progress(title, async (progress) => {
        progress.say('Asking AWS whose credentials these are…');
        const { renewals } = session;
        const caller = await session.caller(progress.signal);
        isKnown = true;
        const identified = { session, caller, renewals };
        return { identified, result: await task(identified, progress) };
      });
    } catch (error) {
      session.close();
      const problem = problemOf(error);
      const helps = SIGN_IN.has(problem.code) && !isKnown && !signedIn;
      if (!helps || target.source.kind !== 'profile') throw error;
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
