/** The way of a submission, from the file to the job id. */
import { createHash } from 'node:crypto';
import type { CredentialSource, Sourced } from '../aws/types.js';
import { composeConfirmation, type Plan } from './confirmation.js';
import { create } from './creation.js';
import { oneLine, quoted } from './escape.js';
import { type FrozenRequest, freezeRequest } from './frozen.js';
import { type Identified, identify } from './identify.js';
import type { JournalEntry } from './journal.js';
import { Cancelled, type CreatedOutcome, type JobFile, type Outcome, type Ports } from './ports.js';
import { type Preflight, preflight } from './preflight.js';
import { isCancel, ownProblem, problemOf } from './problems.js';
import { composeReport } from './report.js';
import { settle } from './settle.js';

/** An interrupted submission that is sent again, with its own token. */
export interface Repeat {
  entry: JournalEntry;
  /** True where it is known that it made no job so far. */
  settled: boolean;
}

/** Who is asked, and where: it stays as it is from the first question to the end. */
interface Where {
  source: Sourced<CredentialSource>;
  region: Sourced<string>;
  endpoint?: Sourced<string>;
}

/** How it ended, and what is to become of the journal's entry once the user knows. */
interface Ending {
  outcome: Outcome;
  entry?: JournalEntry;
  keep?: boolean;
}

/**
 * Submits the file: check, profile, Region, endpoint, caller, preflight, confirmation, creation, report. Whatever
 * happens, the user is told, and the outcome returned; it never throws.
 */
export async function submit(file: JobFile, ports: Ports, repeat?: Repeat): Promise<Outcome> {
  const { ui, journal, log } = ports;
  let turn: Awaited<ReturnType<typeof journal.turn>>;
  let ending: Ending;
  try {
    turn = await journal.turn(createHash('sha256').update(file.uri).digest('hex').slice(0, 32));
    ending = turn
      ? await inTurn(file, ports, repeat)
      : { outcome: { kind: 'busy', file }, entry: repeat?.entry, keep: true };
  } catch (error) {
    // What was sent is settled below this point: here nothing was.
    const outcome: Outcome = isCancel(error)
      ? { kind: 'cancelled', afterSending: false }
      : { kind: 'not-created', problem: problemOf(error) };
    ending = { outcome, entry: repeat?.entry, keep: repeat && !repeat.settled };
  }
  const { outcome, entry, keep } = ending;
  log.info(`Submission of ${quoted(file.name)} ended: ${describe(outcome)}`);
  try {
    await ui.report(file, outcome);
    // Closed only now: until the user has been told, it is unfinished.
    if (entry) await (keep ? journal.letGo(entry) : journal.close(entry));
  } catch (error) {
    log.error(`The report could not be finished: ${oneLine(problemOf(error).detail ?? '')}`);
    if (entry) await journal.letGo(entry).catch(() => {});
  } finally {
    await turn?.release().catch(() => {});
  }
  return outcome;
}

async function inTurn(file: JobFile, ports: Ports, repeat: Repeat | undefined): Promise<Ending> {
  const { aws } = ports;
  const given = { entry: repeat?.entry, keep: repeat && !repeat.settled };

  const checked = await ports.check(file);
  if (checked.request === undefined) return { outcome: { kind: 'file-has-errors', checked }, ...given };
  const request = freezeRequest(checked.request);
  if (repeat && request.hash !== repeat.entry.valueHash) throw fileChanged();

  const where = repeat ? whereOf(repeat.entry) : await chooseWhere(ports);
  const target = { source: where.source.value, region: where.region.value, endpoint: where.endpoint?.value };
  let prepared: { identified: Identified; result: Preflight };
  try {
    prepared = await identify(target, ports, 'Preparing the job', ({ session, caller }, { say, signal }) => {
      if (repeat && caller.account !== repeat.entry.account) throw otherAccount(repeat.entry.account);
      say('Looking at what the file names…');
      return preflight(session, caller, checked.facts, ports.clock, signal);
    });
  } catch (error) {
    if (isCancel(error)) throw error;
    const { source, region } = target;
    return { outcome: { kind: 'not-created', problem: problemOf(error), source, region }, ...given };
  }
  const { identified, result } = prepared;
  try {
    const plan: Omit<Plan, 'caller' | 'earlier' | 'unsettled' | 'isProtected'> = {
      ...where,
      checked,
      regionKnown: aws.regions.includes(target.region),
      preflight: result,
      tokenFromFile: request.clientToken !== undefined,
      repeatOf: repeat?.entry,
      settings: ports.settings(),
    };
    return await confirmAndCreate(file, ports, plan, request, identified, repeat);
  } finally {
    identified.session.close();
  }
}

/** Asks until the very thing that is sent is what the user confirmed, and sends it. */
async function confirmAndCreate(
  file: JobFile,
  ports: Ports,
  plan: Omit<Plan, 'caller' | 'earlier' | 'unsettled' | 'isProtected'>,
  request: FrozenRequest,
  identified: Identified,
  repeat: Repeat | undefined,
): Promise<Ending> {
  const { ui, journal, clock } = ports;
  const { session } = identified;
  let { caller, renewals } = identified;
  for (;;) {
    const known = await submittedAlready(ports, request, plan, caller.account, repeat);
    const isProtected = protectedBy(plan.settings.protectedAccounts, caller.account, plan.source.value);
    await confirm(ports, { ...plan, ...known, caller, isProtected }, request);
    const since = await submittedAlready(ports, request, plan, caller.account, repeat);
    // Another window sent the same while this one was asking: the user has to know.
    if (since.earlier.length > known.earlier.length || since.unsettled.length > known.unsettled.length) continue;

    const now = clock.now().toISOString();
    const entry: JournalEntry = repeat?.entry ?? {
      id: ports.uuid(),
      clientToken: request.clientToken ?? ports.uuid(),
      tokenFromFile: request.clientToken !== undefined,
      valueHash: request.hash,
      jobName: plan.checked.facts.name ?? '',
      fileUri: file.uri,
      fileName: file.name,
      source: plan.source.value,
      account: caller.account,
      principal: caller.arn,
      region: plan.region.value,
      endpoint: plan.endpoint?.value,
      confirmedAt: now,
      lastAttemptAt: now,
    };
    const creation = await ui.progress(`Creating job ${quoted(entry.jobName, 40)}`, (progress) =>
      create({ session, request, caller, renewals, entry }, ports, progress),
    );
    switch (creation.kind) {
      case 'created':
        return { outcome: await created(ports, entry, creation, false), entry };
      case 'not-created': {
        const { problem } = creation;
        const outcome: Outcome = { kind: 'not-created', problem, source: entry.source, region: entry.region };
        return { outcome, entry, keep: repeat && !repeat.settled };
      }
      case 'cancelled':
        return { outcome: { kind: 'cancelled', afterSending: false }, entry, keep: repeat && !repeat.settled };
      case 'caller-changed':
        // Nothing was sent: what is confirmed next is another submission, unless it repeats one.
        if (!repeat) await journal.close(entry);
        else if (creation.caller.account !== entry.account) throw otherAccount(entry.account);
        ({ caller } = creation);
        renewals = session.renewals;
        continue;
      case 'in-doubt':
        return await settleDoubt(ports, identified, creation.entry, creation.problem);
    }
  }
}

/** A request may have made a job, and no answer says so. */
async function settleDoubt(
  ports: Ports,
  { session }: Identified,
  entry: JournalEntry,
  problem: Extract<Outcome, { kind: 'unknown' }>['problem'],
): Promise<Ending> {
  const finding = await ports.ui.progress('Checking whether the job was created', ({ signal, say }) =>
    settle(session, entry, ports.clock, { signal, say }),
  );
  switch (finding.kind) {
    case 'found':
      return { outcome: await created(ports, entry, finding, true), entry };
    case 'none':
      return problem
        ? { outcome: { kind: 'not-created', problem, source: entry.source, region: entry.region }, entry }
        : { outcome: { kind: 'cancelled', afterSending: true }, entry };
    case 'not-known':
      return { outcome: { kind: 'unknown', entry, problem, whyNotKnown: finding.why }, entry, keep: true };
  }
}

/** Remembers the job and says what is known of it. A history that cannot be written hides no job. */
export async function created(
  { history, log }: Pick<Ports, 'history' | 'log'>,
  entry: JournalEntry,
  { jobId, jobArn }: { jobId: string; jobArn: string },
  found: boolean,
): Promise<CreatedOutcome> {
  const { jobName, valueHash, fileName, fileUri, source, account, region, endpoint, confirmedAt } = entry;
  try {
    await history.add({
      jobId,
      jobArn,
      jobName,
      valueHash,
      fileName,
      fileUri,
      source,
      account,
      region,
      endpoint,
      confirmedAt,
    });
  } catch (error) {
    log.error(`The history could not be written: ${oneLine(problemOf(error).detail ?? '')}`);
  }
  return { kind: 'created', jobId, jobArn, jobName, account, profile: source, region, endpoint, found };
}

async function chooseWhere({ aws, ui }: Ports): Promise<Where> {
  let source = await aws.profile();
  if (!source) {
    const picked = await ui.pickProfile();
    if (!picked) throw new Cancelled();
    source = (await aws.profile()) ?? { value: picked, from: 'your choice' };
  }
  let region = await aws.region(source.value);
  if (!region) {
    const picked = await ui.pickRegion(source.value);
    if (!picked) throw new Cancelled();
    region = { value: picked, from: 'your choice' };
  }
  return { source, region, endpoint: await aws.endpoint(source.value) };
}

function whereOf({ source, region, endpoint }: JournalEntry): Where {
  const from = 'the interrupted submission';
  return {
    source: { value: source, from },
    region: { value: region, from },
    endpoint: endpoint === undefined ? undefined : { value: endpoint, from },
  };
}

/** Shows the confirmation until the user decides. Throws `Cancelled` where they do not confirm. */
async function confirm({ ui }: Ports, plan: Plan, request: FrozenRequest): Promise<void> {
  const confirmation = composeConfirmation(plan);
  for (;;) {
    const answer = await ui.confirm(confirmation);
    if (answer === 'create') break;
    if (answer === 'cancel') throw new Cancelled();
    if (!(await ui.showReport(composeReport(plan, request), confirmation))) throw new Cancelled();
  }
  if (plan.isProtected && !(await ui.askAccountId(plan.caller.account))) throw new Cancelled();
}

/** What was submitted from here with the same definition to the same place. */
async function submittedAlready(
  { history, journal }: Ports,
  request: FrozenRequest,
  { region, endpoint }: Pick<Plan, 'region' | 'endpoint'>,
  account: string,
  repeat: Repeat | undefined,
): Promise<Pick<Plan, 'earlier' | 'unsettled'>> {
  const same = (other: { valueHash: string; account: string; region: string; endpoint?: string }) =>
    other.valueHash === request.hash &&
    other.account === account &&
    other.region === region.value &&
    other.endpoint === endpoint?.value;
  const unsettled = (await journal.entries()).filter((entry) => same(entry) && entry.id !== repeat?.entry.id);
  return { earlier: (await history.list()).filter(same), unsettled };
}

function protectedBy(protectedAccounts: readonly string[], account: string, source: CredentialSource): boolean {
  return protectedAccounts.some((entry) => {
    const name = entry.trim();
    return name === account || (source.kind === 'profile' && name === source.name);
  });
}

function fileChanged(): Error {
  return refusal(
    'The file is no longer what was submitted, so it was not sent again.',
    'Use "Create Classification Job" for the file as it is now; that makes another job.',
  );
}

function otherAccount(account: string): Error {
  return refusal(
    `The interrupted submission went to account ${account}, and these credentials belong to another.`,
    'Make the profile yield credentials of that account, then try again.',
  );
}

function refusal(sentence: string, nextStep: string): Error {
  const error = new Error(sentence);
  error.name = 'AwsError';
  return Object.assign(error, { problem: ownProblem(sentence, nextStep) });
}

/** The outcome for the log, in one line. */
function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'created':
      return `job ${oneLine(outcome.jobId, 60)} in account ${oneLine(outcome.account, 20)}, ${oneLine(outcome.region, 40)}${outcome.found ? ' (found by asking)' : ''}`;
    case 'not-created':
      return `no job (${outcome.problem.code}: ${oneLine(outcome.problem.sentence)} ${oneLine(outcome.problem.detail ?? '', 500)})`;
    case 'unknown':
      return `not known (${oneLine(outcome.whyNotKnown)})`;
    case 'file-has-errors':
      return 'the file has errors';
    case 'cancelled':
      return 'cancelled';
    case 'busy':
      return 'another submission of the file is under way';
  }
}
