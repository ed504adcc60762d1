import type { TextChange } from '../rules/rule.js';
import { apiName } from './dialect.js';
import type { JobDocument } from './document.js';
import { indentAt } from './edits.js';
import { rootSchema } from './schema.js';
import { asObject, type ObjectASTNode, type PropertyASTNode, spanOf } from './tree.js';

/** A definition that stands inside of something else: a request, a template, a state machine. */
export interface Wrapped {
  /** The member at the top that leads to it. */
  outer: PropertyASTNode;
  /** The member that holds it. */
  property: PropertyASTNode;
  definition: ObjectASTNode;
}

/** Levels of members that are looked through: a resource of a template stands on the third. */
const MAX_LEVELS = 5;
/** Objects that are looked at, so that a large file of another kind is given up soon. */
const MAX_OBJECTS = 500;
const MAX_FOUND = 5;

/** The definitions inside of a file that is none itself, the least nested ones, in the order of the text. */
export function wrappedDefinitions(document: JobDocument): Wrapped[] {
  const root = asObject(document.root);
  if (!root || root.properties.length === 0 || looksLikeDefinition(root)) return [];
  let level: Wrapped[] = [];
  for (const property of root.properties) add(level, property, property);
  let looked = 0;
  for (let depth = 0; depth < MAX_LEVELS && level.length > 0; depth++) {
    const found = level.filter(({ definition }) => looked++ < MAX_OBJECTS && holdsDefinition(definition));
    if (found.length > 0) return found.slice(0, MAX_FOUND);
    if (looked >= MAX_OBJECTS) return [];
    const next: Wrapped[] = [];
    for (const { outer, definition } of level) {
      for (const property of definition.properties) add(next, outer, property);
    }
    level = next;
  }
  return [];
}

function add(list: Wrapped[], outer: PropertyASTNode, property: PropertyASTNode): void {
  const { valueNode } = property;
  for (const node of valueNode?.type === 'array' ? valueNode.items.slice(0, MAX_FOUND) : [valueNode]) {
    const definition = asObject(node);
    if (definition) list.push({ outer, property, definition });
  }
}

/** One of a definition's own members at the top, in any spelling, says that nothing is wrapped. */
function looksLikeDefinition(node: ObjectASTNode): boolean {
  return namesOf(node).some((name) => name === 's3JobDefinition' || name === 'jobType' || name === 'scheduleFrequency');
}

function holdsDefinition(node: ObjectASTNode): boolean {
  const names = new Set(namesOf(node));
  return names.has('s3JobDefinition') && (names.has('jobType') || names.has('name') || node.properties.length === 1);
}

function namesOf(node: ObjectASTNode): (string | undefined)[] {
  return node.properties.slice(0, 100).map((property) => apiName(property.keyNode.value, rootSchema));
}

/** Puts the definition in the place of the whole file, its lines moved to the left. */
export function unwrapChanges(document: JobDocument, { definition }: Wrapped): TextChange[] {
  const root = document.root!;
  const { start, end } = spanOf(definition);
  const indent = indentAt(document, start);
  const text = document.source.slice(start, end);
  const newText = indent === '' ? text : text.replaceAll(new RegExp(`(\\r\\n|\\n|\\r)${indent}`, 'g'), '$1');
  return [{ ...spanOf(root), newText }];
}
