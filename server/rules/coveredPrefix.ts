import { removeItems } from '../language/edits.js';
import { simpleTerms } from '../language/scope.js';
import type { ArrayASTNode, StringASTNode } from '../language/tree.js';
import { judgePrefix, tellingBuckets } from './keyPrefixForm.js';
import { defineRule } from './rule.js';
import { quote } from './words.js';

/** Longer lists come from a program, where a prefix too many is of no concern, and sorting them would be felt. */
const MOST_VALUES = 500;

interface Data {
  node: StringASTNode;
  list: ArrayASTNode;
}

export default defineRule<Data>({
  id: 'covered-prefix',
  summary: 'No key prefix is covered by a shorter one of its list.',
  severity: 'hint',
  about: 'OBJECT_KEY',
  docs: {
    why: 'Prefixes of one condition are joined by OR. Keys that begin with `logs/2024/` begin with `logs/` too, so that the longer one changes nothing beside the shorter.',
    aws: 'The API reference joins the values of a condition by OR.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const buckets = tellingBuckets(model);
    for (const { simple } of simpleTerms(model, 'OBJECT_KEY')) {
      if (simple.values.length > MOST_VALUES) continue;
      // Nearly every list covers nothing, and then none of its values need be judged.
      if (coveredPrefixes(simple.values.map(({ value }) => value)).size === 0) continue;
      // What is empty or no beginning of a key is reported as such.
      const values = simple.values.filter(({ value }) => value.trim() !== '' && !judgePrefix(value, buckets));
      if (!simple.valuesNode || values.length < 2) continue;
      const shorterOf = coveredPrefixes(values.map(({ value }) => value));
      if (shorterOf.size === 0) continue;
      const byValue = new Map(values.map((node) => [node.value, node]));
      for (const node of values) {
        const shorter = shorterOf.get(node.value);
        if (shorter === undefined) continue;
        report({
          at: node,
          message: `Keys with this prefix are among those with ${quote(shorter)}: it has no effect. Remove one of the two.`,
          related: [{ at: byValue.get(shorter)!, message: 'The shorter prefix.' }],
          unnecessary: true,
          data: { node, list: simple.valuesNode },
        });
      }
    }
  },
  fixes({ data: { node, list } }, { document }) {
    return [{ title: 'Remove this prefix', changes: removeItems(document, list, [node]), preferred: true }];
  },
});

/** For each prefix that begins with another one of the list, the shortest such one. */
function coveredPrefixes(prefixes: string[]): Map<string, string> {
  const shorterOf = new Map<string, string>();
  let shortest: string | undefined;
  // In order, all that begin with a prefix follow it without a gap.
  for (const prefix of prefixes.sort()) {
    if (shortest === undefined || !prefix.startsWith(shortest)) shortest = prefix;
    else if (prefix !== shortest) shorterOf.set(prefix, shortest);
  }
  return shorterOf;
}
