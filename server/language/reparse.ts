import {
  type ArrayASTNode,
  type ASTNode,
  ErrorCode,
  type ObjectASTNode,
  TextDocument,
} from 'vscode-json-languageservice';
import { type JobDocument, MAX_CHECKED_LENGTH, parseJobDocument, parseShallow } from './document.js';
import { type MutableNode, visit } from './tree.js';

/*
 * A keystroke changes a few nodes of a tree that may have a million. Of strict JSON that stays strict JSON, only the entries
 * that an edit touches are parsed anew; the others are kept, and moved where the text before them grew or shrank.
 */

/** What was changed of a text: `start` to `end` of the old one is `start` to `end + delta` of the new one. */
interface Edit {
  start: number;
  end: number;
  delta: number;
}

/** UTF-16 units up to which the tree of the last strict version is kept beside the one of a broken text. */
const KEPT_LENGTH = 1_000_000;

/** The versions of one text, each read on from the last that was strict JSON: while it is typed, a text is broken at times. */
export class DocumentVersions {
  private document: JobDocument | undefined;
  private version: number | undefined;
  private strict: JobDocument | undefined;

  /** The text as it stands. A document that was given before must not be used any more once the text has changed. */
  read(text: TextDocument): JobDocument {
    // An editor's text changes in place, so its version tells, not its identity.
    if (this.document && this.version === text.version) return this.document;
    this.document = reparseJobDocument(text, this.strict);
    if (!this.document) {
      // The old tree is let go before a new one is made: of a large file, one is enough in memory.
      if (text.getText().length > KEPT_LENGTH) this.strict = undefined;
      this.document = parseJobDocument(text);
    }
    if (this.document.syntaxProblems.length === 0) this.strict = this.document;
    this.version = text.version;
    return this.document;
  }
}

/**
 * The next version of a document, equal in all to what `parseJobDocument` makes of the text but for its cost. Undefined where one
 * of the two is no strict JSON, or the edit is not within the root's brackets: then `previous` is as it was.
 *
 * Takes over the tree of `previous`, which must not be used any more.
 */
export function reparseJobDocument(text: TextDocument, previous: JobDocument | undefined): JobDocument | undefined {
  const source = text.getText();
  if (!previous?.root || previous.syntaxProblems.length > 0 || source.length > MAX_CHECKED_LENGTH) return undefined;
  if (source === previous.source) return { ...previous, text };
  const edit = editBetween(previous.source, source);
  const found = innermostList(previous.root, edit);
  if (!found) return undefined;
  const { list, depth } = found;
  const entries: ASTNode[] = list.type === 'array' ? list.items : list.properties;
  // An entry that the edit only borders on may have become longer: the 1 of "1," when a 2 is typed behind it.
  let from = entries.findIndex(({ offset, length }) => offset + length >= edit.start);
  if (from < 0) from = entries.length;
  let to = from;
  while (to < entries.length && entries[to]!.offset <= edit.end) to++;
  const parsed = parseEntries(text, list, entries[from - 1], entries[to], edit, depth);
  if (!parsed) return undefined;
  const behind = entries.splice(from).slice(to - from);
  for (const entry of parsed) entries.push(entry);
  for (const entry of behind) entries.push(entry);
  if (edit.delta !== 0) moveBehind(list, from + parsed.length, edit.delta);
  return { ...previous, text, source };
}

/** UTF-16 units that are compared at once. */
const BLOCK = 4096;

/** The one place that differs; of several edits, what spans them. */
function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  const same = (length: number, isSame: (at: number, length: number) => boolean) => {
    let at = 0;
    for (let block = BLOCK; block >= 1; block = block > 1 ? 1 : 0) {
      while (at + block <= length && isSame(at, block)) at += block;
    }
    return at;
  };
  const start = same(most, (at, n) => before.substring(at, at + n) === after.substring(at, at + n));
  const end = (text: string, at: number, n: number) => text.substring(text.length - at - n, text.length - at);
  const alike = same(most - start, (at, n) => end(before, at, n) === end(after, at, n));
  return { start, end: before.length - alike, delta: after.length - before.length };
}

/** The innermost object or array between whose brackets the edit lies, and how many lie around it. */
function innermostList(
  root: ASTNode,
  { start, end }: Edit,
): { list: ArrayASTNode | ObjectASTNode; depth: number } | undefined {
  let found: { list: ArrayASTNode | ObjectASTNode; depth: number } | undefined;
  let next: ASTNode | undefined = root;
  const isAround = ({ offset, length }: ASTNode) => offset < start && end < offset + length;
  for (let depth = 0; next && isAround(next); depth++) {
    if (next.type !== 'array' && next.type !== 'object') break;
    found = { list: next, depth };
    const entry: ASTNode | undefined = next.children.find(isAround);
    next = entry?.type === 'property' ? entry.valueNode : entry;
  }
  return found;
}

/**
 * The entries of the list between two that stay, read between stand-ins for these. The text is put together anew, so that
 * their strings, which V8 may keep as parts of the text they were read from, do not hold a whole version of the file each.
 */
function parseEntries(
  text: TextDocument,
  list: ArrayASTNode | ObjectASTNode,
  before: ASTNode | undefined,
  after: ASTNode | undefined,
  { delta }: Edit,
  depth: number,
): ASTNode[] | undefined {
  const [open, entry, close] = list.type === 'array' ? ['[', '""', ']'] : ['{', '"":0', '}'];
  const start = before ? before.offset + before.length : list.offset + 1;
  const end = (after ? after.offset : list.offset + list.length - 1) + delta;
  const head = before ? open + entry : open;
  const tail = after ? entry + close : close;
  const part = head + text.getText().substring(start, end) + tail;
  const json = parseShallow(TextDocument.create(text.uri, text.languageId, text.version, part), depth);
  if (!json?.root || json.comments?.length) return undefined;
  // Whether a name stands twice, the stand-ins' empty one too, is judged on the tree.
  if (json.syntaxErrors.some(({ code }) => code !== ErrorCode.DuplicateKey)) return undefined;
  const parsed = json.root.children!.slice(before ? 1 : 0, after ? -1 : undefined);
  for (const node of parsed) {
    move(node, start - head.length);
    (node as MutableNode).parent = list;
  }
  return parsed;
}

function move(node: ASTNode, delta: number): void {
  visit(node, (next) => {
    (next as MutableNode).offset += delta;
    if (next.type === 'property') (next as MutableNode).colonOffset! += delta;
  });
}

/** Makes room in a list and all around it: what stands behind is moved. */
function moveBehind(list: ArrayASTNode | ObjectASTNode, from: number, delta: number): void {
  let next = from;
  for (let at: ASTNode | undefined = list; at; at = at.parent) {
    (at as MutableNode).length += delta;
    if (at.type !== 'property') for (const entry of at.children!.slice(next)) move(entry, delta);
    if (at.parent && at.parent.type !== 'property') next = at.parent.children!.indexOf(at) + 1;
  }
}
