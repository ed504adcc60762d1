import { removeItems, removeMember } from '../language/edits.js';
import { splitCondition } from '../language/splitCondition.js';
import { asArray, memberOf, type ObjectASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  node: ObjectASTNode;
}

export default defineRule<Data>({
  id: 'term-kind',
  summary: 'A scope term is a simpleScopeTerm or a tagScopeTerm: exactly one of them.',
  severity: 'error',
  docs: {
    why: 'Each element of `and` is one condition. Two conditions are two elements; an element without any says nothing.',
    aws: 'The API reference allows one of the two in an element. The AWS CLI does not check it.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { node } of model.scopeTerms) {
      const simple = memberOf(node, 'simpleScopeTerm');
      const tag = memberOf(node, 'tagScopeTerm');
      if (simple && tag) {
        const second = simple.offset < tag.offset ? tag : simple;
        report({
          at: second.keyNode,
          message:
            'One element of "and" holds one condition: simpleScopeTerm or tagScopeTerm. Put the second into an element of its own.',
          data: { node },
        });
      } else if (!simple && !tag && node.properties.length === 0) {
        report({
          at: node,
          message: 'This condition is empty. It holds a simpleScopeTerm or a tagScopeTerm.',
          data: { node },
        });
      }
    }
  },
  fixes({ data: { node } }, { document }): Fix[] {
    const simple = memberOf(node, 'simpleScopeTerm');
    const tag = memberOf(node, 'tagScopeTerm');
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
