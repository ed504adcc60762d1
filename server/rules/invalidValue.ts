import { COMPARATORS, comparatorsFor } from '../language/comparators.js';
import { isKeyOf } from '../language/conditionForms.js';
import type { JobDocument } from '../language/document.js';
import { addItem, addMember, listText, replaceString, smallText } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import type { SchemaNode } from '../language/schema.js';
import type { StructureProblem } from '../language/structure.js';
import { closestWord, normalizeName } from '../language/suggest.js';
import {
  type ASTNode,
  asArray,
  asObject,
  asString,
  memberOf,
  memberValue,
  type ObjectASTNode,
  type StringASTNode,
} from '../language/tree.js';
import { otherComparatorFixes } from './comparatorByKey.js';
import { defineRule, type Fix, type RuleContext } from './rule.js';
import { hasNoSchedule, scheduleChanges } from './scheduleMissing.js';
import { oneOf, quote } from './words.js';

/** Words that people write for a value; normalized. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  equals: ['EQ'],
  equal: ['EQ'],
  eq: ['EQ'],
  '=': ['EQ'],
  '==': ['EQ'],
  in: ['EQ'],
  is: ['EQ'],
  equalto: ['EQ'],
  matches: ['EQ'],
  not: ['NE'],
  notin: ['NE'],
  isnot: ['NE'],
  '!': ['NE'],
  notequals: ['NE'],
  notequal: ['NE'],
  notequalto: ['NE'],
  noteq: ['NE'],
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
  geq: ['GTE'],
  leq: ['LTE'],
  nin: ['NE'],
  ge: ['GTE'],
  le: ['LTE'],
  lessthan: ['LT'],
  lessthanorequal: ['LTE'],
  lessthanorequals: ['LTE'],
  prefix: ['STARTS_WITH', 'OBJECT_KEY'],
  contains: ['CONTAINS'],
  beginswith: ['STARTS_WITH'],
  startwith: ['STARTS_WITH'],
  hasprefix: ['STARTS_WITH'],
  startswith: ['STARTS_WITH'],
  like: ['STARTS_WITH'],
  after: ['GT'],
  since: ['GTE'],
  before: ['LT'],
  until: ['LT'],
  bucketname: ['S3_BUCKET_NAME'],
  bucket: ['S3_BUCKET_NAME'],
  publicaccess: ['S3_BUCKET_EFFECTIVE_PERMISSION'],
  bucketpublicaccess: ['S3_BUCKET_EFFECTIVE_PERMISSION'],
  s3bucketpublicaccess: ['S3_BUCKET_EFFECTIVE_PERMISSION'],
  s3bucketpermission: ['S3_BUCKET_EFFECTIVE_PERMISSION'],
  effectivepermission: ['S3_BUCKET_EFFECTIVE_PERMISSION'],
  sharedaccess: ['S3_BUCKET_SHARED_ACCESS'],
  s3bucketsharedwithawsaccount: ['S3_BUCKET_SHARED_ACCESS'],
  account: ['ACCOUNT_ID'],
  extension: ['OBJECT_EXTENSION'],
  s3objectextension: ['OBJECT_EXTENSION'],
  fileextension: ['OBJECT_EXTENSION'],
  filetype: ['OBJECT_EXTENSION'],
  objecttype: ['OBJECT_EXTENSION'],
  suffix: ['OBJECT_EXTENSION'],
  size: ['OBJECT_SIZE'],
  filesize: ['OBJECT_SIZE'],
  sizeinbytes: ['OBJECT_SIZE'],
  bytes: ['OBJECT_SIZE'],
  s3objectsize: ['OBJECT_SIZE'],
  key: ['OBJECT_KEY'],
  s3objectkey: ['OBJECT_KEY'],
  s3object: ['OBJECT_KEY'],
  objectprefix: ['OBJECT_KEY'],
  objectname: ['OBJECT_KEY'],
  objectpath: ['OBJECT_KEY'],
  keyprefix: ['OBJECT_KEY'],
  path: ['OBJECT_KEY'],
  folder: ['OBJECT_KEY'],
  s3prefix: ['OBJECT_KEY'],
  lastmodified: ['OBJECT_LAST_MODIFIED_DATE'],
  lastmodifieddate: ['OBJECT_LAST_MODIFIED_DATE'],
  s3objectlastmodified: ['OBJECT_LAST_MODIFIED_DATE'],
  objectlastmodified: ['OBJECT_LAST_MODIFIED_DATE'],
  objectmodifieddate: ['OBJECT_LAST_MODIFIED_DATE'],
  objectcreationdate: ['OBJECT_LAST_MODIFIED_DATE'],
  objectdate: ['OBJECT_LAST_MODIFIED_DATE'],
  modifieddate: ['OBJECT_LAST_MODIFIED_DATE'],
  once: ['ONE_TIME'],
  onetimejob: ['ONE_TIME'],
  single: ['ONE_TIME'],
  recurring: ['SCHEDULED'],
  schedule: ['SCHEDULED'],
  daily: ['SCHEDULED'],
  weekly: ['SCHEDULED'],
  monthly: ['SCHEDULED'],
  default: ['RECOMMENDED'],
  includeall: ['ALL'],
  includeselected: ['INCLUDE'],
  excludeall: ['NONE'],
  excludeselected: ['EXCLUDE'],
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
  /** The member that the value is of, directly or as an entry of its list. */
  member?: string;
  /** Where the comparator stands in the place of the key, and the key in its place. */
  swapped?: Swapped;
}

interface Swapped {
  comparator: StringASTNode;
  key: StringASTNode;
  /** What is meant by each of them: the word that stands in the other's place. */
  meant: { comparator: string; key: string };
}

/** Where a property of buckets or objects is compared that is no key of a condition; undefined for any other text. */
function comparedElsewhere(value: string, allowed: readonly string[]): string | undefined {
  const kind = allowed.includes('S3_BUCKET_NAME') ? 'tagCriterion' : 'tagScopeTerm';
  if (kind === 'tagScopeTerm' && !allowed.includes('OBJECT_KEY')) return undefined;
  if (value === 'AUTOMATED_DISCOVERY_MONITORING_STATUS')
    return 'This key is for finding buckets (SearchResources) alone.';
  if (kind === 'tagCriterion' && isKeyOf('scoping', value)) return 'It is of objects, which are compared in "scoping".';
  if (kind === 'tagScopeTerm' && isKeyOf('bucketCriteria', value)) {
    return 'It is of buckets, which are compared in "bucketCriteria".';
  }
  return /(?:^|_)TAGS?(?:_|$)/i.test(value) ? `Tags are compared in a ${kind}.` : undefined;
}

/** The key of a scope term that a comparator stands beside: it says which comparators are left. */
function keyBeside(node: StringASTNode): string | undefined {
  const { parent } = node;
  if (parent?.type !== 'property' || parent.keyNode.value !== 'comparator') return undefined;
  const key = asString(memberValue(parent.parent, 'key'))?.value;
  return key !== undefined && comparatorsFor('scoping', 'simple', key) ? key : undefined;
}

/**
 * Where a name stands in the place of TAG and no tag is named yet, the name becomes the tag's key: as one with any value,
 * or as that of the values that are there without a key.
 */
function tagNameFix(document: JobDocument, node: StringASTNode): Fix | undefined {
  const term = asObject(node.parent?.parent);
  if (!term || node.value.trim() === '' || node.value === 'TAG') return undefined;
  const list = memberOf(term, 'tagValues');
  const title = `Change to TAG, and name the tag ${quote(node.value)} in tagValues`;
  const name = JSON.stringify(node.value);
  const toTag = replaceString(node, 'TAG');
  const pair = smallText(document, { key: node.value, value: '' });
  if (!list) {
    const changes = [toTag, addMember(document, term, 'tagValues', listText(document, [pair]))];
    return { title, changes, preferred: true };
  }
  const pairs = asArray(list.valueNode);
  if (!pairs) return undefined;
  if (pairs.items.length === 0) return { title, changes: [toTag, addItem(document, pairs, pair)], preferred: true };
  const isKeyless = pairs.items.every(
    (item) => item.type === 'object' && memberOf(item, 'value') && !memberOf(item, 'key'),
  );
  if (!isKeyless) return undefined;
  const keys = pairs.items.map((item) => addMember(document, item as ObjectASTNode, 'key', name, { first: true }));
  return { title, changes: [toTag, ...keys], preferred: true };
}

/** The allowed value that was surely or probably meant. */
export function meantValue(value: string, allowed: readonly string[]): string | undefined {
  const plain = normalizeName(value.replace(/\s/g, ''));
  const meaning = Object.hasOwn(MEANINGS, plain) ? MEANINGS[plain]!.find((m) => allowed.includes(m)) : undefined;
  // Of several, none can stand for all.
  return meaning ?? (isSeveral(value, allowed) ? undefined : closestWord(value.trim(), allowed));
}

const isSame = (a: string, b: string) => normalizeName(a) === normalizeName(b);

const isSeveral = (value: string, allowed: readonly string[]) =>
  value.split(/[^A-Za-z0-9_-]+/).filter((word) => allowed.some((one) => isSame(one, word))).length > 1;

/** The value that was meant in its place; `sure` where it can be no other, and breaks nothing. */
function meantHere({ node, allowed, member }: Data, model: JobModel): { meant?: string; sure: boolean } {
  const { value } = node;
  if (comparedElsewhere(value, allowed)) return { sure: false };
  if (member !== 'managedDataIdentifierSelector') {
    const meant = meantValue(value, allowed);
    // Which of the two is wrong, the type or the schedule, only the author knows.
    const isOnce = meant === 'ONE_TIME' && model.member('scheduleFrequency') !== undefined;
    return { meant, sure: !isOnce || isSame(meant, value.trim()) };
  }
  const { managedIds, customIds } = model;
  // Which ids are listed tells what "custom" stands for, and what cannot be meant.
  if (/^custom/i.test(value.trim())) {
    const meant = managedIds.length > 0 ? 'INCLUDE' : customIds.length > 0 ? 'NONE' : undefined;
    return { meant, sure: true };
  }
  const meant = meantValue(value, allowed);
  const takesIds = meant === 'INCLUDE' || meant === 'EXCLUDE';
  const fits = (takesIds || managedIds.length === 0) && (meant !== 'NONE' || customIds.length > 0);
  return { meant, sure: meant !== undefined && (fits || isSame(meant, value.trim())) };
}

export default defineRule<Data>({
  id: 'invalid-value',
  summary: 'A value that must be one of a list is one of it.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'Job types, selectors, keys, comparators and days are fixed words in capital letters; any other spelling is another word.',
    aws: 'The API reference lists the values. Neither the AWS CLI nor the JavaScript SDK checks them, so the mistake shows only when the service refuses the job.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure, model }, report) {
    const swapped = swappedIn(structure);
    for (const problem of structure) {
      if (problem.kind !== 'invalid-value') continue;
      const { node, schema, member } = problem;
      const both = swapped.get(node);
      if (both) {
        if (node === both.comparator) report({ at: node, message: swappedMessage(both), data: swappedData(both) });
        continue;
      }
      const key = keyBeside(node);
      const allowed = (key !== undefined && comparatorsFor('scoping', 'simple', key)) || (schema.enum ?? []);
      const data = { node, allowed, member };
      report({ at: node, message: () => messageFor(data, key, model), data });
    }
  },
  fixes({ data }, context) {
    const { document, model } = context;
    const { node, allowed, swapped } = data;
    if (swapped) {
      const { comparator, key, meant } = swapped;
      const changes = [replaceString(comparator, meant.comparator), replaceString(key, meant.key)];
      return [{ title: 'Swap comparator and key', changes, preferred: true }];
    }
    const comparator = otherComparatorFixes(node, meantValue(node.value, COMPARATORS), document, model);
    if (comparator) return comparator;
    // What is compared in another place is not meant to be any of these.
    if (comparedElsewhere(node.value, allowed)) return [];
    const { meant, sure } = meantHere(data, model);
    const fixes: Fix[] = [];
    if (meant === 'SCHEDULED' && !isSame(meant, node.value.trim()) && hasNoSchedule(context)) {
      return [
        ...scheduledFixes(node, context),
        { title: 'Change to ONE_TIME', changes: [replaceString(node, 'ONE_TIME')] },
      ];
    }
    const tagName = allowed.length === 1 && allowed[0] === 'TAG' ? tagNameFix(document, node) : undefined;
    if (tagName) return [tagName, { title: 'Change to TAG', changes: [replaceString(node, 'TAG')] }];
    if (meant) {
      const safe = isSame(meant, node.value.trim());
      fixes.push({ title: `Change to ${meant}`, changes: [replaceString(node, meant)], preferred: sure, safe });
    }
    for (const value of allowed.length <= 8 ? allowed : []) {
      if (value !== meant) fixes.push({ title: `Change to ${value}`, changes: [replaceString(node, value)] });
    }
    if (fixes.length === 1) fixes[0]!.preferred = true;
    return fixes;
  },
});

/** The comparators and keys of conditions that stand in each other's place. */
function swappedIn(structure: readonly StructureProblem[]): ReadonlyMap<StringASTNode, Swapped> {
  const found = new Map<StringASTNode, Swapped>();
  const others = new Map<ASTNode, StructureProblem & { kind: 'invalid-value' }>();
  for (const problem of structure) {
    if (problem.kind !== 'invalid-value' || (problem.member !== 'comparator' && problem.member !== 'key')) continue;
    const condition = problem.node.parent?.parent;
    if (!condition) continue;
    const other = others.get(condition);
    if (!other) {
      others.set(condition, problem);
      continue;
    }
    const [comparator, key] = problem.member === 'key' ? [other, problem] : [problem, other];
    const meant = { comparator: wordIn(comparator.schema, key.node), key: wordIn(key.schema, comparator.node) };
    if (meant.comparator === undefined || meant.key === undefined) continue;
    const both = { comparator: comparator.node, key: key.node, meant: meant as Swapped['meant'] };
    found.set(both.comparator, both).set(both.key, both);
  }
  return found;
}

/** The word of a place that a text is, in whatever letters. */
function wordIn({ enum: words }: SchemaNode, { value }: StringASTNode): string | undefined {
  return words?.find((word) => isSame(word, value.trim()));
}

const swappedData = (swapped: Swapped): Data => ({ node: swapped.comparator, allowed: [], swapped });

function swappedMessage({ meant }: Swapped): string {
  return `"comparator" and "key" stand in each other's place: ${meant.comparator} is a comparator, and ${meant.key} a key. AWS takes neither so. Swap them.`;
}

/** The type of a job that is to run again and again, and how often. Of the forms, a daily schedule alone needs no day. */
function scheduledFixes(node: StringASTNode, { document, model }: RuleContext): Fix[] {
  const said = node.value.trim().toLowerCase();
  return scheduleChanges(document, model)
    .map(({ form, change }) => ({
      title: `Change to SCHEDULED, and add a ${form} schedule`,
      changes: [replaceString(node, 'SCHEDULED'), change],
      preferred: form === said && form === 'daily',
      isSaid: form === said,
    }))
    .sort((a, b) => Number(b.isSaid) - Number(a.isSaid));
}

function messageFor(data: Data, key: string | undefined, model: JobModel) {
  const { node, allowed, member } = data;
  const value = quote(node.value);
  const elsewhere = comparedElsewhere(node.value, allowed);
  const { meant } = meantHere(data, model);
  const hint = elsewhere
    ? ` ${elsewhere}`
    : meant && allowed.length > 1
      ? ` Did you mean ${meant}?`
      : isSeveral(node.value, allowed)
        ? ' Here are several, and AWS takes one.'
        : '';
  return key
    ? `${value} is no comparator of ${key}, which takes ${oneOf(allowed)}.${hint}`
    : `${value} is no value of ${member ? `"${member}"` : 'this list'}. AWS takes ${oneOf(allowed)}.${hint}`;
}
