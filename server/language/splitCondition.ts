import type { TextChange } from '../rules/rule.js';
import type { JobDocument } from './document.js';
import { eolOf, indentAt, inlineText, insertAfter, removeMember } from './edits.js';
import type { ObjectASTNode, PropertyASTNode } from './tree.js';

/** Moves one member of an array's object into an object of its own, right behind, laid out as the first one is. */
export function splitCondition(document: JobDocument, node: ObjectASTNode, moved: PropertyASTNode): TextChange[] {
  const { source } = document;
  const text = source.slice(moved.offset, moved.offset + moved.length);
  const end = node.offset + node.length;
  const broken = /[\r\n]/.test(source.slice(node.offset, node.properties[0]!.offset));
  const outer = eolOf(document) + indentAt(document, node.offset);
  const inner = eolOf(document) + indentAt(document, node.properties[0]!.offset);
  if (!broken) return [removeMember(document, moved), insertAfter(document, node, inlineText(document, '{}', [text]))];
  return [removeMember(document, moved), { start: end, end, newText: `,${outer}{${inner}${text}${outer}}` }];
}
