import { coversParts, type KindData, kindFixes, kindsOf, mixedFixes, mixedReport } from './conditionKinds.js';
import { defineRule, type Fix } from './rule.js';

export default defineRule<KindData>({
  id: 'criterion-kinds',
  summary: 'A bucket condition is a simpleCriterion or a tagCriterion.',
  severity: 'warning',
  about: 'bucketCriteria',
  docs: {
    why: 'Each element of `and` is one condition. Where one element holds two, nothing says how they are joined; two elements are joined by AND. An element without any says nothing, and is an error, and so are the parts of one kind in the other: `key` and `values` are of a property, `tagValues` of tags.',
    aws: 'The API reference describes an element as a property- or tag-based condition. For objects it rules out both in one element; for buckets it does not say. The AWS CLI does not check it.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const condition of model.bucketConditions) {
      const { node } = condition;
      const [first, second] = kindsOf(node, 'bucketCriteria');
      if (second) {
        report({
          at: second.keyNode,
          message:
            'AWS describes one condition for each element of "and", and not what two in one mean. Put the second into an element of its own.',
          data: { node },
        });
      } else if (!first && node.properties.length === 0) {
        report({
          at: node,
          severity: 'error',
          message: 'This condition is empty. It holds a simpleCriterion or a tagCriterion.',
          data: { node },
        });
      } else if (first) {
        const mixed = mixedReport(condition);
        if (mixed) report(mixed);
      }
    }
  },
  /** Parts of the other kind are one mistake with their name. */
  covers: coversParts,
  fixes({ data: { node, mixed } }, { document }): Fix[] {
    return mixed ? mixedFixes(document, mixed) : kindFixes(document, node, 'bucketCriteria');
  },
});
