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

/** Controls, format characters (bidirectional and invisible ones among them), line separators and odd spaces. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/gu;

/** The text with every character that cannot be seen, or that moves others, as its code: `\u{202e}`. */
function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** A text on one line, without characters that could disguise it, cut to `limit` characters. */
export function cut(value: string, limit = 60): string {
  const characters = [...value.slice(0, 2 * limit + 2)];
  return visible(characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : value);
}

/** Characters of a value that a sentence shows: all of a bucket's name. */
const SHOWN = 63;

/** Words that a value could be taken for a part of the sentence by. */
const SENTENCE_WORDS = /^(?:all|and|any|but|except|in|is|no|none|not|of|only|or|the|to|under|with)$/i;

/**
 * A value of the file within a sentence: as it is where it is one plain word, else quoted and escaped, so that no value can
 * end the sentence and begin another. A long one is cut in its middle: values of a list often differ at their ends.
 */
export function inSentence(value: string): string {
  if (/^[\w.\-/:=+@]*[\w\-/]$/.test(value) && value.length <= SHOWN && !SENTENCE_WORDS.test(value)) return value;
  const characters = value.length > 20 * SHOWN ? [...value.slice(0, SHOWN), ...value.slice(-SHOWN)] : [...value];
  const ends = (SHOWN - 1) / 2;
  const shown =
    characters.length > SHOWN ? `${characters.slice(0, ends).join('')}…${characters.slice(-ends).join('')}` : value;
  return `"${visible(shown.replace(/["\\]/g, '\\$&'))}"`;
}

/** A condition as a formula: `OBJECT_EXTENSION EQ csv, tsv`; both of an element that has two. Undefined for an empty one. */
export function conditionFormula({ simple, tag }: Condition): string | undefined {
  const formulas: string[] = [];
  if (simple) {
    const parts = [simple.key?.value, simple.comparator?.value, listOf(simple.values.map((v) => v.value))];
    formulas.push(
      parts
        .filter(Boolean)
        .map((part) => cut(part!))
        .join(' '),
    );
  }
  if (tag) {
    const pairs = tag.pairs.map(({ key, value }) =>
      key?.value ? [key.value, value?.value].filter(Boolean).join('=') : `any key=${value?.value ?? ''}`,
    );
    formulas.push(['TAG', tag.comparator?.value, listOf(pairs)].filter(Boolean).join(' '));
  }
  return formulas.filter(Boolean).join('; ') || undefined;
}
