import type { JobDocument } from '../language/document.js';
import { addMember, jsonText, replaceString } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import { defineRule, type Fix, type RuleContext, type TextChange } from './rule.js';

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
    if (!model.jobType) return [];
    return [
      ...scheduleChanges(document, model).map(({ form, change }) => ({
        title: `Add a ${form} schedule`,
        changes: [change],
      })),
      { title: 'Change jobType to ONE_TIME', changes: [replaceString(model.jobType, 'ONE_TIME')] },
    ];
  },
});

/** What adds a schedule of each form, behind the type of the job. */
export function scheduleChanges(document: JobDocument, model: JobModel): { form: string; change: TextChange }[] {
  const { root } = model;
  if (!root) return [];
  const after = model.member('jobType');
  return Object.entries(SCHEDULES).map(([form, value]) => ({
    form,
    change: addMember(document, root, 'scheduleFrequency', jsonText(document, value), { after }),
  }));
}

/** A schedule of each form, its day to be chosen by the author. */
const SCHEDULES: Readonly<Record<string, object>> = {
  weekly: { weeklySchedule: { dayOfWeek: 'MONDAY' } },
  daily: { dailySchedule: {} },
  monthly: { monthlySchedule: { dayOfMonth: 1 } },
};

/** Whether a definition has no schedule, nor anything under another name or in another place that is meant as one. */
export function hasNoSchedule({ model, structure }: RuleContext): boolean {
  if (model.member('scheduleFrequency')) return false;
  return !structure.some(
    (problem) =>
      problem.kind === 'unknown-member' &&
      (problem.suggestion === 'scheduleFrequency' ||
        /^(?:scheduleFrequency|(?:daily|weekly|monthly)Schedule)$/.test(problem.property.keyNode.value)),
  );
}
