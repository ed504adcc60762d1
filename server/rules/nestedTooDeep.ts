import { MAX_DEPTH } from '../language/document.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'nested-too-deep',
  summary: 'The file does not nest without end.',
  severity: 'error',
  docs: {
    why: `A job definition has at most nine levels. A file with more than ${MAX_DEPTH} is not read any further, so nothing else in it is checked.`,
    aws: 'No such level exists in the API: whatever stands there is an unknown member, which the AWS CLI refuses.',
  },
  check({ document }, report) {
    if (document.tooDeep) {
      report({
        at: document.tooDeep,
        message: `The file nests deeper than ${MAX_DEPTH} levels here; a job definition has nine. It is not checked any further.`,
      });
    }
  },
});
