import { addMember, jsonText } from '../language/edits.js';
import type { JobModel } from '../language/model.js';
import { accountIdsOf } from '../language/places.js';
import { memberOf, type ObjectASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

const DEFINITION = { accountId: '111122223333', buckets: ['my-bucket'] };

/** What a missing member is filled in with: valid in form, and to be completed by the user. */
const STARTING_VALUES: Readonly<Record<string, unknown>> = {
  name: 'my-classification-job',
  jobType: 'ONE_TIME',
  s3JobDefinition: { bucketDefinitions: [DEFINITION] },
  ...DEFINITION,
};

/** The members that say which data the job analyzes. */
const PLACES: ReadonlySet<string> = new Set(['s3JobDefinition', 'accountId', 'buckets']);

interface Data {
  node: ObjectASTNode;
  name: string;
}

export default defineRule<Data>({
  id: 'missing-member',
  summary: 'The members that the API requires are there.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'A definition needs `name`, `jobType` and `s3JobDefinition`, and each bucket definition an `accountId` and its `buckets`.',
    aws: 'The API reference calls them required; the AWS CLI refuses a file without them. `clientToken` is required too, but filled in by every AWS tool.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'missing-member') continue;
      const { node, name, schema } = problem;
      const owner = schema.name === undefined ? 'A job definition' : 'A bucket definition';
      // The opening brace is what the missing member belongs to; the whole object would underline the file.
      report({
        at: { start: node.offset, end: node.offset + 1 },
        message: `${owner} needs "${name}". AWS requires it.`,
        data: { node, name },
      });
    }
  },
  fixes({ data: { node, name } }, { document, model }) {
    let value = STARTING_VALUES[name];
    if (value === undefined) return [];
    if (name === 'jobType' && model.member('scheduleFrequency')) value = 'SCHEDULED';
    const account = name === 'accountId' ? onlyAccount(model) : undefined;
    const place = {
      first: name === 'name' || name === 'accountId',
      after: name === 'jobType' ? memberOf(node, 'name') : undefined,
    };
    return [
      {
        title: account ? `Add ${name} ${account}` : `Add ${name}`,
        changes: [addMember(document, node, name, jsonText(document, account ?? value), place)],
        // Whose buckets are meant, and which, only the author knows: an example would look like an answer.
        preferred: !PLACES.has(name),
      },
    ];
  },
});

/** The account that the file names elsewhere, where it is one alone. */
function onlyAccount(model: JobModel): string | undefined {
  const ids = new Set(accountIdsOf(model).map(({ node }) => node.value));
  const [id] = ids;
  return ids.size === 1 && /^\d{12}$/.test(id!) ? id : undefined;
}
