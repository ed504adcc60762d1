import type { JobDocument } from './document.js';
import { enumValueOf, type SchemaNode, schemaAt } from './schema.js';
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
  type StringASTNode,
  stringsOf,
} from './tree.js';

/**
 * A typed view over a job definition's tree, for the rules, completion, hover and the summary. It reads, it judges
 * nothing: what has the wrong type or is missing is undefined here, and reported by the structure rules alone. A fixed word
 * in other letters, such as "one_time", is read as the one that is meant. Each part is found on first use and kept.
 */
export interface JobModel {
  /** The definition's object; undefined where the text holds something else or nothing. */
  readonly root: ObjectASTNode | undefined;
  /** The member's last occurrence, with whatever value it has. */
  member(name: string): PropertyASTNode | undefined;
  /** A string member of the root. */
  text(name: string): StringASTNode | undefined;
  readonly jobType: StringASTNode | undefined;
  readonly isOneTime: boolean;
  readonly isScheduled: boolean;
  readonly selector: StringASTNode | undefined;
  readonly managedIds: readonly StringASTNode[];
  readonly customIds: readonly StringASTNode[];
  readonly allowLists: readonly StringASTNode[];
  readonly schedule: Schedule | undefined;
  readonly tags: ObjectASTNode | undefined;
  readonly s3: ObjectASTNode | undefined;
  readonly bucketCriteria: PropertyASTNode | undefined;
  readonly bucketDefinitions: PropertyASTNode | undefined;
  readonly scoping: PropertyASTNode | undefined;
  /** The entries of `bucketDefinitions` that are objects. */
  readonly definitions: readonly BucketDefinition[];
  /** The conditions of `bucketCriteria`, includes and excludes, in the order of the text. */
  readonly bucketConditions: readonly Condition[];
  /** The conditions of `scoping`, includes and excludes, in the order of the text. */
  readonly scopeTerms: readonly Condition[];
  /** The `includes` and `excludes` blocks, of both `bucketCriteria` and `scoping`. */
  readonly blocks: readonly ConditionBlock[];
}

export interface Schedule {
  property: PropertyASTNode;
  node: ObjectASTNode;
  /** The members dailySchedule, weeklySchedule and monthlySchedule that are there. */
  forms: readonly PropertyASTNode[];
  dayOfWeek: StringASTNode | undefined;
  /** The whole number given, whether or not such a day exists. */
  dayOfMonth: { node: ASTNode; value: number } | undefined;
}

export interface BucketDefinition {
  node: ObjectASTNode;
  accountId: StringASTNode | undefined;
  bucketsNode: ArrayASTNode | undefined;
  buckets: readonly StringASTNode[];
}

export type Side = 'includes' | 'excludes';
export type Area = 'bucketCriteria' | 'scoping';

export interface ConditionBlock {
  area: Area;
  side: Side;
  property: PropertyASTNode;
  node: ObjectASTNode;
  and: ArrayASTNode | undefined;
  conditions: readonly Condition[];
}

/** One element of an `and` array: a bucket condition or a scope term. */
export interface Condition {
  area: Area;
  side: Side;
  node: ObjectASTNode;
  /** The members simpleCriterion / simpleScopeTerm and tagCriterion / tagScopeTerm, where they are objects. */
  simple: SimpleCondition | undefined;
  tag: TagCondition | undefined;
}

export interface SimpleCondition {
  property: PropertyASTNode;
  node: ObjectASTNode;
  key: StringASTNode | undefined;
  comparator: StringASTNode | undefined;
  valuesNode: ArrayASTNode | undefined;
  values: readonly StringASTNode[];
}

export interface TagCondition {
  property: PropertyASTNode;
  node: ObjectASTNode;
  key: StringASTNode | undefined;
  comparator: StringASTNode | undefined;
  target: StringASTNode | undefined;
  tagValuesNode: ArrayASTNode | undefined;
  pairs: readonly TagPair[];
}

export interface TagPair {
  node: ObjectASTNode;
  key: StringASTNode | undefined;
  value: StringASTNode | undefined;
}

export const SCHEDULE_FORMS = ['dailySchedule', 'weeklySchedule', 'monthlySchedule'] as const;

/** The names of the two kinds of condition, in each of the two areas. */
export const CONDITION_KINDS = {
  bucketCriteria: { simple: 'simpleCriterion', tag: 'tagCriterion' },
  scoping: { simple: 'simpleScopeTerm', tag: 'tagScopeTerm' },
} as const;

/** The view over a document; cheap to make, since nothing is read before it is asked for. */
export function createJobModel(document: JobDocument): JobModel {
  return new View(asObject(document.root));
}

/** A class, and not an object whose getters are replaced by values: every rule reads it, and V8 reads this shape fast. */
class View implements JobModel {
  readonly jobType: StringASTNode | undefined;
  readonly isOneTime: boolean;
  readonly isScheduled: boolean;
  readonly s3: ObjectASTNode | undefined;
  readonly bucketCriteria: PropertyASTNode | undefined;
  readonly bucketDefinitions: PropertyASTNode | undefined;
  readonly scoping: PropertyASTNode | undefined;
  readonly selector: StringASTNode | undefined;
  readonly tags: ObjectASTNode | undefined;
  readonly schedule: Schedule | undefined;
  private knownManagedIds: readonly StringASTNode[] | undefined;
  private knownCustomIds: readonly StringASTNode[] | undefined;
  private knownAllowLists: readonly StringASTNode[] | undefined;
  private knownDefinitions: readonly BucketDefinition[] | undefined;
  private knownBlocks: readonly ConditionBlock[] | undefined;
  private knownBucketConditions: readonly Condition[] | undefined;
  private knownScopeTerms: readonly Condition[] | undefined;

  constructor(readonly root: ObjectASTNode | undefined) {
    this.jobType = asMeant(this.text('jobType'), JOB_TYPE);
    this.isOneTime = this.jobType?.value === 'ONE_TIME';
    this.isScheduled = this.jobType?.value === 'SCHEDULED';
    this.s3 = asObject(memberValue(root, 's3JobDefinition'));
    this.bucketCriteria = memberOf(this.s3, 'bucketCriteria');
    this.bucketDefinitions = memberOf(this.s3, 'bucketDefinitions');
    this.scoping = memberOf(this.s3, 'scoping');
    this.selector = asMeant(this.text('managedDataIdentifierSelector'), SELECTOR);
    this.tags = asObject(memberValue(root, 'tags'));
    this.schedule = scheduleOf(this.member('scheduleFrequency'));
  }
  member(name: string): PropertyASTNode | undefined {
    return memberOf(this.root, name);
  }
  text(name: string): StringASTNode | undefined {
    return asString(memberValue(this.root, name));
  }
  get managedIds(): readonly StringASTNode[] {
    this.knownManagedIds ??= stringsOf(memberValue(this.root, 'managedDataIdentifierIds'));
    return this.knownManagedIds;
  }
  get customIds(): readonly StringASTNode[] {
    this.knownCustomIds ??= stringsOf(memberValue(this.root, 'customDataIdentifierIds'));
    return this.knownCustomIds;
  }
  get allowLists(): readonly StringASTNode[] {
    this.knownAllowLists ??= stringsOf(memberValue(this.root, 'allowListIds'));
    return this.knownAllowLists;
  }
  get definitions(): readonly BucketDefinition[] {
    this.knownDefinitions ??= definitionsOf(this.bucketDefinitions?.valueNode);
    return this.knownDefinitions;
  }
  get blocks(): readonly ConditionBlock[] {
    this.knownBlocks ??= [...blocksOf(this.s3, 'bucketCriteria'), ...blocksOf(this.s3, 'scoping')];
    return this.knownBlocks;
  }
  get bucketConditions(): readonly Condition[] {
    this.knownBucketConditions ??= conditionsIn(this.blocks, 'bucketCriteria');
    return this.knownBucketConditions;
  }
  get scopeTerms(): readonly Condition[] {
    this.knownScopeTerms ??= conditionsIn(this.blocks, 'scoping');
    return this.knownScopeTerms;
  }
}

const JOB_TYPE = schemaAt(['jobType'])!;
const SELECTOR = schemaAt(['managedDataIdentifierSelector'])!;
const DAY_OF_WEEK = schemaAt(['scheduleFrequency', 'weeklySchedule', 'dayOfWeek'])!;

/** A text with the fixed word that it stands for as its value: the letters alone may differ. */
function asMeant(node: StringASTNode | undefined, schema: SchemaNode): StringASTNode | undefined {
  const value = node && enumValueOf(schema, node.value);
  return value === undefined || value === node!.value ? node : Object.create(node!, { value: { value } });
}

/** The schema of the condition of a kind in an area. */
const conditionSchema = (area: Area, kind: 'simple' | 'tag') =>
  schemaAt(['s3JobDefinition', area, 'includes', 'and', 0, CONDITION_KINDS[area][kind]])!.properties!;

const CONDITION_SCHEMAS = {
  bucketCriteria: {
    simple: conditionSchema('bucketCriteria', 'simple'),
    tag: conditionSchema('bucketCriteria', 'tag'),
  },
  scoping: { simple: conditionSchema('scoping', 'simple'), tag: conditionSchema('scoping', 'tag') },
};

/** A member of a condition that takes fixed words; any text where its schema lists none. */
function wordOf(
  node: ObjectASTNode,
  name: string,
  schemas: ReadonlyMap<string, SchemaNode>,
): StringASTNode | undefined {
  const text = asString(memberValue(node, name));
  const schema = schemas.get(name);
  return schema?.enum ? asMeant(text, schema) : text;
}

function scheduleOf(property: PropertyASTNode | undefined): Schedule | undefined {
  const node = asObject(property?.valueNode);
  if (!property || !node) return undefined;
  const day = memberValue(asObject(memberValue(node, 'monthlySchedule')), 'dayOfMonth');
  return {
    property,
    node,
    forms: SCHEDULE_FORMS.map((name) => memberOf(node, name)).filter((p) => p !== undefined),
    dayOfWeek: asMeant(asString(memberValue(asObject(memberValue(node, 'weeklySchedule')), 'dayOfWeek')), DAY_OF_WEEK),
    dayOfMonth: day?.type === 'number' && Number.isInteger(day.value) ? { node: day, value: day.value } : undefined,
  };
}

function definitionsOf(node: ASTNode | undefined): BucketDefinition[] {
  return (asArray(node)?.items ?? [])
    .filter((item) => item.type === 'object')
    .map((item) => ({
      node: item,
      accountId: asString(memberValue(item, 'accountId')),
      bucketsNode: asArray(memberValue(item, 'buckets')),
      buckets: stringsOf(memberValue(item, 'buckets')),
    }));
}

function blocksOf(s3: ObjectASTNode | undefined, area: Area): ConditionBlock[] {
  const owner = asObject(memberValue(s3, area));
  const blocks: ConditionBlock[] = [];
  for (const side of ['includes', 'excludes'] as const) {
    const property = memberOf(owner, side);
    const node = asObject(property?.valueNode);
    if (!property || !node) continue;
    const and = asArray(memberValue(node, 'and'));
    const conditions = (and?.items ?? []).filter((i) => i.type === 'object').map((i) => conditionOf(i, area, side));
    blocks.push({ area, side, property, node, and, conditions });
  }
  return blocks.sort((a, b) => a.property.offset - b.property.offset);
}

function conditionsIn(blocks: readonly ConditionBlock[], area: Area): Condition[] {
  return blocks.filter((block) => block.area === area).flatMap((block) => block.conditions);
}

function conditionOf(node: ObjectASTNode, area: Area, side: Side): Condition {
  const names = CONDITION_KINDS[area];
  const simple = simpleOf(memberOf(node, names.simple), CONDITION_SCHEMAS[area].simple);
  return { area, side, node, simple, tag: tagOf(memberOf(node, names.tag), CONDITION_SCHEMAS[area].tag) };
}

function simpleOf(
  property: PropertyASTNode | undefined,
  schemas: ReadonlyMap<string, SchemaNode>,
): SimpleCondition | undefined {
  const node = asObject(property?.valueNode);
  if (!property || !node) return undefined;
  const values = memberValue(node, 'values');
  return {
    property,
    node,
    key: wordOf(node, 'key', schemas),
    comparator: wordOf(node, 'comparator', schemas),
    valuesNode: asArray(values),
    values: stringsOf(values),
  };
}

function tagOf(
  property: PropertyASTNode | undefined,
  schemas: ReadonlyMap<string, SchemaNode>,
): TagCondition | undefined {
  const node = asObject(property?.valueNode);
  if (!property || !node) return undefined;
  const tagValues = asArray(memberValue(node, 'tagValues'));
  return {
    property,
    node,
    key: wordOf(node, 'key', schemas),
    comparator: wordOf(node, 'comparator', schemas),
    target: wordOf(node, 'target', schemas),
    tagValuesNode: tagValues,
    pairs: (tagValues?.items ?? [])
      .filter((item) => item.type === 'object')
      .map((item) => ({
        node: item,
        key: asString(memberValue(item, 'key')),
        value: asString(memberValue(item, 'value')),
      })),
  };
}
