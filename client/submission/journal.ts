/**
 * The submissions that are under way: one file each, flushed before the request leaves and removed once the user has
 * been told how it ended. What is left after a crash can be looked into. Holds no secret.
 */
import { promises as nodeFs } from 'node:fs';
import { join } from 'node:path';
import type { CredentialSource } from '../aws/types.js';
import { type Files, type Holder, type Lock, Locks, thisProcess } from './locks.js';
import { readRecord, recordNames, removeRecord, writeRecord } from './storage.js';

export interface JournalEntry {
  /** Of this confirmation; also the name of its file. */
  id: string;
  /** The token that every attempt of this confirmation carries. */
  clientToken: string;
  /** True where the token stands in the file itself: an older job may answer to it. */
  tokenFromFile: boolean;
  /** SHA-256 of the definition's canonical form. */
  valueHash: string;
  jobName: string;
  fileUri: string;
  fileName: string;
  source: CredentialSource;
  account: string;
  /** ARN of the principal that was confirmed. */
  principal: string;
  region: string;
  endpoint?: string;
  /** ISO 8601, UTC. */
  confirmedAt: string;
  /** ISO 8601, UTC: when the last attempt was about to leave. */
  lastAttemptAt: string;
}

export class Journal {
  private readonly folder: string;
  private readonly locks: Locks;
  private readonly held = new Map<string, Lock>();

  constructor(
    folder: string,
    private readonly files: Files = nodeFs,
    holder: Holder = thisProcess,
  ) {
    this.folder = join(folder, 'journal');
    this.locks = new Locks(join(folder, 'locks'), files, holder);
  }

  /** Takes the turn of a file, so that it is submitted once at a time; undefined where another has it. */
  turn(fileId: string): Promise<Lock | undefined> {
    return this.locks.take(`file-${fileId}`);
  }

  /** Writes the entry and holds it. Where this throws, nothing may be sent. */
  async open(entry: JournalEntry): Promise<void> {
    if (!this.held.has(entry.id)) {
      const lock = await this.locks.take(entry.id);
      if (!lock) throw new Error('Another window holds this submission.');
      this.held.set(entry.id, lock);
    }
    await writeRecord(this.folder, entry.id, entry, this.files);
  }

  /** Writes the entry again: its time, before another attempt leaves. */
  update(entry: JournalEntry): Promise<void> {
    return writeRecord(this.folder, entry.id, entry, this.files);
  }

  /** The submission is settled, and the user knows how. */
  async close(entry: JournalEntry): Promise<void> {
    await removeRecord(this.folder, entry.id, this.files);
    await this.letGo(entry);
  }

  /** Leaves the entry for later: it is not settled. */
  async letGo(entry: JournalEntry): Promise<void> {
    const lock = this.held.get(entry.id);
    this.held.delete(entry.id);
    await lock?.release();
  }

  /** Takes up an unfinished entry; undefined where another window has it, or it is settled already. */
  async takeUp(id: string): Promise<JournalEntry | undefined> {
    if (this.held.has(id)) return undefined;
    const lock = await this.locks.take(id);
    if (!lock) return undefined;
    // Read only now: whoever held it before may just have settled it.
    const entry = await this.read(id);
    if (!entry) {
      await lock.release();
      return undefined;
    }
    this.held.set(id, lock);
    return entry;
  }

  /** Entries that nobody is at, oldest first. */
  async unfinished(): Promise<JournalEntry[]> {
    const entries = await this.entries();
    await this.locks.tidy(new Set(entries.map(({ id }) => id)));
    const free: JournalEntry[] = [];
    for (const entry of entries) {
      if (!this.held.has(entry.id) && !(await this.locks.held(entry.id))) free.push(entry);
    }
    return free;
  }

  /** All entries, those that are under way among them, oldest first. */
  async entries(): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for (const id of await recordNames(this.folder, this.files)) {
      const entry = await this.read(id);
      if (entry) entries.push(entry);
    }
    return entries.sort((a, b) => a.confirmedAt.localeCompare(b.confirmedAt));
  }

  private async read(id: string): Promise<JournalEntry | undefined> {
    const record = await readRecord(this.folder, id, this.files);
    return isEntry(record) && record.id === id ? record : undefined;
  }
}

function isEntry(record: object | undefined): record is JournalEntry {
  if (!record) return false;
  const entry = record as Partial<JournalEntry>;
  const texts = [
    entry.id,
    entry.clientToken,
    entry.valueHash,
    entry.jobName,
    entry.fileUri,
    entry.fileName,
    entry.account,
    entry.principal,
    entry.region,
    entry.confirmedAt,
    entry.lastAttemptAt,
  ];
  return texts.every((text) => typeof text === 'string') && typeof entry.source === 'object';
}
