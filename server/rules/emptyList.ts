import { removeItems, removeMember } from '../language/edits.js';
import type { ConditionBlock } from '../language/model.js';
import { type ASTNode, asArray, asObject, type PropertyASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  /** The member that goes with the empty value, where nothing is lost by it. */
  property?: PropertyASTNode;
  /** The element of `and` that is empty in its values. */
  condition?: ASTNode;
}

export default defineRule<Data>({
  id: 'empty-list',
  summary: 'No condition, list of conditions or list of values is empty.',
  severity: 'warning',
  docs: {
    why: 'A condition without values, and a list without conditions, compare with nothing. Nobody but the service knows whether it then takes everything, nothing, or refuses the job.',
    aws: 'The API reference speaks of one or more values, and does not say what an empty list does. Without any conditions, `bucketCriteria` is taken to match every bucket, and `scoping` to limit nothing: these are an information.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const criteria = asObject(model.bucketCriteria?.valueNode);
    if (criteria?.properties.length === 0) {
      report({
        at: criteria,
        severity: 'information',
        message:
          'Empty criteria are taken to match every bucket of the account or organization in this Region. Add conditions to limit the job.',
        data: {},
      });
    }
    const scoping = asObject(model.scoping?.valueNode);
    if (scoping?.properties.length === 0) {
      report({
        at: scoping,
        severity: 'information',
        message: 'An empty "scoping" limits nothing: every eligible object is analyzed. Add conditions, or remove it.',
        data: { property: model.scoping },
      });
    }
    for (const block of model.blocks) {
      if (block.node.properties.length === 0) {
        report({
          at: block.node,
          message: `"${block.side}" holds no conditions, and AWS does not say what that does. Add conditions in "and", or remove it.`,
          data: { property: leftover(block, model.blocks) },
        });
      } else if (block.and?.items.length === 0) {
        report({
          at: block.and,
          message: `This list of conditions is empty, and AWS does not say what that does. Add a condition, or remove "${block.side}".`,
          data: { property: leftover(block, model.blocks) },
        });
      }
      for (const { node, simple, tag } of block.conditions) {
        const values = simple?.valuesNode?.items.length === 0 ? simple.valuesNode : undefined;
        const pairs = tag?.tagValuesNode?.items.length === 0 ? tag.tagValuesNode : undefined;
        for (const at of [values, pairs]) {
          if (!at) continue;
          report({
            at,
            message: `This condition has no ${at === values ? 'values' : 'tags'} to compare with; AWS asks for one or more. Add them, or remove the condition.`,
            data: { condition: node },
          });
        }
      }
    }
  },
  fixes({ data: { property, condition } }, { document }): Fix[] {
    if (property) {
      const changes = [removeMember(document, property)];
      return [{ title: `Remove the empty ${property.keyNode.value}`, changes, preferred: true }];
    }
    const list = asArray(condition?.parent);
    if (!condition || !list || list.items.length < 2) return [];
    return [{ title: 'Remove this condition', changes: removeItems(document, list, [condition]) }];
  },
});

/**
 * What can go with an empty block without changing the job: the block where the other side has conditions, or all of a
 * scoping that has none. Criteria without any would match every bucket, which is for the author to decide.
 */
function leftover(block: ConditionBlock, blocks: readonly ConditionBlock[]): PropertyASTNode | undefined {
  const rest = blocks.some(({ area, side, conditions }) => {
    return area === block.area && side !== block.side && conditions.length > 0;
  });
  if (rest) return block.property;
  const owner = asObject(block.property.parent);
  if (block.area !== 'scoping' || !owner) return undefined;
  return owner.properties.length > 1 ? block.property : (owner.parent as PropertyASTNode);
}
