import { removeMember } from '../language/edits.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'schema-reference',
  summary: 'The file does not name its schema.',
  severity: 'warning',
  docs: {
    why: '`$schema` tells other editors which schema to use. This extension needs no such member, and leaves it out when it submits the file.',
    aws: 'It is no member of the API: the AWS CLI refuses the file for it.',
  },
  check({ model }, report) {
    const property = model.member('$schema');
    if (property) {
      report({
        at: property.keyNode,
        message:
          'The AWS CLI refuses "$schema". Submitting from the editor leaves it out; remove it to use the file with the CLI too.',
      });
    }
  },
  fixes(_, { document, model }) {
    const property = model.member('$schema');
    return property ? [{ title: 'Remove $schema', changes: [removeMember(document, property)], preferred: true }] : [];
  },
});
