import comment from '../rules/comment.js';
import type { RuleContext, TextChange } from '../rules/rule.js';
import { isDescribedJob, newDefinitionChanges } from './describedJob.js';
import type { Analysis } from './diagnostics.js';
import { rewriteDialect } from './dialect.js';
import { replaceString } from './edits.js';
import { isSkeleton, skeletonChanges } from './skeleton.js';
import { memberNameOf } from './structure.js';
import { unwrapChanges, wrappedDefinitions } from './wrappedDefinition.js';

export interface WholeFileAction {
  title: string;
  kind: 'refactor.rewrite' | 'source' | 'quickfix';
  changes: TextChange[];
}

/** Members under another tool's spelling from which on the file is taken to be written for that tool. */
export const DIALECT_MEMBERS = 2;

/** What can be done with a file as a whole; each is there only where it changes something. */
export function wholeFileActions(analysis: Analysis): WholeFileAction[] {
  const { document, model } = analysis;
  if (!document.root) return strictJsonActions(analysis);
  const actions: WholeFileAction[] = [];
  const [wrapped] = wrappedDefinitions(document);
  if (wrapped) {
    const title = 'Take the definition out of what is around it';
    actions.push({ title, kind: 'refactor.rewrite', changes: unwrapChanges(document, wrapped) });
  }
  if (isSkeleton(model)) {
    const title = 'Remove what is left of the CLI skeleton';
    actions.push({ title, kind: 'refactor.rewrite', changes: skeletonChanges(document, model) });
  }
  if (isDescribedJob(document)) {
    const title = 'Make this job the definition of a new one';
    actions.push({ title, kind: 'refactor.rewrite', changes: newDefinitionChanges(document) });
  }
  const dialect = rewriteDialect(document);
  if (dialect.renamed.length >= DIALECT_MEMBERS) {
    const title = "Rename all members to Macie's API";
    actions.push({ title, kind: 'refactor.rewrite', changes: [...dialect.changes] });
  }
  const numbers = quoteNumbersChanges(analysis);
  if (numbers.length > 1)
    actions.push({ title: 'Quote all numbers that must be texts', kind: 'source', changes: numbers });
  return [...actions.filter(({ changes }) => changes.length > 0), ...strictJsonActions(analysis)];
}

function strictJsonActions(context: RuleContext): WholeFileAction[] {
  const changes = strictJsonChanges(context);
  if (changes.length < 2) return [];
  return [{ title: 'Remove all comments and trailing commas', kind: 'source', changes }];
}

/** Puts every number in double quotes that stands where the API takes a text, digit by digit as it is written. */
function quoteNumbersChanges({ document, structure }: RuleContext): TextChange[] {
  const changes: TextChange[] = [];
  for (const problem of structure) {
    if (problem.kind !== 'wrong-type' || problem.schema.type !== 'string' || problem.node.type !== 'number') continue;
    const { node } = problem;
    const digits = document.source.slice(node.offset, node.offset + node.length);
    // As a number, an account id loses its leading zeros.
    changes.push(replaceString(node, memberNameOf(node) === 'accountId' ? digits.padStart(12, '0') : digits));
  }
  return changes;
}

function strictJsonChanges(context: RuleContext): TextChange[] {
  const changes: TextChange[] = [];
  let reached = 0;
  for (const { kind, start, end } of [...context.document.syntaxProblems].sort((a, b) => a.start - b.start)) {
    const finding = { code: comment.id, message: '', severity: comment.severity, data: undefined, start, end };
    const removed =
      kind === 'trailing-comma'
        ? [{ start, end, newText: '' }]
        : kind === 'comment' || kind === 'hash-comment'
          ? (comment.fixes?.(finding, context)[0]?.changes ?? [])
          : [];
    for (const change of removed) {
      // Two comments on one line share the white space between them.
      changes.push({ ...change, start: Math.max(change.start, reached) });
      reached = change.end;
    }
  }
  return changes;
}
