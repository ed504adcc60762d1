import { cut } from './describe.js';

/** Text that may come from a file, so that Markdown shows it as it is: no link, image, HTML, list or emphasis comes of it. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(/[\\`*_[\]<>&|~$@]/g, '\\$&')
      // Bare addresses become links, too.
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/\b(www)\./gi, '$1\\.')
      .replace(/^( ?)([-+=#])/, '$1\\$2')
      .replace(/^( ?\d+)([.)])/, '$1\\$2')
  );
}

/** A value as code on one line, cut to `limit` characters, safe for any text. */
export function code(value: string, limit = 60): string {
  const shown = cut(value, limit);
  // Markdown drops blanks at both ends of code: with quotes they can be seen.
  if (shown.trim() !== shown || shown === '') return code(`"${shown}"`, limit + 2);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** A link to a page of AWS's; `text` and `address` are the project's own. */
export function link(text: string, address: string): string {
  return `[${text}](${address})`;
}

/** Pages of AWS that a definition's parts are explained on. */
export const PAGES = {
  api: 'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
  scope: 'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
} as const;

/** The line at the end of a hover text. */
export function apiLink(): string {
  return link('AWS API reference', PAGES.api);
}
