import { defineRule } from './rule.js';

export default defineRule({
  id: 'comment',
  summary: 'The file holds no comments.',
  severity: 'error',
  about: 'syntax',
  docs: {
    why: 'JSON has no comments. What a comment says about the job can stand in `description` or in `tags`.',
    aws: 'The AWS CLI refuses a file with comments (measured).',
  },
  check({ document }, report) {
    for (const { kind, start, end } of document.syntaxProblems) {
      if (kind === 'comment' || kind === 'hash-comment') {
        report({
          at: { start, end },
          message: 'JSON has no comments, and the AWS CLI refuses the file. Remove it, or say it in "description".',
        });
      }
    }
  },
  fixes({ start, end }, { document }) {
    const { source } = document;
    let from = start;
    while (from > 0 && (source[from - 1] === ' ' || source[from - 1] === '\t')) from--;
    const ownLine = from === 0 || source[from - 1] === '\n' || source[from - 1] === '\r';
    let to = end;
    while (source[to] === ' ' || source[to] === '\t') to++;
    const lineEnd = /^(\r\n|\r|\n)/.exec(source.slice(to, to + 2));
    // A comment with a line of its own takes the line along; behind or between other text only itself goes.
    const change =
      ownLine && lineEnd
        ? { start: from, end: to + lineEnd[0].length, newText: '' }
        : lineEnd || to >= source.length
          ? { start: from, end, newText: '' }
          : { start, end: to, newText: '' };
    return [{ title: 'Remove the comment', changes: [change], preferred: true }];
  },
});
