/*
 * The rules, shown by files. Each folder is a rule; in it, CASE.json is a job definition, CASE.findings all that is
 * reported of it, with the fixes of the folder's rule (`*` marks the preferred one), and CASE.fixed.json the file after
 * the best fix of each of the rule's findings. A case named ok* must have no finding of the rule.
 *
 * UPDATE=1 writes the expectations anew; ONLY=rule-id looks at one rule.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Analysis } from '../../server/language/diagnostics.js';
import { applyChanges } from '../../server/language/edits.js';
import { ruleById, rules } from '../../server/rules/index.js';
import { analyzeText, fixesOf, NOW } from './analyze.js';

const root = join(process.cwd(), 'test/rules');
const update = process.env.UPDATE === '1';

function describe(analysis: Analysis, id: string): string {
  const at = (offset: number) => {
    const { line, character } = analysis.document.text.positionAt(offset);
    return `${line + 1}:${character + 1}`;
  };
  const lines = analysis.findings.flatMap((finding) => [
    `${finding.severity} ${finding.code} ${at(finding.start)}-${at(finding.end)} ${finding.message}`,
    ...(finding.code === id ? fixesOf(analysis, finding) : []).map(
      (fix) => `  ${fix.preferred ? '*' : '-'}${fix.safe ? ' safe' : ''} ${fix.title}`,
    ),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

/** The text after the best fix of each finding of the rule, one at a time. */
function mend(source: string, id: string): string {
  let text = source;
  for (let round = 0; round < 50; round++) {
    const analysis = analyzeText(text);
    const fix = analysis.findings
      .filter((finding) => finding.code === id)
      .map((finding) => {
        const fixes = fixesOf(analysis, finding);
        return fixes.find((f) => f.preferred) ?? fixes[0];
      })
      .find((f) => f !== undefined);
    if (!fix) return text;
    text = applyChanges(text, fix.changes);
  }
  assert.fail(`${id}: mending does not come to an end`);
}

function expectSame(file: string, actual: string) {
  if (update) writeFileSync(file, actual);
  assert.ok(existsSync(file), `${file} is missing: run with UPDATE=1 and read it`);
  assert.equal(actual, readFileSync(file, 'utf8'), file);
}

/** Rules whose fixes show what could not be judged before. */
const UNCOVERING = ['json-syntax', 'wrapped-definition'];

const errorsIn = ({ findings }: Analysis) => findings.filter(({ severity }) => severity === 'error').length;

const read = (file: string) => readFileSync(file, 'utf8');

for (const id of readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (!process.env.ONLY || entry.name === process.env.ONLY))
  .map((entry) => entry.name)) {
  const folder = join(root, id);
  const cases = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.endsWith('.fixed.json'));
  test(`${id}: is a rule, with a failing and a passing case`, () => {
    assert.ok(ruleById(id), `no rule has the id ${id}`);
    assert.ok(
      cases.some((file) => file === 'example.json'),
      'example.json, the case that the rule page shows, is missing',
    );
    assert.ok(
      cases.some((file) => file.startsWith('ok')),
      'a case named ok* is missing',
    );
  });
  for (const file of cases) {
    const base = join(folder, file.replace(/\.json$/, ''));
    const source = read(join(folder, file));
    test(`${id}: ${file}`, () => {
      const analysis = analyzeText(source);
      const own = analysis.findings.filter((finding) => finding.code === id);
      if (file.startsWith('ok')) {
        assert.deepEqual(
          own.map((finding) => finding.message),
          [],
        );
        return;
      }
      assert.ok(own.length > 0, 'the rule reports nothing');
      expectSame(`${base}.findings`, describe(analysis, id));
      for (const finding of own) {
        assert.ok(finding.message.length <= 300, `the message is long: ${finding.message.length}`);
        const fixes = fixesOf(analysis, finding);
        assert.ok(fixes.filter((fix) => fix.preferred).length <= 1, 'one fix at most is preferred');
        for (const fix of fixes) {
          const after = analyzeText(applyChanges(source, fix.changes));
          const left = after.findings.filter((f) => f.code === id).length;
          assert.ok(left < own.length, `"${fix.title}" leaves its problem: ${after.document.source}`);
          assert.ok(
            after.document.syntaxProblems.length <= analysis.document.syntaxProblems.length,
            `"${fix.title}" breaks the syntax: ${after.document.source}`,
          );
          assert.ok(
            !fix.preferred || UNCOVERING.includes(id) || errorsIn(after) <= errorsIn(analysis),
            `"${fix.title}" is preferred, and makes a new error: ${after.document.source}`,
          );
        }
      }
      const mended = mend(source, id);
      if (mended !== source) expectSame(`${base}.fixed.json`, mended);
      else assert.ok(!existsSync(`${base}.fixed.json`), 'a mended file is there, but no fix made it');
    });
  }
}

test('a rule that is passed over has nothing to say', () => {
  const everywhere = rules.map((rule) => ({ ...rule, about: undefined }));
  for (const file of readdirSync(root, { recursive: true }).map(String)) {
    if (!file.endsWith('.json')) continue;
    const source = read(join(root, file));
    const codes = ({ findings }: Analysis) => findings.map(({ code, start, end }) => `${code} ${start}-${end}`);
    assert.deepEqual(codes(analyzeText(source)), codes(analyzeText(source, NOW, everywhere)), file);
  }
});

/** Rules whose cases are too large for a file: largeFiles.test.ts makes them. */
const LARGE = ['file-too-large', 'bucket-count'];

test('every rule has its fixtures', () => {
  const without = rules.filter((rule) => !existsSync(join(root, rule.id))).map((rule) => rule.id);
  assert.deepEqual(without.sort(), [...LARGE].sort());
});
