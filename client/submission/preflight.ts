/**
 * What can be learned before a job is sent: does Macie run here, does what the file names exist, which buckets are
 * meant and how large are they. Every part has its own result and time limit; none stops another, and none is needed
 * for the job to be created.
 */
import type { JobFacts } from '../../server/protocol.js';
import { WITHOUT_ALLOW_LISTS } from '../aws/regions.js';
import type { BucketMatch, Caller, JobListing, MacieSession } from '../aws/types.js';
import { type Estimate, estimate, formatBytes } from './estimate.js';
import type { Clock } from './ports.js';
import { isCancel, problemOf } from './problems.js';

/** Milliseconds after which a part reads "not known". */
export const PART_LIMIT = 10_000;

/** How many buckets that match criteria are looked at: AWS's own estimate stops at the same number. */
export const BUCKET_LIMIT = 500;

/** Job states that are over. */
const ENDED = new Set(['CANCELLED', 'COMPLETE']);

/** AWS refuses more allow lists of one kind than this in one job. */
const LISTS_OF_A_KIND = 5;

/** A sentence with `{0}`, `{1}`… for values of the file or of AWS. Both are escaped where they are shown. */
export interface Line {
  text: string;
  values: string[];
}

export interface Part {
  title: string;
  /** `note` for what the user should see before they confirm; `unknown` where it could not be found out. */
  state: 'fine' | 'note' | 'unknown' | 'not-needed';
  lines: Line[];
  /** The IAM action that the caller lacks, where that is why the part is not known. */
  missingAction?: string;
}

export interface Preflight {
  parts: Part[];
  estimate?: Estimate;
  /** True where the estimate covers the first buckets alone. */
  moreBuckets: boolean;
  /** Live jobs of the same name, newest first. */
  sameName: JobListing[];
}

interface PartResult {
  state: Part['state'];
  lines: Line[];
}

const line = (text: string, ...values: string[]): Line => ({ text, values });
const fine = (text: string, ...values: string[]): PartResult => ({ state: 'fine', lines: [line(text, ...values)] });
const note = (...lines: Line[]): PartResult => ({ state: 'note', lines });
const notNeeded = (text: string): PartResult => ({ state: 'not-needed', lines: [line(text)] });

/** Asks all of it at once. Throws `Cancelled` when the signal is aborted; else always answers. */
export async function preflight(
  session: MacieSession,
  caller: Caller,
  facts: JobFacts,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Preflight> {
  let buckets: BucketMatch[] | undefined;
  let moreBuckets = false;
  let sameName: JobListing[] = [];

  const parts: [string, (signal: AbortSignal) => Promise<PartResult>][] = [
    ['Macie in this Region', (limit) => macieState(session, limit)],
    [
      'Buckets',
      async (limit) => {
        const found = await findBuckets(session, facts, limit);
        buckets = found?.buckets;
        moreBuckets = found?.more ?? false;
        return bucketResult(facts, caller, found);
      },
    ],
    ['Custom data identifiers', (limit) => customIdentifiers(session, facts.customDataIdentifierIds, limit)],
    ['Allow lists', (limit) => allowLists(session, facts.allowListIds, limit)],
    ['Managed data identifiers', (limit) => managedIdentifiers(session, facts.managedDataIdentifierIds, limit)],
    ['Bucket for results', (limit) => resultsBucket(session, limit)],
    ['Monthly quota', (limit) => monthlyQuota(session, limit)],
    [
      'Jobs of the same name',
      async (limit) => {
        if (facts.name === undefined) return notNeeded('The file gives no name.');
        const jobs = await session.jobsNamed(facts.name, { signal: limit });
        sameName = jobs.filter(({ jobStatus }) => !ENDED.has(jobStatus));
        return sameNameResult(sameName);
      },
    ],
  ];
  const results = await Promise.all(parts.map(([title, ask]) => limited(title, ask, clock, signal)));
  return {
    parts: results,
    estimate: buckets && estimate(buckets, facts.sampling),
    moreBuckets,
    sameName,
  };
}

/** Asks one part, within its time limit; a fault or the limit makes it "not known". */
async function limited(
  title: string,
  ask: (signal: AbortSignal) => Promise<PartResult>,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Part> {
  const over = new AbortController();
  const asked = new AbortController();
  const cancel = () => {
    over.abort();
    asked.abort();
  };
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  const timeout = clock.wait(PART_LIMIT, over.signal).then(() => 'timeout' as const);
  try {
    const result = await Promise.race([ask(asked.signal), timeout]);
    if (result === 'timeout') {
      return { title, state: 'unknown', lines: [line('Not known: no answer within 10 seconds.')] };
    }
    return { title, ...result };
  } catch (error) {
    if (isCancel(error) && signal?.aborted) throw error;
    const problem = problemOf(error);
    const lines =
      problem.code === 'access-denied' && problem.action
        ? [line('Not known: these credentials may not look it up; the action {0} is missing.', problem.action)]
        : [line(`Not known: ${problem.sentence}`)];
    return { title, state: 'unknown', lines, missingAction: problem.action };
  } finally {
    signal?.removeEventListener('abort', cancel);
    timeout.catch(() => {});
    over.abort();
    // Where the limit came first, the call itself is ended too.
    asked.abort();
  }
}

async function macieState(session: MacieSession, signal: AbortSignal): Promise<PartResult> {
  try {
    const state = await session.macieStatus(signal);
    if (state === 'ENABLED') return fine('Macie is enabled.');
    return note(line('Macie is suspended in this Region ({0}): a job would not run.', state));
  } catch (error) {
    if (problemOf(error).code !== 'macie-not-enabled') throw error;
    return note(line('Macie is not enabled in this Region: AWS will refuse the job.'));
  }
}

async function findBuckets(
  session: MacieSession,
  facts: JobFacts,
  signal: AbortSignal,
): Promise<{ buckets: BucketMatch[]; more: boolean } | undefined> {
  if (facts.bucketCriteria) {
    return session.bucketsMatching(facts.bucketCriteria, { limit: BUCKET_LIMIT, signal });
  }
  if (facts.bucketNames.length === 0) return undefined;
  const names = [...new Set(facts.bucketNames.map(({ name }) => name))];
  return { buckets: await session.bucketsNamed(names, signal), more: false };
}

function bucketResult(
  facts: JobFacts,
  caller: Caller,
  found: { buckets: BucketMatch[]; more: boolean } | undefined,
): PartResult {
  if (!found) return notNeeded('The file selects no buckets by name or by criteria.');
  const { buckets, more } = found;
  const lines: Line[] = [];
  const unreadable = buckets.filter(({ errorCode }) => errorCode !== undefined);
  if (unreadable.length > 0) {
    lines.push(line(`Macie cannot read ${count(unreadable.length, 'bucket')}: {0}.`, names(unreadable)));
  }
  if (facts.bucketCriteria) {
    const accounts = new Set(buckets.map(({ accountId }) => accountId)).size;
    const matched =
      buckets.length === 0
        ? 'No bucket matches the criteria today: a run would analyze nothing.'
        : `${more ? 'At least ' : ''}${count(buckets.length, 'bucket')} of ${count(accounts, 'account')} match the criteria today.`;
    if (buckets.length === 0 || lines.length > 0) return note(line(matched), ...lines);
    return fine(matched);
  }

  const known = new Map(buckets.map((bucket) => [bucket.name, bucket]));
  const missing = facts.bucketNames.filter(({ name }) => !known.has(name));
  if (missing.length > 0) {
    lines.push(
      line(
        `Macie does not know ${count(missing.length, 'bucket')} in this Region: {0}. A bucket of the last 24 hours may not be listed yet.`,
        names(missing),
      ),
    );
  }
  const elsewhere = facts.bucketNames.filter(({ name, accountId }) => {
    const bucket = known.get(name);
    return bucket && bucket.accountId !== accountId;
  });
  if (elsewhere.length > 0) {
    lines.push(
      line(`${count(elsewhere.length, 'bucket')} in another account than the file says: {0}.`, names(elsewhere)),
    );
  }
  const foreign = missing.filter(({ accountId }) => accountId !== caller.account);
  if (foreign.length > 0) {
    lines.push(line('Buckets of another account can be named by its Macie administrator alone: {0}.', names(foreign)));
  }
  const text = `${known.size === 1 ? 'The bucket is' : `All ${known.size} buckets are`} known to Macie in this Region.`;
  return lines.length > 0 ? note(...lines) : fine(text);
}

async function customIdentifiers(
  session: MacieSession,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<PartResult> {
  if (ids.length === 0) return notNeeded('The file names none.');
  const states = await session.customDataIdentifiers(ids, signal);
  const missing = states.filter(({ state }) => state === 'missing');
  const deleted = states.filter(({ state }) => state === 'deleted');
  const lines: Line[] = [];
  if (missing.length > 0) lines.push(line('Not in this account and Region: {0}.', list(missing.map(({ id }) => id))));
  if (deleted.length > 0) {
    const which = list(deleted.map(({ id, name }) => (name ? `${name} (${id})` : id)));
    lines.push(line('Deleted, so that no new job can use them: {0}.', which));
  }
  if (lines.length > 0) return note(...lines);
  return fine('All exist: {0}.', list(states.map(({ id, name }) => name ?? id)));
}

async function allowLists(session: MacieSession, ids: readonly string[], signal: AbortSignal): Promise<PartResult> {
  if (ids.length === 0) return notNeeded('The file names none.');
  if (WITHOUT_ALLOW_LISTS.has(session.target.region)) return note(line('Macie has no allow lists in this Region.'));
  const states = await session.allowLists(ids, signal);
  const lines: Line[] = [];
  const missing = states.filter(({ state }) => state === 'missing');
  if (missing.length > 0) lines.push(line('Not in this account and Region: {0}.', list(missing.map(({ id }) => id))));
  const broken = states.filter(({ state }) => state === 'broken');
  if (broken.length > 0) {
    const which = list(broken.map(({ id, name, status }) => `${name ?? id} (${status ?? 'no status'})`));
    lines.push(line('Macie cannot use these, and would report what they allow: {0}.', which));
  }
  for (const [kind, words] of [
    ['text', 'predefined text'],
    ['regex', 'a regular expression'],
  ] as const) {
    const number = states.filter((state) => state.kind === kind).length;
    if (number > LISTS_OF_A_KIND) {
      lines.push(line(`${number} lists with ${words}: a job takes at most ${LISTS_OF_A_KIND} of them.`));
    }
  }
  if (lines.length > 0) return note(...lines);
  return fine('All exist and can be used: {0}.', list(states.map(({ id, name }) => name ?? id)));
}

async function managedIdentifiers(
  session: MacieSession,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<PartResult> {
  if (ids.length === 0) return notNeeded('The file names none.');
  const known = new Set(await session.managedDataIdentifiers(signal));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) return note(line('Macie lists no identifier of this name here: {0}.', list(unknown)));
  return fine('Macie lists all of them.');
}

async function resultsBucket(session: MacieSession, signal: AbortSignal): Promise<PartResult> {
  if (await session.hasResultsBucket(signal)) return fine('A bucket for discovery results is set up.');
  return note(line('No bucket for discovery results is set up: Macie keeps results for 90 days only.'));
}

async function monthlyQuota(session: MacieSession, signal: AbortSignal): Promise<PartResult> {
  const { limitTerabytes, met } = await session.quota(signal);
  const limit = limitTerabytes === undefined ? '' : ` of ${limitTerabytes} TB`;
  if (met)
    return note(line(`The monthly quota${limit} is used up: the job would be paused until it is renewed or raised.`));
  return fine(`The monthly quota${limit} is not used up.`);
}

function sameNameResult(jobs: JobListing[]): PartResult {
  if (jobs.length === 0) return fine('No live job has this name.');
  return note(
    ...jobs
      .slice(0, 5)
      .map(({ jobId, jobStatus, createdAt }) =>
        line('A job of this name is live: {0} ({1}), created {2}.', jobId, jobStatus, createdAt),
      ),
  );
}

function names(buckets: readonly { name: string }[]): string {
  return list(buckets.map(({ name }) => name));
}

/** A few values on one line; how many more there are, where there are many. */
function list(values: readonly string[]): string {
  const shown = values.slice(0, 5).join(', ');
  return values.length > 5 ? `${shown} and ${values.length - 5} more` : shown;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

/** "940 GB in 3 buckets", with what the number leaves out; undefined where no size is known. */
export function sizeSentence({ estimate: size, moreBuckets }: Preflight, facts: JobFacts): string | undefined {
  if (!size || size.known === 0) return undefined;
  const of = `${count(size.known, 'bucket')}${moreBuckets ? ', more match' : ''}`;
  const sampled = facts.sampling < 100 ? `, ${formatBytes(size.analyzed)} of it at ${facts.sampling} %` : '';
  return `${formatBytes(size.total)} in ${of}${sampled}`;
}
