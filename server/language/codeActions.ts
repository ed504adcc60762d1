import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver-types';
import { COMMANDS } from '../protocol.js';
import { ruleById } from '../rules/index.js';
import type { Finding, Fix, TextChange } from '../rules/rule.js';
import { type Analysis, type AnalysisOptions, analyze } from './diagnostics.js';
import { type JobDocument, parseJobDocument, type SyntaxKind } from './document.js';
import { applyChanges } from './edits.js';
import { createText } from './text.js';
import { wholeFileActions } from './wholeFileActions.js';

/** The kind under which editors offer and run "fix all" on save. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.macieJobs`;

const WHOLE_FILE_KINDS = ['refactor.rewrite', 'source', 'quickfix'];

export interface CodeActionOptions {
  /** Offer actions that name commands of the client. */
  commands: boolean;
}

/**
 * The actions for a range: the fixes of the diagnostics in the context, whole-file actions, and "fix all".
 *
 * A fix is made from the finding of the version at hand, never from the diagnostic's text or an older version.
 */
export function codeActions(
  analysis: Analysis,
  analysisOptions: AnalysisOptions,
  range: Range,
  context: CodeActionContext,
  options: CodeActionOptions,
): CodeAction[] {
  const { document } = analysis;
  const wants = (kind: string) =>
    !context.only || context.only.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const { finding, diagnostic } of findingsFor(analysis, range, context.diagnostics)) {
      actions.push(...quickFixes(analysis, analysisOptions, finding, diagnostic));
      if (options.commands && ruleById(finding.code)) actions.push(...ruleActions(finding, diagnostic));
    }
  }
  // They walk the whole file: on each move of the cursor they are asked for only with everything else.
  for (const { title, kind, changes } of WHOLE_FILE_KINDS.some(wants) ? wholeFileActions(analysis) : []) {
    if (wants(kind)) actions.push({ title, kind, edit: toWorkspaceEdit(document, changes) });
  }
  if (wants(FIX_ALL_KIND) && context.only?.some((only) => only.startsWith(CodeActionKind.Source))) {
    const changes = fixAll(analysis, analysisOptions);
    if (changes.length > 0) {
      actions.push({
        title: 'Fix all safe Macie problems',
        kind: FIX_ALL_KIND,
        edit: toWorkspaceEdit(document, changes),
      });
    }
  }
  return actions;
}

function quickFixes(
  analysis: Analysis,
  options: AnalysisOptions,
  finding: Finding,
  diagnostic: Diagnostic | undefined,
): CodeAction[] {
  return fixesOf(analysis, finding, options).map((fix) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostic && [diagnostic],
    isPreferred: fix.preferred || undefined,
    edit: toWorkspaceEdit(analysis.document, fix.changes),
  }));
}

function ruleActions(finding: Finding, diagnostic: Diagnostic | undefined): CodeAction[] {
  const action = (title: string, command: string): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostic && [diagnostic],
    command: { title, command, arguments: [finding.code] },
  });
  return [
    action(`Explain ${finding.code}`, COMMANDS.explainRule),
    action(`Change the level of ${finding.code}`, COMMANDS.setRuleLevel),
  ];
}

/**
 * The fixes of a finding. In a text whose syntax is broken the tree is a guess, and a change made from it may damage the
 * text: there, each fix is tried, and left out unless it mends what it is for and breaks nothing else. One for the syntax must
 * leave less to mend.
 */
export function fixesOf(
  analysis: Analysis,
  finding: Finding,
  options: AnalysisOptions,
  isWanted: (fix: Fix) => unknown = () => true,
): Fix[] {
  const fixes = fixesIn(analysis, finding, isWanted);
  const { document } = analysis;
  if (!isBroken(document)) return fixes;
  if (document.source.length > MAX_TRIED_LENGTH) return [];
  const told = (of: Analysis) =>
    of.findings.filter((f) => f.code === finding.code && f.message === finding.message).length;
  const isSyntax = SYNTAX_RULES.has(finding.code);
  return fixes.filter((fix) => {
    const after = analyze(parseJobDocument(createText(applyChanges(document.source, fix.changes))), options);
    return (
      told(after) < told(analysis) &&
      (isSyntax ? isBetter(after.document, document) : !hasNewKind(after.document, document))
    );
  });
}

/** The fixes that the rule has for a finding, without trying them. */
function fixesIn(analysis: Analysis, finding: Finding, isWanted: (fix: Fix) => unknown): Fix[] {
  return (ruleById(finding.code)?.fixes?.(finding, analysis) ?? []).filter(isWanted);
}

/** Whether a text has fewer syntax problems than another, and not more of any kind. */
function isBetter(after: JobDocument, before: JobDocument): boolean {
  return after.syntaxProblems.length < before.syntaxProblems.length && !hasNewKind(after, before);
}

/** Whether a text has more syntax problems of one kind than another text: one that goes does not make up for it. */
function hasNewKind({ syntaxProblems: after }: JobDocument, { syntaxProblems: before }: JobDocument): boolean {
  const left = new Map<SyntaxKind, number>();
  for (const { kind } of before) left.set(kind, (left.get(kind) ?? 0) + 1);
  for (const { kind } of after) left.set(kind, (left.get(kind) ?? 0) - 1);
  return [...left.values()].some((count) => count < 0);
}

/** The longest broken text for which fixes are tried. */
const MAX_TRIED_LENGTH = 200_000;

/** Comments and trailing commas leave the tree as it is; every other syntax problem makes it, at best, a good guess. */
function isBroken(document: JobDocument): boolean {
  return document.syntaxProblems.some(({ kind }) => !HARMLESS.has(kind));
}

const HARMLESS: ReadonlySet<SyntaxKind> = new Set(['comment', 'hash-comment', 'trailing-comma', 'byte-order-mark']);

/** The rules that report what is wrong with the syntax. */
const SYNTAX_RULES: ReadonlySet<string> = new Set(['json-syntax', 'comment', 'trailing-comma', 'byte-order-mark']);

/** The findings that are meant: those of the context's diagnostics, else those that touch the range. */
function findingsFor(
  { document, findings }: Analysis,
  range: Range,
  diagnostics: readonly Diagnostic[],
): { finding: Finding; diagnostic?: Diagnostic }[] {
  const { text } = document;
  if (diagnostics.length > 0) {
    const taken = new Set<Finding>();
    return diagnostics.flatMap((diagnostic) => {
      const start = text.offsetAt(diagnostic.range.start);
      const end = text.offsetAt(diagnostic.range.end);
      const there = findings.filter(
        (f) => f.code === diagnostic.code && f.start === start && f.end === end && !taken.has(f),
      );
      // Of several of one rule at one place, the message tells which is meant.
      const meant = there.find((f) => f.message === diagnostic.message) ?? there[0];
      if (!meant) return [];
      taken.add(meant);
      return [{ finding: meant, diagnostic }];
    });
  }
  const start = text.offsetAt(range.start);
  const end = text.offsetAt(range.end);
  return findings.filter((f) => f.start <= end && start <= f.end).map((finding) => ({ finding }));
}

/** Rounds after which mending gives up: each round mends what the one before uncovered. */
const MAX_ROUNDS = 12;

/**
 * The changes that apply every safe fix, and those that become possible by them. Applied once, there is nothing left to
 * apply.
 */
export function fixAll(analysis: Analysis, options: AnalysisOptions): TextChange[] {
  const { source } = analysis.document;
  const unlimited = { ...options, maxFindings: Number.POSITIVE_INFINITY };
  let current = analysis.total > analysis.findings.length ? analyze(analysis.document, unlimited) : analysis;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const changes = safeChanges(current, unlimited);
    if (changes.length === 0) break;
    const text = applyChanges(current.document.source, changes);
    current = analyze(parseJobDocument(createText(text)), unlimited);
  }
  return difference(source, current.document.source);
}

/** The safe fixes of one version that do not touch each other; of a broken text, those of its syntax alone. */
function safeChanges(analysis: Analysis, options: AnalysisOptions): TextChange[] {
  if (!isBroken(analysis.document)) return apart(analysis.findings, (finding) => fixesIn(analysis, finding, isSafe));
  const ofSyntax = analysis.findings.filter(({ code }) => SYNTAX_RULES.has(code));
  // All of them at once, and only where that does not work out each by itself: to try a fix takes as long as to check the text.
  const all = apart(ofSyntax, (finding) => fixesIn(analysis, finding, isSafe));
  if (all.length === 0) return all;
  const after = parseJobDocument(createText(applyChanges(analysis.document.source, all)));
  if (isBetter(after, analysis.document)) return all;
  return apart(ofSyntax.slice(0, MAX_TRIED), (finding) => fixesOf(analysis, finding, options, isSafe));
}

const isSafe = ({ preferred, safe }: Fix) => preferred && safe;

/** The most fixes of a broken text that are tried one by one. */
const MAX_TRIED = 50;

/** The changes of the first fix of each finding, without those that touch one before them. */
function apart(findings: readonly Finding[], fixes: (finding: Finding) => readonly Fix[]): TextChange[] {
  const taken: TextChange[] = [];
  let reached = -1;
  for (const finding of findings) {
    const changes = [...(fixes(finding)[0]?.changes ?? [])].sort((a, b) => a.start - b.start);
    if (changes.length === 0 || changes[0]!.start <= reached) continue;
    for (const change of changes) taken.push(change);
    reached = Math.max(reached, changes.at(-1)!.end);
  }
  return taken;
}

/** One change that turns one text into the other, without what both begin and end with. */
export function difference(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return [{ start, end: before.length - tail, newText: after.slice(start, after.length - tail) }];
}

/** A change of the document in LSP's terms. */
export function toWorkspaceEdit(document: JobDocument, changes: readonly TextChange[]): CodeAction['edit'] {
  const { text } = document;
  return {
    documentChanges: [
      {
        textDocument: { uri: text.uri, version: text.version },
        edits: changes.map(({ start, end, newText }) => ({
          range: { start: text.positionAt(start), end: text.positionAt(end) },
          newText,
        })),
      },
    ],
  };
}
