import { addMember, jsonText, replaceString } from '../language/edits.js';
import { defineRule, type Fix } from './rule.js';

export default defineRule({
  id: 'schedule-missing',
  summary: 'A scheduled job says how often it runs.',
  severity: 'error',
  about: 'schedule',
  docs: {
    why: 'A SCHEDULED job runs daily, weekly or monthly, and `scheduleFrequency` says which.',
    aws: 'The API reference asks for `scheduleFrequency` with SCHEDULED. The AWS CLI does not check it.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    if (!model.isScheduled || model.member('scheduleFrequency')) return;
    report({
      at: model.jobType!,
      message: 'A SCHEDULED job needs "scheduleFrequency" with a daily, weekly or monthly schedule.',
    });
  },
  fixes(_, { document, model }): Fix[] {
    const after = model.member('jobType');
    if (!model.root || !model.jobType) return [];
    const add = (value: object) => [
      addMember(document, model.root!, 'scheduleFrequency', jsonText(document, value), { after }),
    ];
    return [
      { title: 'Add a weekly schedule', changes: add({ weeklySchedule: { dayOfWeek: 'MONDAY' } }) },
      { title: 'Add a daily schedule', changes: add({ dailySchedule: {} }) },
      { title: 'Add a monthly schedule', changes: add({ monthlySchedule: { dayOfMonth: 1 } }) },
      { title: 'Change jobType to ONE_TIME', changes: [replaceString(model.jobType, 'ONE_TIME')] },
    ];
  },
});
