import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  analysisSteps,
  analyze,
  MAX_FINDINGS,
  shownSeverity,
  TOO_MANY_PROBLEMS,
} from '../../server/language/diagnostics.js';
import { parseJobDocument } from '../../server/language/document.js';
import { createText } from '../../server/language/text.js';
import { rules } from '../../server/rules/index.js';
import { defineRule, type Rule } from '../../server/rules/rule.js';
import { analyzeText, NOW } from '../rules/analyze.js';

const docs = { why: '', aws: '' };
const reporting = (id: string, start: number, more: Partial<Rule> = {}): Rule =>
  defineRule({
    id,
    summary: '',
    severity: 'warning',
    docs,
    check: (_, report) => report({ at: { start, end: start + 1 }, message: id }),
    ...more,
  });
const document = parseJobDocument(createText('{"name":"j"}'));

test('a rule that throws is told once and leaves the others working', () => {
  const told: string[] = [];
  const throwing = reporting('throws', 0, {
    check: () => {
      throw new Error('broken');
    },
  });
  const coversBadly = reporting('covers-badly', 1, {
    covers: () => {
      throw new Error('broken too');
    },
  });
  const { findings } = analyze(document, {
    rules: [throwing, coversBadly, reporting('fine', 2)],
    now: NOW,
    onRuleError: (id) => told.push(id),
  });
  assert.deepEqual(told, ['throws', 'covers-badly']);
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['covers-badly', 'fine'],
  );
});

test('a finding that another one stands for is left out', () => {
  const covering = reporting('whole', 0, { covers: (other) => other.code === 'part' });
  const { findings } = analyze(document, { rules: [reporting('part', 1), covering, reporting('other', 2)], now: NOW });
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['whole', 'other'],
  );
});

test('a finding that is named as standing for another one weighs at least as much', () => {
  const severityOf = (severity: 'error' | 'information') => {
    const covering = reporting('whole', 0, { covers: (other, own) => (other.code === 'part' ? own[0] : undefined) });
    const { findings } = analyze(document, { rules: [reporting('part', 1, { severity }), covering], now: NOW });
    return findings.map((finding) => [finding.code, finding.severity]);
  };
  assert.deepEqual(severityOf('error'), [['whole', 'error']]);
  assert.deepEqual(severityOf('information'), [['whole', 'warning']]);
});

test('of very many problems the most serious are kept, and the cut is told', () => {
  const many = reporting('many', 0, {
    check: (_, report) => {
      for (let i = 0; i < 3 * MAX_FINDINGS; i++) report({ at: { start: i, end: i }, message: 'm' });
    },
  });
  const severe = reporting('severe', 0, {
    severity: 'error',
    check: (_, report) => report({ at: { start: 5, end: 6 }, message: 's' }),
  });
  const { findings, total } = analyze(parseJobDocument(createText(' '.repeat(9000))), {
    rules: [many, severe],
    now: NOW,
  });
  assert.equal(total, 3 * MAX_FINDINGS + 1);
  assert.equal(findings.length, MAX_FINDINGS + 1);
  assert.equal(findings[0]!.code, TOO_MANY_PROBLEMS);
  assert.match(findings[0]!.message, /1,501 problems/);
  assert.ok(findings.some(({ code }) => code === 'severe'));
});

test('a check can be paused between groups of rules, and given up', () => {
  const steps = analysisSteps(document, { rules, now: NOW });
  let pauses = 0;
  while (!steps.next().done) pauses++;
  assert.ok(pauses > 5 && pauses < rules.length);
  const given = analysisSteps(document, { rules, now: NOW });
  given.next();
  assert.equal(given.return(undefined as never).done, true);
});

test('settings change the level that is shown, and "off" hides', () => {
  const [finding] = analyzeText('{"nme":"j"}').findings;
  assert.equal(shownSeverity(finding!, {}), 'error');
  assert.equal(shownSeverity(finding!, { [finding!.code]: 'hint' }), 'hint');
  assert.equal(shownSeverity(finding!, { [finding!.code]: 'off' }), undefined);
  assert.equal(shownSeverity({ ...finding!, code: 'constructor' }, {}), 'error');
});
