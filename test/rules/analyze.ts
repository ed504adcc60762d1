import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyze } from '../../server/language/diagnostics.js';
import { parseJobDocument } from '../../server/language/document.js';
import { ruleById, rules } from '../../server/rules/index.js';
import type { Finding, Fix, Rule } from '../../server/rules/rule.js';

/** The time that tests judge dates by: a Monday. */
export const NOW = new Date('2026-06-15T12:00:00Z');

/** A text with all that the rules report of it. A rule that throws fails the test. */
export function analyzeText(source: string, now = NOW, byRules: readonly Rule[] = rules): Analysis {
  const text = TextDocument.create('file:///case.macie-job.json', 'macie-job', 1, source);
  return analyze(parseJobDocument(text), {
    rules: byRules,
    now,
    onRuleError: (id, error) => assert.fail(`${id} threw ${String(error)}`),
  });
}

export function fixesOf(analysis: Analysis, finding: Finding): Fix[] {
  return ruleById(finding.code)?.fixes?.(finding, analysis) ?? [];
}
