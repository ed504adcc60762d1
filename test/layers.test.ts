import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

interface Import {
  from: string;
  /** A path of the repository, or a package's name. */
  of: string;
}

function importsOf(folder: string): Import[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      const text = readFileSync(file, 'utf8');
      return [...text.matchAll(/(?:from|import|import\(|require\()\s*'([^']+)'/g)].map(([, target]) => ({
        from: file,
        of: target!.startsWith('.')
          ? relative(process.cwd(), resolve(dirname(file), target!)).replace(/\.js$/, '.ts')
          : target!,
      }));
    });
}

const told = ({ from, of }: Import) => `${from} imports ${of}`;

test('the client knows of the server its protocol alone', () => {
  const wrong = importsOf('client').filter(({ of }) => of.startsWith('server/') && of !== 'server/protocol.ts');
  assert.deepEqual(wrong.map(told), []);
  assert.ok(importsOf('client').some(({ of }) => of === 'server/protocol.ts'));
});

test('the server knows nothing of the client, of VS Code and of AWS', () => {
  const wrong = importsOf('server').filter(({ of }) =>
    /^client\/|^vscode$|^vscode-languageclient|^@aws-sdk|^@smithy/.test(of),
  );
  assert.deepEqual(wrong.map(told), []);
});

test('the language service and the rules know no transport, no file system and no process', () => {
  const inside = [...importsOf('server/language'), ...importsOf('server/rules'), ...importsOf('server/catalog')];
  const wrong = inside.filter(({ of }) =>
    /^node:|^fs|^path$|^vscode-languageserver$|^vscode-languageserver\/|^server\/(connection|main)/.test(of),
  );
  assert.deepEqual(wrong.map(told), []);
});

test('the language service and the rules have no clock of their own', () => {
  for (const folder of ['server/language', 'server/rules', 'server/catalog']) {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
      assert.doesNotMatch(
        readFileSync(join(folder, name), 'utf8'),
        /Date\.now\(|new Date\(\)|performance\.now/,
        join(folder, name),
      );
    }
  }
});

test('in the submission, one file alone knows VS Code', () => {
  const importing = importsOf('client/submission')
    .filter(({ of }) => of === 'vscode')
    .map(({ from }) => from);
  assert.deepEqual([...new Set(importing)], [join('client/submission', 'vscodeUi.ts')]);
});

test('the AWS SDK is imported by client/aws alone, and by nothing that the extension loads at its start', () => {
  const wrong = importsOf('client').filter(
    ({ from, of }) => of.startsWith('@aws-sdk/') && !from.startsWith(join('client', 'aws')),
  );
  assert.deepEqual(wrong.map(told), []);
  assert.doesNotMatch(readFileSync('dist/client.js', 'utf8'), /CreateClassificationJobCommand/);
});

test('nothing of the product is imported from outside the repository', () => {
  const wrong = [...importsOf('client'), ...importsOf('server')].filter(({ of }) => of.startsWith('..'));
  assert.deepEqual(wrong.map(told), []);
});
