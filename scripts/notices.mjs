// THIRD-PARTY-NOTICES: the name, version and licence of every package that the bundles contain.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

/**
 * The folders of the packages of which code ended up in the bundles.
 * @param {import('esbuild').Metafile[]} metafiles
 * @returns {string[]} relative to the repository, sorted
 */
export function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const output of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  return [...folders].sort();
}

/**
 * @param {import('esbuild').Metafile[]} metafiles
 * @returns {string} the whole text; packages with the same licence text share it
 * @throws {Error} when a package neither brings a licence text nor states a licence whose text is known here
 */
export function notices(metafiles) {
  /** @type {Map<string, string[]>} */
  const packagesByText = new Map();
  for (const folder of bundledPackages(metafiles)) {
    const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const texts = readdirSync(join(root, folder))
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .sort()
      .map((file) =>
        readFileSync(join(root, folder, file), 'utf8')
          .replaceAll('\r\n', '\n')
          .trim(),
      );
    const text = texts.length > 0 ? texts.join('\n\n') : standardText(license, author?.name ?? author ?? name);
    if (text === undefined) throw new Error(`${name} ${version} brings no licence text, and states ${license}`);
    const packages = packagesByText.get(text) ?? [];
    packages.push(`${name} ${version} (${license ?? 'see the text'})`);
    packagesByText.set(text, packages);
  }
  const line = '-'.repeat(80);
  const sections = [...packagesByText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return [`This extension contains code of the following packages.\n`, ...sections].join(`\n${line}\n\n`);
}

/**
 * The text of a licence for a package that states it by name only.
 * @param {string | undefined} license its SPDX name
 * @param {string} holder
 */
function standardText(license, holder) {
  if (license === 'Apache-2.0') return readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  if (license !== 'MIT') return undefined;
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}
