import { addMember } from '../language/edits.js';
import type { Schedule } from '../language/model.js';
import { defineRule } from './rule.js';

const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

export default defineRule({
  id: 'first-run-sees-nothing',
  summary: 'A scheduled job says whether it analyzes the objects that exist already.',
  severity: 'information',
  about: 'schedule',
  docs: {
    why: 'Each run of a scheduled job takes the objects that were created or changed since the run before. What existed when the job was created is analyzed with `initialRun` true, or else only once it changes. Without it, a daily job, and one whose day is today, starts at once and finds next to nothing. Written out as true or false, nothing is left to guess, and this remark is gone.',
    aws: 'The API reference tells what true and false do, but not what stands without the member; it behaves as false (inferred: described jobs show false). That a job whose day is today starts at once is stated in the user guide. Days are taken as UTC days, since all times of a job are shown in UTC.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-create.html',
    ],
  },
  check({ model, now }, report) {
    const { schedule } = model;
    if (!model.isScheduled || schedule?.forms.length !== 1 || model.member('initialRun')) return;
    report({
      at: schedule.property.keyNode,
      message: firesToday(schedule, now)
        ? 'The first run starts as soon as the job is created, and without "initialRun": true it sees next to nothing: objects that exist already are analyzed only once they change. Add true or false.'
        : 'Without "initialRun": true, objects that exist already are analyzed only once they change. Add true or false.',
    });
  },
  fixes(_, { document, model }) {
    const after = model.member('scheduleFrequency');
    if (!model.root || !after) return [];
    return ['true', 'false'].map((value) => ({
      title: `Add "initialRun": ${value}`,
      changes: [addMember(document, model.root!, 'initialRun', value, { after })],
    }));
  },
});

function firesToday(schedule: Schedule, now: Date): boolean {
  switch (schedule.forms[0]!.keyNode.value) {
    case 'dailySchedule':
      return true;
    case 'weeklySchedule':
      return schedule.dayOfWeek?.value === WEEKDAYS[now.getUTCDay()];
    default:
      return schedule.dayOfMonth?.value === now.getUTCDate();
  }
}
