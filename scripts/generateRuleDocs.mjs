// Writes what is said of each rule in other places: docs/rules/<id>.md, docs/rules/README.md, and the rule ids of the
// setting `macieJobs.rules` in package.json. All of it comes from the rules and their fixtures.
//
//   node scripts/generateRuleDocs.mjs           write
//   node scripts/generateRuleDocs.mjs --check   say what is missing, stale or left over, and fail
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { applyEdits, modify, parse } from 'jsonc-parser';

const root = fileURLToPath(new URL('..', import.meta.url));
const pagesFolder = 'docs/rules';
const fixturesFolder = 'test/rules';
/** Written by hand, in the folder of the pages. */
const handWritten = new Set(['coverage.md']);
const levels = ['error', 'warning', 'information', 'hint', 'off'];

/**
 * @typedef {{ rules: readonly import('../server/rules/rule.js').Rule[], check: (source: string) => readonly import('../server/rules/rule.js').Finding[], fixable: (source: string, id: string) => boolean }} Language
 */

/** The rules and the checker, compiled for this run. @returns {Promise<Language>} */
async function loadLanguage() {
  const folder = mkdtempSync(join(tmpdir(), 'macie-jobs-docs-'));
  const outfile = join(folder, 'rules.cjs');
  try {
    await build({
      stdin: {
        contents: `
          import { TextDocument } from 'vscode-languageserver-textdocument';
          import { analyze } from './server/language/diagnostics.js';
          import { parseJobDocument } from './server/language/document.js';
          import { rules } from './server/rules/index.js';
          const analysis = (source) =>
            analyze(parseJobDocument(TextDocument.create('file:///job.macie-job.json', 'macie-job', 1, source)), {
              rules,
              now: new Date('2026-06-15T12:00:00Z'),
            });
          const check = (source) => analysis(source).findings;
          const fixable = (source, id) => {
            const checked = analysis(source);
            const rule = rules.find((candidate) => candidate.id === id);
            return checked.findings.some((f) => f.code === id && (rule.fixes?.(f, checked) ?? []).length > 0);
          };
          export { rules, check, fixable };`,
        resolveDir: root,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      outfile,
      logLevel: 'error',
    });
    return (await import(pathToFileURL(outfile).href)).default;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The job definitions of a rule's fixtures. @param {string} id */
function fixturesOf(id) {
  const folder = join(root, fixturesFolder, id);
  const read = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return {
    wrong: files.includes('example.json') ? read('example.json') : undefined,
    mended: files.includes('example.fixed.json') ? read('example.fixed.json') : undefined,
    failing: files.filter((file) => !file.endsWith('.fixed.json') && !file.startsWith('ok')).map(read),
    passing: files.filter((file) => file.startsWith('ok')).map(read),
  };
}

/** @param {string} source */
function block(source) {
  const text = source
    .replace(/^\uFEFF/, '<U+FEFF>')
    .replaceAll('\r\n', '\n')
    .trimEnd();
  const fence = text.includes('```') ? '````' : '```';
  return `${fence}json\n${text}\n${fence}\n`;
}

/** A message as Markdown shows it. @param {string} message */
function escapeMarkdown(message) {
  return message.replace(/[<*[\]`\\]/g, '\\$&');
}

/** A page. @param {import('../server/rules/rule.js').Rule} rule @param {Language} language */
function page(rule, language) {
  const { id, summary, severity, docs } = rule;
  const { wrong, mended, failing, passing } = fixturesOf(id);
  const found = failing.flatMap((source) => language.check(source)).filter((finding) => finding.code === id);
  const others = levels.filter((level) => level !== severity && found.some((finding) => finding.severity === level));
  const also = others.length > 0 ? `, in some cases ${others.join(' or ')}` : '';
  const links = (docs.links ?? []).map((link) => `- <${link}>\n`).join('');
  /** Whether a case shows how it is done: without a finding of the rule, or of one of the levels. @param {string[]} levels */
  const cleanOf =
    (...levels) =>
    (/** @type {string | undefined} */ source) =>
      source !== undefined &&
      !language.check(source).some((finding) => levels.includes(finding.severity) || finding.code === id);
  const shown = [mended, ...passing];
  const right = shown.find(cleanOf('error', 'warning')) ?? shown.find(cleanOf('error'));
  const parts = [
    `# ${id}\n\n${summary}\n\nLevel: **${severity}**${also}.\n`,
    `## Why\n\n${docs.why}\n`,
    `## Where AWS stands\n\n${docs.aws}\n${links === '' ? '' : `\n${links}`}`,
  ];
  if (wrong !== undefined) {
    const messages = language.check(wrong).filter((finding) => finding.code === id);
    const said = [...new Set(messages.map((finding) => finding.message))].slice(0, 5);
    parts.push(`## Wrong\n\n${block(wrong)}\n${said.map((message) => `> ${escapeMarkdown(message)}\n`).join('>\n')}`);
    if (failing.some((source) => language.fixable(source, id))) {
      parts.push('The editor offers to mend it: place the cursor there and open the quick fixes.\n');
    }
  }
  if (right !== undefined) parts.push(`## Right\n\n${block(right)}`);
  parts.push(
    `## Configure\n\n\`\`\`json\n"macieJobs.rules": { "${id}": "off" }\n\`\`\`\n\nThe levels are \`error\`, \`warning\`, \`information\`, \`hint\` and \`off\`. They change what is shown. ${
      severity === 'error' || others.includes('error')
        ? 'What this rule takes for an error stops a submission whatever the setting.'
        : 'A submission shows the findings of this rule, and is not stopped by them.'
    }\n`,
    '[All rules](README.md)\n',
  );
  return parts.join('\n');
}

/** @param {readonly import('../server/rules/rule.js').Rule[]} rules */
function index(rules) {
  const rows = rules.map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |\n`).join('');
  return `# Rules

What the editor checks in a job definition, in the order of the file's structure. [coverage.md](coverage.md) goes the other
way: from each statement of the API reference to the rule that checks it.

An **error** is what AWS or its CLI refuses, what would be lost on the way, or what cannot mean anything; it stops a
submission. A **warning** is accepted, but documented as not to be done, or surely not what is meant. An **information** is
accepted and likely a surprise, a **hint** is a matter of style. The setting \`macieJobs.rules\` gives a rule another level, or
turns it off; errors stop a submission all the same.

| Rule | Level | What it asks of a file |
| --- | --- | --- |
${rows}`;
}

/**
 * Every generated text: the pages by file name, and the properties of the setting `macieJobs.rules`.
 *
 * @returns {Promise<{ pages: Map<string, string>, setting: Record<string, object> }>}
 */
export async function generate() {
  const language = await loadLanguage();
  const pages = new Map(language.rules.map((rule) => [`${rule.id}.md`, page(rule, language)]));
  pages.set('README.md', index(language.rules));
  const setting = Object.fromEntries(
    [...language.rules]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, summary, severity }) => [
        id,
        { type: 'string', enum: levels, default: severity, description: summary },
      ]),
  );
  return { pages, setting };
}

/** What of a folder of pages is not as generated, one line each. @param {ReadonlyMap<string, string>} pages @param {string} folder */
export function stalePages(pages, folder) {
  const there = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md')) : [];
  const problems = there
    .filter((file) => !pages.has(file) && !handWritten.has(file))
    .map((file) => `${file}: no rule has this id`);
  for (const [file, text] of pages) {
    if (!there.includes(file)) problems.push(`${file}: is missing`);
    else if (readFileSync(join(folder, file), 'utf8') !== text) problems.push(`${file}: is stale`);
  }
  return problems;
}

const settingPath = ['contributes', 'configuration', 'properties', 'macieJobs.rules'];

/** Whether a package.json offers other rule ids than there are. @param {Record<string, object>} setting @param {string} packageJson */
export function staleSetting(setting, packageJson) {
  let value = parse(packageJson);
  for (const name of settingPath) value = value?.[name];
  const now = JSON.stringify([value?.properties, value?.additionalProperties]);
  return now === JSON.stringify([setting, false]) ? [] : ['package.json: the rule ids of macieJobs.rules are stale'];
}

async function main() {
  const folder = join(root, pagesFolder);
  const packageFile = join(root, 'package.json');
  const { pages, setting } = await generate();
  const problems = [...stalePages(pages, folder), ...staleSetting(setting, readFileSync(packageFile, 'utf8'))];
  if (process.argv.includes('--check')) {
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) console.error('Run: node scripts/generateRuleDocs.mjs');
    process.exitCode = problems.length > 0 ? 1 : 0;
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.md') && !pages.has(file) && !handWritten.has(file)) rmSync(join(folder, file));
  }
  for (const [file, text] of pages) writeFileSync(join(folder, file), text);
  if (staleSetting(setting, readFileSync(packageFile, 'utf8')).length > 0) {
    let text = readFileSync(packageFile, 'utf8');
    const options = { formattingOptions: { tabSize: 2, insertSpaces: true, eol: '\n' } };
    for (const [name, value] of [
      ['properties', setting],
      ['additionalProperties', false],
    ]) {
      text = applyEdits(text, modify(text, [...settingPath, String(name)], value, options));
    }
    writeFileSync(packageFile, text);
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    execFileSync(process.execPath, [biome, 'format', '--write', 'package.json'], { cwd: root, stdio: 'inherit' });
  }
  console.log(`${pages.size} pages in ${pagesFolder}`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
