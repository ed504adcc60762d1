import { distance } from 'fastest-levenshtein';

/**
 * Other names under which a member is met in files that people wrote or that tools produced, for names that spelling
 * alone would not lead to. Keys are normalized.
 */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  type: ['jobType'],
  schedule: ['scheduleFrequency'],
  frequency: ['scheduleFrequency'],
  recurrence: ['scheduleFrequency'],
  jobname: ['name'],
  jobdescription: ['description'],
  s3jobdefinitions: ['s3JobDefinition'],
  jobdefinition: ['s3JobDefinition'],
  s3: ['s3JobDefinition'],
  sampling: ['samplingPercentage'],
  samplingdepth: ['samplingPercentage'],
  samplingrate: ['samplingPercentage'],
  samplepercentage: ['samplingPercentage'],
  sampledepth: ['samplingPercentage'],
  buckets: ['bucketDefinitions', 'buckets'],
  bucketname: ['buckets'],
  bucketnames: ['buckets'],
  bucket: ['buckets'],
  s3buckets: ['buckets', 'bucketDefinitions'],
  s3bucketdefinitions: ['bucketDefinitions'],
  s3bucketdefinition: ['bucketDefinitions'],
  s3bucketcriteria: ['bucketCriteria'],
  criteria: ['bucketCriteria'],
  account: ['accountId'],
  accountids: ['accountId'],
  awsaccountid: ['accountId'],
  scope: ['scoping'],
  scopes: ['scoping'],
  objectscope: ['scoping'],
  objectscoping: ['scoping'],
  objectcriteria: ['scoping'],
  filter: ['scoping'],
  filters: ['scoping'],
  include: ['includes'],
  inclusions: ['includes'],
  exclude: ['excludes'],
  exclusions: ['excludes'],
  simplecriterion: ['simpleScopeTerm'],
  simplecriteria: ['simpleCriterion', 'simpleScopeTerm'],
  simplescopeterm: ['simpleCriterion'],
  simpleterm: ['simpleScopeTerm', 'simpleCriterion'],
  tagcriterion: ['tagScopeTerm'],
  tagcriteria: ['tagCriterion', 'tagScopeTerm'],
  tagscopeterm: ['tagCriterion'],
  tagterm: ['tagScopeTerm', 'tagCriterion'],
  conditions: ['and'],
  operator: ['comparator'],
  op: ['comparator'],
  comparer: ['comparator'],
  comparison: ['comparator'],
  property: ['key'],
  name: ['key'],
  tagkey: ['key'],
  field: ['key'],
  value: ['values'],
  val: ['values', 'value'],
  tags: ['tagValues'],
  tagvalue: ['tagValues', 'value'],
  tagpairs: ['tagValues'],
  daily: ['dailySchedule'],
  weekly: ['weeklySchedule'],
  monthly: ['monthlySchedule'],
  day: ['dayOfWeek', 'dayOfMonth'],
  weekday: ['dayOfWeek'],
  customidentifiers: ['customDataIdentifierIds'],
  customdataidentifiers: ['customDataIdentifierIds'],
  managedidentifiers: ['managedDataIdentifierIds'],
  manageddataidentifiers: ['managedDataIdentifierIds'],
  manageddataidentifierselectorids: ['managedDataIdentifierIds'],
  selector: ['managedDataIdentifierSelector'],
  allowlists: ['allowListIds'],
  tag: ['tags', 'tagScopeTerm', 'tagCriterion'],
  labels: ['tags'],
  runimmediately: ['initialRun'],
  idempotencytoken: ['clientToken'],
};

/** A name without letter case, underscores and hyphens: what PascalCase, snake_case and kebab-case have in common. */
export function normalizeName(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}

/**
 * The candidate that a misspelt name surely or very likely means, or undefined where none is near.
 *
 * Sought in this order: the same name in another letter case or dialect; a known alias; one name beginning with the
 * other (`scheduleFrequencyDetails`); then the fewest changed letters, at most a third of the name.
 */
export function closestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > 100) return undefined;
  const wanted = normalizeName(name);
  const normalized = candidates.map((candidate) => ({ candidate, plain: normalizeName(candidate) }));
  const same = normalized.find(({ plain }) => plain === wanted);
  if (same) return same.candidate;
  const alias = (Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted]! : []).find((target) => candidates.includes(target));
  if (alias) return alias;
  const begins = normalized
    .filter(
      ({ plain }) => wanted.length >= 4 && (plain.startsWith(wanted) || wanted.startsWith(plain)) && plain.length >= 4,
    )
    .sort((a, b) => Math.abs(a.plain.length - wanted.length) - Math.abs(b.plain.length - wanted.length));
  if (begins.length > 0) return begins[0]!.candidate;
  const near = normalized
    .map(({ candidate, plain }) => ({ candidate, far: distance(wanted, plain) }))
    .filter(({ candidate, far }) => far <= Math.max(1, Math.floor(Math.min(wanted.length, candidate.length) / 3)))
    .sort((a, b) => a.far - b.far);
  return near[0]?.candidate;
}
