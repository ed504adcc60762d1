import type { TextChange } from '../rules/rule.js';
import type { JobDocument } from './document.js';
import { addMember, blockText, memberText, removeMember, removeMembers, replaceMember } from './edits.js';
import type { JobModel } from './model.js';
import { schemaAt } from './schema.js';
import { nodeText } from './scopeEdits.js';
import { memberNames } from './structure.js';
import {
  type ASTNode,
  asArray,
  asObject,
  type JsonPath,
  memberOf,
  type ObjectASTNode,
  type PropertyASTNode,
} from './tree.js';

/* Members that belong to one place alone, and the way from where they stand to there. */

const PLACES: readonly JsonPath[] = [
  [],
  ['s3JobDefinition'],
  ['s3JobDefinition', 'bucketDefinitions', 0],
  ['scheduleFrequency'],
  ['scheduleFrequency', 'weeklySchedule'],
  ['scheduleFrequency', 'monthlySchedule'],
];

/** The members of these places, each with the path to its object. */
const HOMES: ReadonlyMap<string, JsonPath> = new Map(
  PLACES.flatMap((place) => memberNames(schemaAt(place)!).map((name) => [name, place] as const)),
);

/** Names that are as likely meant for something else where they stand deep in the definition. */
const ANYWHERE: ReadonlySet<string> = new Set(['name', 'description', 'tags', 'accountId', 'buckets']);

/**
 * The path to the object that an unknown member belongs to; undefined for a member of no certain place, or whose place is
 * taken. `depth` is that of the object in which it stands.
 */
export function homeOf(property: PropertyASTNode, depth: number, model: JobModel): JsonPath | undefined {
  const name = property.keyNode.value;
  const home = HOMES.get(name);
  if (!home || !model.root || (depth > 1 && ANYWHERE.has(name))) return undefined;
  // A day tells of what form a schedule is; beside a form, or in another one, it says something else.
  if (home.length > 1 && home[0] === 'scheduleFrequency' && model.schedule?.forms.length) return undefined;
  const way = wayTo(model.root, home);
  if (!way || (way.rest.length === 0 && memberOf(way.at, name))) return undefined;
  return home;
}

/** The last object that is there on a path, and what is yet to be made; undefined where something else is in the way. */
function wayTo(root: ObjectASTNode, path: JsonPath): { at: ObjectASTNode; rest: JsonPath } | undefined {
  let at: ObjectASTNode = root;
  for (let i = 0; i < path.length; i++) {
    const member = memberOf(at, path[i] as string);
    if (!member) return { at, rest: path.slice(i) };
    let value: ASTNode | undefined = member.valueNode;
    if (typeof path[i + 1] === 'number') {
      const items = asArray(value)?.items;
      value = items?.length === 1 ? items[0] : undefined;
      i++;
    }
    const next = asObject(value);
    if (!next) return undefined;
    at = next;
  }
  return { at, rest: [] };
}

/** Whether the object that a path leads to is there. */
export function isThere({ root }: JobModel, home: JsonPath): boolean {
  return root !== undefined && wayTo(root, home)?.rest.length === 0;
}

/** Moves members of one object to the object that a path leads to, which is made where there is none. */
export function moveHome(
  document: JobDocument,
  { root }: JobModel,
  properties: readonly PropertyASTNode[],
  home: JsonPath,
): TextChange[] | undefined {
  const parent = asObject(properties[0]?.parent);
  const way = root && wayTo(root, home);
  const values = properties.map(({ valueNode }) => valueNode && nodeText(document, valueNode));
  if (!parent || !way || values.some((value) => value === undefined)) return undefined;
  const [name, ...steps] = way.rest as [string, ...JsonPath];
  if (name === undefined) {
    return [
      ...removeMembers(document, parent, properties),
      ...properties.map(({ keyNode }, i) => addMember(document, way.at, keyNode.value, values[i]!)),
    ];
  }
  const members = properties.map(({ keyNode }, i) => memberText(document, keyNode.value, values[i]!));
  const text = steps.reduceRight<string>(
    (inner, step) =>
      typeof step === 'number'
        ? blockText(document, '[]', [inner])
        : blockText(document, '{}', [memberText(document, step, inner)]),
    blockText(document, '{}', members),
  );
  const [first, ...others] = properties as [PropertyASTNode, ...PropertyASTNode[]];
  if (way.at === parent) {
    return [replaceMember(document, first, name, text), ...others.map((property) => removeMember(document, property))];
  }
  return [...removeMembers(document, parent, properties), addMember(document, way.at, name, text)];
}
