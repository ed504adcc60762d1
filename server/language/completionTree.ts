import type { JobDocument } from './document.js';
import { rootSchema, type SchemaNode, schemaStep } from './schema.js';
import type { ArrayASTNode, ASTNode, ObjectASTNode, PropertyASTNode } from './tree.js';

/* Finding one's way in a tree by an offset, in steps that do not grow with the number of children. */

/** The innermost object or array between whose brackets the offset is. */
export function containerAt(document: JobDocument, offset: number): ObjectASTNode | ArrayASTNode | undefined {
  let found: ObjectASTNode | ArrayASTNode | undefined;
  let next: ASTNode | undefined = document.root;
  while (next && (next.type === 'object' || next.type === 'array') && isInside(document, next, offset)) {
    found = next;
    const child = childBefore(found, offset);
    next = child?.type === 'property' ? child.valueNode : child;
  }
  return found;
}

function isInside(document: JobDocument, node: ObjectASTNode | ArrayASTNode, offset: number): boolean {
  const end = endOf(node);
  return offset > node.offset && (offset < end || (offset >= end && !isClosed(document, node)));
}

/** A container that is never closed reaches to the end of the text: its last character is that of a child, or none. */
function isClosed({ source }: JobDocument, node: ObjectASTNode | ArrayASTNode): boolean {
  const end = endOf(node);
  if (node.length < 2 || source[end - 1] !== (node.type === 'object' ? '}' : ']')) return false;
  const children = node.type === 'object' ? node.properties : node.items;
  const last = children[children.length - 1];
  return !last || endOf(last) < end;
}

/** The last child that begins before the offset. */
export function childBefore(node: ObjectASTNode | ArrayASTNode, offset: number): ASTNode | undefined {
  const children: readonly ASTNode[] = node.type === 'object' ? node.properties : node.items;
  return children[indexBefore(children, offset)];
}

/** The index of the last child that begins before the offset; -1 where none does. */
export function indexBefore(children: readonly ASTNode[], offset: number): number {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where a node ends, exclusive. */
export const endOf = (node: ASTNode) => node.offset + node.length;

/** The schema of a node, by the names on the way to it. */
export function schemaOf(node: ASTNode): SchemaNode | undefined {
  const { parent } = node;
  if (!parent) return rootSchema;
  if (parent.type === 'property') return schemaStep(parent.parent && schemaOf(parent.parent), nameOf(parent));
  return schemaOf(parent)?.items;
}

/** The name of a member, which may stand in single quotes: the parser leaves those on. */
export function nameOf({ keyNode: { value } }: PropertyASTNode): string {
  return value.length > 1 && value.startsWith("'") && value.endsWith("'") ? value.slice(1, -1) : value;
}
