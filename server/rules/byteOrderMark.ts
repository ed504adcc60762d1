import { defineRule } from './rule.js';

export default defineRule({
  id: 'byte-order-mark',
  summary: 'The file does not begin with a byte order mark.',
  severity: 'warning',
  about: 'syntax',
  docs: {
    why: 'Some editors and PowerShell put an invisible mark at the start of a UTF-8 file.',
    aws: 'The AWS CLI refuses a file with a byte order mark (measured). Submitting from the editor leaves it out.',
  },
  check({ document }, report) {
    for (const { kind, start, end } of document.syntaxProblems) {
      if (kind === 'byte-order-mark') {
        report({
          at: { start, end },
          message: 'The file begins with a byte order mark, which the AWS CLI refuses. Save it as UTF-8 without BOM.',
        });
      }
    }
  },
  fixes({ start, end }) {
    return [
      { title: 'Remove the byte order mark', changes: [{ start, end, newText: '' }], preferred: true, safe: true },
    ];
  },
});
