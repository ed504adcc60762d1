import { removeMember } from '../language/edits.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'one-time-initial-run',
  summary: 'A one-time job has no initialRun.',
  severity: 'warning',
  about: 'schedule',
  docs: {
    why: '`initialRun` says what the first run of a recurring job looks at. A one-time job has just the one run, over everything in its scope.',
    aws: 'The API reference says not to give it with ONE_TIME. Jobs that do are seen to be created, so it is a warning; a described one-time job shows it as false.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const property = model.member('initialRun');
    // A null is reported as what it is, and removed for that.
    if (property && model.isOneTime && property.valueNode?.type !== 'null') {
      report({
        at: property.keyNode,
        message: '"initialRun" is for SCHEDULED jobs, and AWS asks to leave it out of a ONE_TIME job. Remove it.',
      });
    }
  },
  /** What goes as a whole need not have the right type first; but a file with it is refused. */
  covers(other, own, { model }) {
    const value = model.member('initialRun')?.valueNode;
    return other.code === 'wrong-type' && other.start === value?.offset ? own[0] : undefined;
  },
  fixes(_, { document, model }) {
    const property = model.member('initialRun');
    return property
      ? [{ title: 'Remove initialRun', changes: [removeMember(document, property)], preferred: true, safe: true }]
      : [];
  },
});
