import { removeMember } from '../language/edits.js';
import type { PropertyASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

export default defineRule({
  id: 'bucket-forms',
  summary: 'Buckets are chosen by bucketDefinitions or by bucketCriteria, not both.',
  severity: 'error',
  docs: {
    why: 'A job analyzes either named buckets or those that meet criteria at the time of each run.',
    aws: 'The API reference allows one of the two. The AWS CLI does not check it.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const { bucketCriteria, bucketDefinitions } = model;
    if (!bucketCriteria || !bucketDefinitions) return;
    const [first, second] =
      bucketCriteria.offset < bucketDefinitions.offset
        ? [bucketCriteria, bucketDefinitions]
        : [bucketDefinitions, bucketCriteria];
    report({
      at: second.keyNode,
      message: 'A job takes "bucketDefinitions" or "bucketCriteria", not both. Remove one.',
      related: [{ at: first.keyNode, message: 'The other form.' }],
    });
  },
  /** An empty form that has to go means no bucket, not every one. */
  covers(other, _, { model }) {
    return other.code === 'empty-list' && other.start === model.bucketCriteria?.valueNode?.offset;
  },
  fixes(_, { document, model }): Fix[] {
    return [model.bucketCriteria, model.bucketDefinitions]
      .filter((property) => property !== undefined)
      .map((property) => ({
        title: `Remove ${property.keyNode.value}`,
        changes: [removeMember(document, property)],
        // An empty form is a leftover; of two that say something, only the author knows.
        preferred: isEmpty(property) && ![model.bucketCriteria, model.bucketDefinitions].every(isEmpty),
      }));
  },
});

function isEmpty(property: PropertyASTNode | undefined): boolean {
  return property?.valueNode?.children?.length === 0;
}
