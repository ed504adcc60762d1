import type { Range } from 'vscode-languageserver-types';
import type { CheckedProblem, CheckResult } from '../protocol.js';
import type { Severity } from '../rules/rule.js';
import type { Analysis } from './diagnostics.js';
import type { JobDocument } from './document.js';
import { createJobModel } from './model.js';
import { jobFacts, summarise } from './summary.js';
import { type ASTNode, memberOf } from './tree.js';

const ORDER: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

/**
 * A version judged for submission: by the rules' own levels, whatever the settings show. Without errors the request is
 * the definition itself, number by number and member by member, less `$schema`, which is no member of the API.
 */
export function checkForSubmission({ document, model, findings }: Analysis): CheckResult {
  const { text, source } = document;
  const problems: CheckedProblem[] = [...findings]
    .sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || a.start - b.start)
    .map(({ severity, code, message, start, end }) => ({
      severity,
      code,
      message,
      range: { start: text.positionAt(start), end: text.positionAt(end) },
    }));
  // A file that is too large to be checked is too large to be vouched for.
  const refused = document.tooLarge || problems.some(({ severity }) => severity === 'error');
  return {
    version: text.version,
    request: refused ? undefined : requestText(source),
    problems,
    summary: summarise(model),
    facts: jobFacts(model),
  };
}

function requestText(source: string): string {
  const value = JSON.parse(source.charCodeAt(0) === 0xfeff ? source.slice(1) : source) as Record<string, unknown>;
  delete value.$schema;
  return JSON.stringify(value);
}

/** Where the named members stand: the first of each name, at the root if it is there, else anywhere below. */
export function locateMembers(document: JobDocument, members: readonly string[]): (Range | null)[] {
  const { text } = document;
  const { root } = createJobModel(document);
  return members.map((name) => {
    const property = memberOf(root, name) ?? (root && findMember(root, name));
    if (property?.type !== 'property') return null;
    const { offset, length } = property.keyNode;
    return { start: text.positionAt(offset), end: text.positionAt(offset + length) };
  });
}

function findMember(node: ASTNode, name: string): ASTNode | undefined {
  for (const child of node.children ?? []) {
    // Tag keys are names that the user made up.
    if (child.type === 'property' && child.keyNode.value === 'tags' && node.parent === undefined) continue;
    if (child.type === 'property' && child.keyNode.value === name) return child;
    const found = child.type === 'string' ? undefined : findMember(child, name);
    if (found) return found;
  }
  return undefined;
}
