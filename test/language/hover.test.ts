import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../../server/language/hover.js';
import { code, escapeMarkdown } from '../../server/language/markdown.js';
import { cursorAt, cursorIn, NOW } from './cursor.js';

/** What is said at the cursor, and of which text; undefined where nothing is. */
function said(marked: string): { text: string; of: string } | undefined {
  const { document, position } = cursorIn(marked);
  const found = hover(document, position, { now: NOW });
  if (!found) return undefined;
  return { text: (found.contents as MarkupContent).value, of: document.text.getText(found.range!) };
}

const term = (text: string) => `{"s3JobDefinition":{"scoping":{"includes":{"and":[{"simpleScopeTerm":${text}}]}}}}`;
const criterion = (text: string) =>
  `{"s3JobDefinition":{"bucketCriteria":{"includes":{"and":[{"simpleCriterion":${text}}]}}}}`;

const SAID: [text: string, of: string, ...words: RegExp[]][] = [
  ['{"na|me":"j"}', '"name"', /required/i, /500/, /docs\.aws\.amazon\.com/],
  ['{|"name":"j"}', '"name"', /500/],
  ['{"jobType":"ONE|_TIME"}', '"ONE_TIME"', /once/, /scheduleFrequency/],
  ['{"managedDataIdentifierSelector":"RECOMM|ENDED"}', '"RECOMMENDED"', /default/, /recurring/],
  ['{"managedDataIdentifierSelector":"N|ONE"}', '"NONE"', /customDataIdentifierIds/],
  ['{"initialRun":fal|se}', 'false', /left alone until they change/],
  ['{"jobType":"ONE_TIME","initialRun":fal|se}', 'false', /no other run than its first/],
  ['{"initial|Run":true}', '"initialRun"', /\*Here:\* The job starts with a run over all existing/],
  ['{"samplingPercentage":1|0}', '10', /10 percent/, /at random/],
  ['{"samplingPercentage":|100}', '100', /default/],
  ['{"scheduleFrequency":{"monthlySchedule":{"dayOfMonth":3|1}}}', '31', /7 months/, /UTC/],
  ['{"scheduleFrequency":{"monthlySchedule":{"dayOfMonth":2|9}}}', '29', /leap years/],
  ['{"scheduleFrequency":{"weeklySchedule":{"dayOfWeek":"MON|DAY"}}}', '"MONDAY"', /every Monday/],
  [
    '{"jobType":"SCHEDULED","schedule|Frequency":{"weeklySchedule":{"dayOfWeek":"MONDAY"}}}',
    '"scheduleFrequency"',
    /\*Here:\* Runs every Monday/,
  ],
  [
    '{"s3JobDefinition":{"bucketDefin|itions":[{"accountId":"1","buckets":["a","b"]},{"accountId":"2","buckets":["c"]}]}}',
    '"bucketDefinitions"',
    /3 buckets of 2 accounts/,
    /1,000/,
  ],
  ['{"s3JobDefinition":{"bucketDefinitions":[{"account|Id":"1","buckets":["a"]}]}}', '"accountId"', /1 bucket /],
  [term('{"comparator":"GT|E","key":"OBJECT_SIZE"}'), '"GTE"', /greater than or equal/, /of that size or larger/],
  [term('{"comparator":"GT|E"}'), '"GTE"', /greater than or equal/i],
  [term('{"comparator":"L|T","key":"OBJECT_LAST_MODIFIED_DATE"}'), '"LT"', /less than/, /before that time/],
  [term('{"comparator":"STARTS|_WITH","key":"OBJECT_KEY"}'), '"STARTS_WITH"', /Begins with/],
  [term('{"key":"OBJECT|_KEY"}'), '"OBJECT_KEY"', /logs\//],
  [term('{"key":"OBJECT_SIZE","values":["1073|741824"]}'), '"1073741824"', /1,073,741,824 bytes = 1 GiB/],
  [term('{"values":["|1048576"],"key":"OBJECT_SIZE","comparator":"LT"}'), '"1048576"', /smaller than that size/],
  [
    term('{"key":"OBJECT_LAST_MODIFIED_DATE","comparator":"GT","values":["2026-06-|12T12:00:00Z"]}'),
    '"2026-06-12T12:00:00Z"',
    /Friday, 12 June 2026, 12:00:00 UTC/,
    /3 days ago/,
    /after that time/,
  ],
  [
    term('{"key":"OBJECT_LAST_MODIFIED_DATE","values":["2027-06-15|T12:30:59.999Z"]}'),
    '"2027-06-15T12:30:59.999Z"',
    /12:30:59\.999 UTC/,
  ],
  [
    term('{"key":"OBJECT_LAST_MODIFIED_DATE","values":["2027-06-15|T12:30:00Z"]}'),
    '"2027-06-15T12:30:00Z"',
    /in 12 months/,
  ],
  [term('{"key":"OBJECT_EXTENSION","comparator":"E|Q"}'), '"EQ"', /equals/, /one of the extensions/],
  [term('{"key":"OBJECT_EXTENSION","comparator":"N|E","values":["log"]}'), '"NE"', /another extension/, /excludes/],
  [term('{"key":"OBJECT_EXTENSION","comparator":"NE","values":["l|og"]}'), '"log"', /Objects but those whose key/],
  [term('{"key":"OBJECT_SIZE","comparator":"CONTA|INS"}'), '"CONTAINS"', /no condition of a job takes it/],
  [criterion('{"key":"ACCOUNT_ID","comparator":"G|T"}'), '"GT"', /`EQ` and `NE` alone/],
  [term('{"key":"OBJECT_KEY","values":[" |"]}'), '" "', /begins with `" "`/],
  [term('{"key":"OBJECT_EXTENSION","values":["p|df"]}'), '"pdf"', /up to 1,024 MB each/, /supported-storage/],
  [term('{"key":"OBJECT_EXTENSION","values":["p|ng"]}'), '"png"', /no images/],
  [term('{"key":"OBJECT_KEY","values":["lo|gs"]}'), '"logs"', /begins with `logs`/, /folder/],
  [criterion('{"key":"S3_BUCKET_SHARED_ACCESS","values":["EXTER|NAL"]}'), '"EXTERNAL"', /CloudFront/],
  [criterion('{"key":"ACCOUNT|_ID"}'), '"ACCOUNT_ID"', /12 digits/],
  [
    '{"managedDataIdentifierIds":["CREDIT_CARD_NUMBER|_(NO_KEYWORD)"]}',
    '"CREDIT_CARD_NUMBER_(NO_KEYWORD)"',
    /credit card/i,
    /financial/,
    /keyword/i,
    /recommended set/,
    /mdis-reference-financial/,
  ],
  ['{"managedDataIdentifierIds":["BELGIUM|_DRIVERS_LICENSE"]}', '"BELGIUM_DRIVERS_LICENSE"', /Belgium/],
  [
    term('{"key":"OBJECT_EXTENSION","comparator":"EQ","val|ues":["csv","tsv"]}'),
    '"values"',
    /\*Here:\* The extension is csv or tsv/,
  ],
  ['{"name":"j", "jobType": "ONE|_TIME', '"ONE_TIME', /once/],
];

for (const [text, of, ...words] of SAID) {
  test(`hover on ${text}`, () => {
    const found = said(text);
    assert.equal(found?.of, of);
    for (const word of words) assert.match(found!.text, word);
    assert.ok(found!.text.length < 1500, 'too long to read');
    assert.match(found!.text, /\]\(https:\/\/docs\.aws\.amazon\.com\/[^)]+\)$/, 'no link at the end');
  });
}

const SILENT: Record<string, string> = {
  'a comma': '{"name":"j"|,"tags":{}}',
  'a closing brace': '{"name":"j"|}',
  'an opening brace': '|{"name":"j"}',
  'a colon': '{"name"|:"j"}',
  'an opening bracket': '{"allowListIds":|["a"]}',
  'white space': '{ | "name":"j"}',
  'a tag key that is called name': '{"tags":{"na|me":"j"}}',
  'a tag key that is called __proto__': '{"tags":{"__pro|to__":"j"}}',
  'a tag value': '{"tags":{"name":"ONE|_TIME"}}',
  'a member of no kind': '{"jobNa|me":"j"}',
  'a member in a member of no kind': '{"details":{"na|me":"j"}}',
  'a name of the user’s own': '{"name":"my jo|b"}',
  'a value that the API does not know': '{"jobType":"TW|ICE"}',
  'an id that the list does not have': '{"managedDataIdentifierIds":["EMAIL_|ADDRESS"]}',
  'a member of an array that is no object': '{"s3JobDefinition":["na|me"]}',
  'a size in words': term('{"key":"OBJECT_SIZE","values":["5 |MB"]}'),
  'a day that no month has': '{"scheduleFrequency":{"monthlySchedule":{"dayOfMonth":3|2}}}',
  'an empty file': '|',
  'a comment': '{ // na|me\n}',
};

for (const [name, text] of Object.entries(SILENT)) {
  test(`no hover on ${name}`, () => assert.equal(said(text), undefined));
}

test('text of the file cannot make Markdown', () => {
  const evil = '`*[x](http://e.example)*<img src=x>&amp;';
  const source = JSON.stringify({
    s3JobDefinition: {
      bucketCriteria: {
        includes: { and: [{ simpleCriterion: { key: 'S3_BUCKET_NAME', comparator: 'EQ', values: [evil] } }] },
      },
      scoping: {
        includes: { and: [{ simpleScopeTerm: { key: 'OBJECT_KEY', comparator: 'STARTS_WITH', values: [evil] } }] },
      },
    },
  });
  let seen = 0;
  for (let offset = 0; offset < source.length; offset++) {
    const { document, position } = cursorAt(source, offset);
    const found = hover(document, position, { now: NOW });
    const text = (found?.contents as MarkupContent | undefined)?.value ?? '';
    if (!text.includes('e.example')) continue;
    seen++;
    // In a code span, fenced by more backquotes than it holds, or with every character escaped.
    assert.ok(text.includes(`\`\` ${evil.slice(0, 30)}`) || text.includes('\\`\\*\\[x\\]'), text);
  }
  assert.ok(seen > 0);
});

test('escaped Markdown', () => {
  assert.equal(escapeMarkdown('# a'), '\\# a');
  assert.equal(escapeMarkdown('- a\n- b'), '\\- a - b');
  assert.equal(escapeMarkdown('1. a'), '1\\. a');
  assert.equal(escapeMarkdown('a_b *c* <d> [e](f) `g` | h'), 'a\\_b \\*c\\* \\<d\\> \\[e\\](f) \\`g\\` \\| h');
  assert.equal(
    escapeMarkdown('https://a.example www.b.example c@d.example'),
    'https\\://a.example www\\.b.example c\\@d.example',
  );
  assert.equal(escapeMarkdown('1,073,741,824 bytes = 1 GiB'), '1,073,741,824 bytes = 1 GiB');
  assert.equal(code('a'), '`a`');
  assert.equal(code('a`b``c'), '``` a`b``c ```');
  assert.equal(code('a\nb'), '`a\\u{a}b`');
  assert.equal(code(''), '`""`');
  assert.equal(code(' '), '`" "`');
  assert.equal(code('a '), '`"a "`');
});
