/** Reads the shared AWS files, wherever the environment says that they are, always afresh. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import { oneLine } from './redact.js';

/** Environment variables, handed in so that nothing here reads those of the process by itself. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type IniSection = Readonly<Record<string, string | undefined>>;

/** Something about a file that the user should know. */
export interface FileProblem {
  /** Path of the file. */
  file: string;
  /** Line, counted from 1, where one is to blame. */
  line?: number;
  /** What is wrong, one plain sentence. Never holds a value of the file. */
  sentence: string;
}

export interface SharedFiles {
  configFile: string;
  credentialsFile: string;
  /** Profiles by name; where both files have a member, the one of the credentials file holds, as in the SDK. */
  profiles: Readonly<Record<string, IniSection>>;
  /** Profiles by name, the config file's members first: the SDK reads endpoints in this order. */
  settings: Readonly<Record<string, IniSection>>;
  /** `services` sections by name; a member of a service is `SERVICE.MEMBER`. */
  services: Readonly<Record<string, IniSection>>;
  problems: FileProblem[];
}

/** Paths of the two files: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else those in the home folder. */
export function sharedFilePaths(environment: Environment): { configFile: string; credentialsFile: string } {
  const home = homeOf(environment);
  const inHome = (path: string): string => (path.startsWith('~/') ? join(home, path.slice(2)) : path);
  return {
    configFile: inHome(environment.AWS_CONFIG_FILE || join(home, '.aws', 'config')),
    credentialsFile: inHome(environment.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials')),
  };
}

/** The home folder, found as the SDK finds it. */
function homeOf({ HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = 'C:\\' }: Environment): string {
  return HOME || USERPROFILE || (HOMEPATH ? `${HOMEDRIVE}${HOMEPATH}` : homedir());
}

/** Both files. A file that is not there is empty; one that cannot be read is empty too, with a problem that says so. */
export async function readSharedFiles(environment: Environment): Promise<SharedFiles> {
  const paths = sharedFilePaths(environment);
  const [{ configFile, credentialsFile }, ...problems] = await Promise.all([
    loadSharedConfigFiles({ configFilepath: paths.configFile, filepath: paths.credentialsFile, ignoreCache: true }),
    problemsOf(paths.configFile, true),
    problemsOf(paths.credentialsFile, false),
  ]);
  const profiles: Record<string, IniSection> = {};
  const settings: Record<string, IniSection> = {};
  const services: Record<string, IniSection> = {};
  for (const [name, section] of Object.entries(configFile)) {
    if (name.startsWith('services.')) {
      services[name.slice('services.'.length)] = section;
    } else if (!name.startsWith('sso-session.')) {
      profiles[name] = section;
      settings[name] = section;
    }
  }
  for (const [name, section] of Object.entries(credentialsFile)) {
    if (!/^(profile|sso-session|services)\./.test(name)) {
      profiles[name] = { ...own(profiles, name), ...section };
      settings[name] = { ...section, ...own(settings, name) };
    }
  }
  return { ...paths, profiles, settings, services, problems: problems.flat() };
}

/** The named entry, where the object itself has it. */
export function own<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** What the loader passes over in silence, and the AWS CLI may refuse. */
async function problemsOf(file: string, isConfig: boolean): Promise<FileProblem[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? []
      : [{ file, sentence: `The file cannot be read (${code ?? 'unknown reason'}).` }];
  }
  if (text.includes('\0') || text.includes('\uFFFD')) {
    return [{ file, sentence: 'The file is not plain text in UTF-8, so its profiles may be missing.' }];
  }
  const lines = text.split(/\r?\n/);
  let inSection = false;
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) {
      continue;
    }
    const at = { file, line: index + 1 };
    if (line.startsWith('[')) {
      const name = /^\[([^\]]+)\]\s*([#;].*)?$/.exec(line)?.[1]?.trim();
      if (name === undefined) {
        return [{ ...at, sentence: `Line ${at.line} begins a section, but has no closing bracket.` }];
      }
      if (isConfig && name !== 'default' && !/^(profile|sso-session|services|plugins|preview)\b/.test(name)) {
        return [
          {
            ...at,
            sentence: `The section [${oneLine(name, 60)}] is not read: here it must be called [profile ${oneLine(name, 60)}].`,
          },
        ];
      }
      inSection = true;
    } else if (!inSection) {
      return [{ ...at, sentence: `Line ${at.line} stands before the first section.` }];
    } else if (line.indexOf('=') < 1 && /^\S/.test(raw)) {
      return [{ ...at, sentence: `Line ${at.line} is neither a section nor of the form name = value.` }];
    }
  }
  return [];
}
