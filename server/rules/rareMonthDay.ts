import { replaceNode } from '../language/edits.js';
import { monthDayWords } from '../language/summary.js';
import { defineRule } from './rule.js';

/** The last day that every month has. */
const LAST_COMMON_DAY = 28;

export default defineRule({
  id: 'rare-month-day',
  summary: 'A monthly job runs on a day that every month has.',
  severity: 'information',
  about: 'schedule',
  docs: {
    why: 'A month without the day has no run: day 31 comes in 7 months of the year, day 30 in 11, day 29 not in February but for leap years. What is created or changed meanwhile waits for the next run.',
    aws: 'The API reference says that the job does not run in such a month, and advises a day below 29 to run in each.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const day = model.schedule?.dayOfMonth;
    if (!day || model.isOneTime || day.value <= LAST_COMMON_DAY || day.value > 31) return;
    report({
      at: day.node,
      message: `Runs ${monthDayWords(day.value)}: a month without that day has no run. For a run each month, AWS advises a day below 29.`,
    });
  },
  fixes(_, { model }) {
    const day = model.schedule?.dayOfMonth;
    return day
      ? [{ title: `Change to ${LAST_COMMON_DAY}`, changes: [replaceNode(day.node, String(LAST_COMMON_DAY))] }]
      : [];
  },
});
