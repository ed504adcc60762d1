import { unwrapChanges, type Wrapped, wrappedDefinitions } from '../language/wrappedDefinition.js';
import { defineRule } from './rule.js';
import { quote } from './words.js';

interface Data {
  wrapped: Wrapped;
}

export default defineRule<Data>({
  id: 'wrapped-definition',
  summary: "The definition's members stand at the top of the file.",
  severity: 'error',
  docs: {
    why: 'Requests in logs and code, CloudFormation templates, Terraform JSON and Step Functions hold a definition inside of other members. The file takes the definition alone.',
    aws: 'The AWS CLI refuses the outer member as unknown, and misses the required ones (measured). CloudFormation has no resource for a classification job.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ document }, report) {
    for (const wrapped of wrappedDefinitions(document)) {
      report({
        at: wrapped.property.keyNode,
        message: `The definition stands inside of ${quote(wrapped.property.keyNode.value)}. The AWS CLI takes its members at the top of the file alone, and refuses this.`,
        data: { wrapped },
      });
    }
  },
  /** What is around the definition is no definition: that its members are unknown, and others missing, follows. */
  covers({ code }) {
    return code === 'unknown-member' || code === 'missing-member' || code === 'dialect';
  },
  fixes({ data: { wrapped } }, { document }) {
    const name = quote(wrapped.property.keyNode.value);
    return [
      {
        title: `Take the definition out of ${name}`,
        changes: unwrapChanges(document, wrapped),
        preferred: wrappedDefinitions(document).length === 1,
      },
    ];
  },
});
