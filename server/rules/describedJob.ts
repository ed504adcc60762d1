import { isDescribedJob, newDefinitionChanges, responseMembers } from '../language/describedJob.js';
import type { JobDocument } from '../language/document.js';
import { removeMember } from '../language/edits.js';
import { once } from '../language/once.js';
import type { PropertyASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { quote } from './words.js';

/** Where the members stand that this rule reports. */
const startsOf = once(
  (document: JobDocument): ReadonlySet<number> =>
    new Set(responseMembers(document).map(({ keyNode }) => keyNode.offset)),
);

interface Data {
  property: PropertyASTNode;
}

export default defineRule<Data>({
  id: 'described-job',
  summary: 'The file defines a new job; it does not describe one that exists.',
  severity: 'error',
  docs: {
    why: 'DescribeClassificationJob, and the JSON view of the console, show a job with its id, its times, its status and its token. None of these can be given to a new job, and the token would make the new job a repeat of the old one.',
    aws: 'The AWS CLI refuses each of these members (measured). `initialRun` comes back as false for a one-time job, where the API reference asks to leave it out, and nulls are refused as well.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs-jobid.html'],
  },
  check({ document }, report) {
    if (!isDescribedJob(document)) return;
    for (const property of responseMembers(document)) {
      report({
        at: property.keyNode,
        message: `${quote(property.keyNode.value)} belongs to a job that exists. AWS refuses it in the definition of a new one; this file seems to describe a job.`,
        data: { property },
      });
    }
  },
  covers(other, _, { document }) {
    return other.code === 'unknown-member' && startsOf(document).has(other.start);
  },
  fixes({ data: { property } }, { document }): Fix[] {
    return [
      {
        title: 'Make this job the definition of a new one',
        changes: newDefinitionChanges(document),
        preferred: true,
      },
      { title: `Remove ${quote(property.keyNode.value)}`, changes: [removeMember(document, property)] },
    ];
  },
});
