import { rewriteDialect } from '../language/dialect.js';
import { renameMember } from '../language/edits.js';
import { once } from '../language/once.js';
import type { StructureProblem } from '../language/structure.js';
import { normalizeName } from '../language/suggest.js';
import type { PropertyASTNode } from '../language/tree.js';
import { DIALECT_MEMBERS } from '../language/wholeFileActions.js';
import { defineRule, type Finding, type Fix } from './rule.js';
import { quote } from './words.js';

interface Data {
  property: PropertyASTNode;
  name: string;
  /** The first of the findings: the change of all members is made once. */
  first: boolean;
}

export default defineRule<Data>({
  id: 'dialect',
  summary: "Members are spelt as in Macie's API, not as in another tool.",
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'Step Functions, CloudFormation and the SDKs of some languages write `JobType`, Terraform `job_type`. The definition file has the names of the API: `jobType`. With another spelling a member is unknown.',
    aws: 'Names are case sensitive. The AWS CLI and boto3 refuse the file; the JavaScript SDK drops such members without a word (measured).',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ document, structure }, report) {
    // Most files have none, and need no walk; nor does one in which a single plain member is misspelt, however often.
    const unknown = structure.filter(({ kind }) => kind === 'unknown-member');
    if (unknown.length === 0) return;
    const spellings = unknown.filter(isSpelling);
    const [first] = spellings;
    const isOne = ({ property }: Spelling) =>
      property.keyNode.value === first!.property.keyNode.value && isPlain(property);
    if (!first || spellings.every(isOne)) return;
    const { renamed } = rewriteOf(document);
    if (renamed.length < DIALECT_MEMBERS) return;
    const found = new Set(renamed);
    const reported = spellings.filter(({ property }) => found.has(property));
    for (const [index, { property, suggestion }] of reported.entries()) {
      report({
        at: property.keyNode,
        message: `Macie's API spells this "${suggestion}", and takes ${quote(property.keyNode.value)} for an unknown member. It is refused or silently lost.`,
        data: { property, name: suggestion, first: index === 0 },
      });
    }
  },
  covers(other, own) {
    return other.code === 'unknown-member' && startsOf(own).has(other.start);
  },
  fixes({ data: { property, name, first } }, { document }): Fix[] {
    const { changes, reshaped } = rewriteOf(document);
    const fixes: Fix[] = [
      {
        title: "Rename all members to Macie's API",
        changes,
        preferred: true,
        // Names alone can mean nothing else; another form of a schedule is for the author to see.
        safe: first && !reshaped,
      },
    ];
    // What a renamed object holds would be the next to be unknown.
    if (!property.valueNode?.children?.length) {
      fixes.push({ title: `Rename to ${name}`, changes: [renameMember(property, name)] });
    }
    return fixes;
  },
});

/** A member whose value holds nothing that could be misspelt as well. */
function isPlain({ valueNode }: PropertyASTNode): boolean {
  return valueNode?.type !== 'object' && valueNode?.type !== 'array';
}

type Spelling = StructureProblem & { kind: 'unknown-member'; suggestion: string };

/** An unknown member with the letters of a known one. */
function isSpelling(problem: StructureProblem): problem is Spelling {
  return (
    problem.kind === 'unknown-member' &&
    problem.suggestion !== undefined &&
    normalizeName(problem.property.keyNode.value) === normalizeName(problem.suggestion)
  );
}

const rewriteOf = once(rewriteDialect);

const startsOf = once((own: readonly Finding<Data>[]): ReadonlySet<number> => new Set(own.map(({ start }) => start)));
