import { fileSupport } from '../catalog/fileTypes.js';
import { comparatorsFor } from '../language/comparators.js';
import type { JobDocument } from '../language/document.js';
import { replaceString } from '../language/edits.js';
import type { Condition, JobModel } from '../language/model.js';
import { schemaAt } from '../language/schema.js';
import { onlyTerm, scopeOf } from '../language/scope.js';
import { addValues, moveAcross, removeCondition, withComparator } from '../language/scopeEdits.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix, type TextChange } from './rule.js';
import { oneOf } from './words.js';

interface Data {
  condition: Condition;
  node: StringASTNode;
  key: StringASTNode;
  allowed: readonly string[];
}

/** What the schema allows for any key; anything else is an `invalid-value`. */
const KNOWN = schemaAt(['s3JobDefinition', 'scoping', 'includes', 'and', 0, 'simpleScopeTerm', 'comparator'])?.enumSet;

/** What a comparator that a key does not take is meant as, where that is sure. */
const MEANT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  OBJECT_EXTENSION: { STARTS_WITH: 'EQ' },
  OBJECT_KEY: { EQ: 'STARTS_WITH' },
};

export default defineRule<Data>({
  id: 'comparator-by-key',
  summary: 'The comparator is one that the key of the condition takes.',
  severity: 'error',
  docs: {
    why: 'Extensions are compared with EQ and NE, key prefixes with STARTS_WITH, dates and sizes with EQ, NE, GT, GTE, LT and LTE.',
    aws: 'The API reference lists the comparators for each key. The service model lists all of them for every key, so neither the AWS CLI nor an SDK checks it. CONTAINS is valid nowhere in a job.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const condition of model.scopeTerms) {
      const { key, comparator } = condition.simple ?? {};
      if (!key || !comparator) continue;
      const allowed = comparatorsFor('scoping', 'simple', key.value);
      if (!allowed || allowed.includes(comparator.value) || !KNOWN?.has(comparator.value)) continue;
      const other = condition.side === 'includes' ? 'excludes' : 'includes';
      const isNotPrefix = key.value === 'OBJECT_KEY' && comparator.value === 'NE';
      report({
        at: comparator,
        message: `${key.value} takes ${oneOf(allowed)}, not ${comparator.value}.${isNotPrefix ? ` For prefixes that must not match, use STARTS_WITH in "${other}".` : ''}`,
        data: { condition, node: comparator, key, allowed },
      });
    }
  },
  fixes({ data: { condition, node, key, allowed } }, { document, model }): Fix[] {
    const better = otherwise(condition, node, key, document, model);
    const meant = MEANT[key.value]?.[node.value];
    const plain = [...allowed]
      .sort((a, b) => Number(b === meant) - Number(a === meant))
      .map((value) => ({
        title: `Change to ${value}`,
        changes: [replaceString(node, value)],
        preferred: value === meant && !better,
      }));
    return better ? [better, ...plain] : plain;
  },
});

/** A mend that keeps what the comparator says, and changes the key or the place instead. */
function otherwise(
  condition: Condition,
  node: StringASTNode,
  key: StringASTNode,
  document: JobDocument,
  model: JobModel,
): Fix | undefined {
  const values = condition.simple?.values ?? [];
  const areAll = (test: (value: string) => boolean) => values.length > 0 && values.every(({ value }) => test(value));
  const isEquality = node.value === 'EQ' || node.value === 'NE';
  if (key.value === 'OBJECT_KEY' && isEquality && areAll((value) => fileSupport(value) !== 'unknown')) {
    const changes = [replaceString(key, 'OBJECT_EXTENSION')];
    return { title: 'Change the key to OBJECT_EXTENSION', changes, preferred: true };
  }
  if (key.value === 'OBJECT_EXTENSION' && node.value === 'STARTS_WITH' && areAll((value) => value.includes('/'))) {
    const changes = [replaceString(key, 'OBJECT_KEY')];
    return { title: 'Change the key to OBJECT_KEY', changes, preferred: true };
  }
  if (key.value !== 'OBJECT_KEY' || node.value !== 'NE') return undefined;
  const changes = moveToOtherSide(condition, document, model);
  const side = condition.side === 'includes' ? 'excludes' : 'includes';
  return changes && { title: `Move to ${side}, with STARTS_WITH`, changes, preferred: true };
}

/** Prefixes that must not match, moved to where they say so; undefined where other conditions there would join in. */
function moveToOtherSide(condition: Condition, document: JobDocument, model: JobModel): TextChange[] | undefined {
  const scope = scopeOf(model);
  const from = scope[condition.side];
  const moved = withComparator(condition, 'STARTS_WITH');
  if (!from || !moved) return undefined;
  if (from.side === 'excludes') {
    return from.and.items.length === 1 ? moveAcross(document, scope, from, [moved]) : undefined;
  }
  if (!scope.excludes) return moveAcross(document, scope, from, [moved]);
  const other = onlyTerm(scope.excludes);
  if (other?.kind !== 'values' || other.key !== 'OBJECT_KEY') return undefined;
  return [
    ...addValues(document, other.simple.valuesNode!, condition.simple?.values ?? []),
    ...removeCondition(document, from, condition),
  ];
}
