import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fixAll, fixesOf } from '../../server/language/codeActions.js';
import { parseJobDocument } from '../../server/language/document.js';
import { applyChanges } from '../../server/language/edits.js';
import { recover } from '../../server/language/recovery.js';
import { createText } from '../../server/language/text.js';
import { type ASTNode, memberValue, plainValue } from '../../server/language/tree.js';
import { rules } from '../../server/rules/index.js';
import { mutatedText, place, validText } from '../fuzz/arbitraries.js';
import { analyzeText, NOW } from '../rules/analyze.js';

const options = { rules, now: NOW };

const JOB = {
  name: 'customer exports',
  jobType: 'ONE_TIME',
  samplingPercentage: 50,
  s3JobDefinition: { bucketDefinitions: [{ accountId: '012345678901', buckets: ['orders-archive', 'orders-raw'] }] },
};
const SCOPED = {
  name: 'j',
  jobType: 'SCHEDULED',
  scheduleFrequency: { weeklySchedule: { dayOfWeek: 'MONDAY' } },
  initialRun: true,
  tags: { Team: 'security' },
  s3JobDefinition: {
    bucketCriteria: {
      includes: {
        and: [
          { simpleCriterion: { comparator: 'EQ', key: 'ACCOUNT_ID', values: ['012345678901'] } },
          { tagCriterion: { comparator: 'EQ', tagValues: [{ key: 'Class', value: 'open' }] } },
        ],
      },
    },
    scoping: {
      includes: {
        and: [
          { simpleScopeTerm: { comparator: 'EQ', key: 'OBJECT_EXTENSION', values: ['csv', 'tsv'] } },
          {
            tagScopeTerm: {
              comparator: 'EQ',
              key: 'TAG',
              tagValues: [{ key: 'Class', value: 'open' }],
              target: 'S3_OBJECT',
            },
          },
        ],
      },
    },
  },
};
const ALLOW = 'a1b2c3d4e5f6g7h8i9j0k1';
const S3 = '"s3JobDefinition": {"bucketDefinitions": [{"accountId": "012345678901", "buckets": ["orders-raw"]}]}';
const LINES = `${JSON.stringify(JOB, null, 2)}\n`;
const LINE = JSON.stringify(JOB);

/** One mistake each: what is replaced, and by what; then what the reading of it is called, by lines and on one line. */
const MISTAKES: readonly [name: string, from: string, to: string][] = [
  ['a name in single quotes', '"jobType"', "'jobType'"],
  ['a text in single quotes', '"ONE_TIME"', "'ONE_TIME'"],
  ['a name in smart quotes', '"name"', '\u201cname\u201d'],
  ['a text in smart quotes', '"ONE_TIME"', '\u201cONE_TIME\u201d'],
  ['a text that ends in a smart quote', '"ONE_TIME"', '"ONE_TIME\u201d'],
  ['a text in backticks', '"customer exports"', '`customer exports`'],
  ['a name without quotes', '"jobType"', 'jobType'],
  ['a text without quotes', '"orders-raw"', 'orders-raw'],
  ['a text of words without quotes', '"customer exports"', 'customer exports'],
  ['a fixed word without quotes', '"ONE_TIME"', 'ONE_TIME'],
  ['a name without its closing quote', '"jobType":', '"jobType:'],
  ['a name without its opening quote', '"jobType"', 'jobType"'],
  ['a text without its closing quote', '"ONE_TIME"', '"ONE_TIME'],
  ['an account without its closing quote', '"012345678901"', '"012345678901'],
  ['the last of a list without its closing quote', '"orders-raw"', '"orders-raw'],
  ['a text without its opening quote', '"ONE_TIME"', 'ONE_TIME"'],
  ['quotes within a text', '"customer exports"', '"customer "exports""'],
  ['an equals sign for a colon', '"name":', '"name" ='],
  ['an arrow for a colon', '"name":', '"name" =>'],
  ['a semicolon', '"ONE_TIME",', '"ONE_TIME";'],
  ['a number with a unit', '50', '50%'],
  ['a number with zeros in front', '50', '050'],
  ['a hexadecimal number', '50', '0x32'],
  ['an unfinished number', '50', '50.'],
  ['an account with a zero in front', '"012345678901"', '012345678901'],
  ['joined texts', '"customer exports"', '"customer" + " exports"'],
  ['dots for what is left out', '"ONE_TIME",', '"ONE_TIME", ...,'],
  ['a no-break space', '"ONE_TIME"', '\u00a0"ONE_TIME"'],
  ['a mark in the middle', '"jobType"', '\ufeff"jobType"'],
  ['a needless backslash', 'customer exports', "customer\\'exports"],
  ['an extra bracket in the list', '"orders-raw"', '"orders-raw"]'],
  ['a bracket that closes too early', '"ONE_TIME"', '"ONE_TIME"}'],
  ['a quote too many before a name', '"jobType"', '""jobType"'],
  ['a quote too many behind a name', '"buckets"', '"buckets""'],
  ['a quote too many before a text', '"ONE_TIME"', '""ONE_TIME"'],
  ['a quote too many behind a text', '"orders-raw"', '"orders-raw""'],
  ['a quote before a list', '"buckets":', '"buckets": "'],
  ['a quote behind a list', ']', ']"'],
  ['a quote behind a number', '50', '50"'],
  ['doubled quotes', '"customer exports"', '""customer exports""'],
  ['a single quote and a double one', '"customer exports"', `'customer exports"`],
  ['a double quote and a single one', '"ONE_TIME"', `"ONE_TIME'`],
  ['a colon too many', '"s3JobDefinition":', '"s3JobDefinition"::'],
  ['a comma for a colon', '"name":', '"name",'],
  ['a wide colon', '"name":', '"name"\uff1a'],
  ['a wide comma', '"ONE_TIME",', '"ONE_TIME"\uff0c'],
  ['a text on two lines', 'customer exports', 'customer\n    exports'],
  ['an account without its opening quote', '"012345678901"', '012345678901"'],
  ['a name of a list without its closing quote', '"buckets"', '"buckets'],
  ['a text of Python', '"ONE_TIME"', 'u"ONE_TIME"'],
  ['a text of Python in single quotes', '"ONE_TIME"', "u'ONE_TIME'"],
  ['a name of Python', '"jobType"', "u'jobType'"],
  ['texts side by side', '"customer exports"', '"customer " "exports"'],
  ['joined texts in single quotes', '"customer exports"', "'customer' + ' exports'"],
];

/** A variable or an operator has no mend that is surely meant. */
const OPEN_MISTAKES: readonly [name: string, from: string, to: string][] = [
  ['a variable for a text', '"012345678901"', `\${ACCOUNT_ID}`],
  ['a variable of two', '"customer exports"', `\${A}-\${B}`],
  ['a variable of a shell', '"012345678901"', '$ACCOUNT_ID'],
  ['a variable of a template', '"012345678901"', '{{ account }}'],
  ['a placeholder', '"012345678901"', '<account-id>'],
  ['a variable for a number', '50', `\${SAMPLING}`],
  ['a variable among the members', '"jobType"', `\${MORE}, "jobType"`],
  ['a variable for a name', '"jobType"', `\${NAME}: 1, "jobType"`],
  ['a choice of two', '"ONE_TIME"', '"ONE_TIME"|"SCHEDULED"'],
  ['a choice of two in single quotes', '"ONE_TIME"', `'ONE_TIME'|'SCHEDULED'`],
  ['a text of Python with parts to fill in', '"customer exports"', 'f"exports of {team}"'],
  ['a loop of a template', '"jobType"', '{{#each jobs}} "jobType"'],
  ['no value', '"name":', '"description": "name":'],
  ['no number', '50', 'NaN'],
  ['a comment of a shell', '"jobType"', '# the type\n"jobType"'],
];

function broken(source: string, from: string, to: string): string {
  const text = source.replace(from, () => to);
  assert.notEqual(text, source);
  return text;
}

for (const [layout, source] of [
  ['on lines', LINES],
  ['on one line', LINE],
] as const) {
  for (const [name, from, to] of [...MISTAKES, ...OPEN_MISTAKES]) {
    test(`one mistake is one finding: ${name}, ${layout}`, () => {
      const text = broken(source, from, to);
      const analysis = analyzeText(text);
      assert.deepEqual(analysis.findings.map(({ code, message }) => `${code}: ${message}`).slice(1), [], text);
      const [finding] = analysis.findings;
      assert.ok(finding?.code === 'json-syntax' || finding?.code === 'comment', `${finding?.code} in ${text}`);
    });
  }

  for (const [name, from, to] of MISTAKES) {
    test(`the preferred mend is meant: ${name}, ${layout}`, () => {
      const text = broken(source, from, to);
      const analysis = analyzeText(text);
      const fix = fixesOf(analysis, analysis.findings[0]!, options).find(({ preferred }) => preferred);
      assert.ok(fix, text);
      const mended = applyChanges(text, fix.changes);
      const value = JSON.parse(mended) as typeof JOB;
      // Quotes and apostrophes that stand in the name stay there.
      if (to.includes('\\') || to.includes('"exports""'))
        value.name = value.name.replace(/["']/g, (c) => (c === "'" ? ' ' : ''));
      assert.deepEqual(value, JOB);
    });
  }

  test(`each bracket may be missing, ${layout}`, () => {
    for (const job of [JOB, SCOPED]) {
      const source = layout === 'on lines' ? JSON.stringify(job, null, 2) : JSON.stringify(job);
      for (const found of source.matchAll(/[[\]{}]/g)) {
        const text = source.slice(0, found.index) + source.slice(found.index + 1);
        const analysis = analyzeText(text);
        const codes = analysis.findings.map(({ code, message }) => `${code}: ${message}`);
        assert.equal(codes.length, 1, `${codes.join('\n')} in ${text}`);
        const [fix] = fixesOf(analysis, analysis.findings[0]!, options);
        assert.ok(fix?.preferred, text);
        assert.deepEqual(JSON.parse(applyChanges(text, fix.changes)), job);
      }
    }
  });
}

for (const [layout, source] of [
  ['on lines', JSON.stringify(SCOPED, null, 2)],
  ['on one line', JSON.stringify(SCOPED)],
] as const) {
  test(`a sign that is missing anywhere is one finding, and mended, ${layout}`, () => {
    const slips = [...source.matchAll(/["{}[\]:,]/g)].map(
      ({ index }) => source.slice(0, index) + source.slice(index + 1),
    );
    const { share, mended } = outcomes(slips, SCOPED);
    assert.ok(share > 0.99, `one finding: ${share}`);
    assert.ok(mended > 0.95, `mended: ${mended}`);
  });

  for (const sign of '"{}[],:;x') {
    test(`a sign too many anywhere is nearly always one finding, and mostly mended: ${sign}, ${layout}`, () => {
      const slips = [...source].map((_, i) => source.slice(0, i) + sign + source.slice(i));
      const { share, mended } = outcomes(slips, SCOPED);
      assert.ok(share > 0.9, `one finding: ${share}`);
      assert.ok(mended > 0.65, `mended: ${mended}`);
    });
  }
}

/** Of texts with one slip: how many have one finding, and how many of those the preferred mend turns back to what was meant. */
function outcomes(slips: readonly string[], meant: object): { share: number; mended: number } {
  let [broken, single, mended] = [0, 0, 0];
  for (const text of slips) {
    const analysis = analyzeText(text);
    if (analysis.document.syntaxProblems.length === 0) continue;
    broken++;
    if (analysis.findings.length > 1) continue;
    single++;
    const fix = fixesOf(analysis, analysis.findings[0]!, options).find(({ preferred }) => preferred);
    if (fix && isSame(applyChanges(text, fix.changes), meant)) mended++;
  }
  assert.ok(broken > 30);
  return { share: single / broken, mended: mended / single };
}

function isSame(text: string, value: object): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(value);
  } catch {
    return false;
  }
}

test('a sign before a comma is one finding, behind a value and among members', () => {
  for (const text of [
    `{"name": "j", x, "jobType": "ONE_TIME", ${S3}}`,
    `{"name": "j", "jobType": "ONE_TIME", ${S3} x, "tags": {}}`,
    `{"name": "j", "jobType": "ONE_TIME", ${S3}\n x,\n "tags": {}}`,
  ]) {
    const { findings } = analyzeText(text);
    assert.equal(findings.length, 1, findings.map(({ message }) => message).join('\n'));
  }
});

test('a name without a value is one finding, wherever the next member stands', () => {
  for (const text of [
    '{\n  "name": "j",\n  "description":\n  "jobType": "ONE_TIME"\n}',
    '{ "name": "j", "jobType": "ONE_TIME", "description": "tags": {} }',
    '{\n  "name": "j",\n  "jobType": "ONE_TIME",\n  "customDataIdentifierIds":\n  "tags": {}\n}',
    '{\n  "name": "j",\n  "jobType": "ONE_TIME",\n  "tags":\n  "description": "x"\n}',
  ]) {
    const findings = analyzeText(text.replace(/}$/, `, ${S3}}`)).findings;
    assert.deepEqual(
      findings.map(({ message }) => message),
      ['A value is missing here.'],
      text,
    );
  }
});

test('a list that is not closed before the next member is closed there', () => {
  for (const [text, mended] of [
    [
      `{"name": "j", "allowListIds": ["${ALLOW}",\n"jobType": "ONE_TIME", ${S3}}`,
      `{"name": "j", "allowListIds": ["${ALLOW}"],\n"jobType": "ONE_TIME", ${S3}}`,
    ],
    [
      `{"name": "j", "allowListIds": ["${ALLOW}"\n"jobType": "ONE_TIME", ${S3}}`,
      `{"name": "j", "allowListIds": ["${ALLOW}"],\n"jobType": "ONE_TIME", ${S3}}`,
    ],
    [
      `{"name": "j", "jobType": "ONE_TIME",\n${S3.slice(0, -2)}\n"description": "x"}`,
      `{"name": "j", "jobType": "ONE_TIME",\n${S3},\n"description": "x"}`,
    ],
  ] as const) {
    const analysis = analyzeText(text);
    assert.equal(analysis.findings.length, 1, analysis.findings.map(({ message }) => message).join('\n'));
    const [fix] = fixesOf(analysis, analysis.findings[0]!, options);
    assert.equal(fix && applyChanges(text, fix.changes), mended);
  }
});

test('members without the braces around them get both', () => {
  const text = `"name": "j",\n"jobType": "ONE_TIME",\n${S3}\n`;
  const analysis = analyzeText(text);
  assert.deepEqual(
    analysis.findings.map(({ message }) => message),
    ['"{" is missing before this.'],
  );
  const [fix] = fixesOf(analysis, analysis.findings[0]!, options);
  assert.equal(fix && applyChanges(text, fix.changes), `{"name": "j",\n"jobType": "ONE_TIME",\n${S3}}\n`);
});

test('of a merge conflict the first version is checked, and it is one finding', () => {
  for (const base of ['', '||||||| base\n  "samplingPercentage": 5,\n']) {
    const text = `{\n  "name": "j",\n<<<<<<< HEAD\n  "samplingPercentage": 10,\n${base}=======\n  "samplingPercentage": 200,\n>>>>>>> theirs\n  "jobType": "ONE_TIME",\n  ${S3}\n}`;
    const { findings, document } = analyzeText(text);
    assert.deepEqual(
      findings.map(({ start, end }) => text.slice(start, end)),
      ['<<<<<<< HEAD'],
    );
    assert.equal(plainValue(memberValue(document.root, 'samplingPercentage')!), 10);
  }
});

test('each safe slip of a large file is mended at once', () => {
  const entries = Array.from({ length: 900 }, (_, i) => ({ accountId: '012345678901', buckets: [`orders-${i}`] }));
  const source = JSON.stringify({ ...JOB, s3JobDefinition: { bucketDefinitions: entries } }, null, 1);
  for (const [from, to] of [
    [',\n', ';\n'],
    ['": ', '"= '],
    ['\n   ]', ',\n   ]'],
  ] as const) {
    const text = source.replaceAll(from, to);
    const mended = applyChanges(text, fixAll(analyzeText(text), options));
    // Not by the two texts: a test that fails would print both.
    assert.ok(mended === source, to);
  }
});

test('a file with all quotes doubled is mended at once', () => {
  const text = LINES.replaceAll('"', '""');
  const analysis = analyzeText(text);
  assert.ok(analysis.findings.every(({ code }) => code === 'json-syntax'));
  assert.equal(applyChanges(text, fixAll(analysis, options)), LINES);
});

test('a bracket that is missing before a member of an object around is put there, on one line', () => {
  const text = LINE.replace(/}}$/, ',"description":"x","tags":{}}');
  const analysis = analyzeText(text);
  assert.deepEqual(
    analysis.findings.map(({ message }) => message),
    ['"}" is missing here: what follows belongs to the object around this one.'],
  );
  const [fix] = fixesOf(analysis, analysis.findings[0]!, options);
  assert.deepEqual(JSON.parse(applyChanges(text, fix!.changes)), { ...JOB, description: 'x', tags: {} });
});

test('a bracket that is missing before a member of an object around is put there', () => {
  const text = LINES.replace(/ {2}}\n}\n$/, '  ,\n  "description": "x",\n  "tags": {}\n}\n').replace(/\]\n\s+,/, '],');
  const analysis = analyzeText(text);
  assert.deepEqual(
    analysis.findings.map(({ message }) => message),
    ['"}" is missing here: what follows belongs to the object around this one.'],
  );
  const [fix] = fixesOf(analysis, analysis.findings[0]!, options);
  assert.deepEqual(JSON.parse(applyChanges(text, fix!.changes)), { ...JOB, description: 'x', tags: {} });
});

test('a dictionary of Python is read, and mended as a whole', () => {
  const text = `{'name': 'it\\'s', 'jobType': 'SCHEDULED', 'initialRun': False, 'scheduleFrequency': {'dailySchedule': {}}, 's3JobDefinition': {'bucketDefinitions': [{'accountId': '111122223333', 'buckets': ['orders-archive']}]}}`;
  const analysis = analyzeText(text);
  assert.ok(analysis.findings.every(({ code }) => code === 'json-syntax'));
  const expected = `{"name": "it's", "jobType": "SCHEDULED", "initialRun": false, "scheduleFrequency": {"dailySchedule": {}}, "s3JobDefinition": {"bucketDefinitions": [{"accountId": "111122223333", "buckets": ["orders-archive"]}]}}`;
  const [fix] = fixesOf(analysis, analysis.findings[0]!, options);
  assert.equal(applyChanges(text, fix!.changes), expected);
  assert.equal(applyChanges(text, fixAll(analysis, options)), expected);
});

test('what is written in other quotes is read', () => {
  const { root } = parseJobDocument(createText(`{'a': 'it\\'s "b"', b: c d, "e": \u201cf\u201d, "g": \${H}}`));
  assert.deepEqual(plainValue(root!), { a: 'it\'s "b"', b: 'c d', e: 'f', g: `\${H}` });
});

test('what gives way for a missing bracket ends where it was written', () => {
  const { source, root } = parseJobDocument(createText('{"a":[{"b":"cde"}}'));
  const list = memberValue(root, 'a');
  const object = list?.children?.[0];
  const textOf = (node: ASTNode | undefined) => node && source.slice(node.offset, node.offset + node.length);
  assert.equal(textOf(object), '{"b":"cde"}');
  assert.equal(textOf(memberValue(object, 'b')), '"cde"');
  assert.deepEqual(plainValue(root!), { a: [{ b: 'cde' }] });
});

test('a comment ends a bare word and a number', () => {
  const text = `{ "name": 50 /* c */, "a": b c // d\n, "e": fg # h\n}`;
  const { root } = parseJobDocument(createText(text));
  assert.deepEqual(plainValue(root!), { name: 50, a: 'b c', e: 'fg' });
});

test('what may stand in an unreadable part is not called missing', () => {
  for (const text of [
    '{ ... }',
    `{\n  "name": "j",\n  job\n}`,
    '{"name": "j", "s3JobDefinition": {',
    '{"name": "j", /* "jobType": "ONE_TIME"}',
    `{"jobType": "SCHEDULED", \${REST}}`,
  ]) {
    const codes = analyzeText(text).findings.map(({ code }) => code);
    assert.ok(codes.length > 0 && codes.every((code) => code === 'json-syntax'), `${codes.join(', ')} in ${text}`);
  }
});

test('of a valid job that lacks a comma or a colon, nothing else is found broken', () => {
  fc.assert(
    fc.property(validText, place, (source, where) => {
      // Outside of texts, which may hold anything.
      const marks = [...source.matchAll(/"(?:[^"\\]|\\.)*"|[,:]/g)].filter(([found]) => found === ',' || found === ':');
      fc.pre(marks.length > 0);
      const { index } = marks[Math.floor(where * (marks.length - 1))]!;
      const text = `${source.slice(0, index)} ${source.slice(index + 1)}`;
      const { syntaxProblems } = parseJobDocument(createText(text));
      assert.deepEqual(
        syntaxProblems.map(({ kind }) => kind),
        [source[index] === ',' ? 'missing-comma' : 'missing-colon'],
        text,
      );
    }),
    { numRuns: 500 },
  );
});

test('what a text or a name holds is not taken for what is missing behind it', () => {
  for (const [source, kind] of [
    [`{"description": "it's '" "samplingPercentage": 1}`, 'missing-comma'],
    ['{"tags": {"A:" ": "}}', 'missing-colon'],
    ['{"tags": {"A:" : "b"}}', undefined],
    ['{"tags": {\n  s3://b/p: "raw"\n}}', 'unquoted-name'],
    ['{"samplingPercentage": 1,\n"allowListIds"\n: ["a"]; "tags": {}}', 'semicolon'],
    ['{"samplingPercentage": 1 /* { " */, "allowListIds" // [\n: ["a"]; "tags": {}}', 'semicolon'],
    ['{"samplingPercentage": 1/* one */; "tags": {"a": ""// it\'s "b\n}}', 'semicolon'],
  ] as const) {
    const kinds = parseJobDocument(createText(source)).syntaxProblems.map((problem) => problem.kind);
    assert.deepEqual(
      kinds.filter((one) => one !== 'comment'),
      kind ? [kind] : [],
      source,
    );
  }
});

/** A valid job with comments between its tokens, and commas before closing brackets: what many editors allow. */
const commented = fc
  .tuple(
    validText,
    fc.array(
      fc.tuple(place, fc.constantFrom(' // a "b" {\n', '/* , } " */', ',', '\n//x\n', '/**/', '// it\'s "\r\n')),
      {
        maxLength: 5,
      },
    ),
  )
  .map(([source, additions]) =>
    additions.reduce((text, [where, addition]) => {
      const tokens = [...text.matchAll(/\/\/.*|\/\*.*?\*\/|"(?:[^"\\]|\\.)*"|[,:{}[\]]/g)].filter(
        ([found]) => found[0] !== '/',
      );
      const at = Math.round(where * (tokens.length - 1));
      const { index, 0: token } = tokens[at]!;
      const isAllowed = addition !== ',' || ('}]'.includes(token) && !',{['.includes(tokens[at - 1]![0]));
      return isAllowed ? text.slice(0, index) + addition + text.slice(index) : text;
    }, source),
  );

test('comments and commas before closing brackets are left to the parser, wherever they stand', () => {
  fc.assert(
    fc.property(commented, (source) => {
      const { text, problems } = recover(source);
      assert.deepEqual(problems, [], source);
      assert.equal(text, source);
      for (const { kind } of parseJobDocument(createText(source)).syntaxProblems) {
        assert.ok(kind === 'comment' || kind === 'trailing-comma', `${kind} in ${source}`);
      }
    }),
    { numRuns: 500 },
  );
});

test('each offset of the text that the parser reads has one in the text that was written, in the same order', () => {
  fc.assert(
    fc.property(fc.oneof(mutatedText, fc.string({ unit: 'binary', maxLength: 200 })), (source) => {
      const { text, problems, offsetOf } = recover(source);
      const offsets = Array.from({ length: text.length + 1 }, (_, offset) => offsetOf(offset));
      assert.equal(offsets[0], 0);
      assert.equal(offsets.at(-1), source.length);
      for (const [i, offset] of offsets.entries()) assert.ok(i === 0 || offset >= offsets[i - 1]!);
      for (const { start, end } of problems) assert.ok(start >= 0 && start < end && end <= source.length);
    }),
    { numRuns: 500 },
  );
});

test('a broken text of half a megabyte is read in a moment', () => {
  for (const part of ["'a' ", '`a', '"a” ', '${a', 'a b', '<a', '{"a": ', "['", '"x" y ', '/* ', '# ']) {
    const source = `{"name": [${part.repeat(500_000 / part.length)}`;
    const start = performance.now();
    recover(source);
    assert.ok(performance.now() - start < 3000, `${part}: ${performance.now() - start} ms`);
  }
});
