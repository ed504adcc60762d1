/** Files of records in a folder: each is whole or not there at all, also after a crash or a loss of power. */
import { promises as nodeFs } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './locks.js';

/** Writes `record` as `name`.json: to a file of another name first, flushed, then renamed. */
export async function writeRecord(folder: string, name: string, record: object, files: Files = nodeFs): Promise<void> {
  await files.mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  const temporary = `${path}.tmp`;
  const file = await files.open(temporary, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(record, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(temporary, path);
  await syncFolder(folder, files);
}

export async function removeRecord(folder: string, name: string, files: Files = nodeFs): Promise<void> {
  await files.rm(join(folder, `${name}.json`), { force: true });
}

/** One record; undefined where it is not there, or holds no JSON object. */
export async function readRecord(folder: string, name: string, files: Files = nodeFs): Promise<object | undefined> {
  try {
    const record: unknown = JSON.parse(await files.readFile(join(folder, `${name}.json`), 'utf8'));
    return typeof record === 'object' && record !== null ? record : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The names of the folder's records, sorted. */
export async function recordNames(folder: string, files: Files = nodeFs): Promise<string[]> {
  try {
    const names = await files.readdir(folder);
    return names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [])).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Makes the rename last. Windows knows no such thing for a folder. */
async function syncFolder(folder: string, files: Files): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
