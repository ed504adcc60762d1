import { createScanner } from 'jsonc-parser';
import type { Span } from './document.js';

export type TokenKind = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'word' | 'comment' | 'end';

/** One token of a text that need not be JSON. `word` is a number, a keyword or anything else that stands without quotes. */
export interface Token extends Span {
  kind: TokenKind;
  /** The content of a string, else the token as it stands, without a closing quote that stands alone. */
  value: string;
  /** The quote that it begins with. */
  quote: '"' | "'" | '';
  /** Whether it ends with a quote; of a comment, whether it ends. */
  closed: boolean;
}

/** By the scanner's `SyntaxKind`, from 1 on; white space is passed over. */
const KINDS: readonly (TokenKind | undefined)[] = [
  undefined,
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'word',
  'word',
  'word',
  'string',
  'word',
  'comment',
  'comment',
  undefined,
  undefined,
  'word',
  'end',
];

const UNEXPECTED_END_OF_COMMENT = 1;
const UNEXPECTED_END_OF_STRING = 2;

/** Without the colons of a time, which stand between digits. */
const WORD = /(?:[^\s,:={}[\]"]|(?<=\d):(?=\d))*/y;
const UP_TO_PUNCTUATION = /^(?:[^,:={}[\]]|(?<=\d):(?=\d))*/;

const WITHOUT_STRINGS = /^(?:[\s,:={}[\]]|\b(?:true|false|null|\d+)\b)*$/;

/** The longest text in single quotes, which are looked for on a guess. */
const MAX_SINGLE_QUOTED = 1000;

/**
 * Reads tokens one by one from an offset on, comments among them, as they are most likely meant where quotes are missing
 * or stand alone:
 *
 * - A string never goes over its line. One that lacks its closing quote leaves commas and brackets at the end of the line
 *   to what is around it.
 * - A string right behind which text stands was closed by the opening quote of the next one: `"job, "name": 1`. It ends
 *   before its first punctuation mark, where nothing but punctuation and numbers follows that.
 * - A quote right behind a word or a string, with no text behind it, belongs to that: `job": 1`.
 * - An equals sign stands for a colon, and single quotes for double ones.
 */
export class TokenReader {
  private readonly scanner;

  constructor(
    private readonly source: string,
    offset: number,
  ) {
    this.scanner = createScanner(source, false);
    this.scanner.setPosition(offset);
  }

  next(): Token {
    for (;;) {
      const kind = KINDS[this.scanner.scan()];
      if (!kind) continue;
      const start = this.scanner.getTokenOffset();
      if (kind === 'word') return this.moveBehind(this.wordAt(start));
      const end = this.scanner.getPosition();
      const value = this.scanner.getTokenValue();
      const error: number = this.scanner.getTokenError();
      const closed = error !== UNEXPECTED_END_OF_STRING && error !== UNEXPECTED_END_OF_COMMENT;
      if (kind !== 'string') return { kind, start, end, value, quote: '', closed };
      return this.moveBehind(this.string({ kind, start, end, value, quote: '"', closed }));
    }
  }

  private string(token: Token): Token {
    const { source } = this;
    const { start, end, closed } = token;
    if (closed && !isText(source, end)) return { ...token, end: this.behindQuote(end) };
    const content = source.slice(start + 1, closed ? end - 1 : end);
    const value = closed ? firstPart(content) : withoutEnd(content);
    // Quotes within a text are no quotes of others.
    if (value === undefined) return token;
    return { ...token, end: start + 1 + value.length, value, closed: false };
  }

  /** The scanner takes `5MB` for a number and a word; whoever wrote it means one value. */
  private wordAt(start: number): Token {
    const { source } = this;
    const quote = source[start] === "'" ? "'" : '';
    const closing = quote && closingSingleQuote(source, start);
    if (closing) {
      const value = source.slice(start + 1, closing);
      return { kind: 'string', start, end: closing + 1, value, quote, closed: true };
    }
    const end = wordEnd(source, start + quote.length);
    const value = source.slice(start + quote.length, end);
    if (quote) return { kind: 'string', start, end, value, quote, closed: false };
    if (end === start) return this.markAt(start);
    const behind = this.behindQuote(end);
    return { kind: 'word', start, end: behind, value, quote, closed: behind > end };
  }

  /** A character that begins nothing. */
  private markAt(start: number): Token {
    const value = this.source.startsWith('=>', start) ? '=>' : this.source[start]!;
    const kind = value.startsWith('=') ? ':' : 'word';
    return { kind, start, end: start + value.length, value, quote: '', closed: false };
  }

  /** Behind a quote that stands at the offset, where no text follows it: nothing begins with it. */
  private behindQuote(offset: number): number {
    const { source } = this;
    const isAlone = source[offset] === '"' && source[offset + 1] !== '"' && !isText(source, offset + 1);
    return isAlone ? offset + 1 : offset;
  }

  private moveBehind(token: Token): Token {
    this.scanner.setPosition(token.end);
    return token;
  }

  /** The next token that is no comment. */
  nextSignificant(): Token {
    let token = this.next();
    while (token.kind === 'comment') token = this.next();
    return token;
  }

  /** Goes on at another offset. */
  moveTo(offset: number): void {
    this.scanner.setPosition(offset);
  }
}

/** Whether what stands at the offset can be the text of a string: neither the end, nor white space, nor punctuation. */
export function isText(source: string, offset: number): boolean {
  const character = source.charAt(offset);
  return character !== '' && !/[\s,:={}[\]"]/.test(character) && !/^\/[/*]/.test(source.slice(offset, offset + 2));
}

/** What stands before the first punctuation mark, where only JSON without strings follows it; undefined for a text. */
function firstPart(content: string): string | undefined {
  const part = UP_TO_PUNCTUATION.exec(content)![0];
  const isWord = !/\s/.test(part.trim());
  const isText = part.length < content.length ? !WITHOUT_STRINGS.test(content.slice(part.length)) : !isWord;
  return isText ? undefined : part.trimEnd();
}

/** Less the commas, colons and brackets at the end of the line. */
function withoutEnd(content: string): string {
  let end = content.length;
  while (end > 0 && /[\s,:}\]]/.test(content[end - 1]!)) end--;
  return content.slice(0, end);
}

/** The offset of the quote that closes a text in single quotes on its line: what an apostrophe has behind it goes on. */
function closingSingleQuote(source: string, start: number): number | undefined {
  const most = Math.min(source.length, start + MAX_SINGLE_QUOTED);
  for (let i = start + 1; i < most && source[i] !== '\n' && source[i] !== '\r'; i++) {
    if (source[i] === "'" && /^[\s,:}\]]?$/.test(source.charAt(i + 1))) return i;
  }
  return undefined;
}

/** Where the word that an offset stands in or before ends. */
export function wordEnd(source: string, offset: number): number {
  WORD.lastIndex = offset;
  return offset + (WORD.exec(source)?.[0].length ?? 0);
}

/** The first token at or after an offset that is no comment. */
export function tokenAfter(source: string, offset: number): Token {
  return new TokenReader(source, offset).nextSignificant();
}

/** Whether a colon is the first thing at or after an offset. */
export function isBeforeColon(source: string, offset: number): boolean {
  let at = offset;
  while (/\s/.test(source.charAt(at))) at++;
  // Most often one look is enough, and every name of a large object is looked at.
  return source[at] === ':' || source[at] === '=' || (source[at] === '/' && tokenAfter(source, at).kind === ':');
}
