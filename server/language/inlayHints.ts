import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver-types';
import type { JobDocument } from './document.js';
import type { JobModel } from './model.js';
import { parseByteSize, shortBytes } from './sizes.js';
import { monthDayWords } from './summary.js';
import type { ASTNode } from './tree.js';

/** The most hints of one request. */
const MAX_HINTS = 500;

/** What sizes and schedules mean, behind their values, for the part of the text that is looked at. */
export function inlayHints(document: JobDocument, model: JobModel, range: Range): InlayHint[] {
  const { text } = document;
  const start = text.offsetAt(range.start);
  const end = text.offsetAt(range.end);
  const hints: InlayHint[] = [];
  const add = (node: ASTNode, label: string) => {
    const at = node.offset + node.length;
    if (at < start || at > end || hints.length >= MAX_HINTS) return;
    hints.push({ position: text.positionAt(at), label, kind: InlayHintKind.Type, paddingLeft: true });
  };
  for (const { simple } of model.scopeTerms) {
    if (simple?.key?.value !== 'OBJECT_SIZE') continue;
    for (const value of simple.values) {
      const bytes = parseByteSize(value.value);
      // Below a kilobyte the number says it all.
      const short = bytes === undefined ? undefined : shortBytes(bytes);
      if (short) add(value, short.startsWith('about') ? short : `= ${short}`);
    }
  }
  const { schedule } = model;
  // AWS gives all times of jobs in UTC, and nowhere says in which time zone a day begins.
  if (schedule?.dayOfWeek) add(schedule.dayOfWeek, 'UTC, presumably');
  const day = schedule?.dayOfMonth;
  const words = day && day.value >= 29 ? monthDayWords(day.value) : undefined;
  if (day && words) add(day.node, words);
  return hints;
}
