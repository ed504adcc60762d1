/**
 * What the client and the server say to each other beyond LSP: the only file of `server/` that `client/` imports.
 */
import type { Range } from 'vscode-languageserver-types';

export const LANGUAGE_ID = 'macie-job';

/** The source that every diagnostic of the server names. */
export const DIAGNOSTIC_SOURCE = 'macie';

/** Commands that the server's code lenses and code actions name, and that the client registers. */
export const COMMANDS = {
  createJob: 'macieJobs.createJob',
  whatWillRun: 'macieJobs.whatWillRun',
  explainRule: 'macieJobs.explainRule',
  setRuleLevel: 'macieJobs.setRuleLevel',
} as const;

export type RuleLevel = 'error' | 'warning' | 'information' | 'hint' | 'off';

/** The settings under `macieJobs` that the server reads. */
export interface ServerSettings {
  /** A level for each rule id; a rule that is not named keeps its own. */
  rules: Record<string, RuleLevel>;
  inlayHints: { enabled: boolean };
  codeLens: { enabled: boolean };
}

export const DEFAULT_SETTINGS: ServerSettings = {
  rules: {},
  inlayHints: { enabled: true },
  codeLens: { enabled: true },
};

export interface InitializationOptions {
  /** The address of the folder with the rule pages, ending in a slash; without it diagnostics link to no page. */
  rulePagesUri?: string;
  /** True where the client registers the commands above; without it there are no lenses and no actions that name them. */
  commands?: boolean;
}

/** `macieJobs/check`: the text of exactly this version, judged for submission. Settings change nothing here. */
export const CHECK_REQUEST = 'macieJobs/check';

export interface CheckParams {
  uri: string;
  version: number;
}

export interface CheckedProblem {
  severity: 'error' | 'warning' | 'information' | 'hint';
  code: string;
  message: string;
  range: Range;
}

export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

/** One sentence on what will run. */
export interface Sentence {
  /** What it speaks of; sentences of one topic follow each other. */
  topic: 'schedule' | 'buckets' | 'objects' | 'findings';
  text: string;
  /** Where the text may be long: the same without the values. */
  short?: string;
}

/** The parts of a definition that the confirmation and the preflight speak of. */
export interface JobFacts {
  name?: string;
  jobType?: 'ONE_TIME' | 'SCHEDULED';
  /** When it runs, in a few words: "every Monday (UTC)". */
  schedule?: string;
  initialRun?: boolean;
  /** Percent of the eligible objects, 1 to 100. */
  sampling: number;
  /** Which buckets, on one line: "3 buckets of 2 accounts". */
  buckets: string;
  bucketNames: { accountId: string; name: string }[];
  bucketCriteria?: { [name: string]: JsonValue };
  accountIds: string[];
  managedDataIdentifierIds: string[];
  customDataIdentifierIds: string[];
  allowListIds: string[];
  clientToken?: string;
}

export interface CheckResult {
  /** The version that was judged. */
  version: number;
  /** The definition as strict JSON text, less `$schema`: what is to be sent. Undefined where errors stop it. */
  request?: string;
  /** All that is reported of the file, errors first, by the rules' own levels. */
  problems: CheckedProblem[];
  /** What will run, in plain sentences. */
  summary: Sentence[];
  facts: JobFacts;
}

/** `macieJobs/whatWillRun`: the whole job in a few plain sentences. */
export const WHAT_WILL_RUN_REQUEST = 'macieJobs/whatWillRun';

export interface WhatWillRunParams {
  uri: string;
}

export interface WhatWillRunResult {
  sentences: string[];
}

/** `macieJobs/locate`: where members stand that a message of AWS's speaks of. */
export const LOCATE_REQUEST = 'macieJobs/locate';

export interface LocateParams {
  uri: string;
  /** Names of members, such as "samplingPercentage". */
  members: string[];
}

export interface LocateResult {
  /** One range a name, in their order; null where the file has no such member. */
  ranges: (Range | null)[];
}
