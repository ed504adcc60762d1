import type { JobDocument } from '../language/document.js';
import { removeItems, removeMember } from '../language/edits.js';
import { type Area, CONDITION_KINDS } from '../language/model.js';
import { splitCondition } from '../language/splitCondition.js';
import { asArray, memberOf, type ObjectASTNode, type PropertyASTNode } from '../language/tree.js';
import type { Fix } from './rule.js';

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
