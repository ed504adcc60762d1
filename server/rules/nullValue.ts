import { removeItems, removeMember, replaceNode } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import { once } from '../language/once.js';
import { rootSchema } from '../language/schema.js';
import { memberNameOf } from '../language/structure.js';
import { type ASTNode, asObject, type PropertyASTNode } from '../language/tree.js';
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
  /** A value is needed here: to leave it out would be another mistake. */
  needed: boolean;
}

export default defineRule<Data>({
  id: 'null-value',
  summary: 'No value is null.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'A member without a value is left out, not set to null; one that a job needs is given a value. A described job shows null where nothing is set.',
    aws: 'The AWS CLI and boto3 refuse null for any member; the JavaScript SDK drops the member without a word (measured).',
  },
  check({ structure, model }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'null-value') continue;
      const { node } = problem;
      const name = memberNameOf(node);
      const subject = node.parent?.type === 'property' && name !== undefined ? `"${name}"` : 'An entry';
      const needed = isNeededInTag(node) || isNeeded(node, model);
      report({
        at: node,
        message: `${subject} cannot be null: the AWS CLI refuses it. Give a value${needed ? '' : ', or leave it out'}.`,
        data: { node, needed },
      });
    }
  },
  /** What is null is not given: it makes no second form of a thing. */
  covers(other, own) {
    return BETWEEN_FORMS.has(other.code) && siblingsOf(own).has(other.start);
  },
  fixes({ data: { node, needed } }, { document }) {
    const { parent } = node;
    const inTag = nullFixes(node);
    if (inTag) return inTag;
    if (parent?.type === 'property' && parent.keyNode.value === 'dailySchedule' && needed) {
      // As YAML writes a member without a value: the schedule that is named is meant.
      return [{ title: 'Write {}', changes: [replaceNode(node, '{}')], preferred: true }];
    }
    if (needed) return [];
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

/** Whether the job could not be without the member, or the list without the entry, that is null. */
function isNeeded({ parent }: ASTNode, model: JobModel): boolean {
  if (parent?.type === 'array')
    return parent.parent?.type === 'property' && isOfDefinition(parent.parent, model) && nullListsOf(model).has(parent);
  if (parent?.type !== 'property') return false;
  const owner = parent.parent;
  const { schedule } = model;
  if (schedule && !model.isOneTime) {
    if (owner === schedule.node) return schedule.forms.every(({ valueNode }) => valueNode?.type === 'null');
    if (owner?.parent?.parent === schedule.node) return true;
  }
  if (owner !== model.root) return isOfDefinition(parent, model);
  const name = parent.keyNode.value;
  switch (name) {
    case 'scheduleFrequency':
      return model.isScheduled;
    case 'customDataIdentifierIds':
      return model.selector?.value === 'NONE';
    case 'managedDataIdentifierSelector':
      return model.managedIds.length > 0;
    default:
      return rootSchema.required.includes(name);
  }
}

/** A member of an entry of `bucketDefinitions`, which needs both. */
function isOfDefinition({ parent }: PropertyASTNode, { bucketDefinitions }: JobModel): boolean {
  return bucketDefinitions !== undefined && parent?.parent?.parent === bucketDefinitions;
}

/** The lists of bucket definitions that have nothing but null in them. */
const nullListsOf = once(
  ({ definitions }: JobModel): ReadonlySet<ASTNode> =>
    new Set(
      definitions.flatMap(({ node }) =>
        node.properties.flatMap(({ valueNode }) => (isAllNull(valueNode) ? [valueNode!] : [])),
      ),
    ),
);

const isAllNull = (node: ASTNode | undefined) =>
  node?.type === 'array' && node.items.every(({ type }) => type === 'null');
