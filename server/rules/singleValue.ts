import { SINGLE_VALUE_KEYS } from '../language/comparators.js';
import { removeItems } from '../language/edits.js';
import type { SimpleCondition } from '../language/model.js';
import { defineRule } from './rule.js';
import { plural, quote } from './words.js';

interface Data {
  simple: SimpleCondition;
}

export default defineRule<Data>({
  id: 'single-value',
  summary: 'A date or size condition has one value.',
  severity: 'error',
  docs: {
    why: 'A range is written as two conditions, one for each end: GTE and LT.',
    aws: 'The API reference allows several values for extensions and key prefixes, and just one for dates and sizes.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { simple } of model.scopeTerms) {
      if (!simple?.key || !SINGLE_VALUE_KEYS.has(simple.key.value)) continue;
      const items = simple.valuesNode?.items ?? [];
      if (items.length < 2) continue;
      report({
        at: simple.valuesNode!,
        message: `${simple.key.value} takes one value, and here are ${plural(items.length, 'value')}. Write a range as two conditions.`,
        data: { simple },
      });
    }
  },
  fixes({ data: { simple } }, { document }) {
    const { valuesNode } = simple;
    if (!valuesNode || valuesNode.items.length > 5) return [];
    return valuesNode.items.map((kept) => ({
      title: `Keep ${kept.type === 'string' ? quote(kept.value) : document.source.slice(kept.offset, kept.offset + kept.length).slice(0, 40)} alone`,
      changes: removeItems(
        document,
        valuesNode,
        valuesNode.items.filter((item) => item !== kept),
      ),
    }));
  },
});
