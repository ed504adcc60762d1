/** "Check what happened": settles a submission that was interrupted before its end was known. */

import { identify } from './identify.js';
import type { JournalEntry } from './journal.js';
import type { Outcome, Ports, RecoveryOutcome } from './ports.js';
import { isCancel, problemOf } from './problems.js';
import { settle } from './settle.js';
import { created, submit } from './submission.js';

/**
 * Looks for the job of an unfinished entry, tells the user, and closes the entry where it is settled or where the user
 * lets it go. Where they repeat it, the same definition is confirmed and sent again, with the same token. Never throws.
 */
export async function checkWhatHappened(id: string, ports: Ports): Promise<RecoveryOutcome | Outcome> {
  const { journal, ui, log } = ports;
  let entry: JournalEntry | undefined;
  try {
    entry = await journal.takeUp(id);
    if (!entry) {
      await ui.reportRecovery({ kind: 'taken' });
      return { kind: 'taken' };
    }
    const outcome = await look(entry, ports);
    const next = await ui.reportRecovery(outcome);
    if (next === 'repeat') {
      // From here on the submission looks after the entry.
      const repeated = entry;
      entry = undefined;
      const file = { uri: repeated.fileUri, name: repeated.fileName };
      return await submit(file, ports, { entry: repeated, settled: outcome.kind === 'no-job' });
    }
    const settled = outcome.kind === 'created' || next === 'done';
    const looked = entry;
    entry = undefined;
    await (settled ? journal.close(looked) : journal.letGo(looked));
    return outcome;
  } catch (error) {
    const problem = problemOf(error);
    log.error(`The check stopped: ${problem.sentence}`);
    if (!entry) return { kind: 'cancelled' };
    await journal.letGo(entry).catch(() => {});
    return { kind: 'unknown', entry, problem, whyNotKnown: problem.sentence };
  }
}

async function look(entry: JournalEntry, ports: Ports): Promise<RecoveryOutcome> {
  const target = { source: entry.source, region: entry.region, endpoint: entry.endpoint };
  try {
    const title = 'Checking whether the job was created';
    const { identified, result } = await identify(target, ports, title, ({ session }, { say, signal }) =>
      settle(session, entry, ports.clock, { signal, say }),
    );
    identified.session.close();
    switch (result.kind) {
      case 'found':
        return { kind: 'created', created: await created(ports, entry, result, true) };
      case 'none':
        return { kind: 'no-job', entry };
      case 'not-known':
        return { kind: 'unknown', entry, whyNotKnown: result.why };
    }
  } catch (error) {
    if (isCancel(error)) return { kind: 'cancelled' };
    const problem = problemOf(error);
    return { kind: 'unknown', entry, problem, whyNotKnown: problem.sentence };
  }
}
