import { BUCKET_STATES, bucketStatesOf } from '../language/bucketStates.js';
import { fitsComparator } from '../language/comparators.js';
import { replaceString } from '../language/edits.js';
import type { SimpleCondition } from '../language/model.js';
import { normalizeName } from '../language/suggest.js';
import type { StringASTNode } from '../language/tree.js';
import { meantValue } from './invalidValue.js';
import { defineRule, type Fix } from './rule.js';
import { oneOf, quote } from './words.js';

interface Data {
  node: StringASTNode;
  simple: SimpleCondition;
  states: readonly string[];
}

/** Words for a state that spelling does not lead to; normalized. */
const MEANINGS: Readonly<Record<string, string>> = {
  private: 'NOT_PUBLIC',
  nonpublic: 'NOT_PUBLIC',
  unshared: 'NOT_SHARED',
  notexternal: 'NOT_SHARED',
};

export default defineRule<Data>({
  id: 'criterion-value',
  summary: 'Public and shared access are compared with the states that Macie knows.',
  severity: 'error',
  about: 'bucketCriteria',
  docs: {
    why: 'A bucket is PUBLIC, NOT_PUBLIC or UNKNOWN by its effective permission, and EXTERNAL, INTERNAL, NOT_SHARED or UNKNOWN by its shared access. Any other word, and the same word in lower case, is no state that a bucket can have.',
    aws: 'The API reference names the two enumerations, and says that values are case sensitive. Neither the AWS CLI nor an SDK checks them.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/APIReference/datasources-s3.html',
    ],
  },
  check({ model }, report) {
    for (const { simple } of model.bucketConditions) {
      const states = bucketStatesOf(simple?.key?.value);
      if (!simple?.key || !states) continue;
      if (!fitsComparator('bucketCriteria', 'simple', simple.key.value, simple.comparator?.value)) continue;
      for (const node of simple.values) {
        if (states.includes(node.value)) continue;
        const other = otherKeyOf(node.value, simple.key.value);
        const meant = meantState(node.value, states);
        const hint = other ? ` It belongs to ${other}.` : meant ? ` Did you mean ${meant}?` : '';
        report({
          at: node,
          message: `${simple.key.value} takes ${oneOf(states)}, and not ${quote(node.value)}.${hint}`,
          data: { node, simple, states },
        });
      }
    }
  },
  fixes({ data: { node, simple, states } }): Fix[] {
    const other = otherKeyOf(node.value, simple.key!.value);
    if (other && simple.values.every(({ value }) => BUCKET_STATES[other]!.includes(value))) {
      return [
        { title: `Change the key to ${other}`, changes: [replaceString(simple.key!, other)], preferred: true },
        ...states.map((state) => ({ title: `Change to ${state}`, changes: [replaceString(node, state)] })),
      ];
    }
    const meant = meantState(node.value, states);
    return [...states]
      .sort((a, b) => Number(b === meant) - Number(a === meant))
      .map((state) => ({
        title: `Change to ${state}`,
        changes: [replaceString(node, state)],
        preferred: state === meant,
        safe: state === meant && normalizeName(state) === normalizeName(node.value.trim()),
      }));
  },
});

/** The other of the two keys, where a value is a state of that one. */
function otherKeyOf(value: string, key: string): string | undefined {
  return Object.keys(BUCKET_STATES).find((other) => other !== key && BUCKET_STATES[other]!.includes(value));
}

function meantState(value: string, states: readonly string[]): string | undefined {
  const plain = normalizeName(value.trim()).replace(/\s/g, '');
  const word = Object.hasOwn(MEANINGS, plain) ? MEANINGS[plain] : undefined;
  return word && states.includes(word) ? word : meantValue(value, states);
}
