import { addMember, removeMembers, replaceValue } from '../language/edits.js';
import type { Schedule } from '../language/model.js';
import { asObject, type PropertyASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { allOf } from './words.js';

/** The member that says when a form of schedule runs, and a value to begin with. */
const DAYS: Readonly<Record<string, readonly [name: string, value: string, hint: string]>> = {
  weeklySchedule: ['dayOfWeek', '"MONDAY"', 'MONDAY for example'],
  monthlySchedule: ['dayOfMonth', '1', '1 to 31'],
};

interface Data {
  /** The form that names no day; undefined where there are too many forms or none. */
  dayless?: PropertyASTNode;
}

export default defineRule<Data>({
  id: 'schedule-form',
  summary: 'A schedule is daily, weekly or monthly, exactly one of them, and names its day.',
  severity: 'error',
  about: 'schedule',
  docs: {
    why: 'A job has one recurrence pattern. With several, or none, or a weekly or monthly one without its day, nobody can say when it runs.',
    aws: 'The API reference speaks of a daily, weekly or monthly basis; the console offers one. The AWS CLI lets several through, and misses no day, since the service model marks none as required.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model, structure }, report) {
    const { schedule } = model;
    if (!schedule || model.isOneTime) return;
    const given = givenForms(schedule);
    if (given.length === 0 && schedule.forms.length > 0) return;
    if (given.length === 1) {
      const [form] = given as [PropertyASTNode];
      const day = DAYS[form.keyNode.value];
      // A day under another name, or of another type, is reported as that.
      if (!day || asObject(form.valueNode)?.properties.length !== 0) return;
      report({
        at: form.valueNode!,
        message: `Without "${day[0]}" nobody can say when the job runs, and the AWS CLI does not notice. Give the day, ${day[2]}.`,
        data: { dayless: form },
      });
      return;
    }
    if (given.length > 1) {
      const names = given.map((form) => form.keyNode.value);
      report({
        at: schedule.property.keyNode,
        message: `A job has one schedule, but ${allOf(names)} are given. Keep one.`,
        data: {},
        related: given.map((form) => ({ at: form.keyNode, message: 'One of the schedules.' })),
      });
      return;
    }
    // What stands there under another name is reported as an unknown member.
    if (structure.some((p) => p.kind === 'unknown-member' && p.property.parent === schedule.node)) return;
    report({
      at: schedule.node,
      message: 'The schedule is empty. Give one of dailySchedule, weeklySchedule and monthlySchedule.',
      data: {},
    });
  },
  fixes({ data: { dayless } }, { document, model }): Fix[] {
    const { schedule } = model;
    if (!schedule) return [];
    const empty = asObject(dayless?.valueNode);
    if (dayless && empty) {
      const [name, value] = DAYS[dayless.keyNode.value]!;
      // Which day, only the author knows.
      return [{ title: `Add "${name}": ${value}`, changes: [addMember(document, empty, name, value)] }];
    }
    if (schedule.forms.length === 0) {
      return [
        {
          title: 'Make it weekly',
          changes: [replaceValue(document, schedule.node, { weeklySchedule: { dayOfWeek: 'MONDAY' } })],
        },
        { title: 'Make it daily', changes: [replaceValue(document, schedule.node, { dailySchedule: {} })] },
        {
          title: 'Make it monthly',
          changes: [replaceValue(document, schedule.node, { monthlySchedule: { dayOfMonth: 1 } })],
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

/** Neither null nor false is a schedule; each is reported as what it is. */
function givenForms({ forms }: Schedule) {
  return forms.filter(({ valueNode }) => valueNode?.type !== 'null' && valueNode?.value !== false);
}
