import type { TextChange } from '../rules/rule.js';
import { oppositeComparator } from './comparators.js';
import type { JobDocument } from './document.js';
import {
  addItems,
  addMember,
  applyChanges,
  blockText,
  indentAt,
  memberText,
  removeItems,
  removeMember,
  renameMember,
} from './edits.js';
import type { Condition, Side, TagPair } from './model.js';
import { countOf, type Scope, type ScopeSide, type ScopeTerm } from './scope.js';
import { type ArrayASTNode, type ASTNode, asObject, memberOf, type StringASTNode } from './tree.js';

/* Changes to conditions, for the fixes of several rules. */

/** A condition that goes to another place, with what changes in it on the way. */
export interface Moved {
  condition: Condition;
  /** Inside the condition. */
  changes: readonly TextChange[];
}

/** A condition's text after changes inside it, its lines as far left as they go. */
export function conditionText(document: JobDocument, { condition, changes }: Moved): string {
  return nodeText(document, condition.node, changes);
}

/** A node's text after changes inside it, its lines as far left as they go: for writing it at another place. */
export function nodeText(document: JobDocument, node: ASTNode, changes: readonly TextChange[] = []): string {
  const { offset, length } = node;
  const text = applyChanges(
    document.source.slice(offset, offset + length),
    changes.map(({ start, end, newText }) => ({ start: start - offset, end: end - offset, newText })),
  );
  const indent = indentAt(document, offset);
  return text
    .split(/\r?\n/)
    .map((line, i) => (i > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

/** Adds values to a list, but those that it has. */
export function addValues(document: JobDocument, list: ArrayASTNode, values: readonly StringASTNode[]): TextChange[] {
  const present = new Set(list.items.map((item) => (item.type === 'string' ? item.value : undefined)));
  const added = values.filter(({ value }) => !present.has(value) && present.add(value));
  return addItems(
    document,
    list,
    added.map(({ value }) => JSON.stringify(value)),
  );
}

const OTHER: Readonly<Record<Side, Side>> = { includes: 'excludes', excludes: 'includes' };

/** Removes a condition, and with the last one the side that holds it. */
export function removeCondition(document: JobDocument, side: ScopeSide, condition: Condition): TextChange[] {
  return side.and.items.length > 1 ? removeItems(document, side.and, [condition.node]) : [removeSide(document, side)];
}

/** Removes conditions of a side, of which some stay. */
export function removeConditions(document: JobDocument, side: ScopeSide, terms: readonly ScopeTerm[]): TextChange[] {
  const nodes = terms.map(({ condition }) => condition.node);
  return removeItems(document, side.and, nodes);
}

/**
 * Removes one side, and with the last one the scoping: an empty one says nothing. Criteria stay, since a job needs buckets.
 */
export function removeSide(
  document: JobDocument,
  { area, property }: Pick<ScopeSide, 'area' | 'property'>,
): TextChange {
  const owner = asObject(property.parent);
  const whole = area === 'scoping' && owner?.properties.length === 1 ? owner.parent : undefined;
  return removeMember(document, whole?.type === 'property' ? whole : property);
}

/** Takes conditions away and puts their values into another one on the same property, where they are joined by OR. */
export function mergeInto(
  document: JobDocument,
  from: ScopeSide,
  into: ScopeTerm,
  terms: readonly ScopeTerm[],
): TextChange[] {
  const removal = removeConditions(document, from, terms);
  if (into.kind === 'values') {
    const values = terms.flatMap((term) => (term.kind === 'values' ? term.values : []));
    return [...addValues(document, into.simple.valuesNode!, values), ...removal];
  }
  const { tag } = into.condition;
  if (!tag?.tagValuesNode) return [];
  const name = ({ key, value }: TagPair) => JSON.stringify([key?.value, value?.value]);
  const present = new Set(tag.pairs.map(name));
  const pairs = terms
    .flatMap((term) => term.condition.tag?.pairs ?? [])
    .filter((pair) => !present.has(name(pair)) && present.add(name(pair)));
  const texts = pairs.map(({ node }) => nodeText(document, node));
  return [...addItems(document, tag.tagValuesNode, texts), ...removal];
}

/**
 * Moves conditions from one side to the other; undefined where the other side is there, but not in a form that takes
 * them.
 */
export function moveAcross(
  document: JobDocument,
  scope: Scope,
  from: ScopeSide,
  moved: readonly Moved[],
): TextChange[] | undefined {
  const name = OTHER[from.side];
  const to = scope[name];
  const owner = asObject(from.property.parent);
  if (!owner || (!to && memberOf(owner, name))) return undefined;
  const isAll = moved.length === from.and.items.length;
  if (isAll && !to) return [renameMember(from.property, name), ...moved.flatMap(({ changes }) => changes)];
  const texts = moved.map((one) => conditionText(document, one));
  const nodes: ASTNode[] = moved.map(({ condition }) => condition.node);
  return [
    ...(isAll ? [removeMember(document, from.property)] : removeItems(document, from.and, nodes)),
    ...(to
      ? addItems(document, to.and, texts)
      : [
          addMember(
            document,
            owner,
            name,
            blockText(document, '{}', [memberText(document, 'and', blockText(document, '[]', texts))]),
          ),
        ]),
  ];
}

/**
 * What makes a condition its own opposite; undefined where there is no opposite comparator, or where AWS does not say
 * what it means: NE with several values.
 */
export function opposite(term: ScopeTerm): Moved | undefined {
  const comparator = oppositeComparator(term.comparator);
  if (!comparator || countOf(term) !== 1) return undefined;
  return withComparator(term.condition, comparator);
}

/** A condition with another comparator. */
export function withComparator(condition: Condition, comparator: string): Moved | undefined {
  const node = (condition.simple ?? condition.tag)?.comparator;
  if (!node) return undefined;
  const { offset, length } = node;
  return { condition, changes: [{ start: offset, end: offset + length, newText: JSON.stringify(comparator) }] };
}
