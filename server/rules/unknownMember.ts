import { kindOfParts, writeAs } from '../language/conditionForms.js';
import type { JobDocument } from '../language/document.js';
import { removeMembers, renameMember, replaceValue } from '../language/edits.js';
import { homeOf, isThere, moveHome } from '../language/homes.js';
import { type Area, CONDITION_KINDS, type JobModel } from '../language/model.js';
import type { SchemaNode } from '../language/schema.js';
import { memberNames, type Suggestion } from '../language/structure.js';
import { byLikeness, normalizeName } from '../language/suggest.js';
import {
  type ASTNode,
  asArray,
  asObject,
  asString,
  type JsonPath,
  memberOf,
  memberValue,
  type ObjectASTNode,
  type PropertyASTNode,
  sameValue,
} from '../language/tree.js';
import { memberFix } from './conditionFixes.js';
import { conversionTo } from './conversions.js';
import { defineRule, type Finding, type Fix, type RuleContext } from './rule.js';
import { hasNoSchedule } from './scheduleMissing.js';
import { TAKES_IDS } from './selectorIds.js';
import { oneOf, quote } from './words.js';

/** What DescribeClassificationJob, or the console's JSON view of a job, shows beyond what CreateClassificationJob takes. */
export const RESPONSE_MEMBERS: ReadonlySet<string> = new Set([
  'createdAt',
  'customDataIdentifiersDetails',
  'jobArn',
  'jobId',
  'jobStatus',
  'lastRunErrorStatus',
  'lastRunTime',
  'statistics',
  'userPausedDetails',
]);

interface Data extends Suggestion {
  property: PropertyASTNode;
  /** Of the object that it stands in. */
  schema: SchemaNode;
  /** The path to the object that a member of that name belongs to, when not here. */
  home?: JsonPath;
  /** The other half of a bucket definition, that stands beside it and belongs there as well. */
  pair?: PropertyASTNode;
  /** The member that is meant, where it is there already. */
  taken?: PropertyASTNode;
}

/** What is found missing where a member of one of these names is meant by another name, or stands in another place. */
const MISSED: Readonly<Record<string, readonly string[]>> = {
  'bucket-form-missing': ['bucketDefinitions', 'bucketCriteria'],
  'first-run-sees-nothing': ['initialRun'],
  'none-without-custom': ['customDataIdentifierIds'],
  'schedule-missing': ['scheduleFrequency'],
  'selector-ids': ['managedDataIdentifierSelector'],
  'selector-without-ids': ['managedDataIdentifierIds'],
};

/** What a condition on buckets is called among those on objects, and the other way round. */
const TWINS: Readonly<Record<string, string>> = {
  simpleCriterion: 'simpleScopeTerm',
  simpleScopeTerm: 'simpleCriterion',
  tagCriterion: 'tagScopeTerm',
  tagScopeTerm: 'tagCriterion',
};

/** The schedule that a day belongs to, where it stands in another one. */
const OTHER_FORMS: Readonly<Record<string, string>> = {
  'monthlySchedule.dayOfWeek': 'weeklySchedule',
  'weeklySchedule.dayOfMonth': 'monthlySchedule',
  'dailySchedule.dayOfWeek': 'weeklySchedule',
  'dailySchedule.dayOfMonth': 'monthlySchedule',
};

/** The two members of a bucket definition. */
const PAIR: Readonly<Record<string, string>> = { accountId: 'buckets', buckets: 'accountId' };

export default defineRule<Data>({
  id: 'unknown-member',
  summary: 'Every member is one that the API knows.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'A misspelt or invented member has no effect where it is meant to have one: with a misspelt `samplingPercentage`, a job analyzes every object.',
    aws: 'The AWS CLI and boto3 refuse a file with an unknown member; the JavaScript SDK drops it without a word and creates the job without it (measured). Names are case sensitive.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure, model }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'unknown-member') continue;
      const { property, schema, depth } = problem;
      const parent = asObject(property.parent);
      const isResponse = isOfResponse(property, depth);
      // A list of whole bucket definitions under the name of their names is meant as that.
      const isNear = problem.suggestion !== undefined && problem.fits === true;
      const home = isNear && property.keyNode.value in PAIR ? undefined : homeOf(property, depth, model);
      const suggestion = home || isResponse ? undefined : problem.suggestion;
      const pair = home && memberOf(parent, PAIR[property.keyNode.value] ?? '');
      // Both halves in the wrong place are one mistake.
      if (pair && pair.offset < property.offset) continue;
      const taken = suggestion === undefined ? undefined : memberOf(parent, suggestion);
      const tied = home || isResponse ? undefined : problem.tied;
      const data = { property, schema, suggestion, fits: problem.fits, tied, home, pair, taken };
      report({
        at: property.keyNode,
        message: () => misplacedMessage(data) ?? messageFor(data, isResponse),
        data,
      });
    }
  },
  /** What is meant by another name, or stands in another place, is missing where it belongs, and mended with it. */
  covers(other, own, { model }) {
    if (other.code === 'missing-member') {
      const { node, name } = other.data as { node: ASTNode; name: string };
      return meantBy(own, model).has(`${node.offset} ${name}`);
    }
    const owner = other.code === 'bucket-form-missing' ? model.s3 : model.root;
    const names = Object.hasOwn(MISSED, other.code) ? MISSED[other.code]! : [];
    return names.some((name) => meantBy(own, model).has(`${owner?.offset} ${name}`));
  },
  fixes({ data }, context) {
    const { document, model } = context;
    const { property, suggestion, fits, tied, home, pair, taken } = data;
    const fixes: Fix[] = [];
    // A token in a file is better left out than mended, whatever its name.
    const isToken = suggestion === 'clientToken';
    const name = property.keyNode.value;
    const moved = home && moveHome(document, model, pair ? [property, pair] : [property], home);
    if (moved) {
      const place = home.findLast((step) => typeof step === 'string');
      const title = `Move ${pair ? 'both ' : ''}${place ? `into ${place}` : 'to the top of the definition'}`;
      fixes.push({ title, changes: moved, preferred: endsWell(data, model) });
    }
    const condition =
      memberFix(document, property) ?? (suggestion && conditionFix(document, property, suggestion, fits));
    if (condition) fixes.push(condition);
    else if (suggestion && !isToken && !taken && !isOfOtherArea(property, suggestion)) {
      fixes.push(renameFix(data, suggestion, context));
    }
    for (const one of tied ?? []) fixes.push({ title: `Rename to ${one}`, changes: [renameMember(property, one)] });
    const described = RESPONSE_MEMBERS.has(name);
    const repeated = taken !== undefined && sameValue(taken.valueNode, property.valueNode);
    const form = property.parent?.parent;
    const other = form?.type === 'property' ? OTHER_FORMS[`${form.keyNode.value}.${name}`] : undefined;
    if (form?.type === 'property' && other && !memberOf(form.parent, other)) {
      // Which of the two is wrong, the day or the schedule around it, only the author knows.
      fixes.push({ title: `Make it a ${other}`, changes: [renameMember(form, other)] });
    }
    const gone = removeMembers(document, property.parent as ObjectASTNode, pair ? [property, pair] : [property]);
    fixes.push({
      title: pair ? 'Remove both' : `Remove ${quote(name)}`,
      changes: gone,
      preferred: fixes.length === 0 && (described || repeated || isToken),
      safe: fixes.length === 0 && described,
    });
    return fixes;
  },
});

/** The member under the name that is meant, with its value made one for that name. */
function renameFix({ property, schema, fits }: Data, name: string, context: RuleContext): Fix {
  const { document, model } = context;
  const { title, changes, isRight, safe } = conversionTo(
    document,
    property.valueNode,
    schema.properties!.get(name)!,
    name,
  );
  // The same letters in another case or with underscores can mean nothing else.
  const isSame = normalizeName(property.keyNode.value) === normalizeName(name) || isTwin(property, name);
  // A word such as "weekly" leaves a schedule to be added.
  const isLacking = name === 'jobType' && /SCHEDULED$/.test(title ?? '') && hasNoSchedule(context);
  const isMeant = (title ? isRight : fits && isRight) && isFree(name, model);
  return {
    title: title ? `Rename to ${name}, and ${title[0]!.toLowerCase()}${title.slice(1)}` : `Rename to ${name}`,
    changes: [renameMember(property, name), ...changes],
    preferred: (isSame && (safe || !isLacking)) || (isMeant && !isLacking),
    safe: isSame && safe,
  };
}

/** A member at the top that only a job that exists has. */
function isOfResponse({ keyNode }: PropertyASTNode, depth: number): boolean {
  return depth === 0 && RESPONSE_MEMBERS.has(keyNode.value);
}

/** What the unknown members are meant to be, each by the offset of its object and its name. */
function meantBy(own: readonly Finding<Data>[], { root }: JobModel): ReadonlySet<string> {
  let meant = known.get(own);
  if (!meant) {
    meant = new Set();
    for (const { data } of own) {
      const { property, suggestion, home, pair } = data;
      if (suggestion !== undefined) meant.add(`${property.parent?.offset} ${suggestion}`);
      // Each object on the way there is missing as long as the member is not moved.
      let at: ASTNode | undefined = root;
      for (const step of home ?? []) {
        meant.add(`${at?.offset} ${step}`);
        at = typeof step === 'number' ? asArray(at)?.items[0] : memberValue(at, step);
      }
      for (const one of home ? [property, pair] : []) meant.add(`${at?.offset} ${one?.keyNode.value}`);
    }
    known.set(own, meant);
  }
  return meant;
}

const known = new WeakMap<readonly Finding<Data>[], Set<string>>();

/** Whether a definition is better for the move alone, without a further mistake in its place. */
function endsWell({ property, home, pair }: Data, model: JobModel): boolean {
  const name = property.keyNode.value;
  if (!isFree(home?.[0] === 'scheduleFrequency' ? home[0] : name, model)) return false;
  return !(name in PAIR) || pair !== undefined || isThere(model, home ?? []);
}

/** Whether nothing that the definition says already forbids a member of that name; which of them is wrong, only the author knows. */
function isFree(name: string, { isOneTime, bucketCriteria, bucketDefinitions, selector }: JobModel): boolean {
  switch (name) {
    case 'scheduleFrequency':
    case 'initialRun':
      return !isOneTime;
    case 'bucketCriteria':
      return !bucketDefinitions;
    case 'bucketDefinitions':
      return !bucketCriteria;
    case 'managedDataIdentifierIds':
      return !selector || TAKES_IDS.has(selector.value);
    default:
      return true;
  }
}

/** A condition of the other area's kind on something that only that area compares. */
function isOfOtherArea(property: PropertyASTNode, suggestion: string | undefined): boolean {
  if (!suggestion?.startsWith('simple') || TWINS[property.keyNode.value] !== suggestion) return false;
  return asString(memberValue(property.valueNode, 'key')) !== undefined && !isTwin(property, suggestion);
}

/** What stands for a condition, as the condition that its parts say. */
function conditionFix(
  document: JobDocument,
  property: PropertyASTNode,
  suggestion: string,
  fits: boolean | undefined,
): Fix | undefined {
  const kind = /^simple/.test(suggestion) ? 'simple' : /^tag/.test(suggestion) ? 'tag' : undefined;
  const area = AREA_OF[suggestion];
  const node = asObject(property.valueNode);
  if (!kind || !area || !node) return undefined;
  const pair = tagConditionFix(document, property, suggestion);
  if (pair) return pair;
  const other = kindOfParts(node, kind, area);
  const name = other && CONDITION_KINDS[area][other];
  const written = name && !memberOf(property.parent, name) ? writeAs(document, property, area, other) : undefined;
  if (!written) return undefined;
  return { title: `Write it as a ${name}`, changes: written.changes, preferred: fits && written.isExact };
}

/** The area that a kind of condition belongs to. */
const AREA_OF: Readonly<Record<string, Area>> = {
  simpleCriterion: 'bucketCriteria',
  tagCriterion: 'bucketCriteria',
  simpleScopeTerm: 'scoping',
  tagScopeTerm: 'scoping',
};

/** `"tag": { "key": …, "value": … }`, and the like, as the tag condition that it stands for. */
function tagConditionFix(document: JobDocument, property: PropertyASTNode, suggestion: string): Fix | undefined {
  const pair = asObject(property.valueNode);
  if (!pair || (suggestion !== 'tagScopeTerm' && suggestion !== 'tagCriterion')) return undefined;
  const key = asString(memberValue(pair, 'key') ?? memberValue(pair, 'Key'));
  const value = asString(memberValue(pair, 'value') ?? memberValue(pair, 'Value'));
  if (!key || pair.properties.length !== (value ? 2 : 1)) return undefined;
  const tagValues = [{ key: key.value, value: value?.value ?? '' }];
  const term =
    suggestion === 'tagScopeTerm'
      ? { comparator: 'EQ', key: 'TAG', tagValues, target: 'S3_OBJECT' }
      : { comparator: 'EQ', tagValues };
  const changes = [renameMember(property, suggestion), replaceValue(document, pair, term)];
  return { title: `Write it as a ${suggestion} with EQ`, changes, preferred: true };
}

/** The other area's name for the same kind of condition, on something that this area compares. */
function isTwin(property: PropertyASTNode, suggestion: string): boolean {
  if (TWINS[property.keyNode.value] !== suggestion) return false;
  const key = asString(memberValue(property.valueNode, 'key'))?.value;
  if (suggestion === 'simpleScopeTerm') return key?.startsWith('OBJECT_') ?? false;
  if (suggestion === 'simpleCriterion') return key !== undefined && !key.startsWith('OBJECT_');
  return true;
}

function misplacedMessage({ property, suggestion, home, pair }: Data): string | undefined {
  const name = property.keyNode.value;
  if (isOfOtherArea(property, suggestion)) {
    const [subject, area] = suggestion === 'simpleScopeTerm' ? ['buckets', 'bucketCriteria'] : ['objects', 'scoping'];
    return `A ${name} compares ${subject}, and belongs in "${area}". Here it is refused or silently lost.`;
  }
  if (!home) return undefined;
  const last = home[home.length - 1];
  const place =
    last === undefined
      ? 'at the top of the definition'
      : typeof last === 'number'
        ? `in an entry of "${home[home.length - 2]}"`
        : `in "${last}"`;
  return pair
    ? `${quote(name)} and "${pair.keyNode.value}" belong ${place}, not here: they are refused or silently lost.`
    : `${quote(name)} belongs ${place}, not here: it is refused or silently lost.`;
}

/** The longest message that is comfortable to read, by the project's own limit. */
const MAX_MESSAGE = 300;

function messageFor({ property, schema, suggestion, tied, taken }: Data, isResponse: boolean): string {
  const name = quote(property.keyNode.value);
  if (isResponse) {
    return `${name} belongs to a job that exists, not to the definition of a new one. AWS refuses it here; remove it.`;
  }
  const where = schema.name ? `${schema.name} in Macie's API` : "Macie's API";
  const said = `${where} has no member ${name}: it is refused or silently lost.`;
  if (suggestion === 'clientToken') {
    return `${said} If "clientToken" is meant, remove it as well: a fresh one is made for each submission.`;
  }
  if (taken) return `${said} "${suggestion}" is there already: remove one of the two.`;
  if (suggestion) return `${said} Did you mean "${suggestion}"?`;
  if (tied) return `${said} Did you mean ${oneOf(tied.map((name) => `"${name}"`))}?`;
  const names = memberNames(schema);
  if (names.length === 0) return `${said} It stays empty: {}.`;
  const all = `${said} Allowed here: ${oneOf(names, names.length)}.`;
  if (all.length <= MAX_MESSAGE) return all;
  // As many as there is room for, the likest first.
  const sorted = byLikeness(property.keyNode.value, names);
  let shown = names.length - 1;
  let text = all;
  while (shown > 1 && text.length > MAX_MESSAGE) text = `${said} Allowed here: ${oneOf(sorted, --shown)}.`;
  return text;
}
