/**
 * Locks between windows, as files: whoever creates the next number of a lock's file holds it. A lock of a process that
 * is gone is stale, and the next number is free to take; a number is created by one process alone, so that two can
 * never take up the same stale lock.
 */
import { promises as nodeFs } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The parts of `node:fs/promises` that the storage uses. */
export type Files = Pick<
  typeof nodeFs,
  'open' | 'rename' | 'readFile' | 'writeFile' | 'readdir' | 'rm' | 'mkdir' | 'utimes' | 'stat'
>;

/** Who holds a lock, and who still lives. */
export interface Holder {
  /** Told apart from every other process of this machine that lives now. */
  processId: number;
  host: string;
  isAlive(processId: number): boolean;
}

/** Milliseconds between two signs of life of a held lock. */
const HEARTBEAT = 15_000;

/** Milliseconds without a sign of life after which a lock is stale, though a process of that number lives. */
const STALE = 60_000;

export interface Lock {
  release(): Promise<void>;
}

export const thisProcess: Holder = {
  processId: process.pid,
  host: hostname(),
  isAlive(processId) {
    try {
      process.kill(processId, 0);
      return true;
    } catch (error) {
      // A process of another user is alive, though it may not be signalled.
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
};

export class Locks {
  constructor(
    private readonly folder: string,
    private readonly files: Files = nodeFs,
    private readonly holder: Holder = thisProcess,
  ) {}

  /** Takes the lock `name` (letters, digits and dashes); undefined where a living process holds it. */
  async take(name: string): Promise<Lock | undefined> {
    await this.files.mkdir(this.folder, { recursive: true });
    const numbers = await this.numbersOf(name);
    const last = numbers.at(-1) ?? 0;
    if (last > 0 && (await this.isHeld(name, last))) return undefined;
    const path = this.pathOf(name, last + 1);
    try {
      const text = JSON.stringify({ processId: this.holder.processId, host: this.holder.host });
      await this.files.writeFile(path, text, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
      throw error;
    }
    // Between the look and the taking, others may have taken up, released and taken anew.
    for (const number of await this.numbersOf(name)) {
      if (number === last + 1 || !(await this.isHeld(name, number))) continue;
      await this.files.rm(path, { force: true });
      return undefined;
    }
    const heartbeat = setInterval(() => {
      const now = new Date();
      this.files.utimes(path, now, now).catch(() => clearInterval(heartbeat));
    }, HEARTBEAT);
    heartbeat.unref();
    return {
      release: async () => {
        clearInterval(heartbeat);
        for (const number of [...numbers, last + 1]) await this.files.rm(this.pathOf(name, number), { force: true });
      },
    };
  }

  /** True where a living process holds the lock. */
  async held(name: string): Promise<boolean> {
    const last = (await this.numbersOf(name)).at(-1);
    return last !== undefined && (await this.isHeld(name, last));
  }

  /** Removes the files of stale locks whose name is not among `names`. */
  async tidy(names: ReadonlySet<string>): Promise<void> {
    for (const file of await this.list()) {
      const [, name, number] = /^(.+)\.lock-(\d+)$/.exec(file) ?? [];
      if (name === undefined || names.has(name)) continue;
      if (!(await this.isHeld(name, Number(number)))) await this.files.rm(join(this.folder, file), { force: true });
    }
  }

  private async isHeld(name: string, number: number): Promise<boolean> {
    const path = this.pathOf(name, number);
    try {
      const fresh = Date.now() - (await this.files.stat(path)).mtimeMs < STALE;
      if (!fresh) return false;
      const text = await this.files.readFile(path, 'utf8');
      // Still being written: it is as young as that.
      if (text === '') return true;
      const { processId, host } = JSON.parse(text) as { processId: number; host: string };
      return host !== this.holder.host || this.holder.isAlive(processId);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      if (error instanceof SyntaxError) return true;
      throw error;
    }
  }

  private async numbersOf(name: string): Promise<number[]> {
    const prefix = `${name}.lock-`;
    return (await this.list())
      .filter((file) => file.startsWith(prefix))
      .map((file) => Number(file.slice(prefix.length)))
      .filter(Number.isSafeInteger)
      .sort((a, b) => a - b);
  }

  private async list(): Promise<string[]> {
    try {
      return await this.files.readdir(this.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  private pathOf(name: string, number: number): string {
    return join(this.folder, `${name}.lock-${number}`);
  }
}
