import { distance } from 'fastest-levenshtein';

/**
 * Other names under which a member is met in files that people wrote or that tools produced, for names that spelling
 * alone would not lead to; nothing for a name that is near to another by its letters alone. Keys are normalized.
 */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  type: ['jobType'],
  schedule: ['scheduleFrequency'],
  frequency: ['scheduleFrequency'],
  recurrence: ['scheduleFrequency'],
  jobname: ['name'],
  title: ['name'],
  jobdescription: ['description'],
  s3jobdefinitions: ['s3JobDefinition'],
  jobdefinition: ['s3JobDefinition'],
  s3: ['s3JobDefinition'],
  sampling: ['samplingPercentage'],
  samplingdepth: ['samplingPercentage'],
  samplingrate: ['samplingPercentage'],
  samplepercentage: ['samplingPercentage'],
  sampledepth: ['samplingPercentage'],
  samplerate: ['samplingPercentage'],
  samplepercent: ['samplingPercentage'],
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
  name: ['key', 'buckets'],
  names: ['buckets'],
  tagkey: ['key'],
  field: ['key'],
  value: ['values'],
  val: ['values', 'value'],
  tags: ['tagValues'],
  tagvalues: ['values', 'value'],
  tagvalue: ['tagValues', 'value'],
  tagpairs: ['tagValues'],
  biweeklyschedule: [],
  semimonthlyschedule: [],
  bimonthlyschedule: [],
  daily: ['dailySchedule'],
  weekly: ['weeklySchedule'],
  monthly: ['monthlySchedule'],
  day: ['dayOfWeek', 'dayOfMonth'],
  weekday: ['dayOfWeek'],
  customidentifiers: ['customDataIdentifierIds'],
  customdataidentifiers: ['customDataIdentifierIds'],
  managedidentifiers: ['managedDataIdentifierIds', 'managedDataIdentifierSelector'],
  manageddataidentifiers: ['managedDataIdentifierIds', 'managedDataIdentifierSelector'],
  manageddataidentifiertype: ['managedDataIdentifierSelector'],
  manageddataidentifierselection: ['managedDataIdentifierSelector'],
  manageddataidentifierselectorids: ['managedDataIdentifierIds'],
  selector: ['managedDataIdentifierSelector'],
  allowlists: ['allowListIds'],
  tag: ['tags', 'tagScopeTerm', 'tagCriterion'],
  labels: ['tags'],
  jobtags: ['tags'],
  resourcetags: ['tags'],
  runimmediately: ['initialRun'],
  idempotencytoken: ['clientToken'],
  clientidempotencytoken: ['clientToken'],
  idempotencykey: ['clientToken'],
  clientrequesttoken: ['clientToken'],
  clientrequestid: ['clientToken'],
  requesttoken: ['clientToken'],
};

/** A name without letter case, underscores and hyphens: what PascalCase, snake_case and kebab-case have in common. */
export function normalizeName(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}

/** A candidate for a misspelt name, and how it is near: by the same letters, a known alias, its beginning, or its letters. */
export interface Near {
  name: string;
  how: 'same' | 'alias' | 'beginning' | 'letters';
  /** By their letters: how many differ. */
  far?: number;
}

/**
 * The candidates that a misspelt name may mean, best first.
 *
 * Sought in this order: the same name in another letter case or dialect, which then is the only one; a known alias; one
 * name beginning with the other (`scheduleFrequencyDetails`); then the fewest changed letters, at most a third of the
 * name and of each of its words: a yearly schedule is no daily one.
 */
export function nearNames(name: string, candidates: readonly string[]): Near[] {
  if (name.length > 100) return [];
  const wanted = normalizeName(name);
  const normalized = candidates.map((candidate) => ({ candidate, plain: normalizeName(candidate) }));
  const same = normalized.find(({ plain }) => plain === wanted);
  if (same) return [{ name: same.candidate, how: 'same' }];
  const aliases = Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted]! : undefined;
  if (aliases?.length === 0) return [];
  const found = new Map<string, Near>();
  const add = (how: Near['how'], names: readonly string[], far?: number) => {
    for (const one of names) if (!found.has(one)) found.set(one, { name: one, how, far });
  };
  add('alias', aliases?.filter((target) => candidates.includes(target)) ?? []);
  const begins = normalized
    .filter(
      ({ plain }) => wanted.length >= 4 && (plain.startsWith(wanted) || wanted.startsWith(plain)) && plain.length >= 4,
    )
    .sort((a, b) => Math.abs(a.plain.length - wanted.length) - Math.abs(b.plain.length - wanted.length));
  add(
    'beginning',
    begins.map(({ candidate }) => candidate),
  );
  const near = normalized
    .map(({ candidate, plain }) => ({ candidate, far: lettersBetween(wanted, plain) }))
    .filter(({ candidate, far }) => far <= farthest(wanted, candidate) && wordsAreNear(name, candidate))
    .sort((a, b) => a.far - b.far);
  for (const { candidate, far } of near) add('letters', [candidate], far);
  return [...found.values()];
}

/** The fewest letters of a word of the API in which another letter is a slip: EQ and NE are one letter apart. */
const SHORTEST_WORD = 4;

/**
 * The fixed word that a misspelt one surely or very likely means. Undefined where none is near, or where two are as near: the
 * wrong one of them would pass unnoticed.
 */
export function closestWord(word: string, words: readonly string[]): string | undefined {
  const [first, second] = nearNames(word, words);
  if (first?.how !== 'letters') return first?.name;
  const [swapped, ...others] = words.filter((one) => isSwapped(normalizeName(word), normalizeName(one)));
  if (swapped && others.length === 0) return swapped;
  return second?.far === first.far || first.name.length < SHORTEST_WORD ? undefined : first.name;
}

/** How many letters differ; two neighbours that have changed places are one slip. */
function lettersBetween(a: string, b: string): number {
  return isSwapped(a, b) ? 1 : distance(a, b);
}

/** Whether two neighbouring letters have changed places, and nothing else differs. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at + 1 < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** How many letters may differ between two names that mean the same. */
function farthest(a: string, b: string): number {
  return Math.max(1, Math.floor(Math.min(a.length, b.length) / 3));
}

/** Whether names of as many words differ by a slip in each of them at most. */
function wordsAreNear(a: string, b: string): boolean {
  const [words, others] = [wordsOf(a), wordsOf(b)];
  if (words.length !== others.length) return true;
  return words.every((word, i) => lettersBetween(word, others[i]!) <= Math.max(2, farthest(word, others[i]!)));
}

/** `dailySchedule`, `daily_schedule` and `DAILY_SCHEDULE` are of the words "daily" and "schedule". */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
}

/** Names, those with the most letters in common with one name first. */
export function byLikeness(name: string, names: readonly string[]): string[] {
  const wanted = normalizeName(name.slice(0, 100));
  const far = new Map(names.map((one) => [one, distance(wanted, normalizeName(one)) / (wanted.length + one.length)]));
  return [...names].sort((a, b) => far.get(a)! - far.get(b)!);
}
