import { removeMember, replaceString } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import { defineRule, type Fix } from './rule.js';

export default defineRule({
  id: 'one-time-schedule',
  summary: 'A one-time job has no scheduleFrequency.',
  severity: 'error',
  about: 'schedule',
  docs: {
    why: 'A job either runs once or by a schedule. With `jobType` ONE_TIME and a schedule, one of the two is not meant.',
    aws: 'The API reference says not to give `scheduleFrequency` with ONE_TIME. The AWS CLI lets it through; the service decides.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const property = model.member('scheduleFrequency');
    // A null is no schedule, and is reported as what it is.
    if (!property || !model.isOneTime || property.valueNode?.type === 'null') return;
    report({
      at: property.keyNode,
      message: 'A ONE_TIME job takes no "scheduleFrequency". Remove it, or make the job SCHEDULED.',
      related: [{ at: model.jobType!, message: 'The job runs once.' }],
    });
  },
  /** What goes as a whole need not have the right type first; and where the schedule is meant, so is its first run. */
  covers(other, _, { model }) {
    if (other.code === 'one-time-initial-run') return isMeant(model);
    return other.code === 'wrong-type' && other.start === model.member('scheduleFrequency')?.valueNode?.offset;
  },
  fixes(_, { document, model }) {
    const property = model.member('scheduleFrequency');
    if (!property || !model.jobType) return [];
    const fixes: Fix[] = [
      { title: 'Remove scheduleFrequency', changes: [removeMember(document, property)] },
      { title: 'Change jobType to SCHEDULED', changes: [replaceString(model.jobType, 'SCHEDULED')] },
    ];
    fixes[isMeant(model) ? 1 : 0]!.preferred = true;
    return fixes;
  },
});

/** A schedule with a form in it was written on purpose; an empty one is a leftover. */
function isMeant({ schedule }: JobModel): boolean {
  return schedule !== undefined && schedule.forms.length > 0;
}
