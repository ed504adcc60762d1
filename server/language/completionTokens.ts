import { createScanner } from 'jsonc-parser';
import type { Span } from './document.js';

export type TokenKind = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'word' | 'comment' | 'end';

/** One token of a text that need not be JSON. `word` is a number, a keyword or anything else that stands without quotes. */
export interface Token extends Span {
  kind: TokenKind;
  /** The decoded content of a string, else the token as it stands. */
  value: string;
  /** A string whose closing quote is on its line, a comment that ends. */
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

const WORD = /[^\s,:{}[\]"]*/y;

/** Reads tokens one by one from an offset on, comments among them. */
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
      const error: number = this.scanner.getTokenError();
      if (kind === 'word') return this.wordAt(start);
      return {
        kind,
        start,
        end: this.scanner.getPosition(),
        value: this.scanner.getTokenValue(),
        closed: error !== UNEXPECTED_END_OF_STRING && error !== UNEXPECTED_END_OF_COMMENT,
      };
    }
  }

  /** The scanner takes `5MB` for a number and a word; whoever wrote it means one value. */
  private wordAt(start: number): Token {
    WORD.lastIndex = start;
    const end = start + Math.max(1, WORD.exec(this.source)?.[0].length ?? 0);
    this.scanner.setPosition(end);
    return { kind: 'word', start, end, value: this.source.slice(start, end), closed: true };
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

/** The first token at or after an offset that is no comment. */
export function tokenAfter(source: string, offset: number): Token {
  return new TokenReader(source, offset).nextSignificant();
}
