// Launches a headless Chromium: the one that CHROMIUM names, else the npm package's, which needs nothing of the system.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { withoutAws } from './processes.mjs';
import { vscodeHost } from './setupVscodeHost.mjs';

// Without it Chromium refuses to start as root, in containers above all. Only our own loopback page is opened.
const args = ['--no-sandbox'];

/** @returns {Promise<import('playwright-core').Browser>} */
export async function launchBrowser() {
  const own = process.env.CHROMIUM;
  if (own) return chromium.launch({ executablePath: own, args });

  const folder = join(vscodeHost, 'node_modules/.chromium');
  mkdirSync(folder, { recursive: true });
  const executablePath = await unpack(folder);
  const modules = join(vscodeHost, 'node_modules');
  // The package's own configuration names a font folder elsewhere; with no font at all the page never comes up.
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir><dir>${modules}/dejavu-fonts-ttf/ttf</dir><dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`,
  );
  const { FONTCONFIG_PATH: _, ...env } = withoutAws(process.env);
  return chromium.launch({
    executablePath,
    args,
    env: {
      ...env,
      TMPDIR: tmpdir(),
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  });
}

/**
 * Unpacks Chromium once. The package takes its folder, and whether to unpack the libraries that a bare machine lacks,
 * from variables of the process, and leaves some changed.
 * @param {string} folder
 * @returns {Promise<string>} the executable
 */
async function unpack(folder) {
  const saved = { ...process.env };
  process.env.TMPDIR = folder;
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  try {
    const entry = createRequire(join(vscodeHost, 'package.json')).resolve('@sparticuz/chromium');
    const { default: packaged } = await import(pathToFileURL(entry).href);
    return await packaged.executablePath();
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
      if (saved[name] === undefined) delete process.env[name];
      else process.env[name] = saved[name];
    }
  }
}
