import { asArray } from '../language/tree.js';
import { defineRule } from './rule.js';
import { count } from './words.js';

/** The most buckets that a job may name, over all its bucket definitions. Source: the Macie quotas, L-14954719. */
const MAX_BUCKETS = 1000;

export default defineRule({
  id: 'bucket-count',
  summary: `A job names at most ${count(MAX_BUCKETS)} buckets.`,
  severity: 'error',
  about: 'bucketDefinitions',
  docs: {
    why: 'The limit counts the buckets of all bucket definitions together. More buckets need several jobs, or `bucketCriteria`, for which there is no such limit.',
    aws: 'The Macie quotas: 1,000 buckets a job, in up to 1,000 accounts. The AWS CLI does not check it. A name that stands twice is counted once here.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html'],
  },
  check({ model }, report) {
    const total = model.definitions.reduce((sum, { buckets }) => sum + buckets.length, 0);
    if (total <= MAX_BUCKETS) return;
    const seen = new Set<string>();
    let first: (typeof model.definitions)[number]['buckets'][number] | undefined;
    for (const { accountId, buckets } of model.definitions) {
      for (const node of buckets) {
        seen.add(`${accountId?.value} ${node.value}`);
        if (seen.size > MAX_BUCKETS) first ??= node;
      }
    }
    const property = model.bucketDefinitions;
    if (!first || !property || !asArray(property.valueNode)) return;
    report({
      at: first,
      message: `A job names at most ${count(MAX_BUCKETS)} buckets in all, and here are ${count(seen.size)}; this one is the first too many. Split the job, or use "bucketCriteria".`,
      related: [{ at: property.keyNode, message: 'All definitions count together.' }],
    });
  },
});
