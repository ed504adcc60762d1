import { count, cut } from '../language/describe.js';

export { count };

/* Wording that many rules share. */

/** A name or value from the file, quoted, on one line and cut to a length that leaves a message readable. */
export function quote(value: string, limit = 40): string {
  return `"${cut(value, limit)}"`;
}

/** "a", "a or b", "a, b or c"; past `limit` entries the rest is counted. */
export function oneOf(values: readonly string[], limit = 12): string {
  if (values.length > limit) return `${values.slice(0, limit).join(', ')} or one of ${values.length - limit} more`;
  return join(values, 'or');
}

/** "a", "a and b", "a, b and c". */
export function allOf(values: readonly string[]): string {
  return join(values, 'and');
}

function join(values: readonly string[], word: string): string {
  if (values.length < 2) return values.join('');
  return `${values.slice(0, -1).join(', ')} ${word} ${values[values.length - 1]}`;
}

/** "1 bucket", "2 buckets". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** A character by its number, where it does not show: U+200B. */
export function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
