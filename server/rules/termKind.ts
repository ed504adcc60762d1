import { coversParts, type KindData, kindFixes, kindsOf, mixedFixes, mixedReport } from './conditionKinds.js';
import { defineRule, type Fix } from './rule.js';

export default defineRule<KindData>({
  id: 'term-kind',
  summary: 'A scope term is a simpleScopeTerm or a tagScopeTerm: exactly one of them.',
  severity: 'error',
  about: 'scoping',
  docs: {
    why: 'Each element of `and` is one condition. Two conditions are two elements; an element without any says nothing. The two kinds have parts of their own: `key` and `values` of a property, `tagValues` of tags.',
    aws: 'The API reference allows one of the two in an element. The AWS CLI does not check it.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const condition of model.scopeTerms) {
      const { node } = condition;
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
      } else if (first) {
        const mixed = mixedReport(condition);
        if (mixed) report(mixed);
      }
    }
  },
  /** Parts of the other kind are one mistake with their name. */
  covers: coversParts,
  fixes({ data: { node, mixed } }, { document }): Fix[] {
    return mixed ? mixedFixes(document, mixed) : kindFixes(document, node, 'scoping');
  },
});
