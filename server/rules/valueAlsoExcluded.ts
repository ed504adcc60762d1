import { removeItems } from '../language/edits.js';
import { coverOf } from '../language/meaning.js';
import { criteriaOf, onlyTerm, PrefixSet, type Scope, scopeOf, type ValuesTerm } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: StringASTNode;
  term: ValuesTerm;
}

export default defineRule<Data>({
  id: 'value-also-excluded',
  summary: 'An included value is not excluded again.',
  severity: 'information',
  docs: {
    why: 'Excludes win over includes. A value that stands in both has no effect among the includes, and one of the two places is easily overlooked.',
    aws: 'The Macie user guide lets excludes win.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model }, report) {
    for (const scope of [criteriaOf(model), scopeOf(model)]) {
      // Where the job selects nothing, that is another rule's.
      if (coverOf(scope)) continue;
      for (const { node, other, term } of excludedAgain(scope)) {
        report({
          at: node,
          message: 'This is excluded as well, and excludes win: it has no effect here. Remove one of the two.',
          related: [{ at: other, message: 'What excludes it.' }],
          unnecessary: true,
          data: { node, term },
        });
      }
    }
  },
  fixes({ data: { node, term } }, { document }) {
    const changes = removeItems(document, term.simple.valuesNode!, [node]);
    return [{ title: 'Remove it from includes', changes, preferred: true }];
  },
});

/** The values of includes that the only exclude lists as well. Several excludes take away only what meets all of them. */
function excludedAgain({ includes, excludes }: Scope): (Data & { other: StringASTNode })[] {
  const exclude = onlyTerm(excludes);
  if (!includes || exclude?.kind !== 'values' || exclude.comparator === 'NE') return [];
  const values = new Map(exclude.values.map((node) => [node.value, node]));
  const prefixes = exclude.key === 'OBJECT_KEY' ? new PrefixSet(values.keys()) : undefined;
  return includes.terms.flatMap((term) => {
    if (term.kind !== 'values' || term.key !== exclude.key || term.comparator === 'NE') return [];
    const found = term.values.flatMap((node) => {
      const other = values.get(prefixes ? (prefixes.find(node.value) ?? '') : node.value);
      return other && other.value !== '' ? [{ node, other, term }] : [];
    });
    return found.length === term.values.length ? [] : found;
  });
}
