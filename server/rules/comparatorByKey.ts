import { fileSupport } from '../catalog/fileTypes.js';
import { comparatorsFor } from '../language/comparators.js';
import type { JobDocument } from '../language/document.js';
import { replaceString } from '../language/edits.js';
import type { Condition, JobModel } from '../language/model.js';
import { schemaAt } from '../language/schema.js';
import { onlyTerm, scopeOf } from '../language/scope.js';
import { addValues, moveAcross, removeCondition, withComparator } from '../language/scopeEdits.js';
import { normalizeName } from '../language/suggest.js';
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
  OBJECT_EXTENSION: { STARTS_WITH: 'EQ', ENDS_WITH: 'EQ', CONTAINS: 'EQ' },
  OBJECT_KEY: { EQ: 'STARTS_WITH' },
};

/** Words for a comparator that no key takes, but that say what is meant. Keys are normalized. */
const SAID: Readonly<Record<string, string>> = {
  endswith: 'ENDS_WITH',
  endwith: 'ENDS_WITH',
  hassuffix: 'ENDS_WITH',
  suffix: 'ENDS_WITH',
  notstartswith: 'NE',
  doesnotstartwith: 'NE',
  notbeginswith: 'NE',
  notprefix: 'NE',
};

export default defineRule<Data>({
  id: 'comparator-by-key',
  summary: 'The comparator is one that the key of the condition takes.',
  severity: 'error',
  about: 'scoping',
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
  fixes({ data }, { document, model }): Fix[] {
    return fixesFor(data, data.node.value, document, model);
  },
});

/**
 * The mends of a word in the place of a comparator that is none, by the comparator it is meant as; undefined where the key takes that, and
 * where nothing tells what it says.
 */
export function otherComparatorFixes(
  node: StringASTNode,
  meant: string | undefined,
  document: JobDocument,
  model: JobModel,
): Fix[] | undefined {
  const condition = model.scopeTerms.find(({ simple }) => simple?.comparator === node);
  const key = condition?.simple?.key;
  const allowed = comparatorsFor('scoping', 'simple', key?.value);
  if (!condition || !key || !allowed) return undefined;
  const word = normalizeName(node.value.trim()).replace(/\s/g, '');
  const said = Object.hasOwn(SAID, word) ? SAID[word] : meant;
  if (said === undefined || allowed.includes(said)) return undefined;
  return fixesFor({ condition, node, key, allowed }, said, document, model);
}

function fixesFor(data: Data, said: string, document: JobDocument, model: JobModel): Fix[] {
  const { node, key, allowed } = data;
  const better = otherwise(data, said, document, model);
  const meant = MEANT[key.value]?.[said] ?? (said === 'CONTAINS' && areFolders(data) ? 'STARTS_WITH' : undefined);
  const plain = [...allowed]
    .sort((a, b) => Number(b === meant) - Number(a === meant))
    .map((value) => ({
      title: `Change to ${value}`,
      changes: [replaceString(node, value)],
      preferred: value === meant && !better,
    }));
  return better ? [better, ...plain] : plain;
}

/** Paths of folders from the top: what contains one most likely begins with it. */
function areFolders({ condition, key }: Data): boolean {
  const values = condition.simple?.values ?? [];
  return key.value === 'OBJECT_KEY' && values.length > 0 && values.every(({ value }) => /^[^/*?].*\/$/.test(value));
}

/** An extension as people write it for the end of a name: `.csv`, `*.csv`. */
const ENDING = /^(?:\*?\.)?([A-Za-z0-9]{1,10})$/;

/** A mend that keeps what the comparator says, and changes the key or the place instead. */
function otherwise(
  { condition, node, key }: Data,
  said: string,
  document: JobDocument,
  model: JobModel,
): Fix | undefined {
  const values = condition.simple?.values ?? [];
  const areAll = (test: (value: string) => boolean) => values.length > 0 && values.every(({ value }) => test(value));
  const isEquality = said === 'EQ' || said === 'NE';
  if (key.value === 'OBJECT_KEY' && said === 'ENDS_WITH' && areAll((value) => ENDING.test(value))) {
    const changes = [
      replaceString(key, 'OBJECT_EXTENSION'),
      replaceString(node, 'EQ'),
      ...values.map((value) => replaceString(value, ENDING.exec(value.value)![1]!)),
    ];
    const areEndings = areAll((value) => value.includes('.') || fileSupport(value) !== 'unknown');
    return { title: 'Compare the extension instead: OBJECT_EXTENSION EQ', changes, preferred: areEndings };
  }
  if (key.value === 'OBJECT_KEY' && isEquality && areAll((value) => fileSupport(value) !== 'unknown')) {
    const changes = [replaceString(key, 'OBJECT_EXTENSION')];
    return { title: 'Change the key to OBJECT_EXTENSION', changes, preferred: true };
  }
  if (key.value === 'OBJECT_EXTENSION' && said === 'STARTS_WITH' && areAll((value) => value.includes('/'))) {
    const changes = [replaceString(key, 'OBJECT_KEY')];
    return { title: 'Change the key to OBJECT_KEY', changes, preferred: true };
  }
  if (key.value !== 'OBJECT_KEY' || said !== 'NE') return undefined;
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
