import type { ArrayASTNode, ASTNode, ObjectASTNode, PropertyASTNode, StringASTNode } from 'vscode-json-languageservice';
import type { Span } from './document.js';

export type { ArrayASTNode, ASTNode, ObjectASTNode, PropertyASTNode, StringASTNode };

/** A node as it is changed after it was made; the library declares its trees read-only. */
export type MutableNode = { -readonly [Key in keyof ASTNode]: ASTNode[Key] } & { colonOffset?: number };

/** A path from the root: member names and array indexes. */
export type JsonPath = (string | number)[];

export function spanOf(node: ASTNode): Span {
  return { start: node.offset, end: node.offset + node.length };
}

/** Calls for a node and all below it. What the library gives as the children of a member is an array made for each asking. */
export function visit(root: ASTNode, see: (node: ASTNode) => void): void {
  const pending: ASTNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    see(node);
    if (node.type === 'object') for (const property of node.properties) pending.push(property);
    else if (node.type === 'array') for (const item of node.items) pending.push(item);
    else if (node.type === 'property') {
      pending.push(node.keyNode);
      if (node.valueNode) pending.push(node.valueNode);
    }
  }
}

/** The member of that name which AWS's CLI would use: the last one, where a name is repeated. */
export function memberOf(object: ASTNode | undefined, name: string): PropertyASTNode | undefined {
  if (object?.type !== 'object') return undefined;
  for (let i = object.properties.length - 1; i >= 0; i--) {
    if (object.properties[i]!.keyNode.value === name) return object.properties[i];
  }
  return undefined;
}

/** The value of a member, by `memberOf`. */
export function memberValue(object: ASTNode | undefined, name: string): ASTNode | undefined {
  return memberOf(object, name)?.valueNode;
}

export function asObject(node: ASTNode | undefined): ObjectASTNode | undefined {
  return node?.type === 'object' ? node : undefined;
}

export function asArray(node: ASTNode | undefined): ArrayASTNode | undefined {
  return node?.type === 'array' ? node : undefined;
}

export function asString(node: ASTNode | undefined): StringASTNode | undefined {
  return node?.type === 'string' ? node : undefined;
}

/** The strings among an array's items; nothing where the node is no array. */
export function stringsOf(node: ASTNode | undefined): StringASTNode[] {
  if (node?.type !== 'array') return [];
  return node.items.filter((item): item is StringASTNode => item.type === 'string');
}

/** Where a node stands: the names and indexes that lead to it from the root. A property node stands for its member. */
export function pathOf(node: ASTNode): JsonPath {
  const path: JsonPath = [];
  for (let at: ASTNode | undefined = node; at; at = at.parent) {
    if (at.type === 'property') path.unshift(at.keyNode.value);
    else if (at.parent?.type === 'array') path.unshift(at.parent.items.indexOf(at));
  }
  return path;
}

/** The node's value as plain JSON data. Members named `__proto__` become own members; a repeated member's last value stands. */
export function plainValue(node: ASTNode): unknown {
  switch (node.type) {
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const property of node.properties) {
        Object.defineProperty(value, property.keyNode.value, {
          value: property.valueNode ? plainValue(property.valueNode) : undefined,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return value;
    }
    case 'array':
      return node.items.map(plainValue);
    case 'property':
      return node.valueNode ? plainValue(node.valueNode) : undefined;
    case 'null':
      return null;
    default:
      return node.value;
  }
}

/** True where both nodes hold the same JSON value, whatever their layout; the order of members does not count. */
export function sameValue(a: ASTNode | undefined, b: ASTNode | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.type !== b.type) return false;
  if (a.type === 'array' && b.type === 'array') {
    return a.items.length === b.items.length && a.items.every((item, i) => sameValue(item, b.items[i]));
  }
  if (a.type === 'object' && b.type === 'object') {
    const names = new Set(a.properties.map((p) => p.keyNode.value));
    return (
      names.size === new Set(b.properties.map((p) => p.keyNode.value)).size &&
      [...names].every((name) => memberOf(b, name) && sameValue(memberValue(a, name), memberValue(b, name)))
    );
  }
  return a.value === b.value;
}
