import { once } from '../language/once.js';
import { isSkeleton, skeletonChanges } from '../language/skeleton.js';
import { defineRule, type RuleContext, type TextChange } from './rule.js';

/** Rules on how members go together. In a skeleton they follow from members that nobody has filled in yet. */
const BETWEEN_MEMBERS: ReadonlySet<string> = new Set([
  'bucket-forms',
  'criterion-kinds',
  'none-without-custom',
  'one-time-initial-run',
  'one-time-schedule',
  'schedule-form',
  'selector-ids',
  'selector-without-ids',
  'term-kind',
]);

export default defineRule({
  id: 'cli-skeleton',
  summary: 'Nothing is left of the skeleton that the AWS CLI generates.',
  severity: 'warning',
  docs: {
    why: 'The skeleton shows every member that there is, in forms that exclude each other: two ways to name buckets, three schedules, both kinds of condition in one element, and empty texts everywhere. What is not needed has to go. While it is there, this one finding stands for whatever follows from it, and is an error where a part of that is one. What a job needs and nobody has filled in yet, such as its name and its account, is reported beside it.',
    aws: 'The output of `aws macie2 create-classification-job --generate-cli-skeleton` names two bucket forms and a day of the month 0, which the API reference rules out (measured with AWS CLI 1.45). Empty texts are sent as they are.',
    links: ['https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html'],
  },
  check({ model }, report) {
    const { root } = model;
    if (!root || !isSkeleton(model)) return;
    report({
      at: { start: root.offset, end: root.offset + 1 },
      message:
        'This is a skeleton of the AWS CLI with members that nobody has filled in, and the CLI sends them as they are. Remove what is left over, and fill in what the job needs.',
    });
  },
  covers(other, own, context) {
    const changed = changesOf(context);
    const touches = (start: number, end: number) => {
      // The changes are in order and do not overlap: the first that ends behind `start` decides.
      let low = 0;
      let high = changed.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (changed[middle]!.end <= start) low = middle + 1;
        else high = middle;
      }
      return low < changed.length && changed[low]!.start < end;
    };
    return touches(other.start, other.end) || BETWEEN_MEMBERS.has(other.code) ? own[0] : undefined;
  },
  fixes(_, { document, model }) {
    const changes = skeletonChanges(document, model);
    return changes.length > 0 ? [{ title: 'Remove what is left of the CLI skeleton', changes, preferred: true }] : [];
  },
});

const changesOf = once(({ document, model }: RuleContext): readonly TextChange[] =>
  skeletonChanges(document, model).sort((a, b) => a.start - b.start),
);
