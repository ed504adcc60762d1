import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as macie from '@aws-sdk/client-macie2';
import Ajv from 'ajv';
import schema from '../../schemas/macie-classification-job.schema.json';

interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  markdownDescription?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  enum?: string[];
  enumDescriptions?: string[];
  markdownEnumDescriptions?: string[];
  definitions?: Record<string, Schema>;
}

const root = schema as Schema;

/** What VS Code makes of a reference: the definition's keywords over those beside the reference. */
function resolve(node: Schema): Schema {
  if (!node.$ref) return node;
  const target = root.definitions?.[node.$ref.replace('#/definitions/', '')];
  assert.ok(target, `${node.$ref} leads nowhere`);
  return { ...node, ...target };
}

/** Every place of the schema that a definition can have, with its path; items as "[]", map values as "*". */
function* places(node: Schema = root, path = ''): Generator<[path: string, place: Schema]> {
  const place = resolve(node);
  yield [path, place];
  for (const [name, member] of Object.entries(place.properties ?? {})) yield* places(member, `${path}/${name}`);
  if (place.items) yield* places(place.items, `${path}/[]`);
  if (typeof place.additionalProperties === 'object') yield* places(place.additionalProperties, `${path}/*`);
}

// Ajv checks the schema itself against draft-07; its strict mode knows none of VS Code's keywords.
const accepts = new Ajv({ strict: false }).compile(schema);

const buckets = { bucketDefinitions: [{ accountId: '012345678901', buckets: ['invoices'] }] };
const job = { name: 'Invoices', jobType: 'ONE_TIME', s3JobDefinition: buckets };
const term = (simpleScopeTerm: object) => ({
  ...job,
  s3JobDefinition: { ...buckets, scoping: { includes: { and: [{ simpleScopeTerm }] } } },
});
const criterion = (simpleCriterion: object) => ({
  ...job,
  s3JobDefinition: { bucketCriteria: { excludes: { and: [{ simpleCriterion }] } } },
});

const accepted: Record<string, object> = {
  'the smallest job': job,
  'a name of 500 and a description of 200 characters': { ...job, name: 'n'.repeat(500), description: 'd'.repeat(200) },
  'a schema reference': { $schema: 'x.json', ...job },
  'a daily job': { ...job, jobType: 'SCHEDULED', scheduleFrequency: { dailySchedule: {} }, initialRun: false },
  'the last day of a month': { ...job, scheduleFrequency: { monthlySchedule: { dayOfMonth: 31 } } },
  'an empty tag value': { ...job, tags: { Team: '' } },
  'a tag key that is a name of the API': { ...job, tags: { jobType: 'nightly' } },
  '30 custom identifiers and 10 allow lists': {
    ...job,
    customDataIdentifierIds: Array.from({ length: 30 }, String),
    allowListIds: Array.from({ length: 10 }, String),
  },
  'a size condition': term({ key: 'OBJECT_SIZE', comparator: 'GTE', values: ['1'] }),
  'a condition without a comparator, which is for the rules': term({ key: 'OBJECT_SIZE', values: ['1'] }),
  'an object tag': {
    ...job,
    s3JobDefinition: {
      scoping: {
        excludes: {
          and: [
            {
              tagScopeTerm: { comparator: 'NE', key: 'TAG', target: 'S3_OBJECT', tagValues: [{ key: 'a', value: '' }] },
            },
          ],
        },
      },
    },
  },
  'a bucket tag by value alone': {
    ...job,
    s3JobDefinition: {
      bucketCriteria: { includes: { and: [{ tagCriterion: { comparator: 'EQ', tagValues: [{ value: 'x' }] } }] } },
    },
  },
};

const refused: Record<string, object> = {
  'no name': { jobType: 'ONE_TIME', s3JobDefinition: buckets },
  'no type': { name: 'Invoices', s3JobDefinition: buckets },
  'no place to look': { name: 'Invoices', jobType: 'ONE_TIME' },
  'an unknown member': { ...job, samplingDepth: 10 },
  'a member in another case': { ...job, Name: 'Invoices' },
  'a name of 501 characters': { ...job, name: 'n'.repeat(501) },
  'a description of 201 characters': { ...job, description: 'd'.repeat(201) },
  'an unknown type': { ...job, jobType: 'WEEKLY' },
  'a schedule as text': { ...job, scheduleFrequency: 'WEEKLY' },
  'a daily schedule as a boolean': { ...job, scheduleFrequency: { dailySchedule: true } },
  'a daily schedule with settings': { ...job, scheduleFrequency: { dailySchedule: { hour: 5 } } },
  'a day in short': { ...job, scheduleFrequency: { weeklySchedule: { dayOfWeek: 'MON' } } },
  'day 0': { ...job, scheduleFrequency: { monthlySchedule: { dayOfMonth: 0 } } },
  'day 32': { ...job, scheduleFrequency: { monthlySchedule: { dayOfMonth: 32 } } },
  'day 1.5': { ...job, scheduleFrequency: { monthlySchedule: { dayOfMonth: 1.5 } } },
  'no sampling': { ...job, samplingPercentage: 0 },
  'sampling above 100': { ...job, samplingPercentage: 101 },
  'sampling as text': { ...job, samplingPercentage: '50' },
  'an unknown selector': { ...job, managedDataIdentifierSelector: 'DEFAULT' },
  'an initial run as text': { ...job, initialRun: 'true' },
  null: { ...job, description: null },
  '31 custom identifiers': { ...job, customDataIdentifierIds: Array.from({ length: 31 }, String) },
  '11 allow lists': { ...job, allowListIds: Array.from({ length: 11 }, String) },
  'tags as a list': { ...job, tags: [{ Key: 'Team', Value: 'a' }] },
  '51 tags': { ...job, tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])) },
  'a tag key of 129 characters': { ...job, tags: { ['k'.repeat(129)]: '' } },
  'a tag value of 257 characters': { ...job, tags: { k: 'v'.repeat(257) } },
  'an account id as a number': {
    ...job,
    s3JobDefinition: { bucketDefinitions: [{ accountId: 111122223333, buckets: [] }] },
  },
  'an account id of 11 digits': {
    ...job,
    s3JobDefinition: { bucketDefinitions: [{ accountId: '11112222333', buckets: [] }] },
  },
  'buckets without an account': { ...job, s3JobDefinition: { bucketDefinitions: [{ buckets: ['invoices'] }] } },
  'an account without buckets': { ...job, s3JobDefinition: { bucketDefinitions: [{ accountId: '111122223333' }] } },
  'GT for a bucket': criterion({ key: 'ACCOUNT_ID', comparator: 'GT', values: ['1'] }),
  'an object property for a bucket': criterion({ key: 'OBJECT_SIZE', comparator: 'EQ', values: ['1'] }),
  'CONTAINS for an object': term({ key: 'OBJECT_KEY', comparator: 'CONTAINS', values: ['logs'] }),
  'a number as a value': term({ key: 'OBJECT_SIZE', comparator: 'EQ', values: [1024] }),
  'a bucket condition among object conditions': {
    ...job,
    s3JobDefinition: { scoping: { includes: { and: [{ simpleCriterion: {} }] } } },
  },
};

for (const [name, definition] of Object.entries(accepted)) {
  test(`accepts ${name}`, () => assert.ok(accepts(definition), JSON.stringify(accepts.errors)));
}

for (const [name, definition] of Object.entries(refused)) {
  test(`refuses ${name}`, () => assert.equal(accepts(definition), false));
}

test('every place is described, shortly, in plain text and in Markdown', () => {
  for (const [path, place] of places()) {
    assert.ok(place.description, `${path} has no description`);
    assert.ok(place.markdownDescription, `${path} has no Markdown description`);
    assert.ok(place.description.length <= 900, `${path} is described at length`);
    assert.doesNotMatch(place.description, /https?:|[`*\n]/, `${path} has markup or a link in its plain description`);
  }
});

test('every fixed value is described', () => {
  for (const [path, place] of places()) {
    if (!place.enum) continue;
    assert.equal(place.enumDescriptions?.length, place.enum.length, `${path} describes other values than it has`);
    assert.equal(place.markdownEnumDescriptions?.length, place.enum.length, path);
    for (const text of place.enumDescriptions)
      assert.match(text, /\w.*\.$/, `${path} leaves a value without a sentence`);
  }
});

test('a definition that is used with a text of its own place has none itself, as VS Code would show that instead', () => {
  const check = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { $ref, description } = node as Schema;
    if ($ref && description) {
      const target = root.definitions?.[$ref.replace('#/definitions/', '')];
      assert.equal(target?.description, undefined, $ref);
    }
    Object.values(node).forEach(check);
  };
  check(schema);
});

test('every object is closed', () => {
  for (const [path, place] of places()) {
    if (place.type === 'object') assert.notEqual(place.additionalProperties ?? true, true, `${path} is open`);
  }
});

// The SDK keeps its shapes as arrays: [kind, namespace, name, traits, ...], where a structure goes on with its member
// names, their shapes, and the number of leading members that are required. Shapes are numbers, arrays, or functions
// that return one.
const kinds = { list: 1, map: 2, structure: 3 } as const;

function unwrap(shape: unknown): number | readonly unknown[] {
  if (typeof shape === 'function') return unwrap(shape());
  // With traits of its own: [shape, traits].
  if (Array.isArray(shape) && shape.length === 2) return unwrap(shape[0]);
  return shape as number | readonly unknown[];
}

const scalars: Record<number, string> = { 0: 'string', 1: 'integer', 2: 'boolean' };
const LIST_OF = 64;
const MAP_OF = 128;

function compare(node: Schema, shape: unknown, path: string, seen: Set<string>): void {
  const place = resolve(node);
  const sdk = unwrap(shape);
  seen.add(path);
  if (typeof sdk === 'number') {
    if (sdk >= MAP_OF) {
      assert.equal(place.type, 'object', path);
      assert.equal(typeof place.additionalProperties, 'object', `${path} is a map in the SDK`);
      compare(place.additionalProperties as Schema, sdk - MAP_OF, `${path}/*`, seen);
    } else if (sdk >= LIST_OF) {
      assert.equal(place.type, 'array', path);
      compare(place.items ?? {}, sdk - LIST_OF, `${path}/[]`, seen);
    } else {
      assert.equal(place.type, scalars[sdk], path);
    }
    return;
  }
  if (sdk[0] === kinds.list) {
    assert.equal(place.type, 'array', path);
    compare(place.items ?? {}, sdk[4], `${path}/[]`, seen);
    return;
  }
  assert.equal(sdk[0], kinds.structure, `${path} has a kind of shape that this test does not know`);
  assert.equal(place.type, 'object', path);
  const [, , , , names, shapes] = sdk as [number, string, string, unknown, string[], unknown[]];
  const members = Object.keys(place.properties ?? {}).filter((name) => name !== '$schema');
  assert.deepEqual(members.sort(), [...names].sort(), `${path} has other members than the SDK`);
  for (const [index, name] of names.entries())
    compare(place.properties![name]!, shapes[index], `${path}/${name}`, seen);
}

test('the members and types are those of the SDK, to the leaves', () => {
  const seen = new Set<string>();
  compare(root, macie.CreateClassificationJobRequest$, '', seen);
  const ours = [...places()].map(([path]) => path).filter((path) => path !== '/$schema');
  assert.deepEqual([...seen].sort(), ours.sort());
});

test('required members are those of the SDK, less the token that every client fills in', () => {
  const requiredOf = (shape: readonly unknown[]) => (shape[4] as string[]).slice(0, shape[6] as number);
  assert.deepEqual([...root.required!].sort(), requiredOf(macie.CreateClassificationJobRequest$).sort());
  const bucketDefinition = root.definitions!.S3BucketDefinitionForJob!;
  assert.deepEqual(bucketDefinition.required, requiredOf(macie.S3BucketDefinitionForJob$));
});

// The SDK's enums that belong to the last steps of a path; and where ours has fewer values, which and why.
const sdkEnums: ReadonlyArray<readonly [path: RegExp, sdk: Record<string, string>, leftOut: string[], why: string]> = [
  [/^\/jobType$/, macie.JobType, [], ''],
  [/^\/managedDataIdentifierSelector$/, macie.ManagedDataIdentifierSelector, [], ''],
  [/\/dayOfWeek$/, macie.DayOfWeek, [], ''],
  [/\/simpleCriterion\/key$/, macie.SimpleCriterionKeyForJob, [], ''],
  [/\/simpleScopeTerm\/key$/, macie.ScopeFilterKey, [], ''],
  [/\/target$/, macie.TagTarget, [], ''],
  [
    /\/(simpleCriterion|tagCriterion|tagScopeTerm)\/comparator$/,
    macie.JobComparator,
    ['CONTAINS', 'GT', 'GTE', 'LT', 'LTE', 'STARTS_WITH'],
    'the API reference allows only EQ and NE for bucket conditions and for tags',
  ],
  [
    /\/simpleScopeTerm\/comparator$/,
    macie.JobComparator,
    ['CONTAINS'],
    'the API reference allows CONTAINS for no object property',
  ],
];

test('fixed values are those of the SDK, with the named exceptions', () => {
  for (const [path, place] of places()) {
    if (!place.enum) continue;
    // A plain string in the SDK; the API reference names its only value.
    if (/\/tagScopeTerm\/key$/.test(path)) {
      assert.deepEqual(place.enum, ['TAG']);
      continue;
    }
    const entry = sdkEnums.find(([pattern]) => pattern.test(path));
    assert.ok(entry, `${path} is compared with no enum of the SDK`);
    const [, sdk, leftOut] = entry;
    const expected = Object.values(sdk).filter((value) => !leftOut.includes(value));
    assert.deepEqual([...place.enum].sort(), expected.sort(), path);
  }
});
