/*
 * What stands where in a text that is no JSON: nothing here reads on, or judges.
 */

/** Blanks that JSON does not know, and characters without width that come along with copied text. */
export const ODD_BLANK = /[\v\f\u0085\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;

/** For each opening quote but JSON's, what may close it. */
export const CLOSING_QUOTES = new Map<string, string>([
  ["'", "'"],
  ['`', '`'],
  ...[...'\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'].map((c): [string, string] => [
    c,
    '"\u201c\u201d\u201f\u00ab\u00bb\uff02',
  ]),
  ...[...'\u2018\u2019\u201a\u201b\uff07'].map((c): [string, string] => [c, "'\u2018\u2019\u201b\uff07"]),
]);

/** The quote before a text of Python that is not one of its own kind: u'…', b"…", f"…". */
const STRING_PREFIX = /[bfru]{1,2}(?=["'])/iy;

/** A quote too many, before a text or behind it, or both. */
const DOUBLED_QUOTES = /""(?!\/[/*])([^"\\\s,:{}[\]][^"\\\n\r]*)""?(?!")|"([^"\\\n\r]+)""(?!")/y;

/** What stands for a colon and a comma on keyboards of East Asia, and what else is written for a comma. */
const WIDE_COLON = '\uff1a';
export const OTHER_COMMAS = ';\uff0c\uff1b\u3001';

/** A variable of a shell or a template; `${…}` is read by its braces. */
const VARIABLE =
  /\$\([^()\n]*\)|\{\{[-~]?\s*[\w.$#/^>!&@][^{}\n]*\}\}|\{%[^{}\n]*%\}|<%[^<>\n]*%>|<[A-Za-z][\w :.-]*>|\$[A-Za-z_][\w.]*|%[A-Za-z_]\w*%|#\{[^{}\n]*\}|@@?[A-Za-z_]\w*@@?/y;

/** How far the end of a text in wrong quotes, or of a variable, is looked for: no text of a job is as long. */
export const MAX_TEXT = 2000;

/** Whether it is a character of ASCII that is no blank, of which nearly all of a text is made. */
export const isPrintable = (code: number) => code > 0x20 && code < 0x7f;

/** Looks about in a text from an offset on. Each answer takes time linear in what it passes over, and all together in the text. */
export class BrokenText {
  /** How far no text in other quotes was found to end before a delimiter. */
  private searched = 0;
  /** The next closing brace, behind the last place from which it was looked for. */
  private nextBrace = -1;
  /** The next end of a comment, behind the last place from which it was looked for. */
  private nextCommentEnd = { from: 0, end: -1 };
  /** The string that was looked at last: one is asked about several times. */
  private readonly known: { start: number; end: number | undefined } = { start: -1, end: undefined };

  constructor(readonly source: string) {}

  lineEnd(from: number): number {
    for (let i = from; i < this.source.length; i++) {
      const c = this.source.charCodeAt(i);
      if (c === 0x0a || c === 0x0d) return i;
    }
    return this.source.length;
  }

  /** The end of the text before an offset, without the blanks at its end. */
  trimmed(end: number): number {
    let i = end;
    while (i > 0 && /\s/.test(this.source[i - 1]!)) i--;
    return i;
  }

  /** The first character behind blanks and comments of the same line. */
  next(from: number): number {
    const { source } = this;
    for (let i = from; ; i++) {
      const c = source.charCodeAt(i);
      if (c === 0x20 || c === 0x09) continue;
      const end = c === 0x2f && source[i + 1] === '*' ? this.commentEnd(i) : undefined;
      if (end !== undefined) i = end - 1;
      else if (isPrintable(c) || !ODD_BLANK.test(source[i] ?? '')) return i;
    }
  }

  /** The first character behind blanks and comments. */
  behindBlanks(from: number): number {
    const { source } = this;
    for (let i = from; ; i++) {
      const c = source.charCodeAt(i);
      if (c === 0x20 || c === 0x0a) continue;
      const end = c === 0x2f ? this.commentEnd(i) : undefined;
      if (end !== undefined) i = end - 1;
      else if (isPrintable(c) || !/\s/.test(source[i] ?? '')) return i;
    }
  }

  /** The end of a comment that begins here; undefined for one without end, and where none begins. */
  commentEnd(start: number): number | undefined {
    const { source } = this;
    if (source[start] !== '/') return undefined;
    if (source[start + 1] === '/') return this.lineEnd(start);
    if (source[start + 1] !== '*') return undefined;
    // Looked for once: of many that do not end, each would be looked for to the end of the text.
    const { from, end } = this.nextCommentEnd;
    if (start < from || end < start + 2) {
      const found = source.indexOf('*/', start + 2);
      this.nextCommentEnd = { from: start, end: found < 0 ? source.length : found };
    }
    return this.nextCommentEnd.end < source.length ? this.nextCommentEnd.end + 2 : undefined;
  }

  isColon(at: number): boolean {
    return this.source[at] === ':' || this.source[at] === WIDE_COLON;
  }

  /** Whether what ends here is a name: its colon may stand in another line. */
  isColonBehind(end: number): boolean {
    return this.isColon(this.behindBlanks(end));
  }

  /** Whether what ends here may be a whole entry or name: nothing but a delimiter follows on the line. */
  isDelimited(end: number): boolean {
    const i = this.next(end);
    const c = this.source[i];
    if (c === undefined || ',:}];\n\r#'.includes(c) || c === WIDE_COLON || OTHER_COMMAS.includes(c)) return true;
    return c === '/' && (this.source[i + 1] === '/' || this.source[i + 1] === '*');
  }

  /** The end of a number or a fixed word of JSON that a comment follows without a blank. */
  plainEnd(start: number): number | undefined {
    const plain = /(?:true|false|null|-?\d[\w.+-]*)(?=\/[/*])/y;
    plain.lastIndex = start;
    return plain.test(this.source) ? plain.lastIndex : undefined;
  }

  /** The end of what goes on to the next delimiter of the same line, blanks at its end left out. */
  runEnd(from: number, delimiters: RegExp): number {
    let end = from;
    for (let i = from; i < this.source.length; i++) {
      const c = this.source[i]!;
      if (c === '\n' || c === '\r' || delimiters.test(c)) break;
      // A comment, not the slashes of an address.
      if (i === from || /\s/.test(this.source[i - 1]!)) {
        if (c === '#' || (c === '/' && /[/*]/.test(this.source[i + 1] ?? ''))) break;
      }
      if (c !== ' ' && c !== '\t') end = i + 1;
    }
    return end;
  }

  /** The name that stands here, where a colon behind the text makes it one. */
  nameAt(start: number): string | undefined {
    if (this.source[start] !== '"') return undefined;
    const end = this.stringEnd(start);
    return end !== undefined && this.isColonBehind(end) ? this.source.slice(start + 1, end - 1) : undefined;
  }

  /** `"job"Type":` */
  quoteWithinName(start: number): { name: string; at: number; end: number } | undefined {
    const found = /"([\w$]+)"([\w$]+)"/y;
    found.lastIndex = start;
    const match = found.exec(this.source);
    if (!match || !this.isColonBehind(start + match[0].length)) return undefined;
    return { name: match[1]! + match[2]!, at: start + 1 + match[1]!.length, end: start + match[0].length };
  }

  /** Whether a text follows on the same line that is a value: no name, and delimited. */
  isTextAhead(from: number): boolean {
    const start = this.next(from);
    const end = this.source[start] === '"' ? this.stringEnd(start) : undefined;
    return end !== undefined && this.isDelimited(end) && !this.isColonBehind(end);
  }

  /** The same for a value of any kind. */
  isValueAhead(from: number): boolean {
    const plain = /(?:true|false|null|-?\d+)(?=[ \t]*[,}\]\n\r])/y;
    plain.lastIndex = this.next(from);
    return plain.test(this.source) || this.isTextAhead(from);
  }

  quoteAfter(from: number): number {
    return this.source.indexOf('"', from);
  }

  indentAt(offset: number): string {
    let start = offset;
    while (start > 0 && !/[\n\r]/.test(this.source[start - 1]!)) start--;
    return /^[ \t]*/.exec(this.source.slice(start, offset))![0];
  }

  /** The end of a string in double quotes, behind its closing quote; undefined where its line ends before. */
  stringEnd(start: number): number | undefined {
    const { known } = this;
    if (known.start !== start) {
      known.start = start;
      known.end = this.findStringEnd(start);
    }
    return known.end;
  }

  private findStringEnd(start: number): number | undefined {
    for (let i = start + 1; i < this.source.length; i++) {
      const c = this.source.charCodeAt(i);
      if (c === 0x22) return i + 1;
      if (c === 0x0a || c === 0x0d) return undefined;
      if (c === 0x5c) i++;
    }
    return undefined;
  }

  /** The end of a text in other quotes: at the first closing one before a delimiter, else at the first of all. */
  quotedEnd(start: number): number | undefined {
    const closers = CLOSING_QUOTES.get(this.source[start]!)!;
    const limit = Math.min(this.source.length, start + MAX_TEXT);
    let first: number | undefined;
    let mixed = false;
    for (let i = start + 1; i < limit; i++) {
      const c = this.source[i]!;
      if (c === '\n' || c === '\r') return first;
      if (c === '\\') i++;
      else if (closers.includes(c)) {
        if (this.isDelimited(i + 1)) return i + 1;
        first ??= i + 1;
        // Up to here, a search before found none that is delimited.
        i = Math.max(i, this.searched - 1);
      } else if (c === '"' && !mixed) {
        // `'job"`: the first quote of JSON, where it ends what stands before it.
        if (first === undefined && this.isDelimited(i + 1)) return i + 1;
        mixed = true;
      }
    }
    this.searched = limit;
    return first;
  }

  /** `"ONE_TIME”`: where a string begins with JSON's quote and ends with another one. */
  mixedQuotesEnd(start: number, end: number | undefined): number | undefined {
    const text = this.source.slice(start + 1, end === undefined ? this.lineEnd(start) : end - 1);
    const found = /[\u201c\u201d'`](?=\s*(?:[,:}\]]|$))/.exec(text);
    return found ? start + 1 + found.index + 1 : undefined;
  }

  /** A quote too many before a text, behind it, or both. */
  doubledQuotes(start: number): { text: string; end: number } | undefined {
    const { source } = this;
    if (source[start + 1] !== '"' && source[this.stringEnd(start) ?? start] !== '"') return undefined;
    DOUBLED_QUOTES.lastIndex = start;
    const found = DOUBLED_QUOTES.exec(source);
    return found ? { text: (found[1] ?? found[2])!, end: start + found[0].length } : undefined;
  }

  /** The end of a text with the letters of Python before its quote. */
  prefixedEnd(start: number): number | undefined {
    if (!'bfruBFRU'.includes(this.source[start] ?? ' ')) return undefined;
    STRING_PREFIX.lastIndex = start;
    const prefix = STRING_PREFIX.exec(this.source);
    if (!prefix) return undefined;
    const quote = start + prefix[0].length;
    return this.source[quote] === '"' ? this.stringEnd(quote) : this.quotedEnd(quote);
  }

  /** The operator behind a text in single quotes: `'ONE_TIME'|'SCHEDULED'`. */
  operatorBehindQuote(start: number): number | undefined {
    const found = /'[^'\\\n\r]*'[ \t]*(?=[|+][ \t]*['"])/y;
    found.lastIndex = start;
    const match = found.exec(this.source);
    return match ? start + match[0].length : undefined;
  }

  /** The next quote on the line that stands before a delimiter. */
  quoteBeforeDelimiter(from: number): number | undefined {
    const limit = Math.min(this.source.length, from + MAX_TEXT);
    for (let i = from; i < limit; i++) {
      const c = this.source[i];
      if (c === '\n' || c === '\r') break;
      if (c === '\\') i++;
      else if (c === '"' && /[,}\]\n\r]/.test(this.source[this.next(i + 1)] ?? '\n')) return i;
    }
    return undefined;
  }

  /** The end of a variable that begins here. */
  variableEnd(start: number): number | undefined {
    const { source } = this;
    if (source[start] === '$' && source[start + 1] === '{') {
      let depth = 0;
      const limit = Math.min(source.length, start + MAX_TEXT);
      if (this.nextBrace < start) {
        const found = source.indexOf('}', start);
        this.nextBrace = found < 0 ? source.length : found;
      }
      if (this.nextBrace >= limit) return undefined;
      for (let i = start + 1; i < limit && source[i] !== '\n'; i++) {
        if (source[i] === '{') depth++;
        else if (source[i] === '}' && --depth === 0) return i + 1;
      }
      return undefined;
    }
    if (!'${<%#@'.includes(source[start] ?? ' ')) return undefined;
    VARIABLE.lastIndex = start;
    const found = VARIABLE.exec(source);
    return found ? start + found[0].length : undefined;
  }
}
