import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type JobDocument, MAX_DEPTH, parseJobDocument } from '../../server/language/document.js';
import { DocumentVersions, reparseJobDocument } from '../../server/language/reparse.js';
import { createText } from '../../server/language/text.js';
import type { ASTNode } from '../../server/language/tree.js';
import { place, validText } from '../fuzz/arbitraries.js';

/** A tree as plain data, all that the language service reads of it; its parents are looked at on the way. */
function dataOf(node: ASTNode | undefined, parent?: ASTNode): unknown {
  if (!node) return undefined;
  assert.equal(node.parent, parent, `the parent of what stands at ${node.offset}`);
  const { type, offset, length, value, children } = node;
  const colonOffset = node.type === 'property' ? node.colonOffset : undefined;
  return { type, offset, length, value, colonOffset, children: children?.map((child) => dataOf(child, node)) };
}

const all = ({ source, root, json, syntaxProblems, incomplete, tooDeep, tooLarge }: JobDocument) => ({
  source,
  root: dataOf(root),
  isOfJson: json.root === root,
  syntaxProblems,
  incomplete: incomplete.size,
  tooDeep,
  tooLarge,
});

/** Reads `before`, then `after` from it; true where the tree was kept. Fails where that differs from reading `after`. */
function keeps(before: string, after: string): boolean {
  const previous = parseJobDocument(createText(before));
  const { root } = previous;
  const document = reparseJobDocument(createText(after), previous);
  if (!document) {
    assert.deepEqual(all(previous), all(parseJobDocument(createText(before))), 'what is not taken over is left alone');
    return false;
  }
  assert.equal(document.root, root);
  assert.deepEqual(all(document), all(parseJobDocument(createText(after))), `from ${before} to ${after}`);
  return true;
}

const EDITS: [string, before: string, after: string][] = [
  ['a letter of a text', '{"a": "one", "b": [1, 2]}', '{"a": "ones", "b": [1, 2]}'],
  ['a digit behind a number', '[1,2,3]', '[12,2,3]'],
  ['a digit before a number', '[1,2,3]', '[1,42,3]'],
  ['a comma between two digits', '[12, 3]', '[1,2, 3]'],
  ['a number that is one with the next', '[1, 2, 3]', '[12, 3]'],
  ['the first entry', '[1, 2]', '[0, 1, 2]'],
  ['the last entry', '[1, 2]', '[1, 2, 3]'],
  ['the only entry', '{"a": []}', '{"a": ["x"]}'],
  ['an entry away', '{"a": [1, 2, 3], "b": {}}', '{"a": [1, 3], "b": {}}'],
  ['all entries away', '{"a": [1, 2, 3], "b": {}}', '{"a": [], "b": {}}'],
  ['a name', '{"a": 1, "b": [1, {"c": null}]}', '{"a": 1, "bcd": [1, {"c": null}]}'],
  ['a name that is there already', '{"a": 1, "b": 2}', '{"a": 1, "a": 2}'],
  ['an empty name', '{"a": 1, "b": 2, "c": 3}', '{"a": 1, "": 2, "c": 3}'],
  ['a blank before the colon', '{"a": 1, "b" : [2]}', '{"a": 1, "b"   : [2]}'],
  ['lines', '{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 1,\n\n\n  "b": 2\n}\n'],
  ['CRLF', '{\r\n"a": 1,\r\n"b": [2]\r\n}', '{\r\n"a": 1,\r\n"x": 0,\r\n"b": [2]\r\n}'],
  ['two levels at once', '{"a": [1, 2], "b": [3]}', '{"a": [1], "b": [4]}'],
  ['an escape', '["a", "b\\u0041c", "d"]', '["a", "b\\n\\u0041c", "d"]'],
  ['a lone surrogate', '["a", "b"]', '["a", "\ud83db"]'],
  ['another kind of value', '{"a": true, "b": [false]}', '{"a": {"x": null}, "b": [false]}'],
  ['nothing', '{"a": [1]}', '{"a": [1]}'],
  ['the name of a prototype', '{"a": {"b": 1}}', '{"a": {"__proto__": 1}}'],
];

for (const [what, before, after] of EDITS) {
  test(`a tree is kept over an edit, and back: ${what}`, () => {
    assert.ok(keeps(before, after));
    assert.ok(keeps(after, before));
  });
}

const NOT_KEPT: [string, before: string, after: string][] = [
  ['a quote is missing', '["a", "b", "c"]', '["a", "b, "c"]'],
  ['a quote too many', '["a", "b", "c"]', '["a"", "b", "c"]'],
  ['a backslash before the quote', '["a", "b"]', '["a\\", "b"]'],
  ['a backslash as the last sign', '["a", "b"]', '["a", "b\\"]'],
  ['a comma is missing', '["a", "b"]', '["a" "b"]'],
  ['a comma too many', '["a", "b"]', '["a",, "b"]'],
  ['a comma at the end', '["a", "b"]', '["a", "b",]'],
  ['a colon is missing', '{"a": 1, "b": 2}', '{"a" 1, "b": 2}'],
  ['a bracket closed too early', '{"a": [1, [2], 3]}', '{"a": [1, [2]], 3]}'],
  ['a bracket opened', '{"a": [1, 2, 3]}', '{"a": [1, [2, 3]}'],
  ['a list closed, and another opened', '{"a": [1, 2, 3]}', '{"a": [1], "b": [2, 3]}'],
  ['closed and opened again', '[[1, 2]]', '[[1], [2]'],
  ['a line of comment', '[1, 2\n]', '[1, // 2\n]'],
  ['a comment', '[1, 2]', '[1, /* 2 */ 2]'],
  ['a comment not closed', '[1, 2]', '[1, /* 2]'],
  ['half a word', '[true, 1]', '[tru, 1]'],
  ['two words as one', '[true, 1]', '[true1]'],
  ['a number that is none', '[1, 2]', '[1., 2]'],
  ['a character that needs an escape', '["a", "b"]', '["a\n", "b"]'],
  ['before the root', '{"a": 1}', ' {"a": 1}'],
  ['behind the root', '{"a": 1}', '{"a": 1}]'],
  ['another root', '{"a": 1}', '[1]'],
  ['nothing left', '{"a": 1}', ''],
];

for (const [what, before, after] of NOT_KEPT) {
  test(`a text is read as a whole where it cannot be told from an edit: ${what}`, () => {
    assert.equal(keeps(before, after), false);
  });
}

test('a broken text is read as a whole after each edit', () => {
  assert.equal(keeps('{"a": [1, 2], }', '{"a": [1, 23], }'), false);
  assert.equal(keeps('{"a": [1, 2] // why\n}', '{"a": [1, 23] // why\n}'), false);
  assert.equal(keeps('\ufeff{"a": [1, 2]}', '\ufeff{"a": [1, 23]}'), false);
});

test('nesting is counted from the root, not from the edit', () => {
  const nested = (levels: number, inner: string) => '['.repeat(levels) + inner + ']'.repeat(levels);
  assert.ok(keeps(nested(MAX_DEPTH, '1'), nested(MAX_DEPTH, '[]')));
  assert.equal(keeps(nested(MAX_DEPTH, '1'), nested(MAX_DEPTH, '[[]]')), false);
  assert.equal(keeps(nested(9, '1'), nested(9, nested(100_000, ''))), false);
});

test('a hundred thousand entries may come and go at once', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `"${i}"`).join(', ');
  assert.ok(keeps('{"a": ["x"], "b": 1}', `{"a": ["x", ${many}], "b": 1}`));
  assert.ok(keeps(`{"a": ["x", ${many}], "b": 1}`, '{"a": ["x"], "b": 1}'));
});

test('while a text is broken, its last strict version is kept', () => {
  const text = createText('{"a": ["one", "two"], "b": 1}');
  const versions = new DocumentVersions();
  const first = versions.read(text);
  const { root } = first;
  assert.equal(versions.read(text), first);
  const type = (newText: string) => {
    TextDocument.update(text, [{ text: newText }], text.version + 1);
    return versions.read(text);
  };
  const broken = '{"a": ["one", "tw], "b": 1}';
  assert.deepEqual(all(type(broken)), all(parseJobDocument(createText(broken))));
  const mended = '{"a": ["one", "twenty"], "b": 1}';
  const last = type(mended);
  assert.equal(last.root, root);
  assert.deepEqual(all(last), all(parseJobDocument(createText(mended))));
});

/* What an edit may put in: parts of JSON, and what opens, closes or escapes it. */
const typed = fc.oneof(
  { arbitrary: fc.constantFrom('a', '1', ' ', '\n', 'x, y', '\\"', '\\\\', '\ud83d'), weight: 4 },
  { arbitrary: fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', '//', '/*', '*/', 'true', 'null'), weight: 2 },
  { arbitrary: fc.constantFrom('"a": 1, ', ', "a": {}', '"x", ', ', ["y"]', '[], [', '}, {', '", "'), weight: 3 },
  { arbitrary: fc.string({ maxLength: 6 }), weight: 1 },
);
const edits = fc.array(fc.record({ at: place, length: fc.nat(12), text: typed }), {
  minLength: 1,
  maxLength: 12,
});

test('whatever is typed, a tree that was kept equals the one of the whole text', () => {
  let kept = 0;
  let count = 0;
  fc.assert(
    fc.property(validText, edits, (source, edits) => {
      const text = TextDocument.create('file:///a.macie-job.json', 'macie-job', 1, source);
      let document = parseJobDocument(text);
      for (const { at, length, text: typed } of edits) {
        const before = text.getText();
        const start = Math.floor(at * before.length);
        const range = {
          start: text.positionAt(start),
          end: text.positionAt(start + (typed.length > 1 ? 0 : length % 3)),
        };
        TextDocument.update(text, [{ range, text: typed }], text.version + 1);
        const next = reparseJobDocument(text, document);
        count++;
        const whole = parseJobDocument(createText(text.getText()));
        if (next) {
          kept++;
          assert.deepEqual(all(next), all(whole));
        }
        // A broken text is left again, or the rest of the edits would say nothing.
        if (whole.syntaxProblems.length > 0) {
          TextDocument.update(text, [{ text: before }], text.version + 1);
          document = parseJobDocument(text);
        } else document = next ?? whole;
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(kept > count / 4, `${kept} of ${count} trees were kept`);
});
