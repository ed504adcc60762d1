import { defineRule } from './rule.js';

export default defineRule({
  id: 'trailing-comma',
  summary: 'No comma stands before a closing bracket.',
  severity: 'error',
  about: 'syntax',
  docs: {
    why: 'JSON allows a comma only between two entries.',
    aws: 'The AWS CLI refuses a file with a trailing comma (measured).',
  },
  check({ document }, report) {
    for (const { kind, start, end } of document.syntaxProblems) {
      if (kind === 'trailing-comma') {
        report({
          at: { start, end },
          message: 'A comma stands before a closing bracket. The AWS CLI refuses the file.',
        });
      }
    }
  },
  fixes({ start, end }) {
    return [
      { title: 'Remove the trailing comma', changes: [{ start, end, newText: '' }], preferred: true, safe: true },
    ];
  },
});
