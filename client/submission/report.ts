/** The full report of what was learned before a job is sent, in Markdown. Values of the file cannot be markup in it. */

import { earlierLines, type Plan, profileWords, sizeWords, warningsOf } from './confirmation.js';
import { markdownCode, markdownText, visibleJson } from './escape.js';
import { formatBytes } from './estimate.js';
import type { FrozenRequest } from './frozen.js';
import { BUCKET_LIMIT, type Line, type Part } from './preflight.js';

const STATES: Record<Part['state'], string> = {
  fine: '✓',
  note: '⚠',
  unknown: '?',
  'not-needed': '–',
};

/** Composes the report of one confirmation. `request` is the frozen definition that would be sent. */
export function composeReport(plan: Plan, request: FrozenRequest): string {
  const { caller, region, endpoint, checked, preflight, settings } = plan;
  const { facts } = checked;
  const out: string[] = [];
  const section = (title: string) => out.push('', `## ${title}`, '');
  const item = (text: string) => out.push(`- ${text}`);

  out.push('# Before this job is created', '');
  out.push('Nothing has been sent yet. Go back to the confirmation to create the job, or cancel it.');

  section('Who and where');
  item(`Account: ${markdownCode(caller.account)}`);
  item(`Principal: ${markdownCode(caller.arn)}`);
  item(`Region: ${markdownCode(region.value)} (${markdownText(region.from)})`);
  item(markdownText(profileWords(plan.source)));
  if (endpoint) item(`Endpoint, not AWS's own: ${markdownCode(endpoint.value)} (${markdownText(endpoint.from)})`);

  const notes = [...earlierLines(plan), ...warningsOf(plan)];
  if (notes.length > 0) {
    section('Worth a look');
    for (const note of notes) item(markdownText(note.replace(/^⚠ /, '')));
  }

  section('What will run');
  item(`File: ${markdownCode(checked.file.name)}, version ${checked.version}`);
  item(`Job: ${markdownCode(facts.name ?? '')}`);
  item(`Buckets: ${markdownText(facts.buckets)}`);
  if (checked.summary.length > 0) out.push('');
  for (const { text } of checked.summary) out.push(markdownText(text), '');

  section('Checks in the account');
  for (const part of preflight.parts) {
    item(`${STATES[part.state]} **${markdownText(part.title)}**`);
    for (const line of part.lines) out.push(`  - ${markdownLine(line)}`);
  }
  const missing = [...new Set(preflight.parts.flatMap(({ missingAction }) => missingAction ?? []))];
  if (missing.length > 0) {
    out.push('', `These credentials lack: ${missing.map((action) => markdownCode(action)).join(', ')}.`);
  }

  section('Size and cost');
  item(markdownText(sizeWords(plan)));
  const size = preflight.estimate;
  if (size) {
    item(
      `${formatBytes(size.total)} are what Macie can analyze by type and storage class in the buckets whose size is known (${size.known}), with each byte of a compressed object counted as three.`,
    );
    if (size.unknown > 0) item(`${size.unknown} buckets have no size on record.`);
    if (preflight.moreBuckets) item(`Only the first ${BUCKET_LIMIT} matching buckets are counted; more match.`);
    if (facts.sampling < 100)
      item('Sampling picks whole objects at random, so the share of bytes holds on average only.');
    item(
      'Conditions on objects can only lower it. Requests to S3 and KMS, taxes, discounts and the free gigabyte of each month are left out.',
    );
    if (settings.priceIsDefault && settings.pricePerGigabyte !== undefined) {
      item(
        `The price is the list price of us-east-1 for the first 50,000 GB of a month. Other Regions and volumes differ: set ${markdownCode('macieJobs.pricePerGigabyte')}.`,
      );
    }
  }

  if (checked.problems.length > 0) {
    section('Problems in the file');
    for (const { severity, message, code, range } of checked.problems.slice(0, 100)) {
      item(`Line ${range.start.line + 1}, ${severity}: ${markdownText(message)} (${markdownCode(code)})`);
    }
    if (checked.problems.length > 100) item(`${checked.problems.length - 100} more.`);
  }

  if (facts.bucketNames.length > 0) {
    section('Buckets named in the file');
    for (const { accountId, name } of facts.bucketNames) item(`${markdownCode(name)} of ${markdownCode(accountId)}`);
  }

  section('What is sent');
  out.push(`SHA-256 of the definition in its canonical form: ${markdownCode(request.hash)}`, '');
  const text = JSON.stringify(request.value, undefined, 2);
  const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  out.push(`${fence}json`, visibleJson(text), fence, '');
  return out.join('\n');
}

function markdownLine({ text, values }: Line): string {
  return text
    .split(/\{(\d)\}/)
    .map((piece, index) => (index % 2 === 0 ? markdownText(piece) : markdownCode(values[Number(piece)] ?? '')))
    .join('');
}
