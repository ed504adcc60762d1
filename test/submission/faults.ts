/**
 * Submissions under faults that a seed decides: the network, AWS and the process itself fail between any two steps, the
 * user cancels at any time, and the extension starts again. Sockets, SDK and files are real; pauses take a thousandth
 * of their time.
 */
import assert from 'node:assert/strict';
import { promises as nodeFs } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { MacieSession } from '../../client/aws/types.js';
import type { Files } from '../../client/submission/locks.js';
import type { Ports } from '../../client/submission/ports.js';
import { checkWhatHappened } from '../../client/submission/recovery.js';
import { submit } from '../../client/submission/submission.js';
import type { World } from '../aws/setup.js';
import type { Fault, FaultKind } from '../local-macie/server.js';
import { createStage, definition, FastClock, FILE, holder, ScriptedUi } from './stage.js';

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a schedule came to. */
export interface Tally {
  jobs: number;
  confirmations: number;
  kills: number;
  cancels: number;
  faults: number;
  /** How often each end was told. */
  told: Record<string, number>;
}

const CREATE_FAULTS: FaultKind[] = [
  'latency',
  'latency',
  'latency',
  'latency',
  'reset-before',
  'reset-before',
  'reset-after',
  'reset-after',
  'cut-answer',
  'fault-after',
  'throttled',
  'service-fault',
  'service-unavailable',
  'role-not-propagated',
  'foreign-page',
  'hang',
  'macie-not-enabled',
  'access-denied',
  'expired-token',
];
const READ_FAULTS: FaultKind[] = ['latency', 'reset-before', 'service-fault', 'access-denied', 'throttled'];

/** A process that dies at a step of its own: what it then still waits for never comes. */
class Mortal {
  readonly died: Promise<void>;
  isDead = false;
  private steps = 0;
  private die: () => void = () => {};

  constructor(
    readonly id: number,
    private readonly lastStep: number,
  ) {
    this.died = new Promise((resolve) => {
      this.die = resolve;
    });
  }

  /** Counts a step, at which the process may die while its request goes on. */
  count(): void {
    this.steps += 1;
    if (this.steps === this.lastStep) {
      this.isDead = true;
      this.die();
    }
  }

  async step(): Promise<void> {
    if (!this.isDead) this.count();
    if (this.isDead) await new Promise<never>(() => {});
  }

  /** The object, with a step before and after each of the named calls. */
  wrap<T extends object>(target: T, calls: readonly (keyof T)[]): T {
    return new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== 'function') return value;
        if (!calls.includes(name as keyof T)) return value.bind(object);
        return async (...given: unknown[]) => {
          await this.step();
          const result: unknown = await value.apply(object, given);
          await this.step();
          return result;
        };
      },
    });
  }
}

const FILE_CALLS: (keyof Files)[] = ['open', 'rename', 'readFile', 'writeFile', 'readdir', 'rm', 'mkdir', 'stat'];

/** Runs one schedule, and asserts that nothing was made twice, hidden or left open. The endpoint has to be reset. */
export async function runSchedule(seed: number, world: World, folder: string): Promise<Tally> {
  const random = randomOf(seed);
  const chance = (probability: number) => random() < probability;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const { macie } = world;
  const tally: Tally = { jobs: 0, confirmations: 0, kills: 0, cancels: 0, faults: 0, told: {} };
  const told = (what: string) => {
    tally.told[what] = (tally.told[what] ?? 0) + 1;
  };
  const text = definition({ name: `Job ${seed}` });
  const reported = new Set<string>();
  const alive = new Set<number>();
  let elapsed = 0;
  let processes = 0;

  const order = (operation: string, kinds: readonly FaultKind[], calls: number[]): Fault => ({
    operation,
    kind: pick(kinds),
    calls,
    // Stands for up to a minute: a job may be stored well after its request was given up.
    delay: Math.floor(random() * 60),
  });
  const faults: Fault[] = [];
  for (let call = 1; call <= 12; call += 1) {
    if (chance(call === 1 ? 0.8 : 0.45)) faults.push(order('CreateClassificationJob', CREATE_FAULTS, [call]));
  }
  for (const operation of [
    'ListClassificationJobs',
    'DescribeClassificationJob',
    'GetCallerIdentity',
    'GetMacieSession',
  ]) {
    for (let call = 1; call <= 4; call += 1) if (chance(0.15)) faults.push(order(operation, READ_FAULTS, [call]));
  }
  if (chance(0.2)) faults[0] = { operation: 'CreateClassificationJob', kind: 'latency', calls: [1], delay: 60 };
  macie.faults.add(...faults);
  tally.faults = faults.length;

  /** A process that submits, or settles what another left, and may die on the way. In clear weather all goes well. */
  const live = async (weather: 'fatal' | 'foul' | 'clear', act: (ports: Ports) => Promise<void>): Promise<void> => {
    processes += 1;
    const mortal = new Mortal(processes, weather === 'fatal' ? 1 + Math.floor(random() * 110) : -1);
    alive.add(mortal.id);
    const clock = new FastClock();
    clock.advance(elapsed);
    const ui = new ScriptedUi(clock);
    ui.answers = weather !== 'clear' && chance(0.08) ? ['cancel'] : chance(0.1) ? ['report', 'create'] : ['create'];
    ui.recoveryAnswer = chance(0.4) ? 'repeat' : 'keep';
    // The user stops it while an attempt is under way, or just before or after.
    let stopAt = weather !== 'clear' && chance(0.4) ? 1 + Math.floor(random() * 2) : 0;
    const stopAfter = Math.floor(random() * 45);
    ui.onSay = (line, cancel) => {
      if (!line.startsWith('Sending')) return;
      stopAt -= 1;
      if (stopAt !== 0) return;
      tally.cancels += 1;
      setTimeout(cancel, stopAfter);
    };
    // The system closes what a dead process had open.
    const handles: { close(): Promise<void> }[] = [];
    const open: Files['open'] = async (...given) => {
      const handle = await nodeFs.open(...given);
      handles.push(handle);
      return handle;
    };
    const files: Files = { ...nodeFs, open };
    const { ports } = createStage(world, {
      folder,
      text,
      ui,
      clock,
      timeout: 300,
      holder: holder(mortal.id, alive),
      files: mortal.wrap<Files>(files, FILE_CALLS),
    });
    const openSession = ports.aws.openSession.bind(ports.aws);
    ports.aws.openSession = async (target, options) => {
      const session = await openSession(target, options);
      const sending: MacieSession = Object.create(session, {
        createJob: {
          configurable: true,
          writable: true,
          value: (...[request, token, given]: Parameters<MacieSession['createJob']>) =>
            session.createJob(request, token, {
              ...given,
              onSending: () => {
                given?.onSending?.();
                if (!mortal.isDead) mortal.count();
              },
            }),
        },
      });
      return mortal.wrap(sending, ['caller', 'createJob', 'describeJob', 'jobsNamed', 'macieStatus']);
    };
    ports.clock = mortal.wrap(clock, ['wait']);
    ports.ui = mortal.wrap(ui, ['confirm', 'report', 'reportRecovery']);
    await Promise.race([act(ports), mortal.died]);
    alive.delete(mortal.id);
    elapsed = clock.now().getTime() - Date.now();
    if (mortal.isDead) {
      tally.kills += 1;
      for (const handle of handles) await handle.close().catch(() => {});
    }
    tally.confirmations += ui.confirmations.length;
    for (const outcome of ui.outcomes) {
      told(outcome.kind);
      if (outcome.kind === 'created') reported.add(outcome.jobId);
    }
    for (const outcome of ui.recoveries) {
      told(`recovery: ${outcome.kind}`);
      if (outcome.kind === 'created') reported.add(outcome.created.jobId);
    }
  };

  const settleAll = async (ports: Ports) => {
    for (const entry of await ports.journal.unfinished()) await checkWhatHappened(entry.id, ports);
  };

  await live(chance(0.6) ? 'fatal' : 'foul', async (ports) => {
    await submit(FILE, ports);
  });
  for (let restart = 0; restart < 4; restart += 1) await live(chance(0.5) ? 'fatal' : 'foul', settleAll);
  // The weather clears up: what is open now can be settled, and no repeat is asked for.
  macie.faults.clear();
  await live('clear', async (ports) => {
    (ports.ui as ScriptedUi).recoveryAnswer = 'done';
    await settleAll(ports);
  });

  const { jobs } = macie.state;
  tally.jobs = jobs.length;
  const detail = `seed ${seed}: ${JSON.stringify(tally)}`;
  assert.deepEqual(jobs.map(({ jobId }) => jobId).sort(), [...reported].sort(), `reported and made differ, ${detail}`);
  assert.ok(jobs.length <= tally.confirmations, `more jobs than confirmations, ${detail}`);
  assert.equal(new Set(jobs.map(({ clientToken }) => clientToken)).size, jobs.length, detail);
  for (const { request } of jobs) {
    const { clientToken: _, ...value } = request;
    assert.deepEqual(value, JSON.parse(text), detail);
  }

  // Nothing is left open, and nothing is in the way of the next submission, which is not counted.
  const counted = structuredClone(tally);
  await live('clear', async (ports) => {
    assert.deepEqual(await ports.journal.entries(), [], `left open, ${detail}`);
    const outcome = await submit(FILE, ports);
    assert.equal(outcome.kind, 'created', `${JSON.stringify(outcome)}, ${detail}`);
  });
  assert.equal(macie.state.jobs.length, tally.jobs + 1, detail);
  return counted;
}

/** Runs `count` schedules from `seed` on, and adds up what they came to. */
export async function runSchedules(
  count: number,
  seed: number,
  world: World,
  newFolder: () => Promise<string>,
  progress?: (done: number) => void,
): Promise<Tally> {
  const sum: Tally = { jobs: 0, confirmations: 0, kills: 0, cancels: 0, faults: 0, told: {} };
  for (let index = 0; index < count; index += 1) {
    world.macie.reset();
    // What a dead process of the schedule before still has under way must not fall into this one.
    await wait(0);
    const tally = await runSchedule(seed + index, world, await newFolder());
    for (const name of ['jobs', 'confirmations', 'kills', 'cancels', 'faults'] as const) sum[name] += tally[name];
    for (const [name, number] of Object.entries(tally.told)) sum.told[name] = (sum.told[name] ?? 0) + number;
    progress?.(index + 1);
  }
  return sum;
}
