/** The values of the bucket conditions whose key stands for one of Macie's own states. Source: BucketMetadata in the API. */
export const BUCKET_STATES: Readonly<Record<string, readonly string[]>> = {
  S3_BUCKET_EFFECTIVE_PERMISSION: ['PUBLIC', 'NOT_PUBLIC', 'UNKNOWN'],
  S3_BUCKET_SHARED_ACCESS: ['EXTERNAL', 'INTERNAL', 'NOT_SHARED', 'UNKNOWN'],
};

/** The states that a key of a bucket condition takes; undefined for a key with values of any kind. */
export function bucketStatesOf(key: string | undefined): readonly string[] | undefined {
  return key !== undefined && Object.hasOwn(BUCKET_STATES, key) ? BUCKET_STATES[key] : undefined;
}
