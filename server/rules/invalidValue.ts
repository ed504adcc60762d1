import { replaceString } from '../language/edits.js';
import { closestName, normalizeName } from '../language/suggest.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { oneOf, quote } from './words.js';

/** Words that people write for a value; normalized. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  equals: ['EQ'],
  equal: ['EQ'],
  eq: ['EQ'],
  '=': ['EQ'],
  '==': ['EQ'],
  in: ['EQ'],
  notequals: ['NE'],
  notequal: ['NE'],
  neq: ['NE'],
  '!=': ['NE'],
  '<>': ['NE'],
  '>': ['GT'],
  '>=': ['GTE'],
  '<': ['LT'],
  '<=': ['LTE'],
  greaterthan: ['GT'],
  greaterthanorequal: ['GTE'],
  greaterthanorequals: ['GTE'],
  ge: ['GTE'],
  le: ['LTE'],
  lessthan: ['LT'],
  lessthanorequal: ['LTE'],
  lessthanorequals: ['LTE'],
  prefix: ['STARTS_WITH', 'OBJECT_KEY'],
  contains: ['STARTS_WITH', 'EQ'],
  beginswith: ['STARTS_WITH'],
  bucketname: ['S3_BUCKET_NAME'],
  bucket: ['S3_BUCKET_NAME'],
  publicaccess: ['S3_BUCKET_EFFECTIVE_PERMISSION'],
  effectivepermission: ['S3_BUCKET_EFFECTIVE_PERMISSION'],
  sharedaccess: ['S3_BUCKET_SHARED_ACCESS'],
  s3bucketsharedwithawsaccount: ['S3_BUCKET_SHARED_ACCESS'],
  account: ['ACCOUNT_ID'],
  extension: ['OBJECT_EXTENSION'],
  s3objectextension: ['OBJECT_EXTENSION'],
  size: ['OBJECT_SIZE'],
  s3objectsize: ['OBJECT_SIZE'],
  key: ['OBJECT_KEY'],
  s3objectkey: ['OBJECT_KEY'],
  s3object: ['OBJECT_KEY'],
  objectprefix: ['OBJECT_KEY'],
  lastmodified: ['OBJECT_LAST_MODIFIED_DATE'],
  lastmodifieddate: ['OBJECT_LAST_MODIFIED_DATE'],
  s3objectlastmodified: ['OBJECT_LAST_MODIFIED_DATE'],
  once: ['ONE_TIME'],
  onetimejob: ['ONE_TIME'],
  single: ['ONE_TIME'],
  recurring: ['SCHEDULED'],
  schedule: ['SCHEDULED'],
  daily: ['SCHEDULED'],
  weekly: ['SCHEDULED'],
  monthly: ['SCHEDULED'],
  default: ['RECOMMENDED'],
  custom: ['NONE'],
  mon: ['MONDAY'],
  tue: ['TUESDAY'],
  tues: ['TUESDAY'],
  wed: ['WEDNESDAY'],
  thu: ['THURSDAY'],
  thur: ['THURSDAY'],
  thurs: ['THURSDAY'],
  fri: ['FRIDAY'],
  sat: ['SATURDAY'],
  sun: ['SUNDAY'],
};

interface Data {
  node: StringASTNode;
  allowed: readonly string[];
  meant?: string;
}

/** The allowed value that was surely or probably meant. */
export function meantValue(value: string, allowed: readonly string[]): string | undefined {
  const plain = normalizeName(value.trim());
  const meaning = Object.hasOwn(MEANINGS, plain) ? MEANINGS[plain]!.find((m) => allowed.includes(m)) : undefined;
  return meaning ?? closestName(value.trim(), allowed);
}

export default defineRule<Data>({
  id: 'invalid-value',
  summary: 'A value that must be one of a list is one of it.',
  severity: 'error',
  docs: {
    why: 'Job types, selectors, keys, comparators and days are fixed words in capital letters; any other spelling is another word.',
    aws: 'The API reference lists the values. Neither the AWS CLI nor an SDK checks them, so the mistake shows only when the service refuses the job.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'invalid-value') continue;
      const { node, schema, member } = problem;
      const allowed = schema.enum ?? [];
      const meant = meantValue(node.value, allowed);
      const hint = meant ? ` Did you mean ${meant}?` : '';
      report({
        at: node,
        message: `${quote(node.value)} is no value of ${member ? `"${member}"` : 'this list'}. AWS takes ${oneOf(allowed)}.${hint}`,
        data: { node, allowed, meant },
      });
    }
  },
  fixes({ data: { node, allowed, meant } }) {
    const fixes: Fix[] = [];
    if (meant) {
      const safe = normalizeName(meant) === normalizeName(node.value.trim());
      fixes.push({ title: `Change to ${meant}`, changes: [replaceString(node, meant)], preferred: true, safe });
    }
    for (const value of allowed.length <= 8 ? allowed : []) {
      if (value !== meant) fixes.push({ title: `Change to ${value}`, changes: [replaceString(node, value)] });
    }
    if (fixes.length === 1) fixes[0]!.preferred = true;
    return fixes;
  },
});
