import { removeItems } from '../language/edits.js';
import { type ASTNode, asArray } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  /** The definition whose list is empty; none where there is no definition at all. */
  definition?: ASTNode;
}

export default defineRule<Data>({
  id: 'empty-buckets',
  summary: 'A bucket definition names at least one bucket.',
  severity: 'error',
  about: 'bucketDefinitions',
  docs: {
    why: 'An account without buckets says nothing: it does not stand for all buckets of the account. Those are chosen with an ACCOUNT_ID condition in `bucketCriteria`.',
    aws: 'The API reference asks for one or more buckets in each definition. What an empty `bucketDefinitions` does is not documented: hence a warning there. The AWS CLI lets both through.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const list = asArray(model.bucketDefinitions?.valueNode);
    // Beside criteria the empty list is one form too many, and reported as that.
    if (list?.items.length === 0 && !model.bucketCriteria) {
      report({
        at: list,
        severity: 'warning',
        message:
          'This list names no buckets, and AWS does not say what a job without any does. Add the buckets of an account.',
        data: {},
      });
    }
    for (const { node, bucketsNode } of model.definitions) {
      if (bucketsNode?.items.length !== 0) continue;
      report({
        at: bucketsNode,
        message:
          'AWS asks for one or more buckets here; an empty list does not mean all of them. Name the buckets, or use "bucketCriteria".',
        data: { definition: node },
      });
    }
  },
  fixes({ data: { definition } }, { document, model }): Fix[] {
    const list = asArray(model.bucketDefinitions?.valueNode);
    if (!list || !definition || list.items.length === 1) return [];
    return [{ title: 'Remove this account', changes: removeItems(document, list, [definition]) }];
  },
});
