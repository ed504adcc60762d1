import { removeMember } from '../language/edits.js';
import { defineRule, type Fix } from './rule.js';

export default defineRule({
  id: 'bucket-forms',
  summary: 'Buckets are chosen by bucketDefinitions or by bucketCriteria, not both.',
  severity: 'error',
  docs: {
    why: 'A job analyses either named buckets or those that meet criteria at the time of each run.',
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
  fixes(_, { document, model }): Fix[] {
    return [model.bucketCriteria, model.bucketDefinitions]
      .filter((property) => property !== undefined)
      .map((property) => ({
        title: `Remove ${property.keyNode.value}`,
        changes: [removeMember(document, property)],
      }));
  },
});
