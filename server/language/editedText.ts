import type { TextChange } from '../rules/rule.js';

/** What was made of a text, and the way back. */
export interface EditedText {
  text: string;
  /** Where in the text as it was written an offset in `text` lies. */
  offsetOf(offset: number): number;
  /** Whether what begins at an offset in `text` was put there by an edit. */
  isPutIn(offset: number): boolean;
}

/** A text with its edits made, and the way back. Of two that overlap, the first holds. */
export function editedText(source: string, edits: TextChange[]): EditedText {
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  /** Of each edit, where what it writes begins and ends in the edited text, and what it stands for in the source. */
  const made: (TextChange & { from: number; to: number })[] = [];
  let read = 0;
  let written = 0;
  for (const edit of edits) {
    if (edit.start < read) continue;
    const from = written + edit.start - read;
    written = from + edit.newText.length;
    parts.push(source.slice(read, edit.start), edit.newText);
    read = edit.end;
    made.push({ ...edit, from, to: written });
  }
  parts.push(source.slice(read));
  const lastBefore = (offset: number) => {
    let [low, high] = [0, made.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (made[middle]!.from <= offset) low = middle + 1;
      else high = middle;
    }
    return made[low - 1];
  };
  return {
    text: parts.join(''),
    offsetOf(offset) {
      const edit = lastBefore(offset);
      if (!edit) return offset;
      return offset < edit.to ? Math.min(edit.start + offset - edit.from, edit.end) : edit.end + offset - edit.to;
    },
    isPutIn: (offset) => offset < (lastBefore(offset)?.to ?? 0),
  };
}
