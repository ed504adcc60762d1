import { fitsComparator } from '../language/comparators.js';
import { removeItems, removeMember } from '../language/edits.js';
import type { TagPair } from '../language/model.js';
import { asArray, memberOf } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { quote } from './words.js';

interface Data {
  pair: TagPair;
}

/** A value that is meant to stand for any. */
const ANY = /^\*+$/;

export default defineRule<Data>({
  id: 'bucket-tag-pair',
  summary: 'A bucket tag is given by its key, its value or both, without wildcards.',
  severity: 'warning',
  docs: {
    why: 'A pair with only a key matches whatever value the tag has, one with only a value matches it under any key. A pair with neither names no tag. A `*` or `?` is compared as it stands, and S3 allows neither in the tags of a bucket.',
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
            data: { pair },
          });
          continue;
        }
        for (const text of [key, value]) {
          if (!text || !(text.value.includes('*') || text.value.includes('?'))) continue;
          const instead =
            text === value && key?.value && ANY.test(text.value)
              ? ' To match any value, leave "value" out.'
              : ' Write the whole text.';
          report({
            at: text,
            message: `AWS supports no wildcard in a tag condition: ${quote(text.value)} is compared as it stands.${instead}`,
            data: { pair },
          });
        }
      }
    }
  },
  fixes({ data: { pair }, start }, { document }): Fix[] {
    const { node, key, value } = pair;
    if (start === node.offset) {
      const list = asArray(node.parent);
      if (!list || list.items.length < 2) return [];
      return [{ title: 'Remove the empty pair', changes: removeItems(document, list, [node]), preferred: true }];
    }
    const property = memberOf(node, 'value');
    if (!property || start !== value?.offset || !key?.value || !ANY.test(value.value)) return [];
    const changes = [removeMember(document, property)];
    return [{ title: 'Match any value: remove "value"', changes, preferred: true }];
  },
});
