// The limits of classification jobs. Unless a line says otherwise, the source is the quotas page of the Macie user guide.

/** The day on which the figures were last compared with AWS's pages. */
export const quotasAsOf = '2026-11-22';

export const quotasPage = 'https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html';

const GIB = 2 ** 30;

/** Buckets that a job may name in `bucketDefinitions`, all accounts together (quota L-14954719). Criteria have no limit. */
export const maxBucketsPerJob = 1000;

/** Custom data identifiers of one job (quota L-3572300B). */
export const maxCustomDataIdentifiersPerJob = 30;

/** Allow lists of one job, of both kinds together. */
export const maxAllowListsPerJob = 10;

/** Allow lists of one job that hold predefined text. */
export const maxTextAllowListsPerJob = 5;

/** Allow lists of one job that hold a regular expression. */
export const maxRegexAllowListsPerJob = 5;

/** Tags of one job; those with the prefix `aws:` are not counted. Source: API reference, CreateClassificationJob. */
export const maxTagsPerJob = 50;

/** Characters of a tag's key. Source: API reference, CreateClassificationJob. */
export const maxTagKeyLength = 128;

/** Characters of a tag's value. Source: API reference, CreateClassificationJob. */
export const maxTagValueLength = 256;

/** Characters of a job's name. Source: API reference, CreateClassificationJob. */
export const maxNameLength = 500;

/** Characters of a job's description. Source: API reference, CreateClassificationJob. */
export const maxDescriptionLength = 200;

/**
 * The largest file that any job analyzes, in bytes: 20 GB. AWS does not say whether its GB has 10⁹ or 2³⁰ bytes; the
 * larger is taken, so that nothing is called too large that might be analyzed.
 */
export const maxFileSizeBytes = 20 * GIB;
