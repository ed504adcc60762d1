import { type Kind, keysOf, kindOfParts, writeAs } from '../language/conditionForms.js';
import type { JobDocument } from '../language/document.js';
import { removeItems, removeMember } from '../language/edits.js';
import {
  type Area,
  CONDITION_KINDS,
  type Condition,
  type SimpleCondition,
  type TagCondition,
} from '../language/model.js';
import { once } from '../language/once.js';
import { splitCondition } from '../language/splitCondition.js';
import {
  asArray,
  asString,
  memberOf,
  memberValue,
  type ObjectASTNode,
  type PropertyASTNode,
} from '../language/tree.js';
import { meantValue } from './invalidValue.js';
import type { Finding, Fix, Report } from './rule.js';

export interface KindData {
  node: ObjectASTNode;
  /** A condition whose parts are those of a kind, and stand under the name of the other, or in the form of the other. */
  mixed?: Mixed;
}

interface Mixed {
  property: PropertyASTNode;
  area: Area;
  kind: Kind;
  /** The list, where nothing but its name is that of the other kind. */
  list?: PropertyASTNode;
}

/** The conditions of one element of `and`, in the order of the text: one, both kinds, or none. */
export function kindsOf(node: ObjectASTNode, area: Area): PropertyASTNode[] {
  const { simple, tag } = CONDITION_KINDS[area];
  return [memberOf(node, simple), memberOf(node, tag)]
    .filter((property) => property !== undefined)
    .sort((a, b) => a.offset - b.offset);
}

/** The mends of an element that holds two conditions, or none. */
export function kindFixes(document: JobDocument, node: ObjectASTNode, area: Area): Fix[] {
  const [first, second] = kindsOf(node, area);
  if (!first || !second) {
    const list = asArray(node.parent);
    if (!list || list.items.length < 2) return [];
    const changes = removeItems(document, list, [node]);
    return [{ title: 'Remove the empty condition', changes, preferred: true }];
  }
  return [
    {
      title: `Move ${second.keyNode.value} into a condition of its own`,
      changes: splitCondition(document, node, second),
      preferred: true,
    },
    ...[first, second].map((property) => ({
      title: `Remove ${property.keyNode.value}`,
      changes: [removeMember(document, property)],
    })),
  ];
}

/** A condition with the parts of the other kind. */
export function mixedReport({ node, area, simple, tag }: Condition): Report<KindData> | undefined {
  // Nearly every condition has its list, and then nothing of the other kind.
  if ((!simple || simple.values.length > 0) && (!tag || (tag.tagValuesNode && tag.pairs.length > 0))) return undefined;
  const part = simple ?? tag!;
  const kind = kindOfParts(part.node, simple ? 'simple' : 'tag', area);
  if (!kind) return undefined;
  const name = CONDITION_KINDS[area][kind];
  const own = part.property.keyNode.value;
  const list = name === own ? renamedList(part, area) : undefined;
  return {
    at: list ? list.keyNode : part.property.keyNode,
    severity: 'error',
    message:
      kind === 'simple' && list
        ? `A ${own} compares a property, with "values"; "tagValues" are those of tags. Here they are refused or silently lost. Rename them to "values".`
        : name === own
          ? `A ${own} compares tags, in "tagValues"; "values" are those of a property. Here they are refused or silently lost. Write them as tags.`
          : `These are the parts of a ${name}, and a ${own} does not take them: they are refused or silently lost. Write it as a ${name}.`,
    data: { node, mixed: { property: part.property, area, kind, list } },
  };
}

/** The list of a condition that is right under the name of its own kind, as it stands. */
function renamedList({ node }: SimpleCondition | TagCondition, area: Area): PropertyASTNode | undefined {
  const tagValues = memberOf(node, 'tagValues');
  if (tagValues) return tagValues;
  const key = asString(memberValue(node, 'key'))?.value;
  const isOwn = area === 'scoping' ? key === 'TAG' : !memberOf(node, 'key');
  const values = memberOf(node, 'values');
  const arePairs = asArray(values?.valueNode)?.items.every((item) => item.type === 'object');
  return isOwn && arePairs ? values : undefined;
}

export function mixedFixes(document: JobDocument, { property, area, kind, list }: Mixed): Fix[] {
  const written = writeAs(document, property, area, kind);
  const name = CONDITION_KINDS[area][kind];
  const isRename = list && written?.changes.length === 1;
  const title = isRename
    ? `Rename to ${kind === 'simple' ? 'values' : 'tagValues'}`
    : property.keyNode.value === name
      ? 'Write the values as tags'
      : `Write it as a ${name}`;
  if (!written) return [];
  // A key that may well mean a property is hardly that of a tag.
  const key = kind === 'tag' ? asString(memberValue(property.valueNode, 'key'))?.value : undefined;
  const isOfProperty = key !== undefined && key !== 'TAG' && meantValue(key, keysOf(area)) !== undefined;
  return [{ title, changes: written.changes, preferred: written.isExact && !isOfProperty }];
}

/** The members that are judged by the kind of the condition. */
const TELLING: readonly string[] = ['comparator', 'key', 'values', 'value', 'tagValues', 'target'];

/** What is said of the parts of a condition as if it were of the kind that it is named. */
const OF_PARTS: ReadonlySet<string> = new Set([
  'unknown-member',
  'invalid-value',
  'wrong-type',
  'condition-incomplete',
  'tag-scope-pair',
  'bucket-tag-pair',
]);

export function coversParts(other: Finding, own: readonly Finding<KindData>[]): boolean {
  if (!OF_PARTS.has(other.code)) return false;
  // Parts do not overlap: the last one that begins before is the one that holds the place, if any does.
  const parts = partsOf(own);
  let from = 0;
  let to = parts.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (parts[middle]!.start <= other.start) from = middle + 1;
    else to = middle;
  }
  const part = parts[from - 1];
  return part !== undefined && other.end <= part.end;
}

/** Where the parts stand that are judged as those of the other kind: names and lists, and the name of the condition. */
const partsOf = once((own: readonly Finding<KindData>[]) =>
  own
    .flatMap(({ data: { mixed } }) => {
      if (!mixed) return [];
      const { keyNode, valueNode } = mixed.property;
      // Key and comparator are right or wrong beside a list of any name.
      const telling = mixed.list ? [mixed.list.keyNode.value] : TELLING;
      const parts = telling.map((name) => memberOf(valueNode, name)).filter((part) => part !== undefined);
      return [keyNode, ...parts].map(({ offset, length }) => ({ start: offset, end: offset + length }));
    })
    .sort((a, b) => a.start - b.start),
);
