/** The Macie operations of the local endpoint: what each answers, from the state. */
import { isDeepStrictEqual } from 'node:util';
import type { Bucket, Json, JsonObject, KeyEntry, LocalState, StoredJob } from './state.js';
import { newJobId } from './state.js';

export interface MacieCall {
  state: LocalState;
  caller: KeyEntry;
  region: string;
  body: JsonObject;
  /** The variable part of the path, decoded. */
  id: string;
}

/** What the service refuses, in AWS's form. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

interface Operation {
  name: string;
  method: string;
  path: RegExp;
  answer: (call: MacieCall) => JsonObject;
}

const notFound = (): Refusal => new Refusal(404, 'ResourceNotFoundException', 'The specified resource was not found.');

/** The operations by method and path. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'CreateClassificationJob', method: 'POST', path: /^\/jobs$/, answer: createJob },
  { name: 'ListClassificationJobs', method: 'POST', path: /^\/jobs\/list$/, answer: listJobs },
  { name: 'DescribeClassificationJob', method: 'GET', path: /^\/jobs\/([^/]+)$/, answer: describeJob },
  { name: 'GetMacieSession', method: 'GET', path: /^\/macie$/, answer: getSession },
  {
    name: 'BatchGetCustomDataIdentifiers',
    method: 'POST',
    path: /^\/custom-data-identifiers\/get$/,
    answer: getIdentifiers,
  },
  { name: 'GetAllowList', method: 'GET', path: /^\/allow-lists\/([^/]+)$/, answer: getAllowList },
  {
    name: 'ListManagedDataIdentifiers',
    method: 'POST',
    path: /^\/managed-data-identifiers\/list$/,
    answer: listManaged,
  },
  { name: 'SearchResources', method: 'POST', path: /^\/datasources\/search-resources$/, answer: searchResources },
  { name: 'DescribeBuckets', method: 'POST', path: /^\/datasources\/s3$/, answer: describeBuckets },
  {
    name: 'GetClassificationExportConfiguration',
    method: 'GET',
    path: /^\/classification-export-configuration$/,
    answer: exportConfiguration,
  },
  { name: 'GetUsageStatistics', method: 'POST', path: /^\/usage\/statistics$/, answer: usageStatistics },
  {
    name: 'GetUsageTotals',
    method: 'GET',
    path: /^\/usage$/,
    answer: () => ({ timeRange: 'MONTH_TO_DATE', usageTotals: [] }),
  },
];

/** Stores a job, or returns the one that was stored for the same clientToken and the same body. */
function createJob({ state, caller, region, body }: MacieCall): JsonObject {
  const account = caller.account;
  const clientToken = String(body.clientToken);
  const first = state.jobs.find(
    (job) => job.clientToken === clientToken && job.account === account && job.region === region,
  );
  if (first) {
    if (!isDeepStrictEqual(first.request, body)) {
      throw new Refusal(409, 'ConflictException', 'The client token was used before for another request.');
    }
    return { jobId: first.jobId, jobArn: first.jobArn };
  }
  const jobId = newJobId();
  const job: StoredJob = {
    jobId,
    jobArn: `arn:aws:macie2:${region}:${account}:classification-job/${jobId}`,
    jobStatus: body.jobType === 'SCHEDULED' ? 'IDLE' : 'RUNNING',
    createdAt: new Date().toISOString(),
    account,
    region,
    createdBy: caller.arn,
    clientToken,
    request: body,
  };
  state.jobs.push(job);
  return { jobId: job.jobId, jobArn: job.jobArn };
}

function describeJob({ state, caller, region, id }: MacieCall): JsonObject {
  const job = state.jobs.find(
    (entry) => entry.jobId === id && entry.account === caller.account && entry.region === region,
  );
  if (!job) {
    throw notFound();
  }
  return {
    initialRun: false,
    ...job.request,
    jobId: job.jobId,
    jobArn: job.jobArn,
    jobStatus: job.jobStatus,
    createdAt: job.createdAt,
    lastRunErrorStatus: { code: 'NONE' },
    statistics: { approximateNumberOfObjectsToProcess: 0, numberOfRuns: job.jobStatus === 'IDLE' ? 0 : 1 },
  };
}

function listJobs({ state, caller, region, body }: MacieCall): JsonObject {
  const filter = (body.filterCriteria ?? {}) as { includes?: Term[]; excludes?: Term[] };
  const values = (job: StoredJob): Record<string, string> => ({
    name: String(job.request.name),
    createdAt: job.createdAt,
    jobStatus: job.jobStatus,
    jobType: String(job.request.jobType),
  });
  const sorting = (body.sortCriteria ?? {}) as { attributeName?: string; orderBy?: string };
  const attribute = sorting.attributeName ?? 'createdAt';
  const jobs = state.jobs
    .filter((job) => job.account === caller.account && job.region === region)
    .filter((job) => (filter.includes ?? []).every((term) => matches(values(job)[term.key ?? ''], term)))
    .filter((job) => !(filter.excludes ?? []).some((term) => matches(values(job)[term.key ?? ''], term)))
    .map((job, index) => ({ job, index }))
    .sort((a, b) => (values(a.job)[attribute] ?? '').localeCompare(values(b.job)[attribute] ?? '') || a.index - b.index)
    .map(({ job }) => job);
  if (sorting.orderBy === 'DESC') {
    jobs.reverse();
  }
  const { items, nextToken } = pageOf(jobs, body, 25);
  return {
    items: items.map((job) => ({
      jobId: job.jobId,
      name: String(job.request.name),
      jobType: job.request.jobType ?? null,
      jobStatus: job.jobStatus,
      createdAt: job.createdAt,
      lastRunErrorStatus: { code: 'NONE' },
    })),
    ...nextToken,
  };
}

function getSession({ state }: MacieCall): JsonObject {
  return { status: state.macie, createdAt: '2024-01-01T00:00:00.000Z', findingPublishingFrequency: 'FIFTEEN_MINUTES' };
}

function getIdentifiers({ state, body }: MacieCall): JsonObject {
  const ids = (body.ids ?? []) as string[];
  const found = state.customDataIdentifiers.filter((entry) => ids.includes(entry.id));
  return {
    customDataIdentifiers: found.map(({ id, name, deleted }) => ({ id, name, deleted: deleted ?? false })),
    notFoundIdentifierIds: ids.filter((id) => !found.some((entry) => entry.id === id)),
  };
}

function getAllowList({ state, id }: MacieCall): JsonObject {
  const list = state.allowLists.find((entry) => entry.id === id);
  if (!list) {
    throw notFound();
  }
  return {
    id,
    name: list.name,
    status: { code: list.statusCode ?? 'OK' },
    criteria: list.regex
      ? { regex: list.regex }
      : { s3WordsList: { bucketName: 'example-lists', objectKey: `${id}.txt` } },
  };
}

function listManaged({ state, body }: MacieCall): JsonObject {
  const { items, nextToken } = pageOf(state.managedDataIdentifiers, body, 100);
  return { items: items.map(({ id, category }) => ({ id, category })), ...nextToken };
}

function searchResources({ state, region, body }: MacieCall): JsonObject {
  const criteria = (body.bucketCriteria ?? {}) as {
    includes?: { and?: Criterion[] };
    excludes?: { and?: Criterion[] };
  };
  const excludes = criteria.excludes?.and ?? [];
  const matching = bucketsIn(state, region)
    .filter((bucket) => (criteria.includes?.and ?? []).every((criterion) => meets(bucket, criterion)))
    .filter((bucket) => excludes.length === 0 || !excludes.every((criterion) => meets(bucket, criterion)));
  const { items, nextToken } = pageOf(matching, body, 50);
  return { matchingResources: items.map((bucket) => ({ matchingBucket: figures(bucket) })), ...nextToken };
}

function describeBuckets({ state, region, body }: MacieCall): JsonObject {
  const criteria = Object.entries(
    (body.criteria ?? {}) as Record<string, { eq?: string[]; neq?: string[]; prefix?: string }>,
  );
  const matching = bucketsIn(state, region).filter((bucket) =>
    criteria.every(([field, { eq, neq, prefix }]) => {
      const value = String((bucket as unknown as Record<string, unknown>)[field] ?? '');
      return (!eq || eq.includes(value)) && !neq?.includes(value) && (!prefix || value.startsWith(prefix));
    }),
  );
  const { items, nextToken } = pageOf(matching, body, 50);
  return { buckets: items.map((bucket) => ({ ...figures(bucket), region })), ...nextToken };
}

function exportConfiguration({ state }: MacieCall): JsonObject {
  return state.resultsBucket
    ? {
        configuration: {
          s3Destination: {
            bucketName: state.resultsBucket,
            kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/example',
          },
        },
      }
    : {};
}

function usageStatistics({ state, caller }: MacieCall): JsonObject {
  return {
    timeRange: 'MONTH_TO_DATE',
    records: [
      {
        accountId: caller.account,
        usage: [
          {
            type: 'SENSITIVE_DATA_DISCOVERY',
            currency: 'USD',
            estimatedCost: '0',
            serviceLimit: { isServiceLimited: state.quota.met, unit: 'TERABYTES', value: state.quota.terabytes },
          },
        ],
      },
    ],
  };
}

interface Term {
  comparator?: string;
  key?: string;
  values?: string[];
}

interface Criterion {
  simpleCriterion?: Term;
  tagCriterion?: { comparator?: string; tagValues?: { key?: string; value?: string }[] };
}

function matches(value: string | undefined, { comparator, values = [] }: Term): boolean {
  if (value === undefined) {
    throw new Refusal(400, 'ValidationException', 'The filter names a key that is not known.');
  }
  const first = values[0] ?? '';
  switch (comparator) {
    case 'EQ':
      return values.includes(value);
    case 'NE':
      return !values.includes(value);
    case 'GT':
      return value > first;
    case 'GTE':
      return value >= first;
    case 'LT':
      return value < first;
    case 'LTE':
      return value <= first;
    case 'CONTAINS':
      return values.some((part) => value.includes(part));
    case 'STARTS_WITH':
      return values.some((part) => value.startsWith(part));
    default:
      throw new Refusal(400, 'ValidationException', 'The filter has a comparator that is not known.');
  }
}

function meets(bucket: Bucket, { simpleCriterion, tagCriterion }: Criterion): boolean {
  if (tagCriterion) {
    const hit = (tagCriterion.tagValues ?? []).some((pair) =>
      (bucket.tags ?? []).some(
        (tag) =>
          (pair.key === undefined || pair.key === tag.key) && (pair.value === undefined || pair.value === tag.value),
      ),
    );
    return tagCriterion.comparator === 'NE' ? !hit : hit;
  }
  const values: Record<string, string | undefined> = {
    ACCOUNT_ID: bucket.accountId,
    S3_BUCKET_NAME: bucket.bucketName,
    S3_BUCKET_EFFECTIVE_PERMISSION: bucket.effectivePermission ?? 'UNKNOWN',
    S3_BUCKET_SHARED_ACCESS: bucket.sharedAccess ?? 'UNKNOWN',
  };
  return matches(values[simpleCriterion?.key ?? ''], simpleCriterion ?? {});
}

const bucketsIn = (state: LocalState, region: string): Bucket[] =>
  state.buckets.filter((bucket) => bucket.region === undefined || bucket.region === region);

function figures({ effectivePermission, sharedAccess, tags, region, ...rest }: Bucket): JsonObject {
  const { errorCode, ...known } = rest;
  return (errorCode ? { accountId: rest.accountId, bucketName: rest.bucketName, errorCode } : known) as JsonObject;
}

/** One page of a list, by the `maxResults` and `nextToken` of the request. */
function pageOf<T>(all: readonly T[], body: JsonObject, most: number): { items: T[]; nextToken: { nextToken?: Json } } {
  const start = Number(body.nextToken ?? 0);
  const end = start + Math.min(Number(body.maxResults ?? most), most);
  return { items: all.slice(start, end), nextToken: end < all.length ? { nextToken: String(end) } : {} };
}
