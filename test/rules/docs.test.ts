import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ruleById, rules } from '../../server/rules/index.js';

interface Generator {
  generate(): Promise<{ pages: Map<string, string>; setting: Record<string, object> }>;
  stalePages(pages: ReadonlyMap<string, string>, folder: string): string[];
  staleSetting(setting: Record<string, object>, packageJson: string): string[];
}

const pagesFolder = join(process.cwd(), 'docs/rules');
const script = pathToFileURL(join(process.cwd(), 'scripts/generateRuleDocs.mjs')).href;
const generator = import(script) as Promise<Generator>;
const generated = generator.then(({ generate }) => generate());
const packageJson = readFileSync(join(process.cwd(), 'package.json'), 'utf8');

test('every page is there and as the rules and their fixtures make it, and none is left over', async () => {
  const { stalePages } = await generator;
  const { pages } = await generated;
  assert.deepEqual(stalePages(pages, pagesFolder), [], 'run: node scripts/generateRuleDocs.mjs');
  assert.equal(pages.size, rules.length + 1);
});

test('the setting offers every rule with its own level', async () => {
  const { staleSetting } = await generator;
  const { setting } = await generated;
  assert.deepEqual(staleSetting(setting, packageJson), [], 'run: node scripts/generateRuleDocs.mjs');
  assert.deepEqual(Object.keys(setting).sort(), rules.map((rule) => rule.id).sort());
});

test('a page that is missing, stale or of no rule is seen, and so is a stale setting', async () => {
  const { stalePages, staleSetting } = await generator;
  const { setting } = await generated;
  const folder = mkdtempSync(join(tmpdir(), 'macie-jobs-pages-'));
  try {
    writeFileSync(join(folder, 'stale.md'), 'old');
    writeFileSync(join(folder, 'left-over.md'), 'of a rule that is gone');
    writeFileSync(join(folder, 'coverage.md'), 'by hand');
    const pages = new Map([
      ['missing.md', ''],
      ['stale.md', 'new'],
    ]);
    assert.deepEqual(stalePages(pages, folder), [
      'left-over.md: no rule has this id',
      'missing.md: is missing',
      'stale.md: is stale',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.equal(staleSetting({ ...setting, 'new-rule': {} }, packageJson).length, 1);
});

test('a page says what, why, where AWS stands and how to configure', async () => {
  const { pages } = await generated;
  for (const [file, text] of pages) {
    if (file === 'README.md') continue;
    for (const heading of ['# ', '## Why', '## Where AWS stands', '## Configure']) {
      assert.ok(text.includes(`${heading}`), `${file} lacks ${heading}`);
    }
    const id = file.replace(/\.md$/, '');
    if (existsSync(join(process.cwd(), 'test/rules', id, 'example.json'))) {
      assert.ok(text.includes('## Wrong'), `${file} lacks its example`);
      assert.ok(text.includes('## Right'), `${file} lacks a right example: no fix and no ok*.json is free of errors`);
    }
  }
});

/** Rules whose failing case is made by a test, being too large for a file. */
const MADE_BY_TEST = readFileSync(join(process.cwd(), 'test/rules/largeFiles.test.ts'), 'utf8');

function hasFailingCase(id: string): boolean {
  const folder = join(process.cwd(), 'test/rules', id);
  if (existsSync(folder)) return readdirSync(folder).some((file) => file.endsWith('.findings'));
  return MADE_BY_TEST.includes(`test('${id}:`);
}

/** The rows of the tables of coverage.md: cells by column. */
function coverageRows(heading: string): string[][] {
  const text = readFileSync(join(pagesFolder, 'coverage.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading));
  assert.ok(section, `coverage.md has no section "${heading}"`);
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim()),
    )
    .filter(([first]) => first !== undefined && !/^-+$/.test(first));
}

/** The rules that a cell links to. */
function linkedRules(cell: string): string[] {
  return [...cell.matchAll(/\[([a-z0-9-]+)\]\(\1\.md\)/g)].map(([, id]) => id!);
}

test('each statement of the reference names rules that exist and fail, or says where it is told instead', () => {
  const [head, ...rows] = coverageRows('Statements of the API reference');
  assert.equal(head?.length, 2);
  assert.ok(rows.length > 50, 'the reference has more statements than that');
  for (const row of rows) {
    assert.equal(row.length, 2, row.join(' | '));
    const [statement, answer] = row as [string, string];
    assert.notEqual(statement, '');
    const ids = linkedRules(answer);
    assert.ok(ids.length > 0 || answer.length > 20, `"${statement}" has no rule, and no reason`);
    for (const id of ids) {
      assert.ok(ruleById(id), `"${statement}" names ${id}, which is no rule`);
      assert.ok(hasFailingCase(id), `${id} has no failing case`);
    }
    // A link to a page that does not exist would be passed over above.
    for (const [, page] of answer.matchAll(/\]\(([^)]+\.md)\)/g)) {
      assert.ok(existsSync(join(pagesFolder, page!)), `"${statement}" links to ${page}`);
    }
  }
});

test('every rule stands in one of the tables', () => {
  const cells = ['Statements of the API reference', 'Beyond the reference'].flatMap((heading) =>
    coverageRows(heading).flat(),
  );
  const named = new Set(cells.flatMap(linkedRules));
  assert.deepEqual(
    rules.map((rule) => rule.id).filter((id) => !named.has(id)),
    [],
  );
  for (const id of named) assert.ok(ruleById(id), `${id} is no rule`);
});
