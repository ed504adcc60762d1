import { removeItems, removeMember } from '../language/edits.js';
import { splitCondition } from '../language/splitCondition.js';
import { asArray, memberOf, type ObjectASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  node: ObjectASTNode;
}

export default defineRule<Data>({
  id: 'criterion-kinds',
  summary: 'A bucket condition is a simpleCriterion or a tagCriterion.',
  severity: 'warning',
  docs: {
    why: 'Each element of `and` is one condition. Where one element holds two, nothing says how they are joined; two elements are joined by AND. An element without any says nothing, and is an error.',
    aws: 'The API reference describes an element as a property- or tag-based condition. For objects it rules out both in one element; for buckets it does not say. The AWS CLI does not check it.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { node } of model.bucketConditions) {
      const simple = memberOf(node, 'simpleCriterion');
      const tag = memberOf(node, 'tagCriterion');
      if (simple && tag) {
        const second = simple.offset < tag.offset ? tag : simple;
        report({
          at: second.keyNode,
          message:
            'AWS describes one condition for each element of "and", and not what two in one mean. Put the second into an element of its own.',
          data: { node },
        });
      } else if (node.properties.length === 0) {
        report({
          at: node,
          severity: 'error',
          message: 'This condition is empty. It holds a simpleCriterion or a tagCriterion.',
          data: { node },
        });
      }
    }
  },
  fixes({ data: { node } }, { document }): Fix[] {
    const simple = memberOf(node, 'simpleCriterion');
    const tag = memberOf(node, 'tagCriterion');
    if (!simple || !tag) {
      const list = asArray(node.parent);
      if (!list || list.items.length < 2) return [];
      const changes = removeItems(document, list, [node]);
      return [{ title: 'Remove the empty condition', changes, preferred: true }];
    }
    const second = simple.offset < tag.offset ? tag : simple;
    return [
      {
        title: `Move ${second.keyNode.value} into a condition of its own`,
        changes: splitCondition(document, node, second),
        preferred: true,
      },
      ...[simple, tag].map((property) => ({
        title: `Remove ${property.keyNode.value}`,
        changes: [removeMember(document, property)],
      })),
    ];
  },
});
