import type { Condition } from './model.js';

/* How the parts of a definition are named in the outline, in inlay hints and in the summary. */

/**
 * A number with its digits in groups: 1,000. By hand, since `toLocaleString` loads the tables of ICU, which takes as long as
 * a fifth of the server's start (measured on Node 20).
 */
export function count(n: number | bigint): string {
  return String(n).replace(/\B(?<!\.\d*)(?=(?:\d{3})+(?!\d))/g, ',');
}

/** A list of values on one line; past `limit` the rest is counted. */
export function listOf(values: readonly string[], limit = 3): string {
  const shown = values.slice(0, limit).map((value) => cut(value));
  const rest = values.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${count(rest)} more` : shown.join(', ');
}

/** A text on one line, without characters that could disguise it, cut to `limit` characters. */
export function cut(value: string, limit = 60): string {
  const plain = value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
  const characters = [...plain];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : plain;
}

/**
 * A value of the file within a sentence: as it is where it is one plain word, else quoted and escaped, so that no value can
 * end the sentence and begin another.
 */
export function inSentence(value: string): string {
  const shown = cut(value);
  return /^[\w.\-/:=+@]+$/.test(shown) ? shown : JSON.stringify(shown);
}

/** A condition as a formula: `OBJECT_EXTENSION EQ csv, tsv`. Undefined for one that is still empty. */
export function conditionFormula({ simple, tag }: Condition): string | undefined {
  if (simple) {
    const parts = [simple.key?.value, simple.comparator?.value, listOf(simple.values.map((v) => v.value))];
    return (
      parts
        .filter(Boolean)
        .map((part) => cut(part!))
        .join(' ') || undefined
    );
  }
  if (tag) {
    const pairs = tag.pairs.map(({ key, value }) => [key?.value, value?.value].filter(Boolean).join('='));
    return ['TAG', tag.comparator?.value, listOf(pairs)].filter(Boolean).join(' ');
  }
  return undefined;
}
