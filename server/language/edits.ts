import type { TextChange } from '../rules/rule.js';
import type { JobDocument } from './document.js';
import { once } from './once.js';
import { type ArrayASTNode, type ASTNode, type ObjectASTNode, type PropertyASTNode, spanOf } from './tree.js';

/*
 * Text changes on a syntax tree that leave the layout of everything else alone and the commas right: on one line or
 * many, first, middle, last or only member, LF or CRLF, spaces or tabs.
 */

/** Replaces a value by other JSON text. */
export function replaceNode(node: ASTNode, newText: string): TextChange {
  return { ...spanOf(node), newText };
}

/** Replaces a value by a JSON string. */
export function replaceString(node: ASTNode, value: string): TextChange {
  return replaceNode(node, JSON.stringify(value));
}

/** Replaces a value by another one, laid out as the file is. */
export function replaceValue(document: JobDocument, node: ASTNode, value: unknown): TextChange {
  return replaceText(document, node, jsonText(document, value));
}

/** Replaces a value by JSON text whose lines are as far left as they go. */
export function replaceText(document: JobDocument, node: ASTNode, text: string): TextChange {
  return replaceNode(node, indentLines(document, text, indentAt(document, node.offset)));
}

/**
 * A value as JSON text, as the file lays out its own, its lines as far left as they go: for `addMember` and `addItem`,
 * which move them to their place. A list of plain values stands on one line unless the file breaks all of its lists, and
 * all of the value does in a file of one line.
 */
export function jsonText(document: JobDocument, value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const entries = value.map((entry) => jsonText(document, entry));
    const isPlain = value.every((entry) => typeof entry !== 'object');
    return isPlain ? listText(document, entries) : blockText(document, '[]', entries);
  }
  const members = Object.entries(value).map(([name, entry]) => memberText(document, name, jsonText(document, entry)));
  return blockText(document, '{}', members);
}

/** A small value as JSON text: on one line, unless the file breaks all of its lists and objects. */
export function smallText(document: JobDocument, value: unknown): string {
  if (styleOf(document).breaksObjects) return jsonText(document, value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return Array.isArray(value)
    ? inlineText(
        document,
        '[]',
        value.map((entry) => smallText(document, entry)),
      )
    : inlineText(
        document,
        '{}',
        Object.entries(value).map(([name, entry]) => memberText(document, name, smallText(document, entry))),
      );
}

/** A list of plain values, or of what stands on one line, around the texts of its entries. */
export function listText(document: JobDocument, entries: readonly string[]): string {
  return (styleOf(document).breaksLists ? blockText : inlineText)(document, '[]', entries);
}

/** The text of a member. */
export function memberText(document: JobDocument, name: string, valueText: string): string {
  return `${JSON.stringify(name)}${styleOf(document).isCompact ? ':' : ': '}${valueText}`;
}

/** The text of an object or list around the texts of its entries: broken over lines, unless the file has only one. */
export function blockText(document: JobDocument, brackets: '{}' | '[]', entries: readonly string[]): string {
  const [open, close] = brackets;
  if (entries.length === 0 || styleOf(document).isOneLine) return inlineText(document, brackets, entries);
  const unit = indentUnit(document);
  const lines = entries.map((entry) => `${unit}${entry.replace(/\n/g, `\n${unit}`)}`);
  return `${open}\n${lines.join(',\n')}\n${close}`;
}

/** The text of an object or list around the texts of its entries, on the line of the brackets. */
export function inlineText(document: JobDocument, brackets: '{}' | '[]', entries: readonly string[]): string {
  const { padding, isCompact } = styleOf(document);
  const [open, close] = brackets;
  const blank = brackets === '{}' && entries.length > 0 ? padding : '';
  return `${open}${blank}${entries.join(isCompact ? ',' : ', ')}${blank}${close}`;
}

/**
 * The text of an object or list that takes the place of a node and holds what was in it: on one line where the node is, else
 * broken over lines.
 */
export function textAround(
  document: JobDocument,
  node: ASTNode,
  brackets: '{}' | '[]',
  entries: readonly string[],
): string {
  const isBroken = /[\r\n]/.test(document.source.slice(node.offset, endOf(node)));
  return (isBroken ? blockText : inlineText)(document, brackets, entries);
}

/** Gives a member another name. */
export function renameMember(property: PropertyASTNode, name: string): TextChange {
  return replaceString(property.keyNode, name);
}

/** Puts another member in the place of one; its value's lines are moved to the place. */
export function replaceMember(
  document: JobDocument,
  property: PropertyASTNode,
  name: string,
  valueText: string,
): TextChange {
  const value = indentLines(document, valueText, indentAt(document, property.offset));
  return replaceNode(property, memberText(document, name, value));
}

/** Removes one member with its comma. */
export function removeMember(document: JobDocument, property: PropertyASTNode): TextChange {
  return removeMembers(document, property.parent as ObjectASTNode, [property])[0]!;
}

/** Removes members of one object, each with its comma. */
export function removeMembers(
  document: JobDocument,
  object: ObjectASTNode,
  properties: readonly PropertyASTNode[],
): TextChange[] {
  return removeChildren(document, object, object.properties, properties);
}

/** Removes items of one array, each with its comma. */
export function removeItems(document: JobDocument, array: ArrayASTNode, items: readonly ASTNode[]): TextChange[] {
  return removeChildren(document, array, array.items, items);
}

/**
 * Neighbouring children that go are removed in one piece. Where something stays before the piece, it goes from the end
 * of what stays, and takes the comma before it; at the front it goes up to what stays behind, and takes the comma after.
 */
function removeChildren(
  document: JobDocument,
  parent: ASTNode,
  children: readonly ASTNode[],
  gone: readonly ASTNode[],
): TextChange[] {
  // By binary search: one entry of a hundred thousand is found without a look at the others.
  const at = [...new Set(gone)].map((child) => indexAt(children, child.offset)).sort((a, b) => a - b);
  if (at.length === children.length) {
    return [{ start: parent.offset + 1, end: parent.offset + parent.length - 1, newText: '' }];
  }
  const changes: TextChange[] = [];
  for (let i = 0; i < at.length; i++) {
    const first = at[i]!;
    while (at[i + 1] === at[i]! + 1) i++;
    const last = at[i]!;
    const before = children[first - 1];
    const after = children[last + 1];
    if (before) {
      const end = endOf(children[last]!);
      // A last child may have a trailing comma behind it: then the comma before the piece has to stay away too.
      changes.push({ start: endOf(before), end: after ? end : endWithComma(document, end), newText: '' });
    } else {
      changes.push({ start: children[first]!.offset, end: after!.offset, newText: '' });
    }
  }
  return changes;
}

/** The index of the child at an offset, among children in the order of the text. */
function indexAt(children: readonly ASTNode[], offset: number): number {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function endWithComma(document: JobDocument, offset: number): number {
  const comma = /^\s*,/.exec(document.source.slice(offset, offset + 1000));
  return comma ? offset + comma[0].length : offset;
}

/** Where a new member goes, and how the object is laid out. */
export interface MemberPlace {
  /** Put it behind this member; without one, behind the last. */
  after?: PropertyASTNode;
  /** Put it before all others. */
  first?: boolean;
}

/**
 * Adds a member to an object, laid out as its neighbours are.
 *
 * `valueText` is JSON; its line breaks are indented to the place. In an object that is closed on its own line, or not yet
 * closed, the member is still put inside.
 */
export function addMember(
  document: JobDocument,
  object: ObjectASTNode,
  name: string,
  valueText: string,
  place: MemberPlace = {},
): TextChange {
  const text = (indent: string) => memberText(document, name, indentLines(document, valueText, indent));
  const members = object.properties;
  if (members.length === 0) return addOnly(document, object, text);
  const layout = layoutOf(document, object, members);
  const separator = separatorOf(layout);
  if (place.first) {
    const start = members[0]!.offset;
    return { start, end: start, newText: `${text(layout.indent)},${separator}` };
  }
  const start = endOf(place.after ?? members[members.length - 1]!);
  return { start, end: start, newText: `,${separator}${text(layout.indent)}` };
}

/** Adds an item at the end of an array, laid out as its neighbours are. */
export function addItem(document: JobDocument, array: ArrayASTNode, valueText: string): TextChange {
  return addItems(document, array, [valueText])[0]!;
}

/** Adds items at the end of an array: one change, since not every editor keeps the order of several at one place. */
export function addItems(document: JobDocument, array: ArrayASTNode, valueTexts: readonly string[]): TextChange[] {
  if (valueTexts.length === 0) return [];
  const last = array.items[array.items.length - 1];
  if (last) return [insertAfter(document, last, ...valueTexts)];
  const { isOneLine, isCompact } = styleOf(document);
  const text = (indent: string) => {
    const separator = isOneLine ? (isCompact ? '' : ' ') : eolOf(document) + indent;
    return valueTexts.map((value) => indentLines(document, value, indent)).join(`,${separator}`);
  };
  return [addOnly(document, array, text)];
}

/** Puts items behind another one of the same list, laid out as the list is. */
export function insertAfter(document: JobDocument, item: ASTNode, ...valueTexts: readonly string[]): TextChange {
  const layout = layoutOf(document, item.parent!, (item.parent as ArrayASTNode).items);
  const separator = `,${separatorOf(layout)}`;
  const end = endOf(item);
  const newText = valueTexts.map((text) => separator + indentLines(document, text, layout.indent)).join('');
  return { start: end, end, newText };
}

/** Puts several items in the place of one, laid out as the items of the list are. */
export function splitItem(document: JobDocument, array: ArrayASTNode, item: ASTNode, texts: string[]): TextChange {
  const { indent } = layoutOf(document, array, array.items);
  const separator = `,${separatorOf(layoutOf(document, array, array.items))}`;
  return replaceNode(item, texts.map((text) => indentLines(document, text, indent)).join(separator));
}

function addOnly(document: JobDocument, parent: ASTNode, text: (indent: string) => string): TextChange {
  const { source } = document;
  const inside = source.slice(parent.offset + 1, parent.offset + parent.length - 1);
  const open = parent.offset + 1;
  const closed = /[}\]]$/.test(source.slice(parent.offset, parent.offset + parent.length)) && parent.length > 1;
  const end = closed ? parent.offset + parent.length - 1 : open;
  const outer = indentAt(document, parent.offset);
  if (styleOf(document).isOneLine) return { start: open, end, newText: text('') };
  const eol = eolOf(document);
  const inner = outer + indentUnit(document);
  if (/\S/.test(inside)) return { start: open, end: open, newText: `${eol}${inner}${text(inner)}` };
  return { start: open, end, newText: `${eol}${inner}${text(inner)}${eol}${outer}` };
}

interface Layout {
  multiline: boolean;
  compact: boolean;
  indent: string;
  eol: string;
}

function layoutOf(document: JobDocument, parent: ASTNode, children: readonly ASTNode[]): Layout {
  const { source } = document;
  const before = source.slice(parent.offset, children[0]!.offset);
  const between = children[1] ? source.slice(endOf(children[0]!), children[1].offset) : before;
  return {
    multiline: /[\r\n]/.test(between),
    compact: children.length > 1 ? !/\s/.test(between) : styleOf(document).isCompact,
    indent: indentAt(document, children[0]!.offset),
    eol: eolOf(document),
  };
}

/** What stands between the comma of one child and the next child. */
function separatorOf({ multiline, compact, indent, eol }: Layout): string {
  return multiline ? eol + indent : compact ? '' : ' ';
}

const endOf = (node: ASTNode) => node.offset + node.length;

/** The white space at the start of the line that an offset stands on. */
export function indentAt(document: JobDocument, offset: number): string {
  const { source } = document;
  let start = offset;
  while (start > 0 && source[start - 1] !== '\n' && source[start - 1] !== '\r') start--;
  let end = start;
  while (source[end] === ' ' || source[end] === '\t') end++;
  return source.slice(start, Math.min(end, offset));
}

/** The line break that a text uses: that of its first line. */
export function eolOf(document: JobDocument): string {
  return /\r\n|\n|\r/.exec(document.source.slice(0, 100_000))?.[0] ?? '\n';
}

/** One step of indentation, by the first member of the root or the first line that is indented; else two spaces. */
export function indentUnit(document: JobDocument): string {
  const { root, source } = document;
  const first = root?.type === 'object' ? root.properties[0] : undefined;
  const found =
    (first && indentAt(document, first.offset)) || /(?:^|[\r\n])([ \t]+)\S/.exec(source.slice(0, 10_000))?.[1];
  return found?.startsWith('\t') ? '\t' : (found ?? '  ');
}

/** How a file is laid out, for what is written into it. */
interface Style {
  /** It has no line break but one at its end. */
  isOneLine: boolean;
  /** No blank stands behind a colon, and so none behind a comma. */
  isCompact: boolean;
  /** What stands inside the braces of an object on one line. */
  padding: string;
  /** All lists are broken over lines, as formatters do; objects as well. */
  breaksLists: boolean;
  breaksObjects: boolean;
}

/** How much of a file is looked at to tell how it is laid out. */
const SAMPLE = 10_000;

const styleOf = once(({ root, source }: JobDocument): Style => {
  const isOneLine = !/[\r\n]/.test(source.trimEnd());
  const sample = source.slice(0, SAMPLE);
  const first = root?.type === 'object' ? root.properties[0] : undefined;
  const isCompact = first !== undefined && /^\s*:\S/.test(source.slice(endOf(first.keyNode), endOf(first)));
  const hasPadding = /\{ +"/.test(sample) || (!isOneLine && !/\{"/.test(sample));
  const breaksLists = !isOneLine && /\[[ \t]*[\r\n]/.test(sample) && !/\[[ \t]*[^\s\]]/.test(sample);
  const breaksObjects = breaksLists && !/\{[ \t]*"/.test(sample);
  return { isOneLine, isCompact, padding: hasPadding && !isCompact ? ' ' : '', breaksLists, breaksObjects };
});

function indentLines(document: JobDocument, text: string, indent: string): string {
  if (!text.includes('\n')) return text;
  const { isOneLine, isCompact } = styleOf(document);
  if (!isOneLine) return text.replace(/\r?\n/g, eolOf(document) + indent);
  // A file of one line stays one; no JSON text holds a line break of its own.
  return text
    .replace(/([[{])\s*\n\s*/g, '$1')
    .replace(/\s*\n\s*([\]}])/g, '$1')
    .replace(/\s*\n\s*/g, isCompact ? '' : ' ');
}

/** The text with changes made, which must not overlap. */
export function applyChanges(source: string, changes: readonly TextChange[]): string {
  const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const { start, end, newText } of sorted) {
    result += source.slice(at, start) + newText;
    at = end;
  }
  return result + source.slice(at);
}
