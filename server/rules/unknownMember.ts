import type { JobDocument } from '../language/document.js';
import { addMember, eolOf, indentAt, indentUnit, removeMember, renameMember, replaceNode } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import { rootSchema, schemaAt } from '../language/schema.js';
import { nodeText } from '../language/scopeEdits.js';
import { normalizeName } from '../language/suggest.js';
import { asObject, asString, memberOf, memberValue, type PropertyASTNode } from '../language/tree.js';
import { memberFix } from './conditionFixes.js';
import { defineRule, type Fix } from './rule.js';
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

interface Data {
  property: PropertyASTNode;
  suggestion?: string;
  /** Where a member of that name belongs, when not here: undefined for the root. */
  home?: { owner: string | undefined };
}

/** The members that belong to one place alone: to the root, or to a member of the root. */
const HOMES: ReadonlyMap<string, string | undefined> = new Map([
  ...[...rootSchema.properties!.keys()].map((name) => [name, undefined] as const),
  ...['s3JobDefinition', 'scheduleFrequency'].flatMap((owner) =>
    [...schemaAt([owner])!.properties!.keys()].map((name) => [name, owner] as const),
  ),
]);

/** Names that are as likely meant for something else where they stand deep in the definition. */
const ANYWHERE: ReadonlySet<string> = new Set(['name', 'description', 'tags']);

/** What a condition on buckets is called among those on objects, and the other way round. */
const TWINS: Readonly<Record<string, string>> = {
  simpleCriterion: 'simpleScopeTerm',
  simpleScopeTerm: 'simpleCriterion',
  tagCriterion: 'tagScopeTerm',
  tagScopeTerm: 'tagCriterion',
};

export default defineRule<Data>({
  id: 'unknown-member',
  summary: 'Every member is one that the API knows.',
  severity: 'error',
  docs: {
    why: 'A misspelt or invented member has no effect where it is meant to have one: with a misspelt `samplingPercentage`, a job analyzes every object.',
    aws: 'The AWS CLI refuses a file with an unknown member. Several SDKs drop it without a word and create the job without it (measured). Names are case sensitive.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure, model }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'unknown-member') continue;
      const { property, schema, depth } = problem;
      const name = property.keyNode.value;
      const home = depth > 1 && ANYWHERE.has(name) ? undefined : homeOf(name, model);
      const suggestion = home ? undefined : problem.suggestion;
      report({
        at: property.keyNode,
        message: () =>
          misplacedMessage(property, suggestion, home) ??
          messageFor(name, suggestion, schema.properties, depth, schema.name),
        data: { property, suggestion, home },
      });
    }
  },
  /** What is put at the top by mistake is missing in its place, and mended with it. */
  covers(other, own, { model }) {
    let name: string | undefined;
    if (other.code === 'schedule-missing') name = 'scheduleFrequency';
    else if (other.code === 'missing-member' && other.start === model.root?.offset) {
      name = (other.data as { name: string }).name;
    }
    if (name === undefined) return false;
    return own.some(({ data: { home, property } }) => home?.owner === name && property.parent === model.root);
  },
  fixes({ data: { property, suggestion, home } }, { document, model }) {
    const fixes: Fix[] = [];
    const name = property.keyNode.value;
    const move = home && moveHome(document, model, property, home.owner);
    if (move) fixes.push(move);
    const parent = property.parent;
    const free = parent?.type === 'object' && !parent.properties.some((other) => other.keyNode.value === suggestion);
    const tag = memberFix(document, property) ?? (suggestion && tagConditionFix(document, property, suggestion));
    if (tag) fixes.push(tag);
    else if (suggestion && free && !isOfOtherArea(property, suggestion)) {
      const changes = [renameMember(property, suggestion)];
      // The same letters in another case or with underscores can mean nothing else.
      const safe = normalizeName(name) === normalizeName(suggestion) || isTwin(property, suggestion);
      fixes.push({ title: `Rename to ${suggestion}`, changes, preferred: true, safe });
    }
    const described = RESPONSE_MEMBERS.has(name);
    fixes.push({
      title: `Remove ${quote(name)}`,
      changes: [removeMember(document, property)],
      preferred: fixes.length === 0 && described,
      safe: fixes.length === 0 && described,
    });
    return fixes;
  },
});

/** Where a member of another place belongs; undefined for one that belongs to no certain place, or is there already. */
function homeOf(name: string, model: JobModel): Data['home'] {
  if (name === '$schema' || !HOMES.has(name) || !model.root) return undefined;
  const owner = HOMES.get(name);
  const object = owner ? memberValue(model.root, owner) : model.root;
  if (object && (object.type !== 'object' || memberOf(object, name))) return undefined;
  return { owner };
}

function moveHome(
  document: JobDocument,
  model: JobModel,
  property: PropertyASTNode,
  owner: string | undefined,
): Fix | undefined {
  const { valueNode, keyNode } = property;
  if (!valueNode || !model.root) return undefined;
  const object = owner ? asObject(memberValue(model.root, owner)) : model.root;
  const title = owner ? `Move into ${owner}` : 'Move to the top of the definition';
  if (object) {
    const addition = addMember(document, object, keyNode.value, nodeText(document, valueNode));
    return { title, changes: [removeMember(document, property), addition], preferred: true };
  }
  if (!owner || property.parent !== model.root) return undefined;
  const { offset, length } = property;
  const isBroken = /[\r\n]/.test(document.source.slice(model.root.offset, offset));
  const indent = indentAt(document, offset);
  const unit = indentUnit(document);
  const inner = nodeText(document, property);
  const block = isBroken ? `{\n${unit}${inner.replace(/\n/g, `\n${unit}`)}\n}` : `{ ${inner} }`;
  const newText = `"${owner}": ${block}`.replace(/\n/g, eolOf(document) + indent);
  return { title, changes: [{ start: offset, end: offset + length, newText }], preferred: true };
}

/** A condition of the other area's kind on something that only that area compares. */
function isOfOtherArea(property: PropertyASTNode, suggestion: string | undefined): boolean {
  if (!suggestion?.startsWith('simple') || TWINS[property.keyNode.value] !== suggestion) return false;
  return asString(memberValue(property.valueNode, 'key')) !== undefined && !isTwin(property, suggestion);
}

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
  const isBroken = /[\r\n]/.test(document.source.trimEnd());
  const text = isBroken
    ? JSON.stringify(term, null, indentUnit(document)).replace(
        /\n/g,
        eolOf(document) + indentAt(document, property.offset),
      )
    : JSON.stringify(term);
  const changes = [renameMember(property, suggestion), replaceNode(pair, text)];
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

function misplacedMessage(property: PropertyASTNode, suggestion: string | undefined, home: Data['home']) {
  const name = property.keyNode.value;
  if (isOfOtherArea(property, suggestion)) {
    const [subject, area] = suggestion === 'simpleScopeTerm' ? ['buckets', 'bucketCriteria'] : ['objects', 'scoping'];
    return `A ${name} compares ${subject}, and belongs in "${area}". Here it is refused or silently lost.`;
  }
  if (!home) return undefined;
  const place = home.owner ? `in "${home.owner}"` : 'at the top of the definition';
  return `${quote(name)} belongs ${place}, not here: it is refused or silently lost.`;
}

function messageFor(
  name: string,
  suggestion: string | undefined,
  properties: ReadonlyMap<string, unknown> | undefined,
  depth: number,
  owner: string | undefined,
): string {
  if (depth === 0 && RESPONSE_MEMBERS.has(name)) {
    return `${quote(name)} belongs to a job that exists, not to the definition of a new one. AWS refuses it here; remove it.`;
  }
  const where = owner ? `${owner} in Macie's API` : "Macie's API";
  if (suggestion)
    return `${where} has no member ${quote(name)}: it is refused or silently lost. Did you mean "${suggestion}"?`;
  const names = [...(properties?.keys() ?? [])].filter((key) => key !== '$schema');
  const instead = names.length === 0 ? 'It stays empty: {}.' : `Allowed here: ${oneOf(names, 8)}.`;
  return `${where} has no member ${quote(name)}: it is refused or silently lost. ${instead}`;
}
