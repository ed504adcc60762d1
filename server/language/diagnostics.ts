import type { Finding, Level, Report, Rule, RuleContext, Severity } from '../rules/rule.js';
import { count } from './describe.js';
import type { JobDocument, Span } from './document.js';
import { createJobModel, type JobModel } from './model.js';
import { partsOf } from './parts.js';
import { checkStructure, type StructureProblem } from './structure.js';
import { type ASTNode, spanOf } from './tree.js';

/** One checked version of a document: what completion, hover, code actions and the summary read as well. */
export interface Analysis extends RuleContext {
  readonly document: JobDocument;
  readonly model: JobModel;
  readonly findings: readonly Finding[];
  /** How many findings there were before the list was cut. */
  readonly total: number;
}

/** The code of the line that says that the list of problems was cut. */
export const TOO_MANY_PROBLEMS = 'too-many-problems';

/** The most findings that are kept of one document unless more are asked for: errors before warnings, then by place. */
export const MAX_FINDINGS = 500;

/** Rules between two places at which a check may pause: the slowest of them take a few milliseconds for megabytes. */
const RULES_A_STEP = 8;

export interface AnalysisOptions {
  rules: readonly Rule[];
  /** The time that "today" and "in the future" are judged by. */
  now: Date;
  /** `MAX_FINDINGS` where it is left out. */
  maxFindings?: number;
  /** Told when a rule throws; the other rules go on. */
  onRuleError?: (id: string, error: unknown) => void;
}

/**
 * Checks one version of a document. Never throws: a rule that does is passed over and told to `onRuleError`.
 *
 * A generator, so that a host can pause between the steps of a long check and give it up; each `yield` is such a place.
 */
export function* analysisSteps(document: JobDocument, options: AnalysisOptions): Generator<void, Analysis> {
  const model = createJobModel(document);
  yield;
  const context: RuleContext = { document, model, structure: structureOf(document, options), now: options.now };
  yield;
  const parts = partsOf(context);
  const rules = options.rules.filter(({ about }) => about === undefined || parts.has(about));
  const findings: Finding[] = [];
  for (let from = 0; from < rules.length; from += RULES_A_STEP) {
    checkRules(rules.slice(from, from + RULES_A_STEP), context, findings, options);
    yield;
  }
  const kept = withoutCovered(findings, context, options);
  const total = kept.length;
  kept.sort((a, b) => a.start - b.start || a.end - b.end || WEIGHT[a.severity] - WEIGHT[b.severity]);
  return Object.assign(context, { findings: cut(kept, options.maxFindings ?? MAX_FINDINGS), total });
}

/** Nothing where the walk fails: that costs what the structure rules would have said, and no more. */
function structureOf(document: JobDocument, { onRuleError }: AnalysisOptions): readonly StructureProblem[] {
  try {
    return checkStructure(document);
  } catch (error) {
    onRuleError?.('structure', error);
    return [];
  }
}

function checkRules(rules: readonly Rule[], context: RuleContext, findings: Finding[], options: AnalysisOptions): void {
  const { length } = context.document.source;
  let rule: Rule;
  const report = (found: Report<unknown>) => findings.push(new ReportedFinding(rule, found, length));
  for (rule of rules) {
    try {
      rule.check(context, report);
    } catch (error) {
      options.onRuleError?.(rule.id, error);
    }
  }
}

function withoutCovered(findings: Finding[], context: RuleContext, { rules, onRuleError }: AnalysisOptions): Finding[] {
  if (findings.length < 2) return findings;
  const byCode = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = byCode.get(finding.code);
    if (same) same.push(finding);
    else byCode.set(finding.code, [finding]);
  }
  let kept = findings;
  for (const rule of rules) {
    const own = rule.covers && byCode.get(rule.id);
    if (!own) continue;
    try {
      kept = kept.filter((finding) => {
        const standing = finding.code !== rule.id && rule.covers!(finding, own, context);
        if (typeof standing === 'object' && WEIGHT[finding.severity] < WEIGHT[standing.severity]) {
          standing.severity = finding.severity;
        }
        return !standing;
      });
    } catch (error) {
      onRuleError?.(rule.id, error);
    }
  }
  return kept;
}

/** Checks one version of a document in one go. */
export function analyze(document: JobDocument, options: AnalysisOptions): Analysis {
  const steps = analysisSteps(document, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const WEIGHT: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

function cut(findings: Finding[], most: number): Finding[] {
  if (findings.length <= most) return findings;
  const kept = [...findings]
    .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || a.start - b.start)
    .slice(0, most)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  kept.unshift({
    code: TOO_MANY_PROBLEMS,
    severity: 'information',
    message: `This file has ${count(findings.length)} problems; the ${count(most)} most serious are shown. The rest appear as these are mended.`,
    start: 0,
    end: 0,
    data: undefined,
  });
  return kept;
}

/** A finding whose message is composed when it is first read: of the thousands that a file may have, few are shown. */
class ReportedFinding implements Finding {
  readonly code: string;
  severity: Severity;
  readonly data: unknown;
  readonly related: Finding['related'];
  readonly unnecessary: boolean | undefined;
  readonly start: number;
  readonly end: number;
  private text: string | (() => string);

  constructor(rule: Rule, found: Report<unknown>, length: number) {
    const { start, end } = toSpan(found.at, length);
    this.code = rule.id;
    this.severity = found.severity ?? rule.severity;
    this.data = found.data;
    this.related = found.related?.map(({ at, message }) => ({ ...toSpan(at, length), message }));
    this.unnecessary = found.unnecessary;
    this.start = start;
    this.end = end;
    this.text = found.message;
  }

  get message(): string {
    if (typeof this.text !== 'string') this.text = this.text();
    return this.text;
  }
}

/** The span of a place; the parser lets a node of a broken text end behind the text. */
function toSpan(at: ASTNode | Span, length: number): Span {
  const { start, end } = 'offset' in at ? spanOf(at) : at;
  return { start: Math.min(start, length), end: Math.min(end, length) };
}

/** The severity that a finding is shown with under the user's settings; undefined where the rule is off. */
export function shownSeverity(finding: Finding, levels: Readonly<Record<string, Level>>): Severity | undefined {
  const level = Object.hasOwn(levels, finding.code) ? levels[finding.code] : undefined;
  if (level === undefined) return finding.severity;
  return level === 'off' ? undefined : level;
}
