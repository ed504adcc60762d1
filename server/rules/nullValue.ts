import { removeItems, removeMember } from '../language/edits.js';
import { once } from '../language/once.js';
import { memberNameOf } from '../language/structure.js';
import { type ASTNode, asObject } from '../language/tree.js';
import { isNeededInTag, nullFixes } from './conditionFixes.js';
import { defineRule, type Finding } from './rule.js';

/** Rules that allow one of several members alone. */
const BETWEEN_FORMS: ReadonlySet<string> = new Set(['bucket-forms', 'criterion-kinds', 'term-kind']);

/** Where the members stand whose neighbour is null. */
const siblingsOf = once((own: readonly Finding<Data>[]): ReadonlySet<number> => {
  const owners = new Set(own.map(({ data: { node } }) => node.parent?.parent));
  return new Set(
    [...owners].flatMap((owner) => asObject(owner)?.properties.map(({ keyNode }) => keyNode.offset) ?? []),
  );
});

interface Data {
  node: ASTNode;
}

export default defineRule<Data>({
  id: 'null-value',
  summary: 'No value is null.',
  severity: 'error',
  docs: {
    why: 'A member without a value is left out, not set to null. A described job shows null where nothing is set.',
    aws: 'The AWS CLI refuses null for any member; some SDKs drop the member without a word (measured).',
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'null-value') continue;
      const { node } = problem;
      const name = memberNameOf(node);
      const subject = node.parent?.type === 'property' && name !== undefined ? `"${name}"` : 'An entry';
      report({
        at: node,
        message: `${subject} cannot be null: the AWS CLI refuses it. Give a value${isNeededInTag(node) ? '' : ', or leave it out'}.`,
        data: { node },
      });
    }
  },
  /** What is null is not given: it makes no second form of a thing. */
  covers(other, own) {
    return BETWEEN_FORMS.has(other.code) && siblingsOf(own).has(other.start);
  },
  fixes({ data: { node } }, { document }) {
    const { parent } = node;
    const inTag = nullFixes(node);
    if (inTag) return inTag;
    if (parent?.type === 'property') {
      const title = `Remove ${parent.keyNode.value}`;
      return [{ title, changes: [removeMember(document, parent)], preferred: true, safe: true }];
    }
    if (parent?.type === 'array') {
      return [
        { title: 'Remove the null', changes: removeItems(document, parent, [node]), preferred: true, safe: true },
      ];
    }
    return [];
  },
});
