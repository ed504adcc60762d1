/** The shapes of the request bodies that the local endpoint takes: names and types, no limits. */
import type { Json } from './state.js';

export type Shape =
  | 'string'
  | 'integer'
  | 'boolean'
  | { list: Shape }
  | { map: Shape }
  | { members: Record<string, Shape>; required?: string[] };

const strings: Shape = { list: 'string' };
const tagValues: Shape = { list: { members: { key: 'string', value: 'string' } } };
const simple = { members: { comparator: 'string', key: 'string', values: strings } } satisfies Shape;
const both = (conditions: Shape): Shape => ({
  members: {
    includes: { members: { and: { list: conditions } } },
    excludes: { members: { and: { list: conditions } } },
  },
});
const bucketCriteria = both({
  members: { simpleCriterion: simple, tagCriterion: { members: { comparator: 'string', tagValues } } },
});
const page = { maxResults: 'integer', nextToken: 'string' } satisfies Record<string, Shape>;
const sort: Shape = { members: { attributeName: 'string', orderBy: 'string' } };
const jobFilter: Shape = { list: simple };

/** By operation. An operation that is not here takes no body. */
export const REQUEST_SHAPES: Record<string, Shape> = {
  CreateClassificationJob: {
    required: ['clientToken', 'jobType', 'name', 's3JobDefinition'],
    members: {
      allowListIds: strings,
      clientToken: 'string',
      customDataIdentifierIds: strings,
      description: 'string',
      initialRun: 'boolean',
      jobType: 'string',
      managedDataIdentifierIds: strings,
      managedDataIdentifierSelector: 'string',
      name: 'string',
      s3JobDefinition: {
        members: {
          bucketCriteria,
          bucketDefinitions: {
            list: { members: { accountId: 'string', buckets: strings }, required: ['accountId', 'buckets'] },
          },
          scoping: both({
            members: {
              simpleScopeTerm: simple,
              tagScopeTerm: { members: { comparator: 'string', key: 'string', tagValues, target: 'string' } },
            },
          }),
        },
      },
      samplingPercentage: 'integer',
      scheduleFrequency: {
        members: {
          dailySchedule: { members: {} },
          weeklySchedule: { members: { dayOfWeek: 'string' } },
          monthlySchedule: { members: { dayOfMonth: 'integer' } },
        },
      },
      tags: { map: 'string' },
    },
  },
  ListClassificationJobs: {
    members: { ...page, filterCriteria: { members: { includes: jobFilter, excludes: jobFilter } }, sortCriteria: sort },
  },
  BatchGetCustomDataIdentifiers: { members: { ids: strings } },
  ListManagedDataIdentifiers: { members: { nextToken: 'string' } },
  SearchResources: { members: { ...page, bucketCriteria, sortCriteria: sort } },
  DescribeBuckets: {
    members: {
      ...page,
      sortCriteria: sort,
      criteria: {
        map: {
          members: {
            eq: strings,
            neq: strings,
            prefix: 'string',
            gt: 'integer',
            gte: 'integer',
            lt: 'integer',
            lte: 'integer',
          },
        },
      },
    },
  },
  GetUsageStatistics: {
    members: {
      ...page,
      filterBy: { list: simple },
      sortBy: { members: { key: 'string', orderBy: 'string' } },
      timeRange: 'string',
    },
  },
};

/** What does not fit the shape, as `path: what is wrong`; empty where all fits. */
export function mismatches(value: Json | undefined, shape: Shape, path = ''): string[] {
  const wrong = (what: string): string[] => [`${path || 'body'}: ${what}`];
  if (typeof shape === 'string') {
    const fits = shape === 'integer' ? Number.isInteger(value) : typeof value === shape;
    return fits ? [] : wrong(`must be ${shape}`);
  }
  if ('list' in shape) {
    return Array.isArray(value)
      ? value.flatMap((item, index) => mismatches(item, shape.list, `${path}[${index}]`))
      : wrong('must be a list');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return wrong('must be an object');
  }
  const at = (name: string): string => (path ? `${path}.${name}` : name);
  if ('map' in shape) {
    return Object.entries(value).flatMap(([name, item]) => mismatches(item, shape.map, at(name)));
  }
  return [
    ...(shape.required ?? []).filter((name) => !Object.hasOwn(value, name)).map((name) => `${at(name)}: is missing`),
    ...Object.entries(value).flatMap(([name, item]) => {
      const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
      return member ? mismatches(item, member, at(name)) : [`${at(name)}: is not known`];
    }),
  ];
}
