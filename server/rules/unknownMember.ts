import { removeMember, renameMember } from '../language/edits.js';
import { normalizeName } from '../language/suggest.js';
import type { PropertyASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { oneOf, quote } from './words.js';

/** What DescribeClassificationJob, or the console's JSON view of a job, shows beyond what CreateClassificationJob takes. */
export const RESPONSE_MEMBERS: ReadonlySet<string> = new Set([
  'createdAt',
  'customDataIdentifiersDetails',
  'jobArn',
  'jobId',
  'jobStatus',
  'lastRunErrorStatus',
  'lastRunTime',
  'statistics',
  'userPausedDetails',
]);

interface Data {
  property: PropertyASTNode;
  suggestion?: string;
}

export default defineRule<Data>({
  id: 'unknown-member',
  summary: 'Every member is one that the API knows.',
  severity: 'error',
  docs: {
    why: 'A misspelt or invented member has no effect where it is meant to have one: with a misspelt `samplingPercentage`, a job analyses every object.',
    aws: 'The AWS CLI refuses a file with an unknown member. Several SDKs drop it without a word and create the job without it (measured). Names are case sensitive.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'unknown-member') continue;
      const { property, schema, suggestion, depth } = problem;
      const name = property.keyNode.value;
      report({
        at: property.keyNode,
        message: messageFor(name, suggestion, schema.properties, depth, schema.name),
        data: { property, suggestion },
      });
    }
  },
  fixes({ data: { property, suggestion } }, { document }) {
    const fixes: Fix[] = [];
    const name = property.keyNode.value;
    const parent = property.parent;
    const free = parent?.type === 'object' && !parent.properties.some((other) => other.keyNode.value === suggestion);
    if (suggestion && free) {
      const changes = [renameMember(property, suggestion)];
      // The same letters in another case or with underscores can mean nothing else.
      const safe = normalizeName(name) === normalizeName(suggestion);
      fixes.push({ title: `Rename to ${suggestion}`, changes, preferred: true, safe });
    }
    const described = RESPONSE_MEMBERS.has(name);
    fixes.push({
      title: `Remove ${quote(name)}`,
      changes: [removeMember(document, property)],
      preferred: fixes.length === 0 && described,
      safe: fixes.length === 0 && described,
    });
    return fixes;
  },
});

function messageFor(
  name: string,
  suggestion: string | undefined,
  properties: ReadonlyMap<string, unknown> | undefined,
  depth: number,
  owner: string | undefined,
): string {
  if (depth === 0 && RESPONSE_MEMBERS.has(name)) {
    return `${quote(name)} belongs to a job that exists, not to the definition of a new one. AWS refuses it here; remove it.`;
  }
  const where = owner ? `${owner} in Macie's API` : "Macie's API";
  if (suggestion)
    return `${where} has no member ${quote(name)}: it is refused or silently lost. Did you mean "${suggestion}"?`;
  const names = [...(properties?.keys() ?? [])].filter((key) => key !== '$schema');
  const instead = names.length === 0 ? 'It stays empty: {}.' : `Allowed here: ${oneOf(names)}.`;
  return `${where} has no member ${quote(name)}: it is refused or silently lost. ${instead}`;
}
