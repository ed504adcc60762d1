import { writeAs } from '../language/conditionForms.js';
import type { JobDocument } from '../language/document.js';
import {
  memberText,
  renameMember,
  replaceString,
  replaceText,
  smallText,
  splitItem,
  textAround,
} from '../language/edits.js';
import { nodeText } from '../language/scopeEdits.js';
import { normalizeName } from '../language/suggest.js';
import {
  type ArrayASTNode,
  type ASTNode,
  asArray,
  asString,
  memberOf,
  type ObjectASTNode,
  type PropertyASTNode,
} from '../language/tree.js';
import type { Fix } from './rule.js';

/*
 * The mends of wrong names, types and nulls inside of conditions, where what stands there has to change together with the
 * name or the type. The rules on names, types and nulls offer them in the place of their own.
 */

/** The name of the member that holds an object or a list. */
function nameOver(node: ASTNode | undefined): string | undefined {
  return node?.parent?.type === 'property' ? node.parent.keyNode.value : undefined;
}

/** Whether a node is an entry of the `tagValues` of a condition. */
function isPair(node: ASTNode | undefined): node is ObjectASTNode {
  return node?.type === 'object' && node.parent?.type === 'array' && nameOver(node.parent) === 'tagValues';
}

/** The mend of a member that does not belong to a condition, or to a pair of its tags; undefined for others. */
export function memberFix(document: JobDocument, property: PropertyASTNode): Fix | undefined {
  const { keyNode, valueNode, parent } = property;
  if (!valueNode || parent?.type !== 'object') return undefined;
  const name = keyNode.value;
  if (nameOver(parent.parent) === 'and') return tagTwinFix(document, property);
  return isPair(parent) && normalizeName(name) === 'values' ? pairValuesFix(document, property, parent) : undefined;
}

/** The tag condition of the other area as that of this one, which has other members and another form of tags. */
function tagTwinFix(document: JobDocument, property: PropertyASTNode): Fix | undefined {
  const twin = { tagScopeTerm: 'tagCriterion', tagCriterion: 'tagScopeTerm' }[property.keyNode.value];
  if (!twin || memberOf(property.parent, twin)) return undefined;
  const written = writeAs(document, property, twin === 'tagScopeTerm' ? 'scoping' : 'bucketCriteria', 'tag');
  if (!written) return undefined;
  const { changes, isExact } = written;
  return { title: `Write it as a ${twin}`, changes, preferred: isExact, safe: isExact };
}

/** `{"key": "a", "values": ["b", "c"]}` as pairs of one value each. */
function pairValuesFix(document: JobDocument, property: PropertyASTNode, pair: ObjectASTNode): Fix | undefined {
  const values = asArray(property.valueNode)?.items.map((item) => asString(item)?.value) ?? [];
  const key = asString(memberOf(pair, 'key')?.valueNode)?.value;
  if (values.length === 0 || values.includes(undefined) || memberOf(pair, 'value')) return undefined;
  if (values.length === 1) {
    const changes = [renameMember(property, 'value'), replaceString(property.valueNode!, values[0]!)];
    return { title: 'Write it as one value', changes, preferred: true };
  }
  if (key === undefined || pair.properties.length !== 2) return undefined;
  const texts = values.map((value) => smallText(document, { key, value }));
  const changes = [splitItem(document, pair.parent as ArrayASTNode, pair, texts)];
  return { title: 'Write a pair for each value', changes, preferred: true };
}

/** The mend of a value of a wrong type of a member, that holds conditions, or tags of one; undefined for others. */
export function typeFix(document: JobDocument, node: ASTNode, name: string | undefined): Fix | undefined {
  if (node.type === 'array' && node.items.length > 0 && node.items.every(isCondition)) {
    const isSide = name === 'includes' || name === 'excludes';
    if (isSide || name === 'bucketCriteria' || name === 'scoping') {
      const and = textAround(document, node, '{}', [memberText(document, 'and', nodeText(document, node))]);
      const text = isSide ? and : textAround(document, node, '{}', [memberText(document, 'includes', and)]);
      const title = isSide ? 'Put the conditions into "and"' : 'Put the conditions into includes';
      return { title, changes: [replaceText(document, node, text)], preferred: true };
    }
  }
  return node.type === 'object' && name === 'tagValues' ? mapFix(document, node) : undefined;
}

/** An object with members that conditions alone have. */
function isCondition(node: ASTNode): boolean {
  return (
    node.type === 'object' &&
    node.properties.length > 0 &&
    node.properties.every(({ keyNode }) => /^(?:simple|tag)(?:Criterion|ScopeTerm)$/.test(keyNode.value))
  );
}

/** `{"a": "b"}` as a list of pairs. */
function mapFix(document: JobDocument, node: ObjectASTNode): Fix | undefined {
  const pairs: string[] = [];
  for (const { keyNode, valueNode } of node.properties) {
    if (valueNode?.type !== 'string' || /^(?:key|value)$/i.test(keyNode.value)) return undefined;
    pairs.push(smallText(document, { key: keyNode.value, value: valueNode.value }));
  }
  if (pairs.length === 0) return undefined;
  const changes = [replaceText(document, node, textAround(document, node, '[]', pairs))];
  return { title: 'Write it as pairs of key and value', changes, preferred: true };
}

/** The tag of an object that a null stands in; that of a bucket may lack its key or its value. */
function objectTagOf(node: ASTNode): { name: string } | undefined {
  const { parent } = node;
  if (parent?.type !== 'property' || !isPair(parent.parent)) return undefined;
  const term = parent.parent.parent?.parent?.parent;
  return nameOver(term) === 'tagScopeTerm' ? { name: parent.keyNode.value } : undefined;
}

/** Whether a null stands in the place of what a tag of objects needs: its key, or the empty text that stands for any value. */
export function isNeededInTag(node: ASTNode): boolean {
  const name = objectTagOf(node)?.name;
  return name === 'key' || name === 'value';
}

/** The mend of a null in a tag of objects; undefined for a null elsewhere. */
export function nullFixes(node: ASTNode): Fix[] | undefined {
  if (!isNeededInTag(node)) return undefined;
  if (objectTagOf(node)?.name === 'key') return [];
  return [{ title: 'Match any value: write an empty text', changes: [replaceString(node, '')], preferred: true }];
}
