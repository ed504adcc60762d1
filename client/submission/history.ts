/** The jobs that were created from here: one small file each, without secrets, the newest few hundred. */
import { promises as nodeFs } from 'node:fs';
import { join } from 'node:path';
import type { CredentialSource } from '../aws/types.js';
import type { Files } from './locks.js';
import { readRecord, recordNames, removeRecord, writeRecord } from './storage.js';

export interface HistoryRecord {
  jobId: string;
  jobArn: string;
  jobName: string;
  valueHash: string;
  fileName: string;
  fileUri: string;
  source: CredentialSource;
  account: string;
  region: string;
  endpoint?: string;
  /** ISO 8601, UTC: when the user confirmed. */
  confirmedAt: string;
}

/** How many records are kept. */
const KEPT = 200;

export class History {
  private readonly folder: string;

  constructor(
    folder: string,
    private readonly files: Files = nodeFs,
  ) {
    this.folder = join(folder, 'history');
  }

  /** Adds the job; adding it again changes nothing. */
  async add(record: HistoryRecord): Promise<void> {
    // The time leads the name, so that names sort by age.
    const name = `${record.confirmedAt.replace(/\D/g, '')}-${record.jobId.replace(/[^\w-]/g, '_').slice(0, 64)}`;
    await writeRecord(this.folder, name, record, this.files);
    const names = await recordNames(this.folder, this.files);
    for (const old of names.slice(0, -KEPT)) await removeRecord(this.folder, old, this.files);
  }

  /** All records, newest first. */
  async list(): Promise<HistoryRecord[]> {
    const records: HistoryRecord[] = [];
    for (const name of (await recordNames(this.folder, this.files)).reverse()) {
      const record = await readRecord(this.folder, name, this.files);
      if (isRecord(record)) records.push(record);
    }
    return records;
  }

  /** When each profile was last used, by its name: ISO 8601, UTC. */
  async lastUse(): Promise<Map<string, string>> {
    const uses = new Map<string, string>();
    for (const { source, confirmedAt } of await this.list()) {
      if (source.kind === 'profile' && !uses.has(source.name)) uses.set(source.name, confirmedAt);
    }
    return uses;
  }
}

function isRecord(record: object | undefined): record is HistoryRecord {
  if (!record) return false;
  const { jobId, jobArn, jobName, valueHash, account, region, confirmedAt, source } = record as Partial<HistoryRecord>;
  const texts = [jobId, jobArn, jobName, valueHash, account, region, confirmedAt];
  return texts.every((text) => typeof text === 'string') && typeof source === 'object' && source !== null;
}
