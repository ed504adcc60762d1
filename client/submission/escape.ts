/** Makes text of a file or of AWS safe to show: it can forge no line, no order of letters, no link and no markup. */

/** Controls, format characters (bidirectional and invisible ones among them), line separators and odd spaces. */
const UNSAFE = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/gu;

/** Replaces every character that cannot be seen, or that moves others, with its code: `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** JSON text with the same characters in JSON's own escapes; its line breaks stay. */
export function visibleJson(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n') return character;
    const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

/** At most `length` characters, the last one an ellipsis where something was cut. */
export function cut(text: string, length: number): string {
  // A slice first: a value of megabytes is not taken apart as a whole.
  const characters = [...text.slice(0, length * 2 + 2)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}

/** A value of a file on one line, in quotes, cut: for dialogs, notifications and the log. */
export function quoted(value: string, length = 80): string {
  const escaped = visible(value.slice(0, length * 2).replace(/["\\]/g, '\\$&'));
  return `"${withoutLinks(cut(value.length > length * 2 ? `${escaped}…` : escaped, length))}"`;
}

/** A sentence that may hold values of a file or of AWS, on one line: for dialogs, notifications and the log. */
export function oneLine(text: string, length = 300): string {
  return withoutLinks(
    cut(
      visible(
        text
          .slice(0, length * 4)
          .replace(/\s+/g, ' ')
          .trim(),
      ),
      length,
    ),
  );
}

/** A time of ours or of AWS, ISO 8601 in UTC, to the minute: `2026-11-23 21:15 UTC`. */
export function minute(time: string): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$/.exec(time) ?? [];
  return day && clock ? `${day} ${clock} UTC` : oneLine(time, 40);
}

/** VS Code makes `[label](command:x)` in a notification a link; the backslash keeps it text. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\\(');
}

/** A label of a quick pick or of the status bar, where `$(name)` would be an icon. */
export function label(text: string, length = 100): string {
  return cut(visible(text), length).replaceAll('$(', '$\\(');
}

/** Text in Markdown, where no character of it is markup. */
export function markdownText(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A value in Markdown as code: nothing inside it is markup, a link or HTML. */
export function markdownCode(value: string, length = 500): string {
  const text = visible(cut(value, length));
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // Spaces keep a backtick at either end apart from the fence; Markdown takes one of each away again.
  return text === '' ? '(empty)' : `${fence} ${text} ${fence}`;
}
