import fc from 'fast-check';

/* Job definitions that AWS's documentation allows, and texts that are nearly so. */

/** A place in a text, as a part of its length. No `fc.double`: nearly all of its values from 0 to 1 are nearly 0. */
export const place = fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 1_000_000);

const accountId = fc.stringMatching(/^[1-9]\d{11}$/);
const bucketName = fc
  .stringMatching(/^[a-z][a-z0-9]{2,20}(-[a-z0-9]{1,10}){0,2}$/)
  .filter((name) => !/^(xn|sthree|amzn)/.test(name) && !/-(s3alias|an)$/.test(name));
const equality = fc.constantFrom('EQ', 'NE');
const uuid = fc.uuid();
const allowListId = fc.stringMatching(/^[a-z0-9]{22}$/);
const tagText = fc
  .stringMatching(/^[A-Za-z0-9 _.:/=+@-]{1,30}$/)
  .filter((text) => !/^aws:/i.test(text.trim()) && text.trim() === text);
const extension = fc.constantFrom(
  'csv',
  'tsv',
  'json',
  'jsonl',
  'parquet',
  'avro',
  'txt',
  'pdf',
  'docx',
  'xlsx',
  'gz',
  'log',
);
const prefix = fc.stringMatching(/^[a-z]{1,12}(\/[a-z0-9_=-]{1,12}){0,3}\/$/);
const size = fc.nat({ max: 2_000_000_000 }).map(String);
const date = fc
  .date({ min: new Date('2015-01-01T00:00:00Z'), max: new Date('2026-06-01T00:00:00Z'), noInvalidDate: true })
  .map((d) => `${d.toISOString().slice(0, 19)}Z`);
const some = <T>(of: fc.Arbitrary<T>, max = 4) => fc.uniqueArray(of, { minLength: 1, maxLength: max });

const tagPair = fc.oneof(
  fc.record({ key: tagText }),
  fc.record({ value: tagText }),
  fc.record({ key: tagText, value: tagText }),
);

const criterion = fc.oneof(
  fc.record({
    simpleCriterion: fc.oneof(
      fc.record({ key: fc.constant('ACCOUNT_ID'), comparator: equality, values: some(accountId) }),
      fc.record({ key: fc.constant('S3_BUCKET_NAME'), comparator: equality, values: some(bucketName) }),
      fc.record({
        key: fc.constant('S3_BUCKET_EFFECTIVE_PERMISSION'),
        comparator: equality,
        values: some(fc.constantFrom('PUBLIC', 'NOT_PUBLIC', 'UNKNOWN'), 2),
      }),
      fc.record({
        key: fc.constant('S3_BUCKET_SHARED_ACCESS'),
        comparator: equality,
        values: some(fc.constantFrom('EXTERNAL', 'INTERNAL', 'NOT_SHARED', 'UNKNOWN'), 3),
      }),
    ),
  }),
  fc.record({
    tagCriterion: fc.record({ comparator: equality, tagValues: fc.array(tagPair, { minLength: 1, maxLength: 3 }) }),
  }),
);

const ordering = fc.constantFrom('EQ', 'GT', 'GTE', 'LT', 'LTE', 'NE');
const scopeTerm = fc.oneof(
  fc.record({
    simpleScopeTerm: fc.oneof(
      fc.record({ key: fc.constant('OBJECT_EXTENSION'), comparator: equality, values: some(extension) }),
      fc.record({ key: fc.constant('OBJECT_KEY'), comparator: fc.constant('STARTS_WITH'), values: some(prefix) }),
      fc.record({ key: fc.constant('OBJECT_SIZE'), comparator: ordering, values: fc.tuple(size) }),
      fc.record({ key: fc.constant('OBJECT_LAST_MODIFIED_DATE'), comparator: ordering, values: fc.tuple(date) }),
    ),
  }),
  fc.record({
    tagScopeTerm: fc.record({
      key: fc.constant('TAG'),
      comparator: equality,
      target: fc.constant('S3_OBJECT'),
      tagValues: fc.array(fc.record({ key: tagText, value: fc.oneof(fc.constant(''), tagText) }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  }),
);

const blocks = (of: fc.Arbitrary<unknown>) =>
  fc.record(
    {
      includes: fc.record({ and: fc.array(of, { minLength: 1, maxLength: 4 }) }),
      excludes: fc.record({ and: fc.array(of, { minLength: 1, maxLength: 3 }) }),
    },
    { requiredKeys: [] },
  );

const buckets = fc.oneof(
  fc.record({
    bucketDefinitions: fc.uniqueArray(fc.record({ accountId, buckets: some(bucketName, 5) }), {
      minLength: 1,
      maxLength: 4,
      selector: (definition) => definition.accountId,
    }),
  }),
  fc.record({ bucketCriteria: blocks(criterion) }),
);

const s3JobDefinition = fc
  .tuple(buckets, fc.option(blocks(scopeTerm), { nil: undefined }))
  .map(([chosen, scoping]) => (scoping ? { ...chosen, scoping } : chosen));

const managedIds = some(
  fc.constantFrom(
    'CREDIT_CARD_NUMBER',
    'CREDIT_CARD_NUMBER_(NO_KEYWORD)',
    'NAME',
    'PKCS',
    'USA_SOCIAL_SECURITY_NUMBER',
  ),
);
const identifiers = fc.oneof(
  fc.record({ managedDataIdentifierSelector: fc.constantFrom('ALL', 'RECOMMENDED') }),
  fc.record({
    managedDataIdentifierSelector: fc.constantFrom('INCLUDE', 'EXCLUDE'),
    managedDataIdentifierIds: managedIds,
  }),
  fc.record({ managedDataIdentifierSelector: fc.constant('NONE'), customDataIdentifierIds: some(uuid) }),
  fc.record({ customDataIdentifierIds: some(uuid) }),
  fc.constant({}),
);

const schedule = fc.oneof(
  fc.constant({ dailySchedule: {} }),
  fc.constantFrom('SUNDAY', 'MONDAY', 'SATURDAY').map((dayOfWeek) => ({ weeklySchedule: { dayOfWeek } })),
  fc.integer({ min: 1, max: 31 }).map((dayOfMonth) => ({ monthlySchedule: { dayOfMonth } })),
);
const timing = fc.oneof(
  fc.constant({ jobType: 'ONE_TIME' }),
  fc.tuple(schedule, fc.option(fc.boolean(), { nil: undefined })).map(([scheduleFrequency, initialRun]) => ({
    jobType: 'SCHEDULED',
    scheduleFrequency,
    ...(initialRun === undefined ? {} : { initialRun }),
  })),
);

const printable = (max: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: max })
    .filter((text) => text.trim() !== '' && [...text].length <= max * 2);

const optional = fc.record(
  {
    description: printable(60),
    samplingPercentage: fc.integer({ min: 1, max: 100 }),
    allowListIds: fc.uniqueArray(allowListId, { maxLength: 10 }),
    tags: fc.dictionary(tagText, fc.oneof(fc.constant(''), tagText), { maxKeys: 10 }),
  },
  { requiredKeys: [] },
);

/** A definition that breaks no rule of the API reference; it may well be one that deserves a warning. */
export const validJob: fc.Arbitrary<object> = fc
  .tuple(printable(80), timing, identifiers, s3JobDefinition, optional, fc.boolean())
  .map(([name, when, what, where, rest, last]) =>
    // The members' order means nothing, so it varies.
    last
      ? { ...rest, ...what, s3JobDefinition: where, ...when, name }
      : { name, ...when, s3JobDefinition: where, ...what, ...rest },
  );

/** The same as text, in one of many layouts. */
export const validText: fc.Arbitrary<string> = fc
  .tuple(validJob, fc.constantFrom<string | number | undefined>(2, 4, '\t', undefined), fc.constantFrom('\n', '\r\n'))
  .map(([job, indent, eol]) => JSON.stringify(job, null, indent).replaceAll('\n', eol) + eol);

/** What mistakes are made of. */
const SCRAPS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '//',
  '/*',
  '*/',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u00a0',
  '\ufeff',
  '\u0000',
  '\ud800',
  '\udc00',
  'null',
  'true',
  'True',
  '0',
  '-1',
  '1e2',
  '100.0',
  "'x'",
  '""',
  '"and"',
  '[]',
  '{}',
  '{"a":{}}',
  '"$schema":"x",',
  '"__proto__":"x",',
  '"constructor":{},',
  '"jobType":"ONE_TIME",',
  '"JobType":"SCHEDULED",',
  '"scheduleFrequency":{},',
  '"initialRun":null,',
  '"managedDataIdentifierIds":["SSN"],',
  '"bucketCriteria":{},',
  '"samplingPercentge":5,',
  '"comparator":"CONTAINS",',
  '"values":[1],',
  '"simpleCriterion":{},',
  '"simpleScopeTerm":{"key":"OBJECT_SIZE","comparator":"LT","values":["10MB"]},',
  '"tags":[{"Key":"a","Value":"b"}],',
  '"clientToken":"",',
  '2023-02-30',
  'arn:aws:s3:::b',
  's3://b/p',
  '*',
  '.csv',
  '$VAR',
  '\u0024{ACCOUNT}',
  "'",
  "'name': 'x',",
  '\u201cname\u201d',
  '\u00a0',
  '\ufeff',
  '# why\n',
  '/* why',
  'True',
  'None',
  '012345678901',
  '50%',
  '0x1F',
  '-',
  '=',
  ';',
  '...',
];

interface Mutation {
  kind: 'insert' | 'delete' | 'copy' | 'swap' | 'end';
  at: number;
  length: number;
  scrap: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'delete', 'copy', 'swap', 'swap', 'end'),
  at: place,
  length: fc.integer({ min: 1, max: 40 }),
  scrap: fc.constantFrom(...SCRAPS),
});

function mutate(text: string, { kind, at, length, scrap }: Mutation): string {
  const start = Math.floor(at * text.length);
  const end = Math.min(text.length, start + length);
  switch (kind) {
    case 'insert':
      return text.slice(0, start) + scrap + text.slice(start);
    case 'delete':
      return text.slice(0, start) + text.slice(end);
    case 'end':
      // A file that is only half written.
      return text.slice(0, start);
    case 'copy':
      return text.slice(0, end) + text.slice(start, end) + text.slice(end);
    default: {
      // A whole value or name exchanged, as an edit by hand would do it.
      const word = /"[^"\n]*"|\b[\w.]+\b/g;
      word.lastIndex = start;
      const found = word.exec(text);
      return found
        ? text.slice(0, found.index) + scrap.replace(/,$/, '') + text.slice(found.index + found[0].length)
        : text;
    }
  }
}

/** A valid job's text with a few mutations: mostly broken, and still like what stands in an editor. */
export const mutatedText: fc.Arbitrary<string> = fc
  .tuple(validText, fc.array(mutation, { minLength: 1, maxLength: 6 }))
  .map(([text, mutations]) => mutations.reduce(mutate, text));
