import { SINGLE_VALUE_KEYS } from '../language/comparators.js';
import type { JobDocument } from '../language/document.js';
import { insertAfter, removeItems, replaceString } from '../language/edits.js';
import type { Condition, SimpleCondition } from '../language/model.js';
import { type BoundKey, boundOf } from '../language/scope.js';
import { conditionText } from '../language/scopeEdits.js';
import { type ASTNode, sameValue } from '../language/tree.js';
import { defineRule, type Fix, type TextChange } from './rule.js';
import { plural, quote } from './words.js';

interface Data {
  condition: Condition;
  simple: SimpleCondition;
}

export default defineRule<Data>({
  id: 'single-value',
  summary: 'A date or size condition has one value.',
  severity: 'error',
  about: 'scoping',
  docs: {
    why: 'A range is written as two conditions, one for each end: GTE and LT. Two values that are left out are two conditions with NE.',
    aws: 'The API reference allows several values for extensions and key prefixes, and just one for dates and sizes.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const condition of model.scopeTerms) {
      const { simple } = condition;
      if (!simple?.key || !SINGLE_VALUE_KEYS.has(simple.key.value)) continue;
      const items = simple.valuesNode?.items ?? [];
      if (items.length < 2) continue;
      report({
        at: simple.valuesNode!,
        message: `${simple.key.value} takes one value, and here are ${plural(items.length, 'value')}. ${instead(simple.comparator?.value)}`,
        data: { condition, simple },
      });
    }
  },
  fixes({ data: { condition, simple } }, { document }): Fix[] {
    const { valuesNode } = simple;
    if (!valuesNode || valuesNode.items.length > 5) return [];
    const { items } = valuesNode;
    const keep = (kept: ASTNode) =>
      removeItems(
        document,
        valuesNode,
        items.filter((item) => item !== kept),
      );
    const [first, ...others] = items as [ASTNode, ...ASTNode[]];
    if (others.every((item) => sameValue(item, first))) {
      return [{ title: 'Keep the value once', changes: keep(first), preferred: true, safe: true }];
    }
    const fixes: Fix[] = items.map((kept) => ({
      title: `Keep ${nameOf(kept, document.source)} alone`,
      changes: keep(kept),
    }));
    const better = rangeFix(condition, simple, document) ?? splitFix(condition, simple, document);
    return better ? [better, ...fixes] : fixes;
  },
});

/** What is to be written by what is said with several values. */
function instead(comparator: string | undefined): string {
  switch (comparator) {
    case 'NE':
      return 'Write a condition for each.';
    case 'GT':
    case 'GTE':
    case 'LT':
    case 'LTE':
      return 'Write the one that is meant; a range is two conditions.';
    default:
      return 'Write a range as two conditions.';
  }
}

/** NE of several values as a condition for each: joined by AND, they leave out all of them. */
function splitFix(condition: Condition, simple: SimpleCondition, document: JobDocument): Fix | undefined {
  const { comparator, values, valuesNode } = simple;
  if (comparator?.value !== 'NE' || values.length !== valuesNode!.items.length) return undefined;
  const only = (kept: ASTNode): TextChange[] =>
    removeItems(
      document,
      valuesNode!,
      values.filter((value) => value !== kept),
    );
  const [first, ...others] = values as [ASTNode, ...ASTNode[]];
  const copies = others.map((value) =>
    insertAfter(document, condition.node, conditionText(document, { condition, changes: only(value) })),
  );
  return { title: 'Write a condition for each value', changes: [...only(first), ...copies], preferred: true };
}

/** Two values of an EQ as the ends of a range. */
function rangeFix(condition: Condition, simple: SimpleCondition, document: JobDocument): Fix | undefined {
  const { comparator, key, values, valuesNode } = simple;
  const [a, b] = values;
  if (comparator?.value !== 'EQ' || !a || !b || values.length !== 2 || valuesNode!.items.length !== 2) return undefined;
  const ends = [a, b].map((node) => boundOf(key!.value as BoundKey, node.value));
  if (ends[0] === undefined || ends[1] === undefined) return undefined;
  const [low, high] = ends[0] <= ends[1] ? [a, b] : [b, a];
  const written = (word: string, gone: ASTNode): TextChange[] => [
    replaceString(comparator, word),
    ...removeItems(document, valuesNode!, [gone]),
  ];
  const second = conditionText(document, { condition, changes: written('LTE', low) });
  return {
    title: `Make it the range from ${quote(low.value)} to ${quote(high.value)}`,
    changes: [...written('GTE', high), insertAfter(document, condition.node, second)],
  };
}

function nameOf(node: ASTNode, source: string): string {
  return node.type === 'string' ? quote(node.value) : source.slice(node.offset, node.offset + node.length).slice(0, 40);
}
