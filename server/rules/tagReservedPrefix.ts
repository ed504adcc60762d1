import { removeMember } from '../language/edits.js';
import type { PropertyASTNode } from '../language/tree.js';
import { defineRule, type Severity } from './rule.js';

const RESERVED = /^aws:/i;

/** In capital letters the prefix is reserved as well by AWS's general rules, which Macie's pages do not repeat. */
const severityOf = (text: string): Severity => (text.startsWith('aws:') ? 'error' : 'warning');

const inAnyCase = (text: string) => (text.startsWith('aws:') ? '' : ', and maybe in capital letters as well');

interface Data {
  property: PropertyASTNode;
}

export default defineRule<Data>({
  id: 'tag-reserved-prefix',
  summary: 'No tag begins with aws:.',
  severity: 'error',
  about: 'tags',
  docs: {
    why: 'Tags that begin with `aws:` are made by AWS services alone. A described job may show some; a new one cannot be given any.',
    aws: "Macie's user guide reserves the prefix, in keys and in values. No AWS tool checks it before the service does. Written in capital letters it is a warning.",
    links: ['https://docs.aws.amazon.com/macie/latest/user/tags-basics.html'],
  },
  check({ model }, report) {
    for (const property of model.tags?.properties ?? []) {
      const { keyNode, valueNode } = property;
      if (RESERVED.test(keyNode.value)) {
        report({
          at: keyNode,
          severity: severityOf(keyNode.value),
          message: `Tag keys that begin with "aws:" are reserved for AWS${inAnyCase(keyNode.value)}. Remove the tag, or give it another key.`,
          data: { property },
        });
      } else if (valueNode?.type === 'string' && RESERVED.test(valueNode.value)) {
        report({
          at: valueNode,
          severity: severityOf(valueNode.value),
          message: `Tag values that begin with "aws:" are reserved for AWS${inAnyCase(valueNode.value)}. Give another value, or remove the tag.`,
          data: { property },
        });
      }
    }
  },
  fixes({ data: { property } }, { document }) {
    return [{ title: 'Remove this tag', changes: [removeMember(document, property)], preferred: true }];
  },
});
