import {
  type ASTNode,
  ErrorCode,
  getLanguageService,
  type JSONDocument,
  type Range,
  TextDocument,
} from 'vscode-json-languageservice';
import type { TextChange } from '../rules/rule.js';
import { type Recovery, recover } from './recovery.js';
import { type MutableNode, visit } from './tree.js';

/** Offsets into the text, in UTF-16 units; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** A place where the text is not strict JSON. */
export interface SyntaxProblem extends Span {
  kind: SyntaxKind;
  /** What mends it, where the reading of the text told. */
  changes?: readonly TextChange[];
}

/** By the parser's own code, or by what stands there instead of JSON (`recovery.ts`). */
export type SyntaxKind =
  | 'comment'
  | 'hash-comment'
  | 'odd-blank'
  | 'wrong-quotes'
  | 'inner-quotes'
  | 'unopened-string'
  | 'unopened-name'
  | 'unclosed-name'
  | 'variable'
  | 'ellipsis'
  | 'expression'
  | 'other-literal'
  | 'semicolon'
  | 'wrong-colon'
  | 'bad-member'
  | 'wrong-bracket'
  | 'extra-bracket'
  | 'missing-bracket'
  | 'unopened-bracket'
  | 'missing-opening'
  | 'extra-colon'
  | 'extra-comma'
  | 'stray'
  | 'unfinished-member'
  | 'extra-quote'
  | 'wrapped-text'
  | 'conflict'
  | 'trailing-comma'
  | 'missing-comma'
  | 'missing-colon'
  | 'missing-value'
  | 'missing-name'
  | 'unquoted-name'
  | 'unclosed-array'
  | 'unclosed-object'
  | 'unclosed-string'
  | 'unclosed-comment'
  | 'bad-escape'
  | 'bad-character'
  | 'bad-number'
  | 'bad-value'
  | 'extra-text'
  | 'empty'
  | 'byte-order-mark';

/** How deep a file may nest. The deepest job definition has 9 levels; the parser's recursion overflows below 5,000. */
export const MAX_DEPTH = 256;

/**
 * UTF-16 units above which only the syntax is checked. The largest definition that AWS could accept (1,000 buckets,
 * thousands of prefixes) stays below 1 MB.
 */
export const MAX_CHECKED_LENGTH = 12_000_000;

/** The parser and the schema-driven services of the JSON library, which knows no files and fetches nothing. */
export const jsonService = getLanguageService({
  schemaRequestService: () => Promise.reject(new Error('schemas are not fetched')),
});

/** One version of a job definition's text, with its syntax tree. Immutable until `reparseJobDocument` takes over the tree. */
export interface JobDocument {
  readonly text: TextDocument;
  /** The whole text, without conversion. */
  readonly source: string;
  readonly json: JSONDocument;
  readonly root: ASTNode | undefined;
  readonly syntaxProblems: readonly SyntaxProblem[];
  /** The objects in which there may be members that the tree lacks, since the text there cannot be read. */
  readonly incomplete: ReadonlySet<ASTNode>;
  /** Where the text nests deeper than `MAX_DEPTH`; then there is no tree. */
  readonly tooDeep?: Span;
  /** True where the text is longer than `MAX_CHECKED_LENGTH`; then there is no tree. */
  readonly tooLarge: boolean;
}

const KIND_BY_CODE: Partial<Record<ErrorCode, SyntaxKind>> = {
  [ErrorCode.UnexpectedEndOfComment]: 'unclosed-comment',
  [ErrorCode.UnexpectedEndOfString]: 'unclosed-string',
  [ErrorCode.UnexpectedEndOfNumber]: 'bad-number',
  [ErrorCode.InvalidUnicode]: 'bad-escape',
  [ErrorCode.InvalidEscapeCharacter]: 'bad-escape',
  [ErrorCode.InvalidCharacter]: 'bad-character',
  [ErrorCode.PropertyExpected]: 'missing-name',
  [ErrorCode.CommaExpected]: 'missing-comma',
  [ErrorCode.ColonExpected]: 'missing-colon',
  [ErrorCode.ValueExpected]: 'missing-value',
  [ErrorCode.CommaOrCloseBacketExpected]: 'unclosed-array',
  [ErrorCode.CommaOrCloseBraceExpected]: 'unclosed-object',
  [ErrorCode.TrailingComma]: 'trailing-comma',
  [ErrorCode.PropertyKeysMustBeDoublequoted]: 'unquoted-name',
};

/** What the parser of vscode-json-languageservice 5.7.2 returns beyond its declared type. */
interface ParsedJson extends JSONDocument {
  syntaxErrors: { range: Range; code?: ErrorCode }[];
  comments?: Range[];
}

/**
 * Parses one version of a text. Never throws, whatever the text holds.
 *
 * A byte order mark is passed over as white space and reported, so that positions stay those of the text given.
 */
export function parseJobDocument(text: TextDocument): JobDocument {
  const source = text.getText();
  const empty = { text, source, root: undefined, syntaxProblems: [], incomplete: NOTHING, tooLarge: false };
  if (source.length > MAX_CHECKED_LENGTH) {
    return {
      ...empty,
      json: jsonService.newJSONDocument(NO_ROOT),
      tooLarge: true,
      syntaxProblems: firstStrictError(source),
    };
  }
  const hasMark = source.charCodeAt(0) === 0xfeff;
  // The parser takes the mark for an unknown token; a space in its place keeps all offsets.
  const parsed = hasMark ? TextDocument.create(text.uri, text.languageId, text.version, ` ${source.slice(1)}`) : text;
  const read = (isBroken(parsed.getText()) && readBroken(parsed)) || readWhole(parsed);
  if (!read) {
    return { ...empty, json: jsonService.newJSONDocument(NO_ROOT), tooDeep: findTooDeep(source) };
  }
  const syntaxProblems = hasMark
    ? [{ kind: 'byte-order-mark' as const, start: 0, end: 1 }, ...read.syntaxProblems]
    : read.syntaxProblems;
  return {
    text,
    source,
    json: read.json,
    root: read.json.root,
    syntaxProblems,
    incomplete: read.incomplete,
    tooLarge: false,
  };
}

const NOTHING: ReadonlySet<ASTNode> = new Set();

/** UTF-16 units up to which it is looked for what a broken text means: beyond any definition that AWS could accept. */
const MAX_RECOVERED_LENGTH = 1_000_000;

/** Whether a text is no strict JSON, and short enough to look for what it means. */
function isBroken(source: string): boolean {
  if (source.length > MAX_RECOVERED_LENGTH) return false;
  try {
    JSON.parse(source);
    return false;
  } catch {
    return true;
  }
}

type Reading = Pick<JobDocument, 'json' | 'syntaxProblems' | 'incomplete'>;

/** A text as the parser reads it; undefined where it nests too deep. */
function readWhole(text: TextDocument): Reading | undefined {
  const json = parseShallow(text);
  return json && { json, syntaxProblems: syntaxProblemsOf(json, text), incomplete: NOTHING };
}

/** A text with what is no JSON in it replaced; undefined where it nests too deep. */
function readBroken(text: TextDocument): Reading | undefined {
  const source = text.getText();
  const recovery = recover(source);
  const isChanged = recovery.text !== source;
  const read = isChanged ? TextDocument.create(text.uri, text.languageId, text.version, recovery.text) : text;
  const json = parseShallow(read);
  if (!json) return undefined;
  if (isChanged) asWritten(json.root, recovery);
  const syntaxProblems = merged(syntaxProblemsOf(json, read, recovery), recovery);
  return { json, syntaxProblems, incomplete: incompleteObjects(json, syntaxProblems, recovery) };
}

/** The problems of the reading, and what the parser has to say besides. */
function merged(parsed: readonly SyntaxProblem[], { problems, consequences, closing, cut }: Recovery): SyntaxProblem[] {
  const besides: SyntaxProblem[] = [];
  let next = 0;
  let reached = 0;
  for (const problem of [...parsed].sort((a, b) => a.start - b.start)) {
    const { kind, start } = problem;
    for (; next < problems.length && problems[next]!.start <= start; next++) {
      reached = Math.max(reached, problems[next]!.end);
    }
    if (start < reached || consequences.has(start) || (cut !== undefined && start >= cut - 1)) continue;
    const isEnd = kind === 'unclosed-array' || kind === 'unclosed-object';
    besides.push(isEnd && closing ? { ...problem, changes: [closing] } : problem);
  }
  return [...problems, ...besides].sort((a, b) => a.start - b.start);
}

/** Leads the offsets of a tree back to the text as it was written, and gives its strings what they hold there. */
function asWritten(root: ASTNode | undefined, { values, offsetOf }: Recovery): void {
  if (!root) return;
  visit(root, (node) => {
    const written = node as MutableNode;
    const start = offsetOf(node.offset);
    written.length = offsetOf(node.offset + node.length) - start;
    written.offset = start;
    if (node.type === 'property' && node.colonOffset !== undefined && node.colonOffset >= 0) {
      written.colonOffset = offsetOf(node.colonOffset);
    }
    const value = node.type === 'string' ? values.get(start) : undefined;
    if (value !== undefined) (node as { value: string }).value = value;
  });
}

/** The most places of a text at which it is looked for the object that they lie in. */
const MAX_LOOKED_FOR = 100;

/** The objects that are open at the end, or hold something that is no member. */
function incompleteObjects(
  json: JSONDocument,
  problems: readonly SyntaxProblem[],
  { gaps, open }: Recovery,
): ReadonlySet<ASTNode> {
  const nameless = problems.filter(({ kind }) => kind === 'missing-name').map(({ start }) => start);
  const found = new Set<ASTNode>();
  for (const offset of [...open, ...gaps, ...nameless].slice(0, MAX_LOOKED_FOR)) {
    let node: ASTNode | undefined = json.getNodeFromOffset(offset);
    while (node && node.type !== 'object') node = node.parent;
    if (node) found.add(node);
  }
  if (json.root && problems.some(({ kind }) => kind === 'extra-text')) found.add(json.root);
  return found;
}

/**
 * The parsed text, which has `depth` levels around it; undefined where that nests deeper than `MAX_DEPTH`. The parser is recursive and overflows at a few thousand
 * levels, which ends here; what it does get through is measured on the tree, at a fraction of the cost of looking at the
 * text first.
 */
export function parseShallow(text: TextDocument, depth = 0): ParsedJson | undefined {
  let json: ParsedJson;
  try {
    json = jsonService.parseJSONDocument(text) as ParsedJson;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return json.root && isTooDeep(json.root, depth) ? undefined : json;
}

function isTooDeep(root: ASTNode, around: number): boolean {
  let level: ASTNode[] = [root];
  for (let depth = around; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    const below: ASTNode[] = [];
    for (const node of level) {
      if (node.type === 'object') {
        for (const { valueNode } of node.properties) {
          if (valueNode?.type === 'object' || valueNode?.type === 'array') below.push(valueNode);
        }
      } else if (node.type === 'array') {
        for (const item of node.items) if (item.type === 'object' || item.type === 'array') below.push(item);
      }
    }
    level = below;
  }
  return false;
}

/** The library wants a node for a document of its own making; `root` of ours stays undefined. */
const NO_ROOT = undefined as unknown as ASTNode;

/** What the parser says of a text, or of what the recovery made of it; there, without what concerns its own work. */
function syntaxProblemsOf(json: ParsedJson, text: TextDocument, recovery?: Recovery): SyntaxProblem[] {
  const source = text.getText();
  const problems: SyntaxProblem[] = [];
  const spanOf = (range: Range): Span => {
    const [start, end] = [text.offsetAt(range.start), text.offsetAt(range.end)];
    return recovery ? { start: recovery.offsetOf(start), end: recovery.offsetOf(end) } : { start, end };
  };
  for (const comment of json.comments ?? []) problems.push({ kind: 'comment', ...spanOf(comment) });
  for (const { range, code } of json.syntaxErrors) {
    // Repeated members are judged by their values, in the rule `duplicate-member`.
    if (code === ErrorCode.DuplicateKey) continue;
    const at = text.offsetAt(range.start);
    if (recovery?.isPutIn(at)) continue;
    const { start, end } = spanOf(range);
    let kind = code === undefined ? undefined : KIND_BY_CODE[code];
    if (!kind) kind = json.root && start >= json.root.offset + json.root.length ? 'extra-text' : 'bad-value';
    // `True`, `'x'` and the like are there, but no JSON: "a value is missing" would be wrong of them.
    if (kind === 'missing-value' && /[^\s,:\]}]/.test(source.slice(at, text.offsetAt(range.end)))) kind = 'bad-value';
    problems.push({ kind, start, end });
  }
  if (json.root === undefined && json.syntaxErrors.length === 0) {
    problems.push({ kind: 'empty', start: 0, end: source.length });
  }
  return problems;
}

/** The place where the text first nests deeper than `MAX_DEPTH`, by counting brackets outside of strings. */
function findTooDeep(source: string): Span {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    switch (source.charCodeAt(i)) {
      case 0x22: {
        // To the closing quote, or to the end of the line, where the parser too ends an unclosed string. Character by
        // character: V8 may run an `indexOf` of this loop where its result is not needed, through the whole text each time.
        for (i++; i < source.length; i++) {
          const c = source.charCodeAt(i);
          if (c === 0x22 || c === 0x0a || c === 0x0d) break;
          if (c === 0x5c) i++;
        }
        break;
      }
      case 0x2f:
        // Comments are no JSON, but the parser passes over them, and so must the count.
        if (source.charCodeAt(i + 1) === 0x2f) {
          const end = source.indexOf('\n', i);
          i = end < 0 ? source.length : end;
        } else if (source.charCodeAt(i + 1) === 0x2a) {
          const end = source.indexOf('*/', i + 2);
          i = end < 0 ? source.length : end + 1;
        }
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > MAX_DEPTH) return { start: i, end: i + 1 };
        break;
      case 0x5d:
      case 0x7d:
        if (depth > 0) depth--;
        break;
    }
  }
  // A broken text may nest otherwise for the parser than by this count.
  return { start: 0, end: 1 };
}

/** For a text too large for a tree: the first place at which it is not strict JSON, if any. */
function firstStrictError(source: string): SyntaxProblem[] {
  try {
    JSON.parse(source);
    return [];
  } catch (error) {
    const at = /position (\d+)/.exec(String(error));
    const start = at ? Math.min(Number(at[1]), source.length) : source.length;
    return [{ kind: 'bad-value', start, end: Math.min(start + 1, source.length) }];
  }
}
