// Bundles the extension: dist/client.js (extension host), dist/server.js (language server, also `--stdio`), and what is
// loaded on first use alone: dist/languageClient.js (with the first job file) and dist/aws.js (all that needs the AWS
// SDK). `--test` also compiles the tests to out-test/.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const production = !process.argv.includes('--dev');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // The Node of VS Code 1.106; the server also has to run on Node 20.
  target: 'node20',
  // The libraries' CommonJS entry points are UMD, which esbuild cannot see through: it would leave `require` calls behind.
  mainFields: ['module', 'main'],
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

const outputs = [
  {
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/client.js',
    external: ['vscode', './aws.js', './languageClient.js'],
    banner: { js: 'var bundleStarted = performance.now(), bundleLoaded;' },
    footer: { js: 'bundleLoaded = performance.now();' },
  },
  { entryPoints: ['client/languageClient.ts'], outfile: 'dist/languageClient.js', external: ['vscode'] },
  { entryPoints: ['client/aws/index.ts'], outfile: 'dist/aws.js' },
  { entryPoints: ['server/main.ts'], outfile: 'dist/server.js' },
];

rmSync('dist', { recursive: true, force: true });
const results = await Promise.all(outputs.map((output) => build({ ...shared, ...output })));
// What each bundle contains: read by the packaging script for THIRD-PARTY-NOTICES.
writeFileSync('dist/meta.json', JSON.stringify(results.map((result) => result.metafile)));

if (process.argv.includes('--test')) {
  rmSync('out-test', { recursive: true, force: true });
  const sources = readdirSync('test', { recursive: true })
    .map(String)
    .filter((file) => !file.includes('node_modules'));
  const program = /\.(test|bench|fuzz)\.ts$|^e2e[\\/]suite[\\/]index\.ts$/;
  await build({
    ...shared,
    entryPoints: sources.filter((file) => program.test(file)).map((file) => join('test', file)),
    minify: false,
    metafile: false,
    sourcemap: 'linked',
    packages: 'external',
    outdir: 'out-test',
    outbase: 'test',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', '*/dist/aws.js', '../../../scripts/*'],
  });
  // The local Macie endpoint as a program, which `npm start` and the tests in VS Code run in a process of its own.
  await build({
    ...shared,
    minify: false,
    metafile: false,
    entryPoints: ['test/local-macie/main.ts'],
    outfile: 'out-test/local-macie/server.cjs',
  });
}
