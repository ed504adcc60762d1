/** The text of the confirmation: who, where and what on fewer than 15 lines, whatever stands in the file. */
import type { Sentence } from '../../server/protocol.js';
import type { Caller, CredentialSource, Sourced } from '../aws/types.js';
import { cut, minute, oneLine, quoted } from './escape.js';
import { formatPrice } from './estimate.js';
import type { HistoryRecord } from './history.js';
import type { JournalEntry } from './journal.js';
import type { CheckedFile, SubmissionSettings } from './ports.js';
import { type Line, type Preflight, sizeSentence } from './preflight.js';

/** Lines of the dialog, its question among them. */
const MOST_LINES = 14;

/** Everything that a confirmation speaks of. It does not change while the user decides. */
export interface Plan {
  checked: CheckedFile;
  source: Sourced<CredentialSource>;
  region: Sourced<string>;
  /** False for a Region that is not known to have Macie. */
  regionKnown: boolean;
  endpoint?: Sourced<string>;
  caller: Caller;
  preflight: Preflight;
  /** Jobs that were created from here with the same definition, in this account and Region; newest first. */
  earlier: HistoryRecord[];
  /** Submissions of the same definition to this account and Region whose end is not known. */
  unsettled: JournalEntry[];
  tokenFromFile: boolean;
  /** Set where an interrupted submission is sent again, with its own token. */
  repeatOf?: JournalEntry;
  /** True where the account id has to be typed. */
  isProtected: boolean;
  settings: SubmissionSettings;
}

export interface Confirmation {
  /** The question: account and Region stand in it. */
  title: string;
  /** The lines below it. */
  detail: string;
  account: string;
  region: string;
  jobName: string;
}

/** Composes the dialog. Values of the file and of AWS stand quoted on one line each. */
export function composeConfirmation(plan: Plan): Confirmation {
  const { caller, region, endpoint, checked } = plan;
  const name = checked.facts.name ?? '';
  const lines = [
    `As ${oneLine(caller.arn, 200)}`,
    ...earlierLines(plan),
    `${profileWords(plan.source)}. The Region comes from ${oneLine(region.from, 60)}.`,
    ...(endpoint ? [`Not AWS's own endpoint: ${quoted(endpoint.value, 100)} (${oneLine(endpoint.from, 60)}).`] : []),
    `Job: ${quoted(name)}`,
  ];
  const warnings = warningsOf(plan);
  const topics = summaryLines(checked.summary);
  // The size takes a line of its own. Where warnings need the room, the topics share one.
  const fits = lines.length + topics.length + 1 + warnings.length < MOST_LINES;
  lines.push(...(fits ? topics.map((topic) => `• ${topic}`) : [topics.join(' ')]), `Size: ${sizeWords(plan)}`);
  const room = MOST_LINES - 1 - lines.length;
  const shown = warnings.length > room ? warnings.slice(0, room - 1) : warnings;
  lines.push(...shown.map((warning) => `⚠ ${warning}`));
  if (shown.length < warnings.length) lines.push(`⚠ ${warnings.length - shown.length} more: see the report.`);
  if (lines.length < MOST_LINES - 1) lines.push('A job cannot be changed after it is created.');
  const question = plan.repeatOf ? 'Send this job once more to' : 'Create this job in';
  return {
    title: `${question} account ${oneLine(caller.account, 20)}, Region ${oneLine(region.value, 40)}?`,
    detail: lines.join('\n'),
    account: caller.account,
    region: region.value,
    jobName: name,
  };
}

/** The most characters of what will run that a dialog still shows well. */
const SUMMARY_LENGTH = 900;

/** More than any sentence has: none is ever cut. */
const UNCUT = 10_000;

/**
 * What will run, a line for each topic, in whole sentences: one that is cut could say something else than it does. Where
 * they are too much for a dialog, the longest give way to their short forms, and the report has them in full.
 */
export function summaryLines(summary: readonly Sentence[], limit = SUMMARY_LENGTH): string[] {
  const texts = summary.map(({ text }) => oneLine(text, UNCUT));
  const saved = (index: number) => texts[index]!.length - (summary[index]!.short?.length ?? Infinity);
  const byGain = [...texts.keys()].filter((index) => saved(index) > 0).sort((a, b) => saved(b) - saved(a));
  let isShort = false;
  for (const index of byGain) {
    if (texts.join(' ').length <= limit) break;
    texts[index] = oneLine(summary[index]!.short!, UNCUT);
    isShort = true;
  }
  const lines = new Map<Sentence['topic'], string[]>();
  for (const [index, { topic }] of summary.entries()) lines.set(topic, [...(lines.get(topic) ?? []), texts[index]!]);
  const joined = [...lines.values()].map((sentences) => sentences.join(' '));
  return isShort ? [...joined, 'The report names what is counted here.'] : joined;
}

/** What the user should know before they decide, most important first: each one line, escaped. */
export function warningsOf(plan: Plan): string[] {
  const { preflight, checked, source, region, endpoint } = plan;
  const warnings: string[] = [];
  if (plan.isProtected) warnings.push('This account is protected: you will be asked to type its id.');
  if (!plan.regionKnown) warnings.push('This Region is not among those known to have Macie.');
  if (plan.tokenFromFile) {
    warnings.push(
      'The file holds a clientToken: sent again, it may give the first job back or be refused, instead of making a new job.',
    );
  }
  for (const [what, sourced] of [
    ['profile', source],
    ['Region', region],
    ['endpoint', endpoint],
  ] as const) {
    if (sourced?.fromWorkspace) warnings.push(`The ${what} was set by files of this workspace, not by you.`);
  }
  for (const part of preflight.parts) {
    // Jobs of the same name stand above, among what was submitted already.
    if (part.state !== 'note' || part.title === 'Jobs of the same name') continue;
    warnings.push(...part.lines.map((line) => plainLine(line)));
  }
  const inFile = checked.problems.filter(({ severity }) => severity === 'warning').length;
  if (inFile > 0) warnings.push(`The file has ${inFile === 1 ? 'a warning' : `${inFile} warnings`}.`);
  const unknown = preflight.parts.filter(({ state }) => state === 'unknown').length;
  if (unknown > 0) warnings.push(`${unknown === 1 ? 'One check' : `${unknown} checks`} could not be made.`);
  return warnings;
}

/** What was submitted already, most telling first; at most two lines. */
export function earlierLines({ earlier, unsettled, preflight, repeatOf }: Plan): string[] {
  const lines: string[] = [];
  if (repeatOf) lines.push(`Repeats the submission of ${minute(repeatOf.confirmedAt)}, with its token.`);
  const [last] = earlier;
  if (last) {
    const times = earlier.length > 1 ? `, the last of ${earlier.length}` : '';
    lines.push(
      `⚠ Submitted already: this same definition made job ${oneLine(last.jobId, 40)} on ${minute(last.confirmedAt)}${times}.`,
    );
  }
  const [open] = unsettled;
  if (open && !repeatOf) {
    lines.push(
      `⚠ Submitted already on ${minute(open.confirmedAt)}, and it is not known whether a job was made: check first what happened.`,
    );
  }
  const named = preflight.sameName.filter(({ jobId }) => jobId !== last?.jobId);
  if (named[0]) {
    const more = named.length > 1 ? `, and ${named.length - 1} more` : '';
    lines.push(
      `⚠ A live job has the same name: ${oneLine(named[0].jobId, 40)} (${oneLine(named[0].jobStatus, 20)}), created ${minute(named[0].createdAt)}${more}.`,
    );
  }
  return lines.slice(0, 2);
}

/** Who is asked: `Profile: "x" (the setting)`. */
export function profileWords(source: Sourced<CredentialSource>): string {
  const from = oneLine(source.from, 60);
  return source.value.kind === 'profile'
    ? `Profile: ${quoted(source.value.name, 60)} (${from})`
    : `Credentials: the environment of this machine (${from})`;
}

/** How many bytes, and the money where that can be said. */
export function sizeWords({ preflight, checked: { facts }, settings }: Plan): string {
  const size = sizeSentence(preflight, facts);
  if (!size || !preflight.estimate) return 'not known';
  if (facts.jobType === 'SCHEDULED' && !facts.initialRun) {
    return `${size}; only objects new or changed from now on are analyzed`;
  }
  const price = settings.pricePerGigabyte;
  if (price === undefined) return `at most ${size}`;
  const basis = settings.priceIsDefault ? 'list price of us-east-1, yours may differ' : 'your setting';
  return `at most ${size}: about ${formatPrice(preflight.estimate.analyzed, price)} at USD ${price} per GB (${basis})`;
}

/** A line of the preflight for the dialog, values quoted. */
export function plainLine({ text, values }: Line): string {
  return cut(
    text
      .split(/\{(\d)\}/)
      .map((piece, index) => (index % 2 === 0 ? spaced(piece) : quoted(values[Number(piece)] ?? '', 120)))
      .join(''),
    260,
  );
}

/** A piece of a sentence, escaped, with the blanks at its ends. */
function spaced(piece: string): string {
  const inner = oneLine(piece, 300);
  return `${/^\s/.test(piece) ? ' ' : ''}${inner}${/\s$/.test(piece) && inner !== '' ? ' ' : ''}`;
}
