import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import JSZip from 'jszip';

const root = process.cwd();
const vsix = join(root, 'macie-jobs.vsix');

suite('The packed extension', () => {
  const files = new Map<string, Buffer>();

  before(async () => {
    const zip = await JSZip.loadAsync(readFileSync(vsix));
    for (const entry of Object.values(zip.files)) {
      if (!entry.dir) files.set(entry.name, await entry.async('nodebuffer'));
    }
  });

  const text = (name: string) => {
    const content = files.get(name);
    assert.ok(content, `${name} is missing`);
    return content.toString('utf8');
  };

  test('holds what runs and what is read, and nothing else', () => {
    const wanted = [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/THIRD-PARTY-NOTICES',
      'extension/changelog.md',
      'extension/readme.md',
      'extension/package.json',
      'extension/language-configuration.json',
      'extension/dist/aws.js',
      'extension/dist/client.js',
      'extension/dist/languageClient.js',
      'extension/dist/server.js',
      'extension/schemas/macie-classification-job.schema.json',
      'extension/snippets/macie-job.code-snippets',
      'extension/syntaxes/macie-job.tmLanguage.json',
    ];
    for (const name of wanted) assert.ok(files.has(name), `${name} is missing`);
    const further = [/^extension\/docs\/rules\/[\w-]+\.md$/, /^extension\/docs\/images\/[\w-]+\.png$/];
    if (readPackage().icon) further.push(/^extension\/media\/icon\.png$/);
    const surplus = [...files.keys()].filter(
      (name) => !wanted.includes(name) && !further.some((pattern) => pattern.test(name)),
    );
    assert.deepEqual(surplus, []);
  });

  test('brings every rule page, and every picture that the README shows', () => {
    for (const page of readdirSync(join(root, 'docs/rules'))) text(`extension/docs/rules/${page}`);
    for (const [, path] of text('extension/readme.md').matchAll(/!\[[^\]]*\]\((?!https?:)([^)\s]+)/g)) {
      text(`extension/${path?.replace(/^\.\//, '')}`);
    }
  });

  test('brings every file that package.json names', () => {
    const { main, icon, contributes } = readPackage();
    const paths = [main, icon, ...JSON.stringify(contributes).matchAll(/"(?:path|configuration|url)":"(\.\/[^"]+)"/g)]
      .map((found) => (typeof found === 'string' || found === undefined ? found : found[1]))
      .filter((path) => path !== undefined);
    assert.ok(paths.length > 3);
    for (const path of paths) text(`extension/${path.replace(/^\.\//, '')}`);
  });

  test('names every package that the bundles contain, with a licence', () => {
    const notices = text('extension/THIRD-PARTY-NOTICES');
    const metafiles: {
      inputs: Record<string, unknown>;
      outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
    }[] = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8'));
    const folders = new Set<string>();
    for (const { outputs } of metafiles) {
      for (const { inputs } of Object.values(outputs)) {
        for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
          const at = input.lastIndexOf('node_modules/');
          if (at < 0 || bytesInOutput === 0) continue;
          const [scope = '', name = ''] = input.slice(at + 'node_modules/'.length).split('/');
          folders.add(input.slice(0, at) + join('node_modules', scope.startsWith('@') ? `${scope}/${name}` : scope));
        }
      }
    }
    assert.ok(folders.size > 10);
    for (const folder of folders) {
      const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      assert.match(
        notices,
        new RegExp(`^${name.replaceAll('.', '\\.')} ${version.replaceAll('.', '\\.')} \\(.+\\)$`, 'm'),
      );
    }
  });

  test('is smaller than 700 KB', () => {
    assert.ok(statSync(vsix).size < 700_000, `${statSync(vsix).size} bytes`);
  });

  test('contains no source map and no path of the machine that built it', () => {
    const places = [root, homedir()].filter((place) => place.length > 1);
    for (const [name, content] of files) {
      const source = content.toString('utf8');
      assert.doesNotMatch(source, /sourceMappingURL=/, name);
      for (const place of places) assert.ok(!source.includes(`${place}/`), `${name} contains ${place}`);
    }
  });

  test('has the version and the engine of the package, and asks for no package at run time', () => {
    const packed = JSON.parse(text('extension/package.json'));
    const { version, engines } = readPackage();
    assert.equal(packed.version, version);
    assert.equal(packed.engines.vscode, engines.vscode);
    assert.equal(packed.dependencies, undefined);
  });
});

function readPackage() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
