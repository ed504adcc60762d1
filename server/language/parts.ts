import type { Part, RuleContext } from '../rules/rule.js';
import { SCOPE_COMPARATORS } from './comparators.js';

/** The parts that a file has. What is there under a wrong type or in another place counts as there. */
export function partsOf({ document, model, structure }: RuleContext): ReadonlySet<Part> {
  const parts = new Set<Part>();
  if (document.syntaxProblems.length > 0) parts.add('syntax');
  if (structure.length > 0) parts.add('structure');
  for (const { keyNode } of model.root?.properties ?? []) {
    const part = PART_OF_MEMBER.get(keyNode.value);
    if (part) parts.add(part);
  }
  if (model.isScheduled) parts.add('schedule');
  if (model.bucketDefinitions) parts.add('bucketDefinitions');
  if (model.bucketCriteria) parts.add('bucketCriteria');
  if (model.scoping) parts.add('scoping');
  for (const { simple } of model.scopeTerms) {
    const key = simple?.key?.value;
    if (key !== undefined && SCOPE_KEYS.has(key)) parts.add(key as Part);
  }
  return parts;
}

const PART_OF_MEMBER: ReadonlyMap<string, Part> = new Map([
  ['scheduleFrequency', 'schedule'],
  ['initialRun', 'schedule'],
  ['managedDataIdentifierSelector', 'identifiers'],
  ['managedDataIdentifierIds', 'identifiers'],
  ['customDataIdentifierIds', 'identifiers'],
  ['allowListIds', 'identifiers'],
  ['tags', 'tags'],
]);

const SCOPE_KEYS: ReadonlySet<string> = new Set(Object.keys(SCOPE_COMPARATORS));
