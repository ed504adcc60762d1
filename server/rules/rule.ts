import type { JobDocument, Span } from '../language/document.js';
import type { JobModel } from '../language/model.js';
import type { ScopeKey } from '../language/scope.js';
import type { StructureProblem } from '../language/structure.js';
import type { ASTNode } from '../language/tree.js';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
/** What a user may set a rule to. */
export type Level = Severity | 'off';

/** What a rule page says beyond the summary and the examples, which are the rule's fixtures. Markdown, own words. */
export interface RuleDocs {
  /** What is wrong and what it leads to. */
  why: string;
  /** Where AWS stands on it: documented, refused by the CLI, seen in practice, or inferred. */
  aws: string;
  /** AWS's pages that state the fact. */
  links?: readonly string[];
}

/** A mistake as a rule reports it. */
export interface Report<Data> {
  /** The narrowest place that is wrong. */
  at: ASTNode | Span;
  /**
   * What is wrong, where AWS stands on it, what to write instead: one or two short sentences, no long values. As a function
   * where it costs something to compose: it is called for findings that are shown alone.
   */
  message: string | (() => string);
  /** What the fixes need to know. */
  data?: Data;
  /** Where this one weighs more or less than the rule's default. */
  severity?: Severity;
  /** Other places that belong to it, such as the first of two equal values. */
  related?: readonly { at: ASTNode | Span; message: string }[];
  /** Shown greyed out: it has no effect. */
  unnecessary?: boolean;
}

export interface Finding<Data = unknown> extends Span {
  code: string;
  readonly message: string;
  /** By the rule, before any setting. */
  severity: Severity;
  data: Data;
  related?: readonly (Span & { message: string })[];
  unnecessary?: boolean;
}

/** Replaces the text of `start` to `end`. The edits of one fix do not overlap. */
export interface TextChange extends Span {
  newText: string;
}

export interface Fix {
  /** What the fix does, beginning with a verb: "Remove scheduleFrequency". */
  title: string;
  changes: TextChange[];
  /** The mend that is surely meant; at most one of a finding's fixes. */
  preferred?: boolean;
  /** May be applied with "fix all" and on save: it cannot change what the author meant. Needs `preferred`. */
  safe?: boolean;
}

export interface RuleContext {
  readonly document: JobDocument;
  readonly model: JobModel;
  /** What the walk over the tree and the schema found; each structure rule reports its own kind. */
  readonly structure: readonly StructureProblem[];
  /** The time that "today" and "in the future" are judged by. */
  readonly now: Date;
}

/**
 * A part of a file that a rule is about: problems of the syntax or of the structure, members of the definition, conditions
 * on one property of objects.
 */
export type Part =
  | 'syntax'
  | 'structure'
  | 'schedule'
  | 'identifiers'
  | 'bucketDefinitions'
  | 'bucketCriteria'
  | 'scoping'
  | 'tags'
  | ScopeKey;

export interface Rule<Data = unknown> {
  /** Stable, kebab-case: the diagnostic's code, the page's name and the key in `macieJobs.rules`. */
  readonly id: string;
  /** One line: what the rule asks of a file. */
  readonly summary: string;
  readonly severity: Severity;
  /** What the rule is about: it is passed over in a file that has no such part. Without it, it looks at every file. */
  readonly about?: Part;
  readonly docs: RuleDocs;
  check(context: RuleContext, report: (found: Report<Data>) => void): void;
  /**
   * Whether a finding of another rule says the same thing again, or cannot be told apart from this rule's own: where this
   * rule reports anything, such findings are left out. One mistake, one diagnostic.
   *
   * Answered with one of its own findings, that one then weighs at least as much as what it stands for.
   */
  covers?(other: Finding, own: readonly Finding<Data>[], context: RuleContext): boolean | Finding<Data> | undefined;
  /** The mends of one finding, best first. */
  fixes?(finding: Finding<Data>, context: RuleContext): Fix[];
}

/** Gives a rule its type. */
export function defineRule<Data = undefined>(rule: Rule<Data>): Rule<Data> {
  return rule;
}
