import { addMember, jsonText } from '../language/edits.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'bucket-form-missing',
  summary: 'A job says which buckets it analyzes.',
  severity: 'warning',
  docs: {
    why: 'Without `bucketDefinitions` and `bucketCriteria` nothing says which buckets are meant. If AWS takes such a job, it may analyze every bucket of the account or organization.',
    aws: 'Not documented: the API reference says only that the two cannot stand together.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const property = model.member('s3JobDefinition');
    if (!property || !model.s3 || model.bucketCriteria || model.bucketDefinitions) return;
    report({
      at: property.keyNode,
      message:
        'No buckets are named: give "bucketDefinitions", or "bucketCriteria" to choose them by conditions. AWS does not say what a job without either does.',
    });
  },
  fixes(_, { document, model }) {
    if (!model.s3) return [];
    const definitions = jsonText(document, [{ accountId: '111122223333', buckets: ['my-bucket'] }]);
    return [
      {
        title: 'Add bucketDefinitions',
        changes: [addMember(document, model.s3, 'bucketDefinitions', definitions, { first: true })],
      },
    ];
  },
});
