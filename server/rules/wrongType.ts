import type { JobDocument } from '../language/document.js';
import { SCHEDULE_FORMS } from '../language/model.js';
import type { JsonType, SchemaNode } from '../language/schema.js';
import { memberNameOf } from '../language/structure.js';
import { type ASTNode, asArray } from '../language/tree.js';
import { conversions } from './conversions.js';
import { defineRule, type Fix } from './rule.js';
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
    const fixes = conversions(document, node, schema, memberNameOf(node));
    const forAll = node.type === 'object' && fixes.length > 0 ? fixForAll(document, node, schema) : undefined;
    return forAll ? [...fixes, forAll] : fixes;
  },
});

/** The most entries that one fix changes. */
const MOST_AT_ONCE = 1000;

/** The same conversion of every entry of a list of objects that should be texts. */
function fixForAll(document: JobDocument, node: ASTNode, schema: SchemaNode): Fix | undefined {
  const entries = schema.type === 'string' ? (asArray(node.parent)?.items ?? []) : [];
  const objects = entries.filter((entry) => entry.type === 'object');
  if (objects.length < 2 || objects.length > MOST_AT_ONCE) return undefined;
  const made = objects.map((entry) => conversions(document, entry, schema, memberNameOf(entry))[0]);
  const sure = made.filter((fix) => fix?.preferred);
  if (sure.length < made.length) return undefined;
  return {
    title: `${sure[0]!.title}, in each of ${sure.length} entries`,
    changes: sure.flatMap((fix) => fix!.changes),
  };
}

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
