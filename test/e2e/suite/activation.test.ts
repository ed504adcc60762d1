import assert from 'node:assert/strict';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { extension, inWorkspace, LANGUAGE, open } from './editor';

suite('Activation', () => {
  test('runs in a trusted workspace with a Node extension host', () => {
    assert.equal(vscode.workspace.isTrusted, true);
    assert.ok(process.versions.node);
  });

  test('job files are known by name, other JSON files are left alone', async () => {
    for (const [name, language] of [
      ['clean.macie-job.json', LANGUAGE],
      ['clean.macie.json', LANGUAGE],
      ['macie-job.json', LANGUAGE],
      ['other.json', 'json'],
    ] as const) {
      assert.equal((await open(inWorkspace(name))).languageId, language, name);
    }
  });

  test('opening a job file activates the extension', async () => {
    await open(inWorkspace('clean.macie-job.json'));
    const started = await extension().activate();
    assert.ok((await started.languageClient()).isRunning());
    assert.ok(started.ownActivationTime > 0);
    Mocha.reporters.Base.consoleLog(`    own time: ${started.ownActivationTime.toFixed(1)} ms`);
  });

  test('every command that package.json lists is registered', async () => {
    await extension().activate();
    const contributed: { command: string }[] = extension().packageJSON.contributes.commands;
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('macieJobs.'));
    const listed = contributed.map(({ command }) => command);
    for (const command of listed) assert.ok(registered.includes(command), `${command} is not registered`);
  });
});
