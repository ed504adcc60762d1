import { removeItems } from '../language/edits.js';
import type { ArrayASTNode, StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: StringASTNode;
}

export default defineRule<Data>({
  id: 'empty-identifier',
  summary: 'No id in a list of identifiers is empty.',
  severity: 'warning',
  about: 'identifiers',
  docs: {
    why: 'An empty text is the id of nothing. It is what `--generate-cli-skeleton` leaves to be filled in.',
    aws: 'The AWS CLI sends it as it is (measured); AWS does not say what the service does with it.',
    links: ['https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html'],
  },
  check({ model }, report) {
    for (const nodes of [model.managedIds, model.customIds, model.allowLists]) {
      for (const node of nodes) {
        if (node.value.trim() !== '') continue;
        report({
          at: node,
          message: 'An empty text is the id of nothing. Write the id, or remove it.',
          data: { node },
        });
      }
    }
  },
  fixes({ data: { node } }, { document }) {
    const changes = removeItems(document, node.parent as ArrayASTNode, [node]);
    return [{ title: 'Remove the empty id', changes, preferred: true }];
  },
});
