import type { Span } from './document.js';
import { type ASTNode, memberOf, memberValue } from './tree.js';

/** How many values are looked at: what a list can show, not what a large file can hold. */
const MAX_LOOKED_AT = 2000;

/** Values that a definition uses already, by the place that they stand in; each once, in the order of the text. */
export interface KnownValues {
  /** `accountId` of the bucket definitions. */
  definedAccounts: Set<string>;
  /** Entries of `buckets`. */
  definedBuckets: Set<string>;
  /** Values of simple conditions, by their key: ACCOUNT_ID, OBJECT_KEY and so on. */
  byKey: Map<string, Set<string>>;
  /** Tags of conditions and of the job: each key with its values. */
  tags: Map<string, Set<string>>;
}

/**
 * Reads the values that may be wanted a second time, of a large file only the first ones. What stands in the gap is about
 * to be replaced, and is passed over.
 */
export function knownValues(root: ASTNode | undefined, gap: Span): KnownValues {
  const known: KnownValues = {
    definedAccounts: new Set(),
    definedBuckets: new Set(),
    byKey: new Map(),
    tags: new Map(),
  };
  let left = MAX_LOOKED_AT;
  const itemsOf = (node: ASTNode | undefined) => (node?.type === 'array' ? node.items.slice(0, Math.max(0, left)) : []);
  const textOf = (node: ASTNode | undefined) =>
    node?.type === 'string' && !(node.offset >= gap.start && node.offset < gap.end) ? node.value : '';
  const add = (set: Set<string>, node: ASTNode | undefined) => {
    left--;
    const text = textOf(node);
    if (text !== '') set.add(text);
  };
  const addTag = (key: ASTNode | undefined, value: ASTNode | undefined) => {
    const name = textOf(key);
    if (name !== '') add(setIn(known.tags, name), value);
  };
  const s3 = memberValue(root, 's3JobDefinition');
  for (const definition of itemsOf(memberValue(s3, 'bucketDefinitions'))) {
    add(known.definedAccounts, memberValue(definition, 'accountId'));
    for (const bucket of itemsOf(memberValue(definition, 'buckets'))) add(known.definedBuckets, bucket);
  }
  for (const area of ['bucketCriteria', 'scoping']) {
    for (const side of ['includes', 'excludes']) {
      for (const condition of itemsOf(memberValue(memberValue(memberValue(s3, area), side), 'and'))) {
        if (condition.type !== 'object') continue;
        for (const { valueNode: term } of condition.properties) {
          const key = memberValue(term, 'key');
          const set = key?.type === 'string' ? setIn(known.byKey, key.value) : new Set<string>();
          for (const value of itemsOf(memberValue(term, 'values'))) add(set, value);
          for (const pair of itemsOf(memberValue(term, 'tagValues'))) {
            addTag(memberValue(pair, 'key'), memberValue(pair, 'value'));
          }
        }
      }
    }
  }
  const tags = memberOf(root, 'tags')?.valueNode;
  if (tags?.type === 'object') {
    for (const { keyNode, valueNode } of tags.properties.slice(0, Math.max(0, left))) addTag(keyNode, valueNode);
  }
  return known;
}

function setIn(map: Map<string, Set<string>>, key: string): Set<string> {
  let set = map.get(key);
  if (!set) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}
