import { fitsComparator } from '../language/comparators.js';
import { addMember, removeItems, replaceString, replaceText, smallText } from '../language/edits.js';
import type { TagPair } from '../language/model.js';
import { type ASTNode, asArray, memberOf } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { quote } from './words.js';

type Problem = 'no-key' | 'no-value' | 'wildcard' | 'too-long';

interface Data {
  pair: TagPair;
  problem: Problem;
}

/** What S3 allows for the tags of an object, in characters. */
const MAX_KEY = 128;
const MAX_VALUE = 256;

export default defineRule<Data>({
  id: 'tag-scope-pair',
  summary: 'An object tag is given by its key, with a value or an empty text.',
  severity: 'error',
  about: 'scoping',
  docs: {
    why: 'A tag condition on objects compares a key, or a key with its value. A value without a key, which a condition on buckets may have, says nothing here. A key alone is written with an empty `value`. A `*` or `?` is compared as it stands, and S3 allows neither in the tags of an object.',
    aws: 'The API reference takes keys, or keys with values, and has the value of a key alone set to an empty text. It says that Macie supports no wildcards. A value that is left out is a warning: what that does is not documented. The AWS CLI checks none of it.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html',
    ],
  },
  check({ model, structure }, report) {
    let misspelt: Map<ASTNode, Set<string>> | undefined;
    /** Whether a member of that name may be there under a misspelt one, which is reported. */
    const isMisspelt = (node: ASTNode, name: string) => {
      if (!misspelt) {
        misspelt = new Map();
        for (const problem of structure) {
          if (problem.kind !== 'unknown-member' || !problem.property.parent) continue;
          const { parent } = problem.property;
          misspelt.set(parent, (misspelt.get(parent) ?? new Set()).add(problem.suggestion ?? ''));
        }
      }
      const instead = misspelt.get(node);
      return instead !== undefined && (instead.has(name) || instead.has(''));
    };
    for (const { tag } of model.scopeTerms) {
      if (!fitsComparator('scoping', 'tag', undefined, tag?.comparator?.value)) continue;
      // The name of the tag stands in the place of TAG, and is reported there.
      const isNamedAbove = tag?.key && tag.key.value !== 'TAG' && tag.key.value.trim() !== '';
      for (const pair of tag?.pairs ?? []) {
        const { node, key, value } = pair;
        if (key ? key.value.trim() === '' : !memberOf(node, 'key') && !isMisspelt(node, 'key') && !isNamedAbove) {
          report({
            at: key ?? node,
            message: key
              ? 'The key of an object tag is empty. AWS takes a key, or a key with its value.'
              : 'This names no tag: AWS takes a key, or a key with its value, and for objects no value alone. Add "key".',
            data: { pair, problem: 'no-key' },
          });
          continue;
        }
        for (const [text, limit] of [
          [key, MAX_KEY],
          [value, MAX_VALUE],
        ] as const) {
          if (!text) continue;
          if (/[*?]/.test(text.value)) {
            const any = text === value && /^\*+$/.test(text.value);
            report({
              at: text,
              severity: 'warning',
              message: `Macie supports no wildcards in tags: ${quote(text.value)} is compared as it stands. ${any ? 'For any value, write an empty text.' : 'Write the whole text.'}`,
              data: { pair, problem: 'wildcard' },
            });
          } else if (text.value.length > limit && [...text.value].length > limit) {
            report({
              at: text,
              severity: 'warning',
              message: `No tag of an object has a ${text === key ? 'key' : 'value'} of more than ${limit} characters, so this matches none. Shorten it.`,
              data: { pair, problem: 'too-long' },
            });
          }
        }
        if (!memberOf(node, 'value') && !isMisspelt(node, 'value')) {
          report({
            at: node,
            severity: 'warning',
            message: 'The tag has no "value". To mean the key alone, AWS asks for an empty text: "value": "".',
            data: { pair, problem: 'no-value' },
          });
        }
      }
    }
  },
  fixes({ data: { pair, problem }, start }, { document }): Fix[] {
    const { node, key, value } = pair;
    if (problem === 'no-value') {
      const property = memberOf(node, 'key');
      const changes = [addMember(document, node, 'value', '""', { after: property })];
      return [{ title: 'Add an empty value', changes, preferred: true }];
    }
    if (problem === 'wildcard' && value && start === value.offset && /^\*+$/.test(value.value)) {
      return [{ title: 'Match any value: write an empty text', changes: [replaceString(value, '')], preferred: true }];
    }
    const fixes: Fix[] = [];
    if (problem === 'no-key' && !key && value?.value && node.properties.length === 1) {
      const changes = [replaceText(document, node, smallText(document, { key: value.value, value: '' }))];
      fixes.push({ title: `Take ${quote(value.value)} as the key, with any value`, changes });
    }
    const list = asArray(node.parent);
    if (problem !== 'no-key' || !list || list.items.length < 2) return fixes;
    const isEmpty = !value?.value && !key?.value;
    return [...fixes, { title: 'Remove this tag', changes: removeItems(document, list, [node]), preferred: isEmpty }];
  },
});
