import { asString, memberValue, type PropertyASTNode } from '../language/tree.js';
import { unwrapChanges, type Wrapped, wrappedDefinitions } from '../language/wrappedDefinition.js';
import { defineRule } from './rule.js';
import { quote } from './words.js';

interface Data {
  /** The definitions that one member holds. */
  wrapped: readonly Wrapped[];
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
    const byMember = new Map<PropertyASTNode, Wrapped[]>();
    for (const one of wrappedDefinitions(document)) {
      byMember.set(one.property, [...(byMember.get(one.property) ?? []), one]);
    }
    for (const [{ keyNode }, wrapped] of byMember) {
      const name = quote(keyNode.value);
      report({
        at: keyNode,
        message:
          wrapped.length > 1
            ? `${name} holds several definitions. A file holds one, its members at the top, and the AWS CLI refuses this: make a file of each.`
            : `The definition stands inside of ${name}. The AWS CLI takes its members at the top of the file alone, and refuses this.`,
        data: { wrapped },
      });
    }
  },
  /** What is around the definition is no definition: that its members are unknown, and others missing, follows. */
  covers({ code }) {
    return code === 'unknown-member' || code === 'missing-member' || code === 'dialect';
  },
  fixes({ data: { wrapped } }, { document }) {
    const isOnly = wrappedDefinitions(document).length === 1;
    return wrapped.map((one, i) => {
      const member = quote(one.property.keyNode.value);
      const name = asString(memberValue(one.definition, 'name'))?.value;
      const which = wrapped.length === 1 ? 'the definition' : name ? quote(name) : `definition ${i + 1}`;
      return {
        title: `Take ${which} out of ${member}${wrapped.length > 1 ? ', without the others' : ''}`,
        changes: unwrapChanges(document, one),
        preferred: isOnly,
      };
    });
  },
});
