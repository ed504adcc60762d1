import type {
  FoldingRange,
  FormattingOptions,
  Position,
  Range,
  SelectionRange,
  TextEdit,
} from 'vscode-languageserver-types';
import { type JobDocument, jsonService } from './document.js';

/* What needs no knowledge of jobs is the JSON library's own work. */

/** The most ranges that are made of one document. */
const MAX_FOLDING_RANGES = 5000;

export function foldingRanges(document: JobDocument): FoldingRange[] {
  return jsonService.getFoldingRanges(document.text, { rangeLimit: MAX_FOLDING_RANGES });
}

export function selectionRanges(document: JobDocument, positions: Position[]): SelectionRange[] {
  return jsonService.getSelectionRanges(document.text, positions, document.json).map(nested);
}

/** Without the ranges that do not hold the one before them, which the library makes of unfinished texts and editors refuse. */
function nested(selection: SelectionRange): SelectionRange {
  const { range } = selection;
  let { parent } = selection;
  while (parent && !(isBefore(parent.range.start, range.start) && isBefore(range.end, parent.range.end))) {
    parent = parent.parent;
  }
  return parent ? { range, parent: nested(parent) } : { range };
}

const isBefore = (a: Position, b: Position) => a.line < b.line || (a.line === b.line && a.character <= b.character);

/** Formatting changes white space alone. A text that is no JSON is left as it is: its layout may be what tells its mistake. */
export function formatting(document: JobDocument, range: Range | undefined, options: FormattingOptions): TextEdit[] {
  const harmless = new Set(['comment', 'trailing-comma']);
  if (!document.root || document.syntaxProblems.some(({ kind }) => !harmless.has(kind))) return [];
  const edits = jsonService.format(document.text, range as Range, { ...options, keepLines: false });
  // The library runs out of indentation at some depth, and then writes "undefined".
  return edits.every(({ newText }) => newText.trim() === '') ? edits : [];
}
