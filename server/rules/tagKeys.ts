import { removeMember } from '../language/edits.js';
import type { PropertyASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { quote } from './words.js';

interface Data {
  /** The tag with an empty key. */
  empty?: PropertyASTNode;
}

export default defineRule<Data>({
  id: 'tag-keys',
  summary: 'Tag keys are not empty, and differ in more than capital letters.',
  severity: 'information',
  about: 'tags',
  docs: {
    why: 'A tag without a key cannot be looked up: that is an error. `Env` and `env` are two tags; who filters by one does not find the other.',
    aws: 'The user guide says that each tag has a key, that the value may be empty, and that keys are case sensitive.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/tags-basics.html'],
  },
  check({ model }, report) {
    const first = new Map<string, PropertyASTNode>();
    for (const property of model.tags?.properties ?? []) {
      const { keyNode } = property;
      if (keyNode.value === '') {
        report({
          at: keyNode,
          severity: 'error',
          message: 'This tag has no key, and AWS requires one. Give it a key, or remove it.',
          data: { empty: property },
        });
        continue;
      }
      const lower = keyNode.value.toLowerCase();
      const other = first.get(lower);
      if (!other) first.set(lower, property);
      // The very same key twice is a repeated member, and reported there.
      else if (other.keyNode.value !== keyNode.value) {
        report({
          at: keyNode,
          message: `Tag keys are case sensitive: this one and ${quote(other.keyNode.value)} are two tags. Keep one spelling if one is meant.`,
          data: {},
          related: [{ at: other.keyNode, message: 'The other spelling.' }],
        });
      }
    }
  },
  fixes({ data: { empty } }, { document }): Fix[] {
    return empty ? [{ title: 'Remove this tag', changes: [removeMember(document, empty)], preferred: true }] : [];
  },
});
