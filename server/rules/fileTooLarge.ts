import { MAX_CHECKED_LENGTH } from '../language/document.js';
import { defineRule } from './rule.js';
import { count } from './words.js';

export default defineRule({
  id: 'file-too-large',
  summary: 'The file is small enough to be checked.',
  severity: 'information',
  docs: {
    why: `Files of more than ${count(MAX_CHECKED_LENGTH)} characters are checked for JSON syntax alone, so that the editor stays quick.`,
    aws: 'AWS names no limit for the size of a definition. The largest that its quotas allow stays far below.',
  },
  check({ document }, report) {
    if (document.tooLarge) {
      report({
        at: { start: 0, end: 0 },
        message: `This file has more than ${count(MAX_CHECKED_LENGTH)} characters: only its JSON syntax is checked.`,
      });
    }
  },
});
