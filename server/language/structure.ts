import type { JobDocument } from './document.js';
import { once } from './once.js';
import { enumValueOf, rootSchema, type SchemaNode } from './schema.js';
import { type Near, nearNames } from './suggest.js';
import {
  type ASTNode,
  asObject,
  memberOf,
  type ObjectASTNode,
  type PropertyASTNode,
  type StringASTNode,
  sameValue,
} from './tree.js';

/** What the schema alone can say against a tree. Each kind is reported by the structure rule of that name. */
export type StructureProblem =
  | ({ kind: 'unknown-member'; property: PropertyASTNode; schema: SchemaNode; depth: number } & Suggestion)
  | { kind: 'missing-member'; node: ObjectASTNode; name: string; schema: SchemaNode }
  | { kind: 'wrong-type'; node: ASTNode; schema: SchemaNode }
  | { kind: 'null-value'; node: ASTNode; schema: SchemaNode }
  | { kind: 'invalid-value'; node: StringASTNode; schema: SchemaNode; member?: string }
  | { kind: 'duplicate-member'; property: PropertyASTNode; kept: PropertyASTNode; same: boolean }
  | { kind: 'too-long'; node: StringASTNode; length: number; limit: number; isName: boolean }
  | { kind: 'too-many'; node: ASTNode; count: number; limit: number }
  | { kind: 'out-of-range'; node: ASTNode; minimum: number; maximum: number };

/** The member that an unknown one may mean. */
export interface Suggestion {
  suggestion?: string;
  /** True where the letters are the same, or where the value that stands there is one for the suggested member. */
  fits?: boolean;
  /** In place of a suggestion: members that it may mean as well one as the other. */
  tied?: readonly string[];
}

/**
 * Walks a tree beside the schema and returns what does not fit, in the order of the text. Linear in the size of the
 * tree. A node that is wrong as a whole is reported once and not walked: what it holds cannot be judged.
 */
export function checkStructure({ root, source, incomplete }: JobDocument): StructureProblem[] {
  const walk: Walk = { source, incomplete, problems: [] };
  if (root) checkValue(root, rootSchema, walk, 0);
  return walk.problems;
}

interface Walk extends Pick<JobDocument, 'source' | 'incomplete'> {
  readonly problems: StructureProblem[];
}

function checkValue(node: ASTNode, schema: SchemaNode, walk: Walk, depth: number, member?: string): void {
  const { problems } = walk;
  switch (schema.type) {
    case 'string':
      if (node.type !== 'string') break;
      if (schema.enumSet && !schema.enumSet.has(node.value)) {
        problems.push({ kind: 'invalid-value', node, schema, member });
      }
      if (schema.maxLength !== undefined) checkLength(node, schema.maxLength, false, problems);
      return;
    case 'array':
      if (node.type !== 'array') break;
      if (schema.maxItems !== undefined && node.items.length > schema.maxItems) {
        problems.push({ kind: 'too-many', node, count: node.items.length, limit: schema.maxItems });
      }
      for (const item of node.items) checkValue(item, schema.items!, walk, depth + 1, member);
      return;
    case 'object':
      if (node.type !== 'object') break;
      checkObject(node, schema, walk, depth);
      return;
    case 'integer':
      // The CLI refuses a number written with a fraction or an exponent, whatever its value.
      if (node.type !== 'number' || !isWholeNumber(node, walk.source)) break;
      if (node.value < (schema.minimum ?? -Infinity) || node.value > (schema.maximum ?? Infinity)) {
        problems.push({
          kind: 'out-of-range',
          node,
          minimum: schema.minimum ?? -Infinity,
          maximum: schema.maximum ?? Infinity,
        });
      }
      return;
    case 'boolean':
      if (node.type !== 'boolean') break;
      return;
  }
  problems.push({ kind: node.type === 'null' && node.parent ? 'null-value' : 'wrong-type', node, schema });
}

/** True for a number written as an integer: `100.0` and `1e2` are fractions to the CLI. */
export function isWholeNumber(node: ASTNode, source: string): boolean {
  return node.type === 'number' && /^-?\d+$/.test(source.slice(node.offset, node.offset + Math.min(node.length, 40)));
}

function checkObject(node: ObjectASTNode, schema: SchemaNode, walk: Walk, depth: number): void {
  const { problems } = walk;
  const { properties, additional } = schema;
  const lost = lostMembers(node, problems);
  let isComplete = !walk.incomplete.has(node);
  if (schema.maxProperties !== undefined && node.properties.length > schema.maxProperties) {
    problems.push({ kind: 'too-many', node, count: node.properties.length, limit: schema.maxProperties });
  }
  for (const property of node.properties) {
    // What is lost as a whole is no further mistake.
    if (lost?.has(property)) continue;
    const name = property.keyNode.value;
    const known = properties?.get(name) ?? additional;
    if (!known) {
      if (/[\w$]/.test(walk.source[property.keyNode.offset]!)) {
        // No name of JSON: whether it is a name at all cannot be told.
        isComplete = false;
        continue;
      }
      problems.push({ kind: 'unknown-member', property, schema, depth, ...suggestionFor(property, schema) });
      continue;
    }
    if (schema.maxNameLength !== undefined) checkLength(property.keyNode, schema.maxNameLength, true, problems);
    if (property.valueNode) checkValue(property.valueNode, known, walk, depth + 1, name);
  }
  for (const name of isComplete ? schema.required : []) {
    if (node.properties.some((property) => property.keyNode.value === name)) continue;
    problems.push({ kind: 'missing-member', node, name, schema });
  }
}

/** Of the names that are near, the first that takes the value; else the first that is near beyond its beginning. */
function suggestionFor(property: PropertyASTNode, schema: SchemaNode): Suggestion {
  if (!schema.properties) return {};
  const near = namesNear(property.keyNode.value, schema);
  const { valueNode } = property;
  const schemaOf = ({ name }: Near) => schema.properties!.get(name)!;
  const taking =
    near.find((one) => one.how === 'same' || isOfType(valueNode, schemaOf(one))) ??
    near.find((one) => fits(valueNode, schemaOf(one)));
  if (taking?.how === 'letters') {
    // Of two that are as near, such as includes and excludes, the one that is there already is not meant.
    const alike = near.filter((one) => one.far === taking.far && fits(valueNode, schemaOf(one)));
    const free = alike.filter(({ name }) => !memberOf(property.parent, name));
    if (free.length > 1) return { tied: free.map(({ name }) => name) };
    return { suggestion: (free[0] ?? taking).name, fits: true };
  }
  if (taking) return { suggestion: taking.name, fits: true };
  return { suggestion: near.find(({ how }) => how !== 'beginning')?.name, fits: false };
}

/** How many misspelt names are remembered for an object: a mistake is often made many times, and seen at each keystroke. */
const MOST_REMEMBERED = 1000;

const remembered = once((_: SchemaNode) => new Map<string, readonly Near[]>());

/** The members of an object that a name may mean. */
function namesNear(name: string, schema: SchemaNode): readonly Near[] {
  const known = remembered(schema);
  let near = known.get(name);
  if (!near) {
    near = nearNames(name, memberNames(schema));
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(name, near);
  }
  return near;
}

/** The members of an object; `$schema` is none of the API's. */
export const memberNames = once(({ properties }: SchemaNode): readonly string[] =>
  [...(properties?.keys() ?? [])].filter((key) => key !== '$schema'),
);

/** Whether a value is one for the place as it stands. */
function isOfType(node: ASTNode | undefined, schema: SchemaNode): boolean {
  const type = node?.type === 'number' ? 'integer' : node?.type;
  return type === schema.type && fits(node, schema);
}

/** How many entries of a list are looked at to tell of what kind it is. */
const LOOKED_AT = 10;

/** Whether a value is one for the place, or can be made one without a guess. What lies deeper is not judged. */
export function fits(node: ASTNode | undefined, schema: SchemaNode): boolean {
  if (!node || node.type === 'null') return true;
  switch (schema.type) {
    case 'string':
      if (node.type === 'number') return !schema.enum;
      if (node.type !== 'string') return false;
      return !schema.enum || enumValueOf(schema, node.value) !== undefined;
    case 'integer':
      return node.type === 'number' || (node.type === 'string' && /^\s*-?\d+\s*%?\s*$/.test(node.value));
    case 'boolean':
      return node.type === 'boolean' || (node.type === 'string' && /^(?:true|false|yes|no)$/i.test(node.value));
    case 'array':
      if (node.type !== 'array') return node.type === schema.items?.type && fits(node, schema.items);
      return node.items.slice(0, LOOKED_AT).every((item) => fits(item, schema.items!));
    case 'object': {
      if (node.type === 'boolean') return schema.properties?.size === 0;
      if (node.type !== 'object' || node.properties.length === 0) return node.type === 'object';
      const { properties, additional } = schema;
      const members = node.properties.slice(0, LOOKED_AT);
      if (additional) return members.some(({ valueNode }) => fits(valueNode, additional));
      return (
        members.some(({ keyNode }) => properties!.has(keyNode.value)) ||
        members.some(({ keyNode }) => namesNear(keyNode.value, schema).length > 0)
      );
    }
  }
}

/** Characters are counted as code points: what "as many as 500 characters" plainly means. */
function checkLength(node: StringASTNode, limit: number, isName: boolean, problems: StructureProblem[]): void {
  if (node.value.length <= limit) return;
  let length = 0;
  for (const _ of node.value) length++;
  if (length > limit) problems.push({ kind: 'too-long', node, length, limit, isName });
}

/** Reports the members that stand again further down, and gives them back. */
function lostMembers(node: ObjectASTNode, problems: StructureProblem[]): ReadonlySet<PropertyASTNode> | undefined {
  const { properties } = node;
  if (properties.length < 2) return undefined;
  if (properties.length <= 8) {
    // Nearly every object is this small, and then comparing is faster than a set.
    let found = false;
    for (let i = 1; i < properties.length && !found; i++) {
      for (let j = 0; j < i; j++) if (properties[i]!.keyNode.value === properties[j]!.keyNode.value) found = true;
    }
    if (!found) return undefined;
  }
  const last = new Map<string, PropertyASTNode>();
  for (const property of properties) last.set(property.keyNode.value, property);
  if (last.size === properties.length) return undefined;
  const lost = new Set<PropertyASTNode>();
  for (const property of properties) {
    const kept = last.get(property.keyNode.value)!;
    if (kept === property) continue;
    lost.add(property);
    const same = sameValue(property.valueNode, kept.valueNode);
    problems.push({ kind: 'duplicate-member', property, kept, same });
  }
  return lost;
}

/** The member that a value belongs to, directly or as an item of its array. */
export function memberNameOf(node: ASTNode): string | undefined {
  for (let at: ASTNode | undefined = node.parent; at; at = at.parent) {
    if (at.type === 'property') return at.keyNode.value;
    if (asObject(at)) return undefined;
  }
  return undefined;
}
