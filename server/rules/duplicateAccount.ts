import { addItem, inlineText, removeItems } from '../language/edits.js';
import type { BucketDefinition } from '../language/model.js';
import { asArray } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  first: BucketDefinition;
  again: BucketDefinition;
}

export default defineRule<Data>({
  id: 'duplicate-account',
  summary: 'Each account has one bucket definition.',
  severity: 'warning',
  about: 'bucketDefinitions',
  docs: {
    why: 'Two definitions for one account are read as one at best; more likely the second was meant for another account.',
    aws: 'The API reference describes one definition for each account. What a second one does is not documented.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const seen = new Map<string, BucketDefinition>();
    for (const again of model.definitions) {
      const id = again.accountId?.value;
      // A text that is no id is reported as that, once for each.
      if (!again.accountId || !id || !/^\d{12}$/.test(id)) continue;
      const first = seen.get(id);
      if (!first) seen.set(id, again);
      else {
        report({
          at: again.accountId,
          message:
            'This account has a definition above, and AWS describes one for each account. Put all its buckets there, or correct the id.',
          data: { first, again },
          related: [{ at: first.accountId!, message: 'The first definition of the account.' }],
        });
      }
    }
  },
  fixes({ data: { first, again } }, { document, model }): Fix[] {
    const list = asArray(model.bucketDefinitions?.valueNode);
    const into = first.bucketsNode;
    const strings = again.bucketsNode?.items.every((item) => item.type === 'string');
    if (!list || !into || !strings) return [];
    const there = new Set(first.buckets.map(({ value }) => value));
    const added = new Set<string>();
    for (const { value } of again.buckets) if (!there.has(value)) added.add(value);
    const changes = removeItems(document, list, [again.node]);
    if (added.size > 0) {
      const texts = [...added].map((name) => JSON.stringify(name));
      // Laid out as the names that are there, or else as they were where they come from.
      const { offset, length } = into.items.length > 0 ? into : again.bucketsNode!;
      const broken = /[\r\n]/.test(document.source.slice(offset, offset + length));
      const listed = broken ? texts.join(',\n') : inlineText(document, '[]', texts).slice(1, -1);
      changes.unshift(addItem(document, into, listed));
    }
    return [{ title: 'Merge into the first definition of this account', changes, preferred: true }];
  },
});
