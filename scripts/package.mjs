// `npm run package`: builds the bundles, writes THIRD-PARTY-NOTICES and packs macie-jobs.vsix.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { notices } from './notices.mjs';
import { endOnSignals, root, run } from './processes.mjs';

/** The packed extension. */
export const vsix = join(root, 'macie-jobs.vsix');

/** The state of the inputs that `dist/` was last built from here. */
let builtFrom = '';

/** @param {...string} options for esbuild.mjs */
export async function buildBundles(...options) {
  builtFrom = inputsHash();
  return run(process.execPath, ['esbuild.mjs', ...options]);
}

/**
 * Packs what `buildBundles` has built.
 * @returns {Promise<number>} the size of the VSIX in bytes
 * @throws {Error} with the packer's output
 */
export async function packBundles() {
  writeFileSync(
    join(root, 'THIRD-PARTY-NOTICES'),
    notices(JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8'))),
  );
  await run(process.execPath, [
    join(root, 'node_modules/@vscode/vsce/vsce'),
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    ...['--out', vsix],
  ]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, builtFrom + statSync(vsix).mtimeMs);
  return statSync(vsix).size;
}

const inputs = [
  ...['client', 'server', 'schemas', 'snippets', 'syntaxes', 'media', 'docs'],
  ...['package.json', 'package-lock.json', 'esbuild.mjs', '.vscodeignore', 'language-configuration.json'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'scripts/notices.mjs', 'scripts/package.mjs'],
];
const stamp = join(root, '.local/packed');

function inputsHash() {
  const hash = createHash('sha256');
  const files = inputs.flatMap((input) => {
    const path = join(root, input);
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  });
  for (const file of files.sort())
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Builds and packs when anything that goes into the VSIX has changed since the last time.
 * @returns {Promise<boolean>} whether it had to
 */
export async function packIfChanged() {
  if (existsSync(vsix) && existsSync(stamp)) {
    if (readFileSync(stamp, 'utf8') === inputsHash() + statSync(vsix).mtimeMs) return false;
  }
  await buildBundles();
  await packBundles();
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  endOnSignals();
  await buildBundles();
  const size = await packBundles();
  console.log(`${relative(process.cwd(), vsix) || vsix}: ${(size / 1000).toFixed(0)} KB`);
}
