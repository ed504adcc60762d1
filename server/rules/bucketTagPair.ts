import { fitsComparator } from '../language/comparators.js';
import { removeItems, removeMember } from '../language/edits.js';
import type { TagPair } from '../language/model.js';
import { asArray, memberOf } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { quote } from './words.js';

type Problem = 'no-tag' | 'no-key' | 'empty-value' | 'wildcard' | 'too-long';

interface Data {
  pair: TagPair;
  problem: Problem;
}

/** What S3 allows for the tags of a bucket, in characters. */
const MAX_KEY = 128;
const MAX_VALUE = 256;

/** A value that is meant to stand for any. */
const ANY = /^\*+$/;

export default defineRule<Data>({
  id: 'bucket-tag-pair',
  summary: 'A bucket tag is given by its key, its value or both, without wildcards.',
  severity: 'warning',
  about: 'bucketCriteria',
  docs: {
    why: 'A pair with only a key matches whatever value the tag has, one with only a value matches it under any key. A pair with neither names no tag. A `*` or `?` is compared as it stands, and S3 allows neither in the tags of a bucket. An empty value is that of a tag without one, and not any value, as it is for objects.',
    aws: 'The API reference describes the three forms, and says that Macie supports no wildcards and no parts of values. The AWS CLI does not check it.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
    ],
  },
  check({ model }, report) {
    for (const { tag } of model.bucketConditions) {
      if (!fitsComparator('bucketCriteria', 'tag', undefined, tag?.comparator?.value)) continue;
      for (const pair of tag?.pairs ?? []) {
        const { node, key, value } = pair;
        const named = node.properties.length > 0;
        if (!named || (key?.value === '' && !value?.value && (value || !memberOf(node, 'value')))) {
          report({
            at: node,
            message: 'This pair names no tag. Give a "key", a "value" or both, or remove the pair.',
            data: { pair, problem: 'no-tag' },
          });
          continue;
        }
        if (key?.value === '' && value) {
          report({
            at: key,
            message:
              'No tag has an empty key, so this matches none. To match the value under any key, leave "key" out.',
            data: { pair, problem: 'no-key' },
          });
        } else if (value?.value === '') {
          report({
            at: value,
            severity: 'hint',
            message: `This matches an empty value alone.${key ? ' For buckets, to match any value, leave "value" out.' : ''}`,
            data: { pair, problem: 'empty-value' },
          });
        }
        for (const [text, limit] of [
          [key, MAX_KEY],
          [value, MAX_VALUE],
        ] as const) {
          if (!text) continue;
          if (text.value.includes('*') || text.value.includes('?')) {
            const instead =
              text === value && key?.value && ANY.test(text.value)
                ? ' To match any value, leave "value" out.'
                : ' Write the whole text.';
            report({
              at: text,
              message: `AWS supports no wildcard in a tag condition: ${quote(text.value)} is compared as it stands.${instead}`,
              data: { pair, problem: 'wildcard' },
            });
          } else if (text.value.length > limit && [...text.value].length > limit) {
            report({
              at: text,
              message: `No tag of a bucket has a ${text === key ? 'key' : 'value'} of more than ${limit} characters, so this matches none. Shorten it.`,
              data: { pair, problem: 'too-long' },
            });
          }
        }
      }
    }
  },
  fixes({ data: { pair, problem }, start }, { document }): Fix[] {
    const { node, key, value } = pair;
    const remove = (name: 'key' | 'value', title: string, preferred: boolean): Fix[] => {
      const property = memberOf(node, name);
      return property ? [{ title, changes: [removeMember(document, property)], preferred }] : [];
    };
    switch (problem) {
      case 'no-tag': {
        const list = asArray(node.parent);
        if (!list || list.items.length < 2) return [];
        return [{ title: 'Remove the empty pair', changes: removeItems(document, list, [node]), preferred: true }];
      }
      case 'no-key':
        return remove('key', 'Match any key: remove "key"', true);
      case 'empty-value':
        return key ? remove('value', 'Match any value: remove "value"', false) : [];
      case 'wildcard':
        if (start !== value?.offset || !key?.value || !ANY.test(value.value)) return [];
        return remove('value', 'Match any value: remove "value"', true);
      case 'too-long':
        return [];
    }
  },
});
