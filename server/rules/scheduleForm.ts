import { removeMembers, replaceNode } from '../language/edits.js';
import type { Schedule } from '../language/model.js';
import { defineRule, type Fix } from './rule.js';
import { allOf } from './words.js';

export default defineRule({
  id: 'schedule-form',
  summary: 'A schedule is daily, weekly or monthly: exactly one of them.',
  severity: 'error',
  docs: {
    why: 'A job has one recurrence pattern. With several, or none, nobody can say when it runs.',
    aws: 'The API reference speaks of a daily, weekly or monthly basis; the console offers one. The AWS CLI lets several through.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model, structure }, report) {
    const { schedule } = model;
    if (!schedule || model.isOneTime) return;
    const given = givenForms(schedule);
    if (given.length === 1 || (given.length === 0 && schedule.forms.length > 0)) return;
    if (given.length > 1) {
      const names = given.map((form) => form.keyNode.value);
      report({
        at: schedule.property.keyNode,
        message: `A job has one schedule, but ${allOf(names)} are given. Keep one.`,
        related: given.map((form) => ({ at: form.keyNode, message: 'One of the schedules.' })),
      });
      return;
    }
    // What stands there under another name is reported as an unknown member.
    if (structure.some((p) => p.kind === 'unknown-member' && p.property.parent === schedule.node)) return;
    report({
      at: schedule.node,
      message: 'The schedule is empty. Give one of dailySchedule, weeklySchedule and monthlySchedule.',
    });
  },
  fixes(_, { document, model }): Fix[] {
    const { schedule } = model;
    if (!schedule) return [];
    if (schedule.forms.length === 0) {
      return [
        {
          title: 'Make it weekly',
          changes: [replaceNode(schedule.node, '{ "weeklySchedule": { "dayOfWeek": "MONDAY" } }')],
        },
        { title: 'Make it daily', changes: [replaceNode(schedule.node, '{ "dailySchedule": {} }')] },
        {
          title: 'Make it monthly',
          changes: [replaceNode(schedule.node, '{ "monthlySchedule": { "dayOfMonth": 1 } }')],
        },
      ];
    }
    return givenForms(schedule).map((kept) => ({
      title: `Keep ${kept.keyNode.value} alone`,
      changes: removeMembers(
        document,
        schedule.node,
        schedule.forms.filter((form) => form !== kept),
      ),
    }));
  },
});

/** A null is no schedule, and is reported as what it is. */
function givenForms({ forms }: Schedule) {
  return forms.filter(({ valueNode }) => valueNode?.type !== 'null');
}
