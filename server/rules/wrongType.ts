import { SCHEDULE_FORMS } from '../language/model.js';
import type { JsonType, SchemaNode } from '../language/schema.js';
import { memberNameOf } from '../language/structure.js';
import type { ASTNode } from '../language/tree.js';
import { conversions } from './conversions.js';
import { defineRule } from './rule.js';
import { oneOf } from './words.js';

const NAMES: Record<JsonType, string> = {
  object: 'an object {…}',
  array: 'a list […]',
  string: 'a text in double quotes',
  integer: 'a whole number',
  boolean: 'true or false',
};

interface Data {
  node: ASTNode;
  schema: SchemaNode;
}

export default defineRule<Data>({
  id: 'wrong-type',
  summary: 'Every value has the type that the API gives it.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'The API takes account ids, sizes, dates and tag values as texts, percentages and days of the month as whole numbers, and lists as lists even for one entry.',
    aws: 'The AWS CLI refuses a value of another type, `100.0` and `"50"` for a number included. It lets true and false through where a whole number is wanted (measured); what the service makes of that is not known.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure, document }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'wrong-type') continue;
      const { node, schema } = problem;
      report({ at: node, message: messageFor(node, schema, document.root), data: { node, schema } });
    }
  },
  fixes({ data: { node, schema } }, { document }) {
    return conversions(document, node, schema, memberNameOf(node));
  },
});

function messageFor(node: ASTNode, schema: SchemaNode, root: ASTNode | undefined): string {
  if (node === root) return `A job definition is an object {…}, not ${describe(node)}. The AWS CLI refuses the file.`;
  const name = memberNameOf(node);
  const inList = node.parent?.type === 'array';
  const subject = name === undefined ? 'This' : inList ? `Each entry of "${name}"` : `"${name}"`;
  const expected =
    schema.type === 'object' && schema.properties?.size === 0
      ? 'an empty object {}'
      : name === 'scheduleFrequency'
        ? `an object with ${oneOf(SCHEDULE_FORMS)}`
        : NAMES[schema.type];
  if (schema.type === 'integer' && node.type === 'number') {
    return `${subject} must be a whole number, written without fraction or exponent. The AWS CLI refuses this one.`;
  }
  const said = `${subject} must be ${expected}, not ${describe(node)}.`;
  if (schema.type === 'integer' && node.type === 'boolean') {
    return `${said} The AWS CLI lets it through, and nobody can say what the service makes of it.`;
  }
  return `${said} The AWS CLI refuses the file.`;
}

function describe(node: ASTNode): string {
  switch (node.type) {
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    default:
      return node.type === 'boolean' ? String(node.value) : 'null';
  }
}
