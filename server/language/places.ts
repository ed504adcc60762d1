import { fitsComparator } from './comparators.js';
import type { JobModel } from './model.js';
import { once } from './once.js';
import type { StringASTNode } from './tree.js';

/** A value that names a bucket or an account. */
export interface Place {
  node: StringASTNode;
  /** In a condition of `bucketCriteria`; otherwise in `bucketDefinitions`. */
  inCriteria: boolean;
}

/**
 * Every text in the place of a bucket name: entries of `buckets` and values of S3_BUCKET_NAME conditions. Left out are those
 * beside a comparator that such a condition does not take.
 */
export const bucketNamesOf = once((model: JobModel): readonly Place[] => {
  const named = model.definitions.flatMap(({ buckets }) => buckets.map((node) => ({ node, inCriteria: false })));
  return [...named, ...valuesFor(model, 'S3_BUCKET_NAME')];
});

/** Every text in the place of an account id: `accountId` members and values of ACCOUNT_ID conditions. */
export const accountIdsOf = once((model: JobModel): readonly Place[] => {
  const named = model.definitions.flatMap(({ accountId }) =>
    accountId ? [{ node: accountId, inCriteria: false }] : [],
  );
  return [...named, ...valuesFor(model, 'ACCOUNT_ID')];
});

function valuesFor(model: JobModel, key: string): Place[] {
  return model.bucketConditions.flatMap(({ simple }) =>
    simple?.key?.value === key && fitsComparator('bucketCriteria', 'simple', key, simple.comparator?.value)
      ? simple.values.map((node) => ({ node, inCriteria: true }))
      : [],
  );
}
