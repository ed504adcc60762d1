import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addItem,
  addMember,
  applyChanges,
  removeItems,
  removeMember,
  removeMembers,
  renameMember,
  replaceValue,
} from '../../server/language/edits.js';
import { asArray, asObject, memberOf, memberValue } from '../../server/language/tree.js';
import { analyzeText } from '../rules/analyze.js';

function parsed(text: string) {
  const { document } = analyzeText(text);
  const root = asObject(document.root)!;
  return { text, document, root, member: (name: string) => memberOf(root, name)! };
}

const removed = (text: string, ...names: string[]) => {
  const { document, root, member } = parsed(text);
  return applyChanges(text, removeMembers(document, root, names.map(member)));
};

test('a member goes with its comma, wherever it stands', () => {
  assert.equal(removed('{"a":1,"b":2,"c":3}', 'a'), '{"b":2,"c":3}');
  assert.equal(removed('{"a":1,"b":2,"c":3}', 'b'), '{"a":1,"c":3}');
  assert.equal(removed('{"a":1,"b":2,"c":3}', 'c'), '{"a":1,"b":2}');
  assert.equal(removed('{"a":1}', 'a'), '{}');
  assert.equal(removed('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', 'a'), '{\n  "b": 2,\n  "c": 3\n}');
  assert.equal(removed('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', 'b'), '{\n  "a": 1,\n  "c": 3\n}');
  assert.equal(removed('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', 'c'), '{\n  "a": 1,\n  "b": 2\n}');
  assert.equal(removed('{\r\n\t"a": 1,\r\n\t"b": 2\r\n}', 'b'), '{\r\n\t"a": 1\r\n}');
});

test('a trailing comma behind the last member goes along', () => {
  assert.equal(removed('{"a":1,"b":2,}', 'b'), '{"a":1}');
});

test('several members at once', () => {
  assert.equal(removed('{"a":1,"b":2,"c":3,"d":4}', 'a', 'b'), '{"c":3,"d":4}');
  assert.equal(removed('{"a":1,"b":2,"c":3,"d":4}', 'a', 'c'), '{"b":2,"d":4}');
  assert.equal(removed('{"a":1,"b":2,"c":3,"d":4}', 'c', 'd'), '{"a":1,"b":2}');
  assert.equal(removed('{ "a":1, "b":2 }', 'a', 'b'), '{}');
});

test('items of a list', () => {
  const list = parsed('{"v":["a","b","c"]}');
  const array = asArray(memberValue(list.root, 'v'))!;
  const without = (...at: number[]) =>
    applyChanges(
      list.text,
      removeItems(
        list.document,
        array,
        at.map((i) => array.items[i]!),
      ),
    );
  assert.equal(without(0), '{"v":["b","c"]}');
  assert.equal(without(1, 2), '{"v":["a"]}');
  assert.equal(without(0, 1, 2), '{"v":[]}');
  assert.equal(applyChanges(list.text, [addItem(list.document, array, '"d"')]), '{"v":["a","b","c","d"]}');
});

const added = (text: string, value: string, place: { after?: string; first?: boolean } = {}) => {
  const { document, root, member } = parsed(text);
  const after = place.after === undefined ? undefined : member(place.after);
  return applyChanges(text, [addMember(document, root, 'n', value, { after, first: place.first })]);
};

test('a new member is laid out as its neighbours are', () => {
  assert.equal(added('{"a":1,"b":2}', '1'), '{"a":1,"b":2,"n":1}');
  assert.equal(added('{"a": 1, "b": 2}', '1'), '{"a": 1, "b": 2, "n": 1}');
  assert.equal(added('{\n  "a": 1,\n  "b": 2\n}', '1'), '{\n  "a": 1,\n  "b": 2,\n  "n": 1\n}');
  assert.equal(added('{\n  "a": 1,\n  "b": 2\n}', '1', { after: 'a' }), '{\n  "a": 1,\n  "n": 1,\n  "b": 2\n}');
  assert.equal(added('{\n  "a": 1\n}', '1', { first: true }), '{\n  "n": 1,\n  "a": 1\n}');
  assert.equal(added('{\r\n\t"a": 1\r\n}', '{\n\t"x": 1\n}'), '{\r\n\t"a": 1,\r\n\t"n": {\r\n\t\t"x": 1\r\n\t}\r\n}');
  assert.equal(added('{}', '1'), '{"n": 1}');
  assert.equal(added('{\n}', '1'), '{\n  "n": 1\n}');
});

test('values are written as the file writes its own', () => {
  const written = (text: string) => {
    const { document, member } = parsed(text);
    const value = { x: ['a', 'b'], y: { z: 1 } };
    return applyChanges(text, [replaceValue(document, member('n').valueNode!, value)]);
  };
  assert.equal(written('{"n":0}'), '{"n":{"x":["a","b"],"y":{"z":1}}}');
  assert.equal(written('{"n": 0}'), '{"n": {"x": ["a", "b"], "y": {"z": 1}}}');
  assert.equal(written('{ "n": 0 }'), '{ "n": { "x": ["a", "b"], "y": { "z": 1 } } }');
  const lines = (list: string) => `{\n  "l": ${list},\n  "n": {\n    "x": #,\n    "y": {\n      "z": 1\n    }\n  }\n}`;
  const inline = '["a", "b"]';
  const broken = '[\n      "a",\n      "b"\n    ]';
  assert.equal(written('{\n  "l": ["c"],\n  "n": 0\n}'), lines('["c"]').replace('#', inline));
  assert.equal(written('{\n  "l": [],\n  "n": 0\n}'), lines('[]').replace('#', inline));
  assert.equal(written('{\n  "l": [\n    "c"\n  ],\n  "n": 0\n}'), lines('[\n    "c"\n  ]').replace('#', broken));
});

test('a name is replaced whole, with its quotes and escapes', () => {
  const { text, member } = parsed('{"\\u0061": 1}');
  assert.equal(applyChanges(text, [renameMember(member('a'), 'b"c')]), '{"b\\"c": 1}');
  const { document } = parsed('{"a":1}');
  assert.equal(removeMember(document, parsed('{"a":1}').member('a')).newText, '');
});
