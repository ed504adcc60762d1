import { isBeforeColon, isText, type Token, TokenReader, tokenAfter, wordEnd } from './completionTokens.js';
import { containerAt, endOf, indexBefore, nameOf, schemaOf } from './completionTree.js';
import type { JobDocument, Span } from './document.js';
import { enumValueOf, type SchemaNode, schemaStep } from './schema.js';
import { type ArrayASTNode, type ASTNode, asString, type ObjectASTNode } from './tree.js';

/** Where text is about to be written: what belongs there, what it replaces, and which commas it needs around it. */
interface Insertion {
  /** The text that gives way; `start` equals `end` where nothing does. Always on one line, and at the cursor. */
  start: number;
  end: number;
  /** The quote that the replaced text begins with, before the cursor: an editor filters by the text as it stands. */
  quote: '"' | "'" | '';
  /** The content of the string or word that is replaced. */
  current: string;
  /** What stands before lacks: a comma, the quote that closes it, or both. */
  missing: { offset: number; text: string } | undefined;
  /** True where what follows needs a comma before it. */
  commaAfter: boolean;
}

/** A place for the whole definition, in a text that holds none yet. */
export interface DocumentPlace extends Insertion {
  kind: 'document';
}

/** A place for a member of an object. */
export interface MemberPlace extends Insertion {
  kind: 'member';
  object: ObjectASTNode;
  /** Of the object. */
  schema: SchemaNode | undefined;
  /** Whether a colon follows, and maybe a value, or a value without its colon: in both cases only the name is written. */
  colon: 'none' | 'there' | 'missing';
  /** What the value that stands there begins with. */
  value: Token | undefined;
  /** True where the object holds nothing else, not even something broken. */
  isAlone: boolean;
  /** The members that the object has already, less the one that is replaced. */
  members: ReadonlyMap<string, MemberText>;
}

/** A place for a value: of a member, or of an array. */
export interface ValuePlace extends Insertion {
  kind: 'value';
  /** Of the value. */
  schema: SchemaNode | undefined;
  /** The member that the value belongs to, directly or as an item of its array. */
  member: string;
  /** Whether the value is an item of the member's array, or will be. */
  isItem: boolean;
  /** The array that it is an item of. */
  array: ArrayASTNode | undefined;
  /** The object that has the member. */
  object: ObjectASTNode | undefined;
  /** What else that object has. */
  members: ReadonlyMap<string, MemberText>;
}

export type Place = DocumentPlace | MemberPlace | ValuePlace;

/** A member as its text has it, in an object that need not be valid JSON. */
export interface MemberText {
  /** The value, where it is a string or something without quotes. */
  text?: string;
  /** True for a value that holds nothing: `[]`, `{}`, `""`. */
  empty: boolean;
  /** Of an array. */
  items?: number;
  /** Of an array: its first item, where that is a string. */
  first?: string;
}

/**
 * What can be written at an offset; undefined where nothing can: in a comment, between a name and its colon, in the keys of
 * a broken construct. Right behind a value something can only where `behindValues` says so.
 *
 * The tree tells the object or array that the offset is in; what the text there lacks or has too much is found by reading
 * the tokens from the child before the offset on, so that neither a broken file nor a large one matters.
 */
export function findPlace(document: JobDocument, offset: number, behindValues: boolean): Place | undefined {
  if (document.tooDeep || document.tooLarge) return undefined;
  const container = containerAt(document, offset);
  const place = !container
    ? findDocumentPlace(document, offset)
    : container.type === 'object'
      ? findInObject(document, container, offset)
      : findInArray(document, container, offset);
  const isBehindValue = place?.missing?.offset === offset;
  if (isBehindValue && (!behindValues || isBehindStrayQuote(document.source, offset))) return undefined;
  // A backslash at its end carries a string on to the next line, and an editor replaces text of one line alone.
  return place && !hasLineBreak(document.source, place.start, place.end) ? place : undefined;
}

/** Whether a quote stands before an offset that is one too many: `"job""`. */
function isBehindStrayQuote(source: string, offset: number): boolean {
  return source.slice(offset - 2, offset) === '""' && isText(source, offset - 3);
}

// ---- the text

/** What comes next in an object or array, by the tokens read so far, though commas, colons and quotes may be missing. */
class Progress {
  expects: 'name' | 'colon' | 'value' | 'comma';
  /** The end of a value that stands before, with no comma behind it. */
  valueEnd: number | undefined;
  /** The last name. */
  name: string | undefined;
  /** The last value, where it is a string that is not closed. */
  open: Token | undefined;

  /** `last` is the end of what was read last. */
  constructor(
    private readonly source: string,
    private readonly inObject: boolean,
    public last: number,
  ) {
    this.expects = inObject ? 'name' : 'value';
  }

  /** Whether a string or word is a name, or else a value. */
  isName({ start, end }: Span): boolean {
    if (!this.inObject) return false;
    if (this.expects === 'name' || this.expects === 'comma') return true;
    // The value, or even the colon, of the member before is still missing.
    return isBeforeColon(this.source, end) || (this.expects === 'colon' && hasLineBreak(this.source, this.last, start));
  }

  takeName(name: string, end: number): void {
    this.name = name;
    this.go('colon', end);
  }

  takeValue(end: number, token?: Token): void {
    this.go('comma', end);
    this.valueEnd = end;
    if (token?.quote && !token.closed) this.open = token;
  }

  takeComma({ end }: Span): void {
    const { open } = this;
    this.go(this.inObject ? 'name' : 'value', end);
    this.open = open;
  }

  takeColon({ end }: Span): void {
    this.go('value', end);
  }

  private go(expects: Progress['expects'], last: number): void {
    this.expects = expects;
    this.last = last;
    this.valueEnd = undefined;
    this.open = undefined;
  }
}

/** What stands before the cursor in its container, as far as it matters for what comes next. */
interface Reading {
  progress: Progress;
  expects: Progress['expects'];
  /** The string or word that the cursor is in or at. */
  at: Token | undefined;
}

/** Undefined in a comment, and where the text is too broken to tell. */
function read({ source }: JobDocument, node: ObjectASTNode | ArrayASTNode, offset: number): Reading | undefined {
  const children: readonly ASTNode[] = node.type === 'object' ? node.properties : node.items;
  const progress = new Progress(source, node.type === 'object', node.offset + 1);
  // From the child before the one that the cursor may be in: so the comma between them is seen. The parser ends a child
  // where no token ends: in `5MB`, or at a quote that opens the next one.
  let index = indexBefore(children, offset) - 1;
  while (index >= 0 && (isText(source, lastOf(children[index]!)) || lacksQuote(source, children[index]!))) index--;
  const before = children[index];
  if (before?.type === 'property' && !before.valueNode) {
    progress.takeName(nameOf(before), lastOf(before));
  } else if (before) {
    progress.takeValue(lastOf(before));
  }
  const reader = new TokenReader(source, progress.last);
  for (;;) {
    const token = reader.next();
    if (token.kind === 'comment') {
      if (isInComment(source, token, offset)) return undefined;
      continue;
    }
    if (token.kind === 'end' || token.start >= offset) {
      const at = token.start === offset && isAtStart(token) ? token : undefined;
      // Right before a text, or a bracket that closes something else, the value before was cut short by a quote.
      const isCut = isText(source, offset) || source[offset] === (node.type === 'object' ? ']' : '}');
      if (progress.valueEnd === offset && isCut) return undefined;
      return { progress, expects: at && progress.isName(at) ? 'name' : progress.expects, at };
    }
    switch (token.kind) {
      case 'string':
      case 'word': {
        const isName = progress.isName(token);
        if (offset < token.end || (offset === token.end && !token.closed)) {
          return { progress, expects: isName ? 'name' : progress.expects, at: token };
        }
        if (isName) progress.takeName(token.value, token.end);
        else progress.takeValue(token.end, token);
        break;
      }
      case ',':
        progress.takeComma(token);
        break;
      case ':':
        // Members in an array: the bracket that closes it is missing, and what belongs here cannot be told.
        if (node.type === 'array') return undefined;
        progress.takeColon(token);
        break;
      case '{':
      case '[': {
        const nested = valueAt(children, token.start);
        if (!nested) break;
        progress.takeValue(endOf(nested));
        reader.moveTo(endOf(nested));
        break;
      }
    }
    // Brackets that belong to nothing, too, are behind.
    progress.last = Math.max(progress.last, token.end);
  }
}

/** Whether a child is, or ends in, a text that lacks its closing quote: it is read as that. */
function lacksQuote(source: string, child: ASTNode): boolean {
  const value = child.type === 'property' ? child.valueNode : child;
  if (value?.type !== 'string' || !/["']/.test(source[value.offset] ?? ' ')) return false;
  return value.length < 2 || source[endOf(value) - 1] !== source[value.offset];
}

/** The end of what there is of a child: its value or else its name. */
const lastOf = (child: ASTNode) => endOf(child.type === 'property' ? (child.valueNode ?? child.keyNode) : child);

/** Whether a cursor right before a token is meant to be in it: a word that goes on behind, or quotes around nothing. */
const isAtStart = ({ kind, value }: Token) => kind === 'word' || (kind === 'string' && value === '');

function isInComment(source: string, token: Token, offset: number): boolean {
  if (token.start >= offset) return false;
  const open = !token.closed || source.startsWith('//', token.start);
  return offset < token.end || (open && offset === token.end);
}

/** The value of a child that begins at the offset. */
function valueAt(children: readonly ASTNode[], offset: number): ASTNode | undefined {
  const child = children[indexBefore(children, offset + 1)];
  const value = child?.type === 'property' ? child.valueNode : child;
  return value?.offset === offset ? value : undefined;
}

function hasLineBreak(source: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (source[i] === '\n' || source[i] === '\r') return true;
  return false;
}

/** The part of a token that gives way. */
function replaced(
  source: string,
  token: Token | undefined,
  offset: number,
): Pick<Insertion, 'start' | 'end' | 'quote' | 'current'> {
  if (!token) return { start: offset, end: offset, quote: '', current: '' };
  const { start, closed, value } = token;
  const quote = offset > start ? token.quote : '';
  if (!quote || closed) return { start, end: token.end, quote, current: value };
  // The closing quote is missing: what follows the word at the cursor belongs to the rest of the file.
  const end = Math.min(token.end, wordEnd(source, offset));
  return { start, end, quote, current: source.slice(start + 1, end) };
}

/** What is to be added behind what stands before the cursor. */
function missingIn({ open, valueEnd }: Progress): Insertion['missing'] {
  const comma = valueEnd === undefined ? '' : ',';
  if (open) return { offset: open.end, text: open.quote + comma };
  return valueEnd === undefined ? undefined : { offset: valueEnd, text: comma };
}

/** The white space around a place between brackets that hold nothing else and stand on one line. */
export function marginsOf(source: string, place: Place): [before: Span, after: Span] | undefined {
  const node = bracketsAround(place);
  if (!node) return undefined;
  const start = node.offset + 1;
  const isFirst = /^[ \t]*$/.test(source.slice(start, place.start));
  const behind = isFirst && /^[ \t]*(?=[}\]])/.exec(source.slice(place.end, place.end + MOST_MARGIN));
  if (!behind) return undefined;
  return [
    { start, end: place.start },
    { start: place.end, end: place.end + behind[0].length },
  ];
}

const MOST_MARGIN = 1000;

/** Whether what the place stands among begins on a line of its own. */
export function isOnOwnLine(source: string, place: Place): boolean {
  const node = bracketsAround(place);
  const first = node && (node.type === 'object' ? node.properties : node.items)[0];
  return first !== undefined && hasLineBreak(source, node!.offset, first.offset);
}

function bracketsAround(place: Place): ObjectASTNode | ArrayASTNode | undefined {
  return place.kind === 'member' ? place.object : place.kind === 'value' ? place.array : undefined;
}

// ---- the three kinds of place

function findDocumentPlace(document: JobDocument, offset: number): DocumentPlace | undefined {
  const { source, root } = document;
  // A word or a string alone is what somebody types into an empty file.
  if (root && root.type !== 'string') return undefined;
  const reader = new TokenReader(source, source.charCodeAt(0) === 0xfeff ? 1 : 0);
  let at: Token | undefined;
  for (;;) {
    const token = reader.next();
    if (token.kind === 'end') break;
    if (token.kind === 'comment') {
      if (isInComment(source, token, offset)) return undefined;
      continue;
    }
    if (at || (token.kind !== 'word' && token.kind !== 'string')) return undefined;
    at = token;
  }
  if (at && (offset < at.start || offset > at.end)) return undefined;
  return { kind: 'document', ...replaced(source, at, offset), missing: undefined, commaAfter: false };
}

function findInObject(
  document: JobDocument,
  object: ObjectASTNode,
  offset: number,
): MemberPlace | ValuePlace | undefined {
  const { source } = document;
  const reading = read(document, object, offset);
  if (!reading || reading.expects === 'colon') return undefined;
  if (reading.expects === 'value') return findMemberValue(document, object, reading, offset);
  const { at, progress } = reading;
  const schema = schemaOf(object);
  const place = replaced(source, at, offset);
  const next = tokenAfter(source, place.end);
  // A value right behind a name: its colon is missing.
  const isValue = at && startsValue(next) && !isName(source, next, schema);
  const colon =
    next.kind === ':' ? 'there' : isValue && !hasLineBreak(source, place.end, next.start) ? 'missing' : 'none';
  return {
    kind: 'member',
    ...place,
    object,
    schema,
    colon,
    value: colon === 'missing' ? next : colon === 'there' ? tokenAfter(source, next.end) : undefined,
    ...membersOf(document, object, place),
    missing: missingIn(progress),
    commaAfter: colon === 'none' && startsValue(next),
  };
}

function findMemberValue(
  document: JobDocument,
  object: ObjectASTNode,
  { at, progress: { name } }: Reading,
  offset: number,
): ValuePlace | undefined {
  const { source } = document;
  const schema = schemaOf(object);
  const place = replaced(source, at, offset);
  let next = tokenAfter(source, place.end);
  if (startsValue(next) && !isName(source, next, schema)) {
    // A member has one value: one that stands behind the cursor already gives way, where that can be done in one line.
    if (next.kind !== '{' && next.kind !== '[' && !hasLineBreak(source, offset, next.end)) {
      place.end = next.end;
      place.current ||= next.value;
      next = tokenAfter(source, place.end);
    } else if (!at) return undefined;
  }
  if (name === undefined) return undefined;
  return {
    kind: 'value',
    ...place,
    schema: schemaStep(schema, name),
    member: name,
    isItem: false,
    array: undefined,
    object,
    members: membersOf(document, object, place).members,
    missing: undefined,
    commaAfter: startsValue(next),
  };
}

function findInArray(document: JobDocument, array: ArrayASTNode, offset: number): ValuePlace | undefined {
  const { source } = document;
  const reading = read(document, array, offset);
  if (!reading) return undefined;
  const { at, progress } = reading;
  const place = replaced(source, at, offset);
  const next = tokenAfter(source, place.end);
  if (next.kind === ':') return undefined;
  const property = array.parent?.type === 'property' ? array.parent : undefined;
  const object = property?.parent?.type === 'object' ? property.parent : undefined;
  return {
    kind: 'value',
    ...place,
    schema: schemaOf(array)?.items,
    member: property ? nameOf(property) : '',
    isItem: true,
    array,
    object,
    members: object ? membersOf(document, object, place).members : new Map(),
    missing: missingIn(progress),
    commaAfter: startsValue(next),
  };
}

const startsValue = ({ kind }: Token) => kind === '{' || kind === '[' || kind === 'string' || kind === 'word';

/** Whether a token behind the cursor is the next member's name, even one without a colon, rather than a value. */
function isName(source: string, { kind, value, end }: Token, schema: SchemaNode | undefined): boolean {
  if (kind !== 'string' && kind !== 'word') return false;
  return isBeforeColon(source, end) || schema?.properties?.has(value) === true;
}

/**
 * The members of an object by its text. Where a comma, a colon or a value is missing, the tree has lost some of them, and
 * they would be offered again. What is about to be replaced is passed over.
 */
function membersOf(
  { source }: JobDocument,
  object: ObjectASTNode,
  gap: Span,
): { members: Map<string, MemberText>; isAlone: boolean } {
  const members = new Map<string, MemberText>();
  const progress = new Progress(source, true, object.offset + 1);
  const end = endOf(object);
  const schemas = schemaOf(object)?.properties;
  let member: MemberText | undefined;
  let isAlone = true;
  for (const { token, nested, isGap } of childTokens(source, object, gap)) {
    if (token.start >= end) break;
    isAlone &&= isGap;
    switch (token.kind) {
      case ',':
        progress.takeComma(token);
        break;
      case ':':
        progress.takeColon(token);
        break;
      case '{':
      case '[':
        // Without its colon, too, it is the value.
        if (member && progress.expects !== 'comma') {
          member.empty = nested !== undefined && isEmpty(nested);
          if (nested?.type === 'array') {
            member.items = nested.items.length;
            member.first = asString(nested.items[0])?.value;
          }
        }
        progress.takeValue(token.end);
        break;
      case 'string':
      case 'word':
        if (progress.isName(token)) {
          member = { empty: true };
          if (!isGap) members.set(token.value, member);
          progress.takeName(token.value, token.end);
        } else {
          if (member && progress.expects !== 'comma') {
            member.empty = token.kind === 'string' && token.value === '';
            const schema = schemas?.get(progress.name ?? '');
            member.text = (schema && enumValueOf(schema, token.value)) ?? token.value;
          }
          progress.takeValue(token.end);
        }
        break;
    }
  }
  return { members, isAlone };
}

/** What an array holds besides the value that is written: the texts of its strings, and how many items. */
export function otherItems({ source }: JobDocument, place: ValuePlace): { texts: ReadonlySet<string>; count: number } {
  const texts = new Set<string>();
  let count = 0;
  if (place.array) {
    for (const { token, isGap } of childTokens(source, place.array, place)) {
      if (isGap || !startsValue(token)) continue;
      count++;
      if (token.kind === 'string' || token.kind === 'word') texts.add(token.value);
    }
  }
  return { texts, count };
}

interface ChildToken {
  token: Token;
  /** The object or array that begins with it; the next token is the one behind. */
  nested: ASTNode | undefined;
  /** Whether it is about to be replaced. */
  isGap: boolean;
}

/** The tokens of an object or array up to its end, those of what it holds left out; what is about to be replaced is one. */
function* childTokens(source: string, node: ObjectASTNode | ArrayASTNode, gap: Span): Generator<ChildToken> {
  const children: readonly ASTNode[] = node.type === 'object' ? node.properties : node.items;
  const reader = new TokenReader(source, node.offset + 1);
  let depth = 0;
  for (;;) {
    const token = reader.nextSignificant();
    if (token.kind === 'end') return;
    if (token.kind === '}' || token.kind === ']') {
      if (depth-- === 0) return;
      continue;
    }
    if (depth > 0) {
      if (token.kind === '{' || token.kind === '[') depth++;
      continue;
    }
    const isGap = token.start >= gap.start && token.start < gap.end;
    if (isGap) reader.moveTo(gap.end);
    let nested: ASTNode | undefined;
    if (token.kind === '{' || token.kind === '[') {
      nested = valueAt(children, token.start);
      if (nested) reader.moveTo(endOf(nested));
      else depth = 1;
    }
    yield { token: isGap ? { ...token, end: gap.end } : token, nested, isGap };
  }
}

function isEmpty(node: ASTNode): boolean {
  return (node.type === 'array' && node.items.length === 0) || (node.type === 'object' && node.properties.length === 0);
}
