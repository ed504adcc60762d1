import type { ObjectASTNode } from '../language/tree.js';
import { kindFixes, kindsOf } from './conditionKinds.js';
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
      const [first, second] = kindsOf(node, 'scoping');
      if (second) {
        report({
          at: second.keyNode,
          message:
            'One element of "and" holds one condition: simpleScopeTerm or tagScopeTerm. Put the second into an element of its own.',
          data: { node },
        });
      } else if (!first && node.properties.length === 0) {
        report({
          at: node,
          message: 'This condition is empty. It holds a simpleScopeTerm or a tagScopeTerm.',
          data: { node },
        });
      }
    }
  },
  fixes({ data: { node } }, { document }): Fix[] {
    return kindFixes(document, node, 'scoping');
  },
});
