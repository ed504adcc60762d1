import { addItem, removeItems, removeMember } from '../language/edits.js';
import type { Condition, ConditionBlock, SimpleCondition } from '../language/model.js';
import { asArray, asObject, type PropertyASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  /** The excludes that leave nothing, where these are the mistake. */
  excludes?: PropertyASTNode;
  /** Two conditions on one key without a common value. */
  pair?: Pair;
}

interface Pair {
  earlier: SimpleCondition;
  later: SimpleCondition;
}

export default defineRule<Data>({
  id: 'criteria-contradiction',
  summary: 'The bucket conditions can be met.',
  severity: 'warning',
  docs: {
    why: 'Conditions of one `and` must hold together, and excludes win over includes. Two conditions on one property without a common value, or excludes that cover all of what the includes choose, leave no bucket: the job runs and analyzes nothing. Names or accounts that are alternatives go into the `values` of one condition, which are joined by OR.',
    aws: 'The API reference joins conditions by AND and values by OR; the Macie user guide lets excludes win. The service accepts such a job, and logs that no bucket meets its criteria.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
    ],
  },
  check({ model }, report) {
    const blocks = model.blocks.filter(({ area }) => area === 'bucketCriteria');
    let found = false;
    for (const block of blocks) {
      for (const pair of disjoint(block)) {
        const { earlier, later } = pair;
        found = true;
        report({
          at: later.valuesNode!,
          message:
            block.side === 'includes'
              ? 'No bucket meets this condition and the one above on the same key: AWS joins them by AND. List alternatives in the values of one condition.'
              : 'No bucket meets this condition and the one above on the same key, so nothing is excluded: AWS joins them by AND. List alternatives in the values of one condition.',
          data: { pair },
          related: [{ at: earlier.valuesNode!, message: 'The condition without a common value.' }],
        });
      }
    }
    const includes = blocks.find(({ side }) => side === 'includes');
    const excludes = blocks.find(({ side }) => side === 'excludes');
    if (found || !includes || !excludes || excludes.conditions.length === 0) return;
    if (excludes.conditions.length !== excludes.and?.items.length) return;
    // Each exclude is compared with each include; a job of real size has a handful.
    if (includes.conditions.length * excludes.conditions.length > 10_000) return;
    const chosen = includes.conditions.map(meaningOf).filter((meaning) => meaning !== undefined);
    const covered = excludes.conditions.every((condition) => {
      const meaning = meaningOf(condition);
      return meaning && chosen.some((include) => implies(include, meaning));
    });
    if (!covered) return;
    report({
      at: excludes.property.keyNode,
      message:
        'These excludes cover every bucket that the includes choose, and excludes win: the job would analyze nothing. Change one of the two.',
      data: { excludes: excludes.property },
      related: [{ at: includes.property.keyNode, message: 'What is included.' }],
    });
  },
  fixes({ data: { excludes, pair } }, { document }): Fix[] {
    if (excludes) return [{ title: 'Remove excludes', changes: [removeMember(document, excludes)] }];
    const element = pair?.later.property.parent;
    const list = asArray(element?.parent);
    if (!pair || !element || !list || asObject(element)?.properties.length !== 1) return [];
    const { earlier, later } = pair;
    if (earlier.comparator?.value !== 'EQ' || later.comparator?.value !== 'EQ') return [];
    const texts = later.values.map(({ value }) => JSON.stringify(value));
    const into = earlier.valuesNode!;
    const separator = /[\r\n]/.test(document.source.slice(into.offset, into.offset + into.length)) ? ',\n' : ', ';
    const changes = [addItem(document, into, texts.join(separator)), ...removeItems(document, list, [element])];
    return [{ title: 'Join both into one condition', changes }];
  },
});

/** Conditions of one block on one key of which the later ones have no value in common with those before. */
function disjoint({ conditions }: ConditionBlock): Pair[] {
  const found: Pair[] = [];
  const equal = new Map<string, { values: Set<string>; last: SimpleCondition }>();
  const unequal = new Map<string, Map<string, SimpleCondition>>();
  for (const { simple } of conditions) {
    const key = simple?.key?.value;
    if (!simple || !key || !isComplete(simple)) continue;
    const values = new Set(simple.values.map(({ value }) => value));
    if (simple.comparator?.value === 'EQ') {
      const before = equal.get(key);
      const common = before ? intersection(before.values, values) : values;
      if (before && common.size === 0) {
        found.push({ later: simple, earlier: before.last });
        continue;
      }
      equal.set(key, { values: common, last: simple });
    } else if (simple.comparator?.value === 'NE' && values.size === 1) {
      // With several values, AWS does not say whether NE means none of them.
      const others = unequal.get(key) ?? new Map<string, SimpleCondition>();
      unequal.set(key, others.set(simple.values[0]!.value, simple));
    }
  }
  for (const [key, { values, last }] of equal) {
    const others = unequal.get(key);
    if (!others || ![...values].every((value) => others.has(value))) continue;
    const other = others.get([...values][0]!)!;
    const [earlier, later] = other.node.offset < last.node.offset ? [other, last] : [last, other];
    found.push({ later, earlier });
  }
  return found;
}

/** Whether all values are there to be judged: an item of another type is reported elsewhere. */
function isComplete({ valuesNode, values }: SimpleCondition): boolean {
  return values.length > 0 && valuesNode?.items.length === values.length;
}

function intersection(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter((value) => b.has(value)));
}

interface Meaning {
  /** The kind, comparator and key that two conditions must share to be compared. */
  subject: string;
  values: ReadonlySet<string>;
  isEqual: boolean;
}

function meaningOf({ node, simple, tag }: Condition): Meaning | undefined {
  if (node.properties.length !== 1) return undefined;
  const comparator = (simple ?? tag)?.comparator?.value;
  if (comparator !== 'EQ' && comparator !== 'NE') return undefined;
  const isEqual = comparator === 'EQ';
  if (simple?.key && isComplete(simple)) {
    return {
      subject: `${simple.key.value} ${comparator}`,
      values: new Set(simple.values.map((v) => v.value)),
      isEqual,
    };
  }
  const pairs = tag?.pairs ?? [];
  if (pairs.length === 0 || pairs.length !== tag?.tagValuesNode?.items.length) return undefined;
  return {
    subject: `tag ${comparator}`,
    values: new Set(pairs.map(({ key, value }) => JSON.stringify([key?.value, value?.value]))),
    isEqual,
  };
}

/** Whether each bucket that meets `a` surely meets `b` as well. */
function implies(a: Meaning, b: Meaning): boolean {
  if (a.subject !== b.subject) return false;
  // Values of EQ are joined by OR, so more of them hold for more buckets; of NE only the same ones are sure.
  return (a.isEqual || a.values.size === b.values.size) && [...a.values].every((value) => b.values.has(value));
}
