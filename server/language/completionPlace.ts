import { type Token, TokenReader, tokenAfter } from './completionTokens.js';
import { containerAt, endOf, indexBefore, schemaOf } from './completionTree.js';
import type { JobDocument, Span } from './document.js';
import { type SchemaNode, schemaStep } from './schema.js';
import type { ArrayASTNode, ASTNode, ObjectASTNode } from './tree.js';

/** Where text is about to be written: what belongs there, what it replaces, and which commas it needs around it. */
interface Insertion {
  /** The text that gives way; `start` equals `end` where nothing does. Always on one line, and at the cursor. */
  start: number;
  end: number;
  /** The quote that the replaced text begins with: an editor filters by the text as it stands. */
  quote: '"' | "'" | '';
  /** The content of the string or word that is replaced. */
  current: string;
  /** Where a comma is missing between what stands before and this. */
  commaBefore: number | undefined;
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
  /** True where a colon follows, and maybe a value: only the name is written. */
  hasColon: boolean;
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
  /** The array, where the value is an item. */
  array: ArrayASTNode | undefined;
  /** The object that has the member. */
  object: ObjectASTNode | undefined;
  /** What else that object has. */
  members: ReadonlyMap<string, MemberText>;
}

export type Place = DocumentPlace | MemberPlace | ValuePlace;

/** A member as its text has it, in an object that need not be valid JSON. */
export interface MemberText {
  /** The value, where it is a string. */
  text?: string;
  /** True for a value that holds nothing: `[]`, `{}`, `""`. */
  empty: boolean;
}

/**
 * What can be written at an offset; undefined where nothing can: in a comment, right behind a value, in the keys of a
 * broken construct.
 *
 * The tree tells the object or array that the offset is in; what the text there lacks or has too much is found by reading
 * the tokens from the child before the offset on, so that neither a broken file nor a large one matters.
 */
export function findPlace(document: JobDocument, offset: number): Place | undefined {
  if (document.tooDeep || document.tooLarge) return undefined;
  const container = containerAt(document, offset);
  const place = !container
    ? findDocumentPlace(document, offset)
    : container.type === 'object'
      ? findInObject(document, container, offset)
      : findInArray(document, container, offset);
  // A backslash at its end carries a string on to the next line, and an editor replaces text of one line alone.
  return place && !hasLineBreak(document.source, place.start, place.end) ? place : undefined;
}

// ---- the text

/** What stands before the cursor in its container, as far as it matters for what comes next. */
interface Reading {
  expects: 'name' | 'colon' | 'value' | 'comma';
  /** The end of a value that stands before, with no comma behind it. */
  valueEnd: number | undefined;
  /** The last name before the cursor. */
  name: string | undefined;
  /** The string or word that the cursor is in. */
  at: Token | undefined;
}

/** Undefined in a comment, and where the text is too broken to tell. */
function read({ source }: JobDocument, node: ObjectASTNode | ArrayASTNode, offset: number): Reading | undefined {
  const children: readonly ASTNode[] = node.type === 'object' ? node.properties : node.items;
  const inObject = node.type === 'object';
  const first = inObject ? 'name' : 'value';
  // From the child before the one that the cursor may be in: so the comma between them is seen.
  const before = children[indexBefore(children, offset) - 1];
  const unfinished = before?.type === 'property' && !before.valueNode;
  let last = node.offset + 1;
  if (before) last = endOf(before.type === 'property' ? (before.valueNode ?? before.keyNode) : before);
  let expects: Reading['expects'] = unfinished ? 'colon' : before ? 'comma' : first;
  let valueEnd = expects === 'comma' ? last : undefined;
  let name = unfinished ? before.keyNode.value : undefined;
  const reader = new TokenReader(source, last);
  for (;;) {
    const token = reader.next();
    if (token.kind === 'comment') {
      if (isInComment(source, token, offset)) return undefined;
      continue;
    }
    if (token.kind === 'end' || token.start >= offset) {
      const touches = token.kind === 'word' && token.start === offset;
      return { expects, valueEnd, name, at: touches ? token : undefined };
    }
    switch (token.kind) {
      case 'string':
      case 'word': {
        const onNewLine = hasLineBreak(source, last, token.start);
        const isName =
          inObject &&
          (expects === 'name' ||
            expects === 'comma' ||
            // The value, or even the colon, of the member on the line before is still missing.
            (onNewLine && (expects === 'colon' || tokenAfter(source, token.end).kind === ':')));
        if (offset < token.end || (offset === token.end && (token.kind === 'word' || !token.closed))) {
          return { expects: isName ? 'name' : expects, valueEnd, name, at: token };
        }
        if (isName) name = token.value;
        expects = isName ? 'colon' : 'comma';
        valueEnd = isName ? undefined : token.end;
        break;
      }
      case ',':
        expects = first;
        valueEnd = undefined;
        break;
      case ':':
        // Members in an array: the bracket that closes it is missing, and what belongs here cannot be told.
        if (!inObject) return undefined;
        expects = 'value';
        valueEnd = undefined;
        break;
      case '{':
      case '[': {
        const nested = valueAt(children, token.start);
        if (!nested) break;
        last = valueEnd = endOf(nested);
        expects = 'comma';
        reader.moveTo(last);
        continue;
      }
    }
    last = token.end;
  }
}

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
  const { start } = token;
  if (token.kind !== 'string') {
    // A word that lacks its opening quote alone gives way together with the closing one.
    CLOSING_QUOTE.lastIndex = token.end;
    const end = CLOSING_QUOTE.test(source) ? token.end + 1 : token.end;
    return { start, end, quote: token.value.startsWith("'") ? "'" : '', current: token.value };
  }
  if (token.closed && !isRunaway(source, token, offset)) {
    return { start, end: token.end, quote: '"', current: token.value };
  }
  // The closing quote is missing: what follows the word at the cursor belongs to the rest of the file.
  const end = offset + wordLength(source, offset);
  return { start, end, quote: '"', current: source.slice(start + 1, end) };
}

/**
 * True where a string is closed by the opening quote of the next one: `"job|, "jobType": …`. Behind the word at the cursor
 * it then holds punctuation or nothing, and a word follows its end.
 */
function isRunaway(source: string, token: Token, offset: number): boolean {
  const rest = source.slice(offset + wordLength(source, offset), token.end - 1);
  return /^\s*(?:[,:{}[\]]|$)/.test(rest) && /\w/.test(source.charAt(token.end));
}

function wordLength(source: string, offset: number): number {
  REST_OF_WORD.lastIndex = offset;
  return REST_OF_WORD.exec(source)?.[0].length ?? 0;
}

const CLOSING_QUOTE = /"\s*(?:[:,}\]]|$)/y;
const REST_OF_WORD = /[\w$()-]*/y;

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
  return { kind: 'document', ...replaced(source, at, offset), commaBefore: undefined, commaAfter: false };
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
  if (!reading.at && reading.valueEnd === offset) return undefined;
  const place = replaced(source, reading.at, offset);
  const next = tokenAfter(source, place.end);
  const members = membersOf(document, object, place);
  return {
    kind: 'member',
    ...place,
    object,
    schema: schemaOf(object),
    hasColon: next.kind === ':',
    members,
    commaBefore: reading.valueEnd,
    commaAfter: startsValue(next),
  };
}

function findMemberValue(
  document: JobDocument,
  object: ObjectASTNode,
  { at, name }: Reading,
  offset: number,
): ValuePlace | undefined {
  const { source } = document;
  const place = replaced(source, at, offset);
  let next = tokenAfter(source, place.end);
  if (!at && startsValue(next) && !(next.kind === 'string' && tokenAfter(source, next.end).kind === ':')) {
    // The value stands behind the cursor already: it gives way where that can be done in one line.
    if ((next.kind !== 'string' && next.kind !== 'word') || hasLineBreak(source, offset, next.end)) return undefined;
    place.end = next.end;
    next = tokenAfter(source, place.end);
  }
  if (name === undefined) return undefined;
  return {
    kind: 'value',
    ...place,
    schema: schemaStep(schemaOf(object), name),
    member: name,
    array: undefined,
    object,
    members: membersOf(document, object, place),
    commaBefore: undefined,
    commaAfter: startsValue(next),
  };
}

function findInArray(document: JobDocument, array: ArrayASTNode, offset: number): ValuePlace | undefined {
  const { source } = document;
  const reading = read(document, array, offset);
  if (!reading || (!reading.at && reading.valueEnd === offset)) return undefined;
  const place = replaced(source, reading.at, offset);
  const next = tokenAfter(source, place.end);
  if (next.kind === ':') return undefined;
  const property = array.parent?.type === 'property' ? array.parent : undefined;
  const object = property?.parent?.type === 'object' ? property.parent : undefined;
  return {
    kind: 'value',
    ...place,
    schema: schemaOf(array)?.items,
    member: property?.keyNode.value ?? '',
    array,
    object,
    members: object ? membersOf(document, object, place) : new Map(),
    commaBefore: reading.valueEnd,
    commaAfter: startsValue(next),
  };
}

const startsValue = ({ kind }: Token) => kind === '{' || kind === '[' || kind === 'string' || kind === 'word';

/**
 * The members of an object by its text: every name that a colon follows. Where a comma or a value is missing, the tree
 * has lost some of them, and they would be offered again. What is about
 * to be replaced is passed over.
 */
function membersOf({ source }: JobDocument, object: ObjectASTNode, gap: Span): Map<string, MemberText> {
  const members = new Map<string, MemberText>();
  const reader = new TokenReader(source, object.offset + 1);
  const end = endOf(object);
  const hole = gap.end > gap.start ? gap : undefined;
  let previous: Token | undefined;
  let member: MemberText | undefined;
  let value: Token | undefined;
  let depth = 0;
  for (
    let token = reader.nextSignificant();
    token.kind !== 'end' && token.start < end;
    token = reader.nextSignificant()
  ) {
    if (hole && token.start === hole.start) reader.moveTo(hole.end);
    switch (token.kind) {
      case '{':
      case '[': {
        const nested = depth === 0 ? valueAt(object.properties, token.start) : undefined;
        if (nested) reader.moveTo(endOf(nested));
        else depth++;
        if (member && previous?.kind === ':') member.empty = nested !== undefined && isEmpty(nested);
        break;
      }
      case '}':
      case ']':
        if (depth > 0) depth--;
        break;
      case ':':
        if (depth > 0 || !previous || (previous.kind !== 'string' && previous.kind !== 'word')) break;
        if (member && previous === value) {
          // What looked like its value was the next name.
          member.text = undefined;
          member.empty = true;
        }
        member = { empty: true };
        if (previous.start !== hole?.start) members.set(previous.value, member);
        break;
      case 'string':
      case 'word':
        if (depth > 0 || !member || previous?.kind !== ':') break;
        value = token;
        member.empty = token.kind === 'string' && token.value === '';
        if (token.kind === 'string') member.text = token.value;
        break;
    }
    previous = token;
  }
  return members;
}

function isEmpty(node: ASTNode): boolean {
  return (node.type === 'array' && node.items.length === 0) || (node.type === 'object' && node.properties.length === 0);
}
