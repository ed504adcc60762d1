import { removeItems } from '../language/edits.js';
import type { Condition, SimpleCondition } from '../language/model.js';
import { scopeOf, simpleTerms } from '../language/scope.js';
import { removeCondition } from '../language/scopeEdits.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  node: StringASTNode;
  condition: Condition & { simple: SimpleCondition };
}

export default defineRule<Data>({
  id: 'empty-scope-value',
  summary: 'No extension or key prefix is an empty text.',
  severity: 'warning',
  about: 'scoping',
  docs: {
    why: 'Every key begins with nothing: an empty prefix takes all objects in, and in excludes it takes all of them away. What an empty extension means is not documented.',
    aws: 'The API reference applies a prefix to all keys that begin with it, and says nothing of an empty one. Skeletons of the AWS CLI are filled with empty texts, which are easily left over.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const { excludes } = scopeOf(model);
    const isOneOfSeveral = (excludes?.and.items.length ?? 0) > 1;
    for (const key of ['OBJECT_EXTENSION', 'OBJECT_KEY'] as const) {
      for (const condition of simpleTerms(model, key)) {
        for (const node of condition.simple.values) {
          if (/\S/.test(node.value)) continue;
          report({
            at: node,
            message: messageFor(key, condition, node.value, isOneOfSeveral),
            data: { node, condition },
          });
        }
      }
    }
  },
  fixes({ data: { node, condition } }, { document, model }): Fix[] {
    const { valuesNode } = condition.simple;
    if (valuesNode && valuesNode.items.length > 1) {
      const changes = removeItems(document, valuesNode, [node]);
      return [{ title: 'Remove the empty value', changes, preferred: true }];
    }
    const side = scopeOf(model)[condition.side];
    if (!side) return [];
    // Among the includes, or beside other excludes, an empty prefix limits nothing, and neither does its absence.
    const isWithoutEffect = side.side === 'includes' || side.and.items.length > 1;
    const preferred = isWithoutEffect && condition.simple.key?.value === 'OBJECT_KEY' && node.value === '';
    return [{ title: 'Remove this condition', changes: removeCondition(document, side, condition), preferred }];
  },
});

function messageFor(key: string, { side }: Condition, text: string, isOneOfSeveral: boolean): string {
  if (text !== '') return 'This value holds blanks alone, and matches no usual name. Write the value, or remove it.';
  if (key === 'OBJECT_EXTENSION') {
    return 'The extension is empty, and AWS does not say what that matches. Write an extension such as "csv", or remove it.';
  }
  if (side === 'includes') {
    return 'Every key begins with an empty prefix: this condition limits nothing. Write a prefix, or remove it.';
  }
  return isOneOfSeveral
    ? 'Every key begins with an empty prefix: joined by AND with the other excludes, this changes nothing. Write a prefix, or remove it.'
    : 'Every key begins with an empty prefix, so that this exclude may take every object away. Write a prefix, or remove it.';
}
