/** The most texts that one is taken apart into. */
const MOST = 50;

/** One group in braces as a shell takes it, or in brackets as a regular expression does: `{csv,json}`, `(csv|json)`. */
const GROUP = /^([^{}()|]*)(?:\{([^{}()|]*,[^{}()|]*)\}|\((?:\?:)?([^{}()]*\|[^{}()]*)\))([^{}()|]*)$/;

/** How often something stands, to a regular expression: `{2,3}`, `{2,}`. */
const QUANTIFIER = /^\d{1,2},\d{0,2}$/;

/**
 * The texts that one with a list of alternatives in it stands for, as `logs-{a,b}` for `logs-a` and `logs-b`; undefined for a
 * text without such a list.
 */
export function alternativesIn(text: string): string[] | undefined {
  if (!/[{(]/.test(text)) return undefined;
  const [, before, inBraces, inBrackets, after] = GROUP.exec(text) ?? [];
  const inside = inBraces ?? inBrackets;
  if (inside === undefined || QUANTIFIER.test(inside) || before!.endsWith('$')) return undefined;
  const parts = inside.split(inBraces === undefined ? '|' : ',').map((part) => part.trim());
  if (parts.length > MOST) return undefined;
  return [...new Set(parts.map((part) => before + part + after))];
}
