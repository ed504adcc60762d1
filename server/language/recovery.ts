import type { TextChange } from '../rules/rule.js';
import { BrokenText, CLOSING_QUOTES, isPrintable, MAX_TEXT, ODD_BLANK, OTHER_COMMAS } from './brokenText.js';
import type { SyntaxKind, SyntaxProblem } from './document.js';
import { type EditedText, editedText } from './editedText.js';
import { rootSchema, type SchemaNode, schemaStep } from './schema.js';

/*
 * What people write where JSON is wanted: quotes of Python and JavaScript, shell comments, variables of templates, bare
 * words, numbers with leading zeros, no-break spaces. The parser loses its way at each of them, and reports what follows as
 * mistakes of its own. Here each is told as what it is, once, and the parser is given JSON in its place, and what is missing;
 * the offsets of its tree are led back to those of the text.
 */

/** The text that the parser can read, and what was found on the way. */
export interface Recovery extends EditedText {
  problems: readonly SyntaxProblem[];
  /** What was written as a text otherwise than JSON writes it, by the offset of the string in its place. */
  values: ReadonlyMap<number, string>;
  /** Offsets in objects at which there is a member that nobody can read. */
  gaps: readonly number[];
  /** The objects and lists that are open at the end of the text, by their offsets, and what closes them. */
  open: readonly number[];
  closing?: TextChange;
  /** Offsets at which what the parser says follows from a problem that is told before. */
  consequences: ReadonlySet<number>;
  /** Where the rest of the text is lost in a comment without end, or is not looked at. */
  cut?: number;
}

/** A member of an object around: the brackets of what is open may be missing behind `end`, before the comma if there is one. */
interface Strayed {
  open: readonly Container[];
  end: number;
  hasComma: boolean;
}

type Expected = 'name' | 'colon' | 'value' | 'comma';

interface Container {
  isObject: boolean;
  /** The offset of its opening bracket. */
  open: number;
  expected: Expected;
  schema: SchemaNode | undefined;
  /** The name of the member that is being read. */
  name: string | undefined;
  /** The names of its members so far. */
  names: string[] | undefined;
  /** Of a map of texts, the first member that may as well be one of an object around. */
  strayed: Strayed | undefined;
  /** The comma behind the last entry, until the next one begins. */
  comma: number | undefined;
}

/** A line that a merge left between two versions. */
const CONFLICT_LINE = /^(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)/;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The words of other languages for those of JSON. */
const LITERALS: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['TRUE', 'true'],
  ['False', 'false'],
  ['FALSE', 'false'],
  ['None', 'null'],
  ['Null', 'null'],
  ['NULL', 'null'],
]);

/** How many brackets are added at the end of a text. The deepest definition has 18. */
const MAX_CLOSED = 100;

/** After how many problems the rest of a text is not looked at: they are more than anybody mends one by one. */
const MAX_PROBLEMS = 50_000;

const OWN_LITERALS = new Set(['true', 'false', 'null']);

/** A name that the parser reads without its quotes, and reports as that. */
const BARE_NAME = /^[A-Za-z_$][\w$.-]*$/;

/** Reads a text that the parser found broken. Linear in its length; never throws. */
export function recover(source: string): Recovery {
  return new Reader(source).read();
}

class Reader {
  private at = 0;
  private readonly stack: Container[] = [];
  private readonly edits: TextChange[] = [];
  private readonly problems: SyntaxProblem[] = [];
  private readonly values = new Map<number, string>();
  private readonly gaps: number[] = [];
  /** Where the last token ended. */
  private lastEnd = 0;
  /** Where the last name begins. */
  private nameStart = 0;
  /** The first member that is none of its object's, but one of an object around it: there, brackets may be missing. */
  private strayed: Strayed | undefined;
  /** Whether a bracket behind that member closed nothing. */
  private isMismatched = false;
  private readonly consequences = new Set<number>();
  private cut: number | undefined;
  /** Whether the first version of a merge conflict is being read. */
  private inConflict = false;
  private balance: Record<string, number> | undefined;

  private readonly look: BrokenText;

  constructor(private readonly source: string) {
    this.look = new BrokenText(source);
  }

  read(): Recovery {
    while (this.skipBlanks()) {
      const { at, stack } = this;
      const top = stack[stack.length - 1];
      if (!top) {
        if (!this.readRoot()) break;
        continue;
      }
      if (this.problems.length >= MAX_PROBLEMS) {
        this.cut = at;
        stack.length = 0;
        break;
      }
      const { expected } = top;
      top.expected = this.readOne(top);
      // Whatever it may be, the reading goes on.
      if (this.at === at && stack[stack.length - 1] === top && top.expected === expected) this.at++;
    }
    this.closeStrayed();
    const { problems, values, gaps, consequences, cut, stack } = this;
    problems.sort((a, b) => a.start - b.start);
    const end = this.look.trimmed(this.source.length);
    const closing =
      stack.length === 0 || stack.length > MAX_CLOSED
        ? undefined
        : { start: end, end, newText: this.closingText([...stack].reverse(), end) };
    const open = stack.map((container) => container.open);
    return { ...editedText(this.source, this.edits), problems, values, gaps, open, closing, consequences, cut };
  }

  // ---- between tokens

  /** Goes to the next token; false at the end of the text. */
  private skipBlanks(): boolean {
    const { source } = this;
    for (;;) {
      while (source.charCodeAt(this.at) === 0x20) this.at++;
      const { at } = this;
      const c = source[at];
      if (c === undefined) return false;
      if (c === '\n' || c === '\r' || c === '\t') this.at++;
      else if (c === '"' || c === ',' || c === ':') return true;
      else if (c === '/' && '/*'.includes(source[at + 1] ?? ' ')) {
        const end = this.look.commentEnd(at);
        if (end === undefined) {
          this.cut = this.look.trimmed(at);
          this.blank('unclosed-comment', at, source.length);
        }
        this.at = end ?? source.length;
      } else if (c === '#' && source[at + 1] !== '{') {
        const end = this.look.lineEnd(at);
        this.blank('hash-comment', at, end);
        this.at = end;
      } else if ('<|=>'.includes(c) && this.isConflictLine()) {
        this.readConflict();
      } else if (!isPrintable(c.charCodeAt(0)) && ODD_BLANK.test(c)) {
        let end = at + 1;
        while (end < source.length && ODD_BLANK.test(source[end]!)) end++;
        this.blank('odd-blank', at, end);
        this.at = end;
      } else return true;
    }
  }

  private isConflictLine(): boolean {
    const { source, at } = this;
    return (at === 0 || /[\n\r]/.test(source[at - 1]!)) && CONFLICT_LINE.test(source.slice(at, at + 8));
  }

  /** Of two versions that a merge could not bring together, the first is read. */
  private readConflict(): void {
    const { source, at: start } = this;
    let end = this.look.lineEnd(start);
    const isFirst = source[start] === '<';
    if (isFirst || !this.inConflict) this.report('conflict', start, end);
    if (!isFirst && source[start] !== '>') {
      const last = source.indexOf('\n>>>>>>>', end);
      if (last >= 0) end = this.look.lineEnd(last + 1);
    }
    this.inConflict = isFirst;
    this.mask(start, end, ' ');
    this.at = end;
  }

  // ---- what is found

  private report(kind: SyntaxKind, start: number, end: number, changes?: TextChange[]): void {
    this.problems.push(changes ? { kind, start, end, changes } : { kind, start, end });
  }

  /** What the parser reads instead of a span. */
  private mask(start: number, end: number, newText: string): void {
    this.edits.push({ start, end, newText });
  }

  /** What the parser reads besides, at a place. */
  private insert(at: number, newText: string): void {
    this.mask(at, at, newText);
  }

  private blank(kind: SyntaxKind, start: number, end: number): void {
    this.report(kind, start, end);
    this.mask(start, end, ' '.repeat(end - start));
  }

  /** What has no business where it stands, and is mended by taking it away. */
  private leaveOut(kind: SyntaxKind, start: number, end: number, newText = ' '): void {
    this.report(kind, start, end, [{ start, end, newText: '' }]);
    this.mask(start, end, newText);
  }

  /** Puts a string in the place of a span. */
  private maskString(start: number, end: number, value?: string): void {
    this.mask(start, end, `"${'x'.repeat(Math.max(0, end - start - 2))}"`);
    if (value !== undefined) this.values.set(start, value);
  }

  /** Goes behind a token, and tells what is expected next. */
  private token(end: number, next: Expected): Expected {
    this.at = end;
    this.lastEnd = end;
    return next;
  }

  private foreignValue(kind: SyntaxKind, end: number, value?: string, changes?: TextChange[]): Expected {
    const start = this.at;
    this.report(kind, start, end, changes);
    this.maskString(start, end, value);
    return this.token(end, 'comma');
  }

  // ---- the parts of the grammar: each reads a token, and tells what is expected behind it

  private readOne(top: Container): Expected {
    switch (top.expected) {
      case 'name':
        return this.readName(top);
      case 'colon':
        return this.readColon();
      case 'value':
        return this.readValue(top);
      default:
        return this.readComma(top);
    }
  }

  /** The value of the whole text, and what stands behind it; false where nothing more is to be read. */
  private readRoot(): boolean {
    const c = this.source[this.at];
    const isFirst = this.lastEnd === 0;
    if (isFirst && (c === '{' || c === '[')) {
      this.open(c, rootSchema);
      return true;
    }
    const name = isFirst ? this.look.nameAt(this.at) : undefined;
    if (name !== undefined && rootSchema.properties!.has(name)) {
      this.stack.push(this.openMissing('{', rootSchema));
      return true;
    }
    // `}, "name": …` behind the root: its last bracket is one too many.
    const closer = this.lastEnd - 1;
    const isMember = /,\s*"[^"\n]*"\s*:/y;
    isMember.lastIndex = this.at;
    if (isFirst || this.source[closer] !== '}' || !isMember.test(this.source)) return false;
    if (!/\}\s*$/.test(this.source.slice(-1000))) return false;
    this.leaveOut('extra-bracket', closer, closer + 1);
    this.stack.push(container(true, 0, rootSchema, 'comma'));
    return true;
  }

  private open(bracket: string, schema: SchemaNode | undefined): Expected {
    const isObject = bracket === '{';
    this.stack.push(container(isObject, this.at, schema));
    return this.token(this.at + 1, 'comma');
  }

  private readName(top: Container): Expected {
    const { source, at: start } = this;
    const c = source[start]!;
    if (c === '}' || c === ']') return this.close(c);
    if (c === ',') return this.stray('extra-comma', start + 1, 'name');
    if (c === '"') return this.isStrayQuote() ? this.strayQuote('name') : this.readQuotedName(top);
    const prefixed = this.look.prefixedEnd(start);
    if (prefixed !== undefined) return this.named(top, this.prefixedText(start, prefixed), start, prefixed);
    const variable = this.look.variableEnd(start);
    if (variable !== undefined) {
      if (!this.look.isColonBehind(variable)) return this.skipMember(top, start, variable);
      const text = source.slice(start, variable);
      this.report('variable', start, variable);
      this.maskString(start, variable, text);
      this.gaps.push(start);
      return this.named(top, text, start, variable);
    }
    if (c === ':') return this.stray('extra-colon', start + 1, 'name');
    if (c === '{' && top.comma !== undefined) {
      const list = this.nearest(({ isObject, schema }) => !isObject && schema?.items?.properties);
      const ahead = this.closeAhead(top, list);
      if (ahead) return ahead;
    }
    if (c === '{' || c === '[') {
      const isExtra = source[this.look.behindBlanks(start + 1)] === '"' && this.isUnclosed(c);
      return isExtra ? this.extraOpening(c, 'name') : this.open(c, undefined);
    }
    if (CLOSING_QUOTES.has(c)) {
      const end = this.look.quotedEnd(start);
      if (end !== undefined) {
        const value = this.wrongQuotes(start, end);
        return this.named(top, value, start, end);
      }
    }
    let end = this.look.runEnd(start, /[,:\uff1a={}[\]"]/);
    // An address without its quotes: no comment begins in it.
    if (end > start && source.startsWith('://', end)) end = this.look.runEnd(end + 3, /[\s,:\uff1a={}[\]"]/);
    const text = source.slice(start, end);
    const after = this.look.next(end);
    if (end > start && (this.look.isColon(after) || source[after] === '=')) {
      // The parser reads a bare name itself.
      if (!BARE_NAME.test(text) || OWN_LITERALS.has(text)) {
        this.report('unquoted-name', start, end);
        this.maskString(start, end, text);
      }
      return this.named(top, text, start, end);
    }
    if (source[end] === '"' && this.look.isColonBehind(end + 1) && BARE_NAME.test(text)) {
      this.report('unopened-name', start, end + 1, [{ start, end: start, newText: '"' }]);
      this.insert(start, '"');
      return this.named(top, text, start, end + 1);
    }
    return this.skipMember(top, start, Math.max(end, start + 1));
  }

  private named(top: Container, name: string, start: number, end: number): Expected {
    if (!this.strayed && top.schema) this.lookAround(top, top.schema, name, start, end);
    top.name = name;
    if (top.names) top.names.push(name);
    else top.names = [name];
    this.nameStart = start;
    top.comma = undefined;
    return this.token(end, 'colon');
  }

  /**
   * Notes a member that an object around this one has, and this one has not: the brackets between the two may be missing before
   * it. A map of texts may have any; there, a bracket in the place of the text tells.
   */
  private lookAround(top: Container, schema: SchemaNode, name: string, start: number, nameEnd: number): void {
    const isMap = schema.additional?.type === 'string';
    if (isMap ? !rootSchema.properties!.has(name) : !schema.properties || schema.properties.has(name)) return;
    const strayed = top.strayed ?? this.strayedAt(top, name, start);
    if (isMap) top.strayed = strayed;
    if (!strayed || (isMap && !'{['.includes(this.source[this.look.next(this.look.next(nameEnd) + 1)] ?? ' '))) return;
    this.strayed = strayed;
    this.isMismatched = false;
  }

  private strayedAt({ comma }: Container, name: string, start: number): Strayed | undefined {
    if (comma !== undefined && this.lastEnd !== comma + 1) return undefined;
    const around = this.ownerOf(name);
    if (around < 0) return undefined;
    const end = comma === undefined ? this.lastEnd : this.look.trimmed(comma);
    // Between the two stands the comma alone, or not even that.
    if (this.source.slice(end, start).trim() !== (comma === undefined ? '' : ',')) return undefined;
    return { open: this.stack.slice(around + 1).reverse(), end, hasComma: comma !== undefined };
  }

  /** Which of the objects around the place has a member of this name; the inner ones first, -1 where none has. */
  private ownerOf(name: string): number {
    return this.nearest(({ schema }) => schema?.properties?.has(name));
  }

  /** The innermost of what is open around the place that meets a condition; -1 where there is none. */
  private nearest(meets: (container: Container) => unknown): number {
    const { length } = this.stack;
    for (let i = length - 2; i >= Math.max(0, length - MAX_CLOSED); i--) if (meets(this.stack[i]!)) return i;
    return -1;
  }

  /** A member where a value is due: what opens its object is missing, or what closes the list before it, or the value. */
  private readMemberAhead(top: Container): Expected | undefined {
    const { at, lastEnd } = this;
    const name = this.look.nameAt(at);
    // With nothing behind it, the colon is one too many.
    const behind = name === undefined ? 0 : this.look.behindBlanks(this.look.next(this.look.stringEnd(at)!) + 1);
    if (name === undefined || ',}]'.includes(this.source[behind] ?? '}')) return undefined;
    const inner = this.valueSchema(top);
    if ((inner?.properties?.has(name) || inner?.additional) && this.surplus('}') > 0) {
      this.stack.push(this.openMissing('{', inner));
      return 'comma';
    }
    if (!top.isObject) return this.closeAhead(top, this.ownerOf(name));
    this.report('missing-value', lastEnd - 1, lastEnd);
    this.insert(lastEnd, ',');
    return 'name';
  }

  private valueSchema(top: Container): SchemaNode | undefined {
    return schemaStep(top.schema, top.isObject ? (top.name ?? '') : 0);
  }

  /** Puts a bracket that is missing before the next token; what it opens. */
  private openMissing(bracket: '{' | '[', schema: SchemaNode): Container {
    const { source, at, lastEnd } = this;
    const isObject = bracket === '{';
    const before = source.slice(lastEnd, at);
    // Where only the bracket was deleted, its line is still there.
    const emptied = /\n[ \t]*(?=\r?\n)/.exec(before);
    let change: TextChange;
    if (emptied) {
      const place = lastEnd + emptied.index + emptied[0].length;
      change = { start: place, end: place, newText: bracket };
    } else if (/[\n\r]/.test(before) && lastEnd > 0) change = { start: lastEnd, end: lastEnd, newText: ` ${bracket}` };
    else change = { start: at, end: at, newText: bracket };
    const changes = [change];
    const closer = isObject ? '}' : ']';
    if (this.surplus(closer) <= 0) {
      // Members alone, without the brackets around them.
      const end = this.look.trimmed(source.length);
      changes.push({ start: end, end, newText: closer });
      this.insert(end, closer);
    }
    this.countIn(closer, -1);
    this.report('missing-opening', at, (source[at] === '"' && this.look.stringEnd(at)) || at + 1, changes);
    this.insert(at, bracket);
    return container(isObject, at, schema);
  }

  /** An entry that belongs to what is open around: the brackets between the two are missing before it, if the text lacks any. */
  private closeAhead(top: Container, around: number): Expected | undefined {
    const { stack } = this;
    if (around < 0) return undefined;
    const open = stack.slice(around + 1).reverse();
    const missing = (bracket: string) => open.filter((one) => closerOf(one) === bracket).length;
    if (missing(']') > -this.surplus(']') || missing('}') > -this.surplus('}')) return undefined;
    const { comma } = top;
    const end = this.look.trimmed(comma ?? this.lastEnd);
    this.putClosers(open, end, comma !== undefined);
    for (const one of open) this.countIn(closerOf(one), 1);
    stack.length = around + 1;
    const owner = stack[around]!;
    owner.expected = owner.isObject ? 'name' : 'value';
    return 'comma';
  }

  private readQuotedName(top: Container): Expected {
    const { source, at: start } = this;
    const split = this.look.quoteWithinName(start);
    if (split) {
      this.leaveOut('extra-quote', split.at, split.at + 1, '');
      return this.named(top, split.name, start, split.end);
    }
    const doubled = this.look.doubledQuotes(start);
    if (doubled && this.look.isColonBehind(doubled.end)) {
      return this.named(top, this.wrongQuotes(start, doubled.end, doubled.text), start, doubled.end);
    }
    const end = this.look.stringEnd(start);
    const content = source.slice(start + 1, end === undefined ? this.look.lineEnd(start) : end - 1);
    // `"jobType: "ONE_TIME"`: what seems to be the name reaches to the quote of the value, or of the first of a list.
    const held = /^([A-Za-z_$][\w$-]*)\s*:/.exec(content);
    if (
      held &&
      (end === undefined ||
        (/:(?:[\s[{]*|\s*(?:true|false|-?\d+)\s*,\s*)$/.test(content) &&
          !this.look.isColonBehind(end) &&
          !this.isBlankAt(end)))
    ) {
      const nameEnd = start + 1 + held[1]!.length;
      this.report('unclosed-name', start, nameEnd, [{ start: nameEnd, end: nameEnd, newText: '"' }]);
      this.insert(nameEnd, '"');
      return this.named(top, held[1]!, start, nameEnd);
    }
    const isName = end !== undefined && this.look.isColonBehind(end);
    const mixed = isName ? undefined : this.look.mixedQuotesEnd(start, end);
    if (mixed !== undefined) return this.named(top, this.wrongQuotes(start, mixed), start, mixed);
    if (end !== undefined) return this.named(top, content, start, end);
    const lineEnd = this.look.lineEnd(start);
    const textEnd = Math.max(this.look.trimmed(lineEnd), start + 1);
    this.report('unclosed-string', start, textEnd, [{ start: textEnd, end: textEnd, newText: '"' }]);
    this.gaps.push(start);
    this.token(lineEnd, 'comma');
    // The parser misses the colon at the next token.
    if (this.skipBlanks()) this.consequences.add(this.at);
    return 'comma';
  }

  /** Leaves out what stands in the place of a member, with its comma. */
  private skipMember(top: Container, start: number, end: number): Expected {
    const { source } = this;
    const text = source.slice(start, end);
    const kind = isEllipsis(text) ? 'ellipsis' : this.look.variableEnd(start) !== undefined ? 'variable' : 'bad-member';
    // A sign or two before a name, or between a value and its comma.
    const isBehindValue = top.comma === undefined && top.names !== undefined;
    if (kind === 'bad-member' && this.junkBefore(isBehindValue ? '",}]' : '"}]') === end) {
      return this.stray('stray', end, isBehindValue ? 'comma' : 'name');
    }
    const after = this.look.behindBlanks(end);
    const before = this.lastEnd;
    let [from, to] = [start, end];
    if (source[after] === ',') {
      this.mask(after, after + 1, ' ');
      [from, to] = [before, after + 1];
    } else if (top.comma !== undefined && source[after] === '}') {
      this.mask(top.comma, top.comma + 1, ' ');
      [from, to] = [top.comma, end];
    }
    this.report(kind, start, end, kind === 'ellipsis' ? [{ start: from, end: to, newText: '' }] : undefined);
    this.mask(start, end, ' '.repeat(end - start));
    this.gaps.push(start);
    this.at = source[after] === ',' ? after + 1 : end;
    return 'name';
  }

  private readColon(): Expected {
    const { source, at } = this;
    const c = source[at];
    if (c === ':') return this.token(at + 1, 'value');
    // `"name", "job",`
    if (c === ',' && this.look.isTextAhead(at + 1)) {
      this.report('wrong-colon', at, at + 1, [{ start: at, end: at + 1, newText: ':' }]);
      this.mask(at, at + 1, ':');
      return this.token(at + 1, 'value');
    }
    const junk = this.junkBefore(':');
    if (junk !== undefined) return this.stray('stray', junk, 'colon');
    const other = /=>?|\uff1a/y;
    other.lastIndex = at;
    const found = other.exec(source)?.[0];
    if (found) {
      const end = at + found.length;
      this.report('wrong-colon', at, end, [{ start: at, end, newText: ':' }]);
      this.mask(at, end, ':');
      return this.token(end, 'value');
    }
    // A name on a line of its own has no value; the next line is that of the next member.
    const isNext = c === '"' && /[\n\r]/.test(source.slice(this.lastEnd, at));
    if (!isNext && c !== ',' && c !== '}') return 'value';
    const { nameStart } = this;
    this.report('unfinished-member', nameStart, this.lastEnd);
    this.insert(this.lastEnd, isNext ? ':,' : ':');
    if (!isNext) this.consequences.add(at);
    this.gaps.push(nameStart);
    return isNext ? 'name' : 'comma';
  }

  private isBlankAt(at: number): boolean {
    return /\s/.test(this.source[at] ?? ' ');
  }

  /** The end of one to three signs that have no business before one of those expected, which follows on the line. */
  private junkBefore(expected: string, at = this.at): number | undefined {
    const { source } = this;
    if (this.look.variableEnd(at) !== undefined) return undefined;
    let end = at;
    while (end < at + 3 && !/[\s"]/.test(source[end] ?? ' ') && !expected.includes(source[end]!)) end++;
    const behind = source[this.look.next(end)];
    return end > at && behind !== undefined && expected.includes(behind) ? end : undefined;
  }

  /** Whether the text lacks a bracket that closes one of this kind. */
  private isUnclosed(opening: string): boolean {
    return this.surplus(opening === '{' ? '}' : ']') < 0;
  }

  private extraOpening(bracket: string, next: Expected): Expected {
    this.countIn(bracket === '{' ? '}' : ']', 1);
    return this.stray('extra-bracket', this.at + 1, next);
  }

  /** What has no place before a value, or is missing there. */
  private readBeforeValue(top: Container, schema: SchemaNode | undefined): Expected | undefined {
    const { source, at: start } = this;
    const c = source[start]!;
    if (c === '"' && this.isStrayQuote(schema)) return this.strayQuote('value');
    const ahead = this.readMemberAhead(top);
    if (ahead) return ahead;
    const wanted = schema && (schema.type === 'array' ? '[' : schema.type === 'object' ? '{' : '"');
    if (wanted && c !== wanted) {
      // A member that strayed into a map of texts has brackets of its own.
      if ((c === '{' || c === '[') && !this.strayed && this.isUnclosed(c)) return this.extraOpening(c, 'value');
      const junk = this.look.prefixedEnd(start) === undefined ? this.junkBefore(wanted) : undefined;
      if (junk !== undefined && (wanted !== '"' || this.look.isTextAhead(junk)))
        return this.stray('stray', junk, 'value');
    }
    if (c === ',' && !top.isObject) return this.stray('extra-comma', start + 1, 'value');
    if (top.isObject && ',;}]'.includes(c) && this.look.isValueAhead(start + 1))
      return this.stray('stray', start + 1, 'value');
    if (schema?.type === 'array' && !'[]},:'.includes(c) && this.surplus(']') > 0) {
      this.stack.push(this.openMissing('[', schema));
      return 'comma';
    }
    return undefined;
  }

  private readValue(top: Container): Expected {
    const schema = this.valueSchema(top);
    const slip = this.readBeforeValue(top, schema);
    if (slip) return slip;
    const { source, at: start } = this;
    const c = source[start]!;
    const { comma } = top;
    top.comma = undefined;
    const prefixed = this.look.prefixedEnd(start);
    if (prefixed !== undefined) {
      this.prefixedText(start, prefixed);
      return this.token(prefixed, 'comma');
    }
    let end = this.look.variableEnd(start);
    if (end !== undefined) {
      // `${A}-${B}` is one value.
      for (let more: number | undefined = end; more !== undefined; ) {
        end = this.look.runEnd(more, /[\s,{}[\]"'$<%@#]/);
        more = this.look.variableEnd(end);
      }
      return this.foreignValue('variable', end, source.slice(start, end));
    }
    if (c === '{' || c === '[') return this.open(c, schema);
    if (c === '"') return this.readString(top);
    if ((c === '}' || c === ']') && top.isObject && this.surplus(c) > 0) {
      this.countIn(c, -1);
      const newText = c === ']' ? '[' : '{';
      return this.foreignValue('unopened-bracket', start + 1, undefined, [{ start, end: start, newText }]);
    }
    if (c === ',' || c === '}' || c === ']') return 'comma';
    if (c === ':') return this.stray('extra-colon', start + 1, 'value');
    if (CLOSING_QUOTES.has(c)) {
      const operator = this.look.operatorBehindQuote(start);
      if (operator !== undefined) return this.expression(operator);
      end = this.look.quotedEnd(start);
      if (end !== undefined) {
        this.wrongQuotes(start, end);
        return this.token(end, 'comma');
      }
    }
    return this.readWord(top, comma);
  }

  /**
   * Whether a quote stands before blanks or brackets, and what it seems to begin ends where the next text begins; or before a
   * number that no text can stand for.
   */
  private isStrayQuote(schema?: SchemaNode): boolean {
    const { source, at } = this;
    // Nearly every text begins with a letter.
    if (!'[{-tf'.includes(source[at + 1] ?? ' ') && !/[\s\d]/.test(source[at + 1] ?? ' ')) return false;
    const end = this.look.stringEnd(at);
    if (end !== undefined && !/[\w$]/.test(source[end] ?? ' ')) return false;
    const content = source.slice(at + 1, end === undefined ? this.look.lineEnd(at) : end - 1);
    return isPlain(schema) ? /^\s*(?:true|false|-?\d+)\s*(?:[,}\]]|$)/.test(content) : /^[\s[{]+$/.test(content);
  }

  private strayQuote(next: Expected): Expected {
    return this.stray('extra-quote', this.at + 1, next);
  }

  /** Leaves out what stands at hand, and goes on behind it. */
  private stray(kind: SyntaxKind, end: number, next: Expected): Expected {
    this.leaveOut(kind, this.at, end);
    this.at = end;
    return next;
  }

  private readString(top: Container): Expected {
    const { source, at: start } = this;
    const doubled = this.look.doubledQuotes(start);
    if (doubled && this.look.isDelimited(doubled.end)) {
      this.wrongQuotes(start, doubled.end, doubled.text);
      return this.token(doubled.end, 'comma');
    }
    const end = this.look.stringEnd(start);
    // Before a blank, JSON's quote has closed the text, and a comma is missing.
    const isClosed = end !== undefined && (this.isBlankAt(end) || this.look.isDelimited(end));
    const mixed = isClosed ? undefined : this.look.mixedQuotesEnd(start, end);
    if (mixed !== undefined) {
      this.wrongQuotes(start, mixed);
      return this.token(mixed, 'comma');
    }
    if (end === undefined) return this.unclosedString(this.look.lineEnd(start));
    const i = this.look.next(end);
    if (top.isObject && this.look.isTextAhead(end)) return this.expression(i);
    if (this.look.isDelimited(end) || source[i] === '"' || source[i] === '{' || source[i] === '[') {
      return this.token(end, 'comma');
    }
    // `"ONE_TIME,"name":`, `"orders-raw]},{"accountId":`: the closing quote is that of the next text.
    const tail = /[\]}\s]*,[\s{[]*$/.exec(source.slice(start, end - 1).slice(-MAX_CLOSED));
    if (tail && /[\w$]/.test(source[end]!)) return this.unclosedString(end - 1 - tail[0].length);
    // `"security"x,`
    const junk = this.junkBefore(',}]', end);
    if (junk !== undefined && end === i) {
      this.token(end, 'comma');
      return this.stray('stray', junk, 'comma');
    }
    const within = /[\w-]"(?=[\w-][^"\n\r]*")/y;
    within.lastIndex = end - 2;
    if (within.test(source) && this.look.isDelimited(this.look.quoteAfter(end) + 1)) {
      this.leaveOut('extra-quote', end - 1, end, '');
      return this.token(this.look.quoteAfter(end) + 1, 'comma');
    }
    if (/[+|&*%?<>=/\\-]/.test(source[i]!)) return this.expression(i);
    const closing = this.look.quoteBeforeDelimiter(end);
    if (closing === undefined) return this.expression(i);
    const content = source.slice(start + 1, closing);
    const newText = `"${content.replace(/(?<!\\)"/g, '\\"')}"`;
    return this.foreignValue('inner-quotes', closing + 1, content, [{ start, end: closing + 1, newText }]);
  }

  /** A string whose closing quote is missing somewhere before `limit`, or that goes on in another line. */
  private unclosedString(limit: number): Expected {
    const { source, at: start } = this;
    const wrapped = this.wrappedEnd(start);
    if (wrapped !== undefined) {
      return this.foreignValue('wrapped-text', wrapped, source.slice(start + 1, wrapped - 1).replace(WRAP, ' '));
    }
    let end = this.look.trimmed(limit);
    if (source[end - 1] === ',') end = this.look.trimmed(end - 1);
    // Brackets at its end that close what is open stand behind the text.
    let bare = end;
    let brackets = '';
    while (bare > start + 1 && brackets.length <= MAX_CLOSED && /[\]}]/.test(source[bare - 1]!)) {
      brackets = source[bare - 1]! + brackets;
      bare = this.look.trimmed(bare - 1);
    }
    const closers = this.stack.slice(-MAX_CLOSED).reverse().map(closerOf).join('');
    if (closers.startsWith(brackets) && !/[{[]/.test(source.slice(start, bare))) end = bare;
    end = Math.max(end, start + 1);
    // What is being typed above another entry lacks its comma as well.
    const isBroken = '"{'.includes(source[this.look.behindBlanks(end)] ?? ' ');
    if (isBroken) this.insert(end, ',');
    const changes = [{ start: end, end, newText: isBroken ? '",' : '"' }];
    this.foreignValue('unclosed-string', end, source.slice(start + 1, end), changes);
    return isBroken ? (this.stack.at(-1)?.isObject ? 'name' : 'value') : 'comma';
  }

  /** The end of a text that goes over several lines: at the next quote, where no JSON seems to stand before it. */
  private wrappedEnd(start: number): number | undefined {
    const limit = Math.min(this.source.length, start + MAX_TEXT);
    for (let i = start + 1; i < limit; i++) {
      const c = this.source[i]!;
      if (c === '\\') i++;
      else if (c === '"') return this.look.isDelimited(i + 1) && !this.look.isColonBehind(i + 1) ? i + 1 : undefined;
      else if ('{}[]'.includes(c)) return undefined;
      else if (c === ',' && !this.stack.at(-1)?.isObject) return undefined;
    }
    return undefined;
  }

  /** `"a" + "b"`, `"ONE_TIME" | "SCHEDULED"`: to the next delimiter outside of quotes. */
  private expression(from: number): Expected {
    const { source, at: start } = this;
    let i = from;
    let end = from;
    while (i < source.length && !/[,{}[\]\n\r;]/.test(source[i]!)) {
      const c = source[i]!;
      if (c === '"') i = this.look.stringEnd(i) ?? this.look.lineEnd(i);
      else if (c === "'") i = this.look.quotedEnd(i) ?? i + 1;
      else i++;
      if (!/\s/.test(source[i - 1]!)) end = i;
    }
    const text = source.slice(start, end);
    const isJoined = JOINED.test(text);
    const newText = `"${[...text.matchAll(/(["'])(.*?)\1/g)].map(([, , part]) => part).join('')}"`;
    return this.foreignValue('expression', end, undefined, isJoined ? [{ start, end, newText }] : undefined);
  }

  /** A bare word, a number, or what else stands in the place of a value. */
  private readWord(top: Container, comma: number | undefined): Expected {
    const { source, at: start } = this;
    const end = this.look.plainEnd(start) ?? Math.max(this.look.runEnd(start, /[,;{}[\]"]/), start + 1);
    const text = source.slice(start, end);
    const isValue = OWN_LITERALS.has(text) || NUMBER.test(text);
    // Behind a number that no text can stand for, the quote is one too many.
    const isClosed =
      source[end] === '"' &&
      this.look.isDelimited(end + 1) &&
      /^[\w$.-]+(?: [\w$.-]+)*$/.test(text) &&
      !(isValue && isPlain(this.valueSchema(top)));
    if (isValue && !isClosed) return this.token(end, 'comma');
    const literal = isClosed ? undefined : LITERALS.get(text);
    if (literal) {
      this.report('other-literal', start, end, [{ start, end, newText: literal }]);
      this.mask(start, end, literal);
      return this.token(end, 'comma');
    }
    if (isClosed) {
      const changes = [{ start, end: start, newText: '"' }];
      return this.foreignValue('unopened-string', end + 1, text, changes);
    }
    if (isEllipsis(text)) {
      const after = this.look.next(end);
      const isBefore = source[after] === ',';
      const gone = { start: isBefore ? start : (comma ?? start), end: isBefore ? after + 1 : end, newText: '' };
      return this.foreignValue('ellipsis', end, undefined, top.isObject ? undefined : [gone]);
    }
    // A date is no number.
    if (/^[+-]?\.?\d/.test(text) && !/^\d+-|:/.test(text)) {
      this.report('bad-number', start, end);
      this.mask(start, end, '1'.repeat(end - start));
      return this.token(end, 'comma');
    }
    return this.foreignValue('bad-value', end, text);
  }

  private readComma(top: Container): Expected {
    const { source, at } = this;
    const c = source[at]!;
    const next = top.isObject ? 'name' : 'value';
    if (c === '}' || c === ']') return this.close(c);
    if (c === ',' || OTHER_COMMAS.includes(c)) {
      if (c !== ',' && source[this.look.next(at + 1)] === ',') return this.stray('stray', at + 1, 'comma');
      if (c !== ',') {
        this.report('semicolon', at, at + 1, [{ start: at, end: at + 1, newText: ',' }]);
        this.mask(at, at + 1, ',');
      }
      top.comma = at;
      return this.token(at + 1, next);
    }
    const ahead = top.isObject ? undefined : this.readMemberAhead(top);
    if (ahead) return ahead;
    if (c === '"' && ',}]\n\r'.includes(source[this.look.next(at + 1)] ?? '\n')) return this.strayQuote('comma');
    if (c === ':') return this.stray('extra-colon', at + 1, 'comma');
    if (
      (c === '{' || c === '[') &&
      this.isUnclosed(c) &&
      ',]}'.includes(source[this.look.behindBlanks(at + 1)] ?? ' ')
    ) {
      return this.extraOpening(c, 'comma');
    }
    // The parser says that a comma is missing.
    return next;
  }

  private close(bracket: string): Expected {
    const { at, stack } = this;
    const top = stack[stack.length - 1]!;
    const own = closerOf(top);
    if (bracket === own && this.surplus(bracket) > 0 && this.goesOnBehind(top)) {
      this.countIn(bracket, -1);
      return this.stray('extra-bracket', at + 1, top.expected);
    }
    if (bracket !== own) {
      this.isMismatched = true;
      const below = stack[stack.length - 2];
      // A bracket of the wrong kind leaves the text with one too many, and with one too few of the other.
      if (this.surplus(bracket) > 0 && this.surplus(own) >= 0) {
        this.countIn(bracket, -1);
        return this.stray('extra-bracket', at + 1, top.expected);
      }
      if (this.surplus(bracket) <= 0 && below && closerOf(below) === bracket) {
        const end = this.lastEnd;
        this.insert(end, own);
        const newText = this.closingText([top], end);
        this.report(top.isObject ? 'unclosed-object' : 'unclosed-array', at, at + 1, [{ start: end, end, newText }]);
        this.countIn(own, 1);
        stack.pop();
      } else {
        this.countIn(bracket, -1);
        this.countIn(own, 1);
        this.report('wrong-bracket', at, at + 1, [{ start: at, end: at + 1, newText: own }]);
        this.mask(at, at + 1, own);
      }
    }
    stack.pop();
    return this.token(at + 1, 'comma');
  }

  /** Whether what stands behind the closing bracket at hand can only belong to what it closes. */
  private goesOnBehind(top: Container): boolean {
    const { source, at, stack } = this;
    let next = this.look.behindBlanks(at + 1);
    if (!/["{\w]/.test(source[next] ?? ' ')) {
      if (source[next] !== ',') return false;
      next = this.look.behindBlanks(next + 1);
      const below = stack[stack.length - 2];
      const name = this.look.nameAt(next);
      if (name === undefined) {
        // An item, where no member can be.
        const isItem = top.schema?.items?.type === 'object' ? source[next] === '{' : source[next] === '"';
        return !top.isObject && below?.isObject === true && isItem;
      }
      if (!top.isObject || !top.schema?.properties?.has(name)) return false;
      // In a list, a bracket may as well be missing before the name; what the object still needs belongs to it.
      const isOwn = below?.isObject ? !below.schema?.properties?.has(name) : top.schema.required.includes(name);
      return isOwn && !top.names?.includes(name);
    }
    return true;
  }

  /** How many more closing brackets of a kind than opening ones the whole text has. */
  private surplus(bracket: string): number {
    if (!this.balance) {
      const { source } = this;
      let braces = 0;
      let brackets = 0;
      for (let i = 0; i < source.length; i++) {
        const c = source.charCodeAt(i);
        if (c <= 0x20) continue;
        switch (c) {
          case 0x22:
            i = (this.look.stringEnd(i) ?? i + 1) - 1;
            break;
          case 0x2f:
            // Not the slashes of an address that lacks its quotes.
            if (source[i - 1] !== ':') i = (this.look.commentEnd(i) ?? i + 1) - 1;
            break;
          case 0x7b:
            braces--;
            break;
          case 0x5b:
            brackets--;
            break;
          case 0x7d:
            braces++;
            break;
          case 0x5d:
            brackets++;
            break;
        }
      }
      this.balance = { '}': braces, ']': brackets };
    }
    return this.balance[bracket]!;
  }

  private countIn(bracket: string, by: number): void {
    this.balance![bracket]! += by;
  }

  /** Where brackets are missing at the end, and a member tells before which place: closes there. */
  private closeStrayed(): void {
    const { stack, strayed } = this;
    if (!strayed || this.isMismatched) return;
    const { open, end, hasComma } = strayed;
    if (open.length > stack.length) return;
    this.putClosers(open, end, hasComma);
    stack.length -= open.length;
  }

  /** Puts the brackets that are missing before another entry, and the comma behind them where that is missing as well. */
  private putClosers(open: readonly Container[], end: number, hasComma: boolean): void {
    const separator = hasComma ? '' : ',';
    this.insert(end, open.map(closerOf).join('') + separator);
    const newText = this.closingText(open, end) + separator;
    this.report('missing-bracket', end - 1, end, [{ start: end, end, newText }]);
  }

  /** What closes containers, the inner ones first: each on a line of its own where it spans lines. */
  private closingText(containers: readonly Container[], end: number): string {
    const { source } = this;
    const eol = /\r?\n|\r/.exec(source)?.[0] ?? '\n';
    return containers
      .map((container) => {
        const isLong = this.look.lineEnd(container.open) < end;
        return isLong ? eol + this.look.indentAt(container.open) + closerOf(container) : closerOf(container);
      })
      .join('');
  }

  // ---- texts in quotes

  /** Reads it; what it holds. One with parts to fill in is no text that is known. */
  private prefixedText(start: number, end: number): string {
    const text = this.source.slice(start, end);
    const quote = text.search(/["']/);
    if (!/f/i.test(text.slice(0, quote)) || !text.includes('{')) {
      return this.wrongQuotes(start, end, text.slice(quote + 1, -1));
    }
    this.report('variable', start, end);
    this.maskString(start, end, text);
    return text;
  }

  private wrongQuotes(start: number, end: number, inside = this.source.slice(start + 1, end - 1)): string {
    const quote = this.source[start]!;
    const content = inside.replace(/\\(['`])/g, '$1').replace(/(?<!\\)"/g, '\\"');
    this.report('wrong-quotes', start, end, [{ start, end, newText: `"${content}"` }]);
    // What is escaped in there is of no matter to the parser.
    this.mask(start, end, `"${inside.replace(/["\\]/g, quote === '`' ? '`' : "'")}"`);
    const value = unescaped(content);
    this.values.set(start, value);
    return value;
  }
}

/** A line break within a text, with the blanks around it. */
export const WRAP = /[ \t]*(?:\r\n|\n|\r)[ \t]*/g;

/** Texts side by side, with a plus between them or without, that can be written as one. */
const JOINED = /^(?:"[^"\\]*"|'[^'"\\]*')(?:(?:\s*\+)?\s*(?:"[^"\\]*"|'[^'"\\]*'))+$/;

const isPlain = (schema: SchemaNode | undefined) => schema?.type === 'integer' || schema?.type === 'boolean';

/** All fields at once: of a large file there are thousands. */
function container(
  isObject: boolean,
  open: number,
  schema: SchemaNode | undefined,
  expected: Expected = isObject ? 'name' : 'value',
): Container {
  return { isObject, open, expected, schema, name: undefined, names: undefined, strayed: undefined, comma: undefined };
}

const closerOf = ({ isObject }: Container) => (isObject ? '}' : ']');

/** The text that stands between the quotes of a JSON string; as it stands where that is none. */
function unescaped(content: string): string {
  try {
    return JSON.parse(`"${content}"`);
  } catch {
    return content;
  }
}

function isEllipsis(text: string): boolean {
  return text === '...' || text === '\u2026';
}
