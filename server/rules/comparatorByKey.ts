import { comparatorsFor } from '../language/comparators.js';
import { replaceString } from '../language/edits.js';
import { schemaAt } from '../language/schema.js';
import type { StringASTNode } from '../language/tree.js';
import { meantValue } from './invalidValue.js';
import { defineRule } from './rule.js';
import { oneOf } from './words.js';

interface Data {
  node: StringASTNode;
  allowed: readonly string[];
}

/** What the schema allows for any key; anything else is an `invalid-value`. */
const KNOWN = schemaAt(['s3JobDefinition', 'scoping', 'includes', 'and', 0, 'simpleScopeTerm', 'comparator'])?.enumSet;

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
    for (const term of model.scopeTerms) {
      const { key, comparator } = term.simple ?? {};
      if (!key || !comparator) continue;
      const allowed = comparatorsFor('scoping', 'simple', key.value);
      if (!allowed || allowed.includes(comparator.value) || !KNOWN?.has(comparator.value)) continue;
      report({
        at: comparator,
        message: `${key.value} takes ${oneOf(allowed)}, not ${comparator.value}.`,
        data: { node: comparator, allowed },
      });
    }
  },
  fixes({ data: { node, allowed } }) {
    const meant = allowed.length === 1 ? allowed[0] : meantValue(node.value, allowed);
    return [...allowed]
      .sort((a, b) => Number(b === meant) - Number(a === meant))
      .map((value) => ({
        title: `Change to ${value}`,
        changes: [replaceString(node, value)],
        preferred: value === meant,
      }));
  },
});
