import type { TextChange } from '../rules/rule.js';
import type { JobDocument } from './document.js';
import { removeItems, removeMembers, replaceString } from './edits.js';
import type { Condition, JobModel } from './model.js';
import {
  type ArrayASTNode,
  type ASTNode,
  asArray,
  asObject,
  asString,
  memberOf,
  memberValue,
  type ObjectASTNode,
  type PropertyASTNode,
} from './tree.js';

/*
 * `aws macie2 create-classification-job --generate-cli-skeleton` prints every member there is, with empty values: both
 * bucket forms, all schedules, both kinds of condition. Here: which of it nobody has filled in yet.
 */

/** How many kinds of leftover tell a skeleton from a definition with a slip. */
const ENOUGH = 3;

const ID_LISTS = ['allowListIds', 'customDataIdentifierIds', 'managedDataIdentifierIds'];

/** True for a skeleton that was not, or only half, filled in. */
export function isSkeleton(model: JobModel): boolean {
  const { root, schedule } = model;
  if (!root || root.properties.length < ENOUGH) return false;
  // The fixed words of the API go together: two empty ones are one mark.
  let marks = !isEmptyText(model.jobType) && isEmptyText(model.selector) ? 1 : 0;
  for (const { keyNode, valueNode } of root.properties) if (isLeftOver(keyNode.value, valueNode)) marks++;
  if (isEmptyText(memberValue(model.tags, 'KeyName'))) marks++;
  if (schedule?.dayOfMonth?.value === 0 || isEmptyText(schedule?.dayOfWeek)) marks++;
  // Conditions are two marks more, and need not be looked at where these are not enough.
  if (marks + 2 < ENOUGH) return false;
  if (model.bucketConditions.some(isUnfilled)) marks++;
  if (model.scopeTerms.some(isUnfilled)) marks++;
  return marks >= ENOUGH;
}

/** Whether a member at the top has the value that the skeleton gives it. */
function isLeftOver(name: string, value: ASTNode | undefined): boolean {
  switch (name) {
    case 'clientToken':
    case 'description':
    case 'jobType':
      return isEmptyText(value);
    case 'samplingPercentage':
      return isZero(value);
    default:
      return ID_LISTS.includes(name) && isAllEmpty(value);
  }
}

/**
 * What takes the leftovers of a skeleton out. What is filled in stays; of the members that a job needs, those not yet
 * filled in stay as they are, one bucket form and one schedule.
 */
export function skeletonChanges(document: JobDocument, model: JobModel): TextChange[] {
  const { root, s3 } = model;
  if (!root) return [];
  const clean = new Cleaning(document);
  for (const name of ['clientToken', 'description']) {
    if (isEmptyText(memberValue(root, name))) clean.drop(memberOf(root, name));
  }
  for (const name of ID_LISTS) cleanList(memberOf(root, name), clean);
  const selector = model.selector?.value;
  const without = (name: string) => !memberOf(root, name) || clean.isGone(memberOf(root, name)!);
  if (
    selector === '' ||
    ((selector === 'INCLUDE' || selector === 'EXCLUDE') && without('managedDataIdentifierIds')) ||
    (selector === 'NONE' && without('customDataIdentifierIds'))
  ) {
    clean.drop(memberOf(root, 'managedDataIdentifierSelector'));
  }
  if (isZero(memberValue(root, 'samplingPercentage'))) clean.drop(memberOf(root, 'samplingPercentage'));
  const tags = model.tags;
  if (tags && isEmptyText(memberValue(tags, 'KeyName'))) {
    if (tags.properties.length === 1) clean.drop(memberOf(root, 'tags'));
    else clean.drop(memberOf(tags, 'KeyName'));
  }
  const { jobType } = model;
  if (jobType?.value === '') clean.changes.push(replaceString(jobType, 'ONE_TIME'));
  if (jobType?.value === '' || model.isOneTime) {
    clean.drop(memberOf(root, 'scheduleFrequency'));
    clean.drop(memberOf(root, 'initialRun'));
  } else {
    cleanSchedule(model, clean);
  }
  if (s3) cleanBuckets(s3, model, clean);
  return clean.result();
}

/** Collects what goes; what stands inside of something that goes is not counted twice. */
class Cleaning {
  readonly changes: TextChange[] = [];
  private readonly members = new Map<ObjectASTNode, Set<PropertyASTNode>>();
  private readonly items = new Map<ArrayASTNode, ASTNode[]>();
  private readonly gone = new Set<ASTNode>();

  constructor(private readonly document: JobDocument) {}

  drop(property: PropertyASTNode | undefined): void {
    const owner = asObject(property?.parent);
    if (!property || !owner) return;
    this.gone.add(property);
    this.members.set(owner, (this.members.get(owner) ?? new Set()).add(property));
  }

  dropItems(array: ArrayASTNode, items: readonly ASTNode[]): void {
    for (const item of items) this.gone.add(item);
    if (items.length > 0) this.items.set(array, [...items]);
  }

  isGone(node: ASTNode): boolean {
    return this.gone.has(node);
  }

  result(): TextChange[] {
    const inside = (node: ASTNode) => {
      for (let at: ASTNode | undefined = node; at; at = at.parent) if (this.gone.has(at)) return true;
      return false;
    };
    const changes = [...this.changes];
    for (const [object, properties] of this.members) {
      if (!inside(object)) changes.push(...removeMembers(this.document, object, [...properties]));
    }
    for (const [array, items] of this.items) {
      if (!inside(array)) changes.push(...removeItems(this.document, array, items));
    }
    return changes;
  }
}

/** Takes the empty texts out of a list, and the list with them where nothing else is in it. */
function cleanList(property: PropertyASTNode | undefined, clean: Cleaning): void {
  const array = asArray(property?.valueNode);
  const empty = array?.items.filter(isEmptyText) ?? [];
  if (!array || empty.length === 0) return;
  if (empty.length === array.items.length) clean.drop(property);
  else clean.dropItems(array, empty);
}

function cleanSchedule({ schedule }: JobModel, clean: Cleaning): void {
  if (!schedule) return;
  const filled = schedule.forms.filter(
    ({ keyNode, valueNode }) =>
      !(keyNode.value === 'monthlySchedule' && isZero(memberValue(valueNode, 'dayOfMonth'))) &&
      !(keyNode.value === 'weeklySchedule' && isEmptyText(memberValue(valueNode, 'dayOfWeek'))),
  );
  // A skeleton has 0 for the day of the month and an empty daily schedule: whoever set another one meant it.
  const order = ['monthlySchedule', 'weeklySchedule', 'dailySchedule'];
  const kept = filled.sort((a, b) => order.indexOf(a.keyNode.value) - order.indexOf(b.keyNode.value))[0];
  for (const form of schedule.forms) if (kept && form !== kept) clean.drop(form);
}

function cleanBuckets(s3: ObjectASTNode, model: JobModel, clean: Cleaning): void {
  const definitions = model.bucketDefinitions;
  const filled = model.definitions.some(
    ({ accountId, buckets }) => accountId?.value || buckets.some((bucket) => bucket.value !== ''),
  );
  const criteriaGo = cleanBlocks('bucketCriteria', model, clean);
  if (criteriaGo && definitions) clean.drop(model.bucketCriteria);
  else if (definitions && !filled && model.bucketCriteria) clean.drop(definitions);
  for (const { buckets, bucketsNode } of model.definitions) {
    const empty = buckets.filter((bucket) => bucket.value === '');
    if (bucketsNode && empty.length < bucketsNode.items.length) clean.dropItems(bucketsNode, empty);
  }
  if (cleanBlocks('scoping', model, clean)) clean.drop(memberOf(s3, 'scoping'));
}

/** Takes the conditions that nobody filled in out of one area; true where none is left. */
function cleanBlocks(area: Condition['area'], model: JobModel, clean: Cleaning): boolean {
  const blocks = model.blocks.filter((block) => block.area === area);
  let left = 0;
  for (const { property, and, conditions } of blocks) {
    const empty: ASTNode[] = [];
    for (const { node, simple, tag } of conditions) {
      const simpleGoes = !simple || isUnfilled({ simple });
      const tagGoes = !tag || isUnfilled({ tag });
      if (simpleGoes && tagGoes) {
        empty.push(node);
        continue;
      }
      if (simple && simpleGoes) clean.drop(simple.property);
      if (tag && tagGoes) clean.drop(tag.property);
      if (!simpleGoes) {
        const leftovers = simple?.values.filter((value) => value.value === '') ?? [];
        if (simple?.valuesNode) clean.dropItems(simple.valuesNode, leftovers);
      }
    }
    if (!and || empty.length === and.items.length) clean.drop(property);
    else {
      clean.dropItems(and, empty);
      left++;
    }
  }
  return blocks.length > 0 && left === 0;
}

/** True for a condition whose values are all empty, as a skeleton has them. */
function isUnfilled({ simple, tag }: Pick<Partial<Condition>, 'simple' | 'tag'>): boolean {
  const values = simple?.valuesNode;
  const pairs = tag?.tagValuesNode;
  const emptyValues = values !== undefined && isAllEmpty(values);
  const emptyPairs =
    pairs !== undefined &&
    pairs.items.length > 0 &&
    pairs.items.every((item) => isEmptyText(memberValue(item, 'key')) && isEmptyText(memberValue(item, 'value')));
  return (simple === undefined || emptyValues) && (tag === undefined || emptyPairs) && (emptyValues || emptyPairs);
}

function isAllEmpty(node: ASTNode | undefined): boolean {
  const array = asArray(node);
  return array !== undefined && array.items.length > 0 && array.items.every(isEmptyText);
}

function isEmptyText(node: ASTNode | undefined): boolean {
  return asString(node)?.value === '';
}

function isZero(node: ASTNode | undefined): boolean {
  return node?.type === 'number' && node.value === 0;
}
