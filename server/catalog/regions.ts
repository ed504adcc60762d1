/** The day of the list of Regions below. New Regions may have come since: an unknown one is never wrong for certain. */
export const regionsAsOf = '2026-11-22';

/** AWS's page of Macie's endpoints. The list below is that of the AWS SDK for Python, botocore 1.43.11. */
export const regionsPage = 'https://docs.aws.amazon.com/general/latest/gr/macie.html';

/** The Regions in which Macie is offered, with the names that the AWS console gives them. */
export const macieRegions: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'US East (N. Virginia)'],
  ['us-east-2', 'US East (Ohio)'],
  ['us-west-1', 'US West (N. California)'],
  ['us-west-2', 'US West (Oregon)'],
  ['af-south-1', 'Africa (Cape Town)'],
  ['ap-east-1', 'Asia Pacific (Hong Kong)'],
  ['ap-northeast-1', 'Asia Pacific (Tokyo)'],
  ['ap-northeast-2', 'Asia Pacific (Seoul)'],
  ['ap-northeast-3', 'Asia Pacific (Osaka)'],
  ['ap-south-1', 'Asia Pacific (Mumbai)'],
  ['ap-southeast-1', 'Asia Pacific (Singapore)'],
  ['ap-southeast-2', 'Asia Pacific (Sydney)'],
  ['ca-central-1', 'Canada (Central)'],
  ['eu-central-1', 'Europe (Frankfurt)'],
  ['eu-north-1', 'Europe (Stockholm)'],
  ['eu-south-1', 'Europe (Milan)'],
  ['eu-west-1', 'Europe (Ireland)'],
  ['eu-west-2', 'Europe (London)'],
  ['eu-west-3', 'Europe (Paris)'],
  ['il-central-1', 'Israel (Tel Aviv)'],
  ['me-south-1', 'Middle East (Bahrain)'],
  ['sa-east-1', 'South America (São Paulo)'],
]);

/** The Regions that also have a FIPS endpoint, `macie2-fips.REGION.amazonaws.com`. */
export const fipsRegions: ReadonlySet<string> = new Set(['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']);

/** The Regions without allow lists (Macie API reference, allow lists). */
export const regionsWithoutAllowLists: ReadonlySet<string> = new Set(['ap-northeast-3']);
