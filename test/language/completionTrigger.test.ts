import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { complete } from '../../server/language/completion.js';
import { cursorIn, NOW } from './cursor.js';

/* What is offered by itself, while somebody types. */

/** The labels offered after the character before the cursor was typed. */
function typed(marked: string): string[] {
  const { document, position } = cursorIn(marked);
  const character = marked[marked.indexOf('|') - 1];
  return complete(document, position, { snippets: true, now: NOW, typed: character }).items.map(({ label }) => label);
}

test('a space opens the list behind a colon alone', () => {
  assert.deepEqual(typed('{"jobType": |}'), ['ONE_TIME', 'SCHEDULED']);
  assert.deepEqual(typed('{\n  "jobType": |\n}'), ['ONE_TIME', 'SCHEDULED']);
  for (const marked of [
    '{\n |\n}',
    '{"name":"x", |}',
    '{"name":"x" |}',
    '{"managedDataIdentifierIds":["NAME", |]}',
    '{"managedDataIdentifierIds":[ |]}',
    ' |',
    '{"jobType": "ONE_TIME" |}',
    '{"jobType": "ONE |"}',
    '{"jobType":\n |}',
    '{"s3JobDefinition":{"scoping":{"includes":{"and":[ |]}}}}',
    '{"tags":{"Cost Center":"1"},"s3JobDefinition":{"bucketCriteria":{"includes":{"and":[{"tagCriterion":{"tagValues":[{"key":"Cost |"}]}}]}}}}',
  ]) {
    assert.deepEqual(typed(marked), [], marked);
  }
});

test('a quote or a colon opens the list', () => {
  assert.ok(typed('{"|"}').includes('name'));
  assert.deepEqual(typed('{"jobType":|}'), ['ONE_TIME', 'SCHEDULED']);
  assert.deepEqual(typed('{"jobType": "|"}'), ['ONE_TIME', 'SCHEDULED']);
});

test('a quote that closes a text opens no list', () => {
  for (const marked of ['{"name": "x"|}', '{"jobType": ""|}', '{"managedDataIdentifierIds":["NAME"|]}']) {
    assert.deepEqual(typed(marked), [], marked);
  }
});

/** VS Code asks by itself while a word is typed, if the word at the cursor ends there or begins one character before. */
test('a word that is typed between quotes ends at the cursor', () => {
  const file = join(process.cwd(), 'language-configuration.json');
  const { wordPattern } = JSON.parse(readFileSync(file, 'utf8')) as { wordPattern: string };
  for (const marked of ['"jobType": "O|"', '"comparator": "EQ|"', '"na|"', '"values": ["c|"]', 'jo|', '"jo|', ': 1|']) {
    const at = marked.indexOf('|');
    const words = [...marked.replace('|', '').matchAll(new RegExp(wordPattern, 'g'))];
    assert.ok(
      words.some((word) => word.index + word[0].length === at),
      `${marked}: ${words}`,
    );
  }
  assert.match('CREDIT_CARD_NUMBER_(NO_KEYWORD)', new RegExp(`^(?:${wordPattern})$`));
});
