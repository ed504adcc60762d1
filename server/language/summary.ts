import type { JobFacts, JsonValue } from '../protocol.js';
import { plural } from '../rules/words.js';
import { count, inSentence } from './describe.js';
import type { Condition, ConditionBlock, JobModel, SimpleCondition, TagCondition } from './model.js';
import { describeBytes, parseByteSize } from './sizes.js';
import { memberValue, plainValue } from './tree.js';

/*
 * What will run: a job in plain sentences, from its definition alone. The same words stand in the editor and in the
 * dialog that a submission is confirmed in, so each combination of settings has its tested wording.
 */

/** How many values of a list are named before the rest is counted. */
const NAMED = 3;

/** The whole job, a few sentences, most important first. Nothing for a text that holds no definition. */
export function summarise(model: JobModel): string[] {
  if (!model.root) return [];
  return [
    ...scheduleSentences(model),
    bucketSentence(model),
    ...scopeSentences(model),
    samplingSentence(model),
    ...identifierSentences(model),
  ];
}

/** When the job runs, in a few words; undefined where the definition does not say. */
export function scheduleWords(model: JobModel): string | undefined {
  if (model.isOneTime) return 'once';
  const { schedule } = model;
  if (!model.isScheduled || schedule?.forms.length !== 1) return undefined;
  switch (schedule.forms[0]!.keyNode.value) {
    case 'dailySchedule':
      return 'every day';
    case 'weeklySchedule':
      return schedule.dayOfWeek ? `every ${inSentence(titleCase(schedule.dayOfWeek.value))}` : undefined;
    default:
      return schedule.dayOfMonth ? monthDayWords(schedule.dayOfMonth.value) : undefined;
  }
}

/** "on day 31 of the 7 months that have one". */
export function monthDayWords(day: number): string {
  if (day === 29) return 'on day 29 of each month, and of February in leap years alone';
  if (day === 30) return 'on day 30 of the 11 months that have one';
  if (day === 31) return 'on day 31 of the 7 months that have one';
  return `on day ${day} of each month`;
}

function scheduleSentences(model: JobModel): string[] {
  if (model.isOneTime) return ['Runs once, as soon as it is created.'];
  if (!model.isScheduled) return ['Does not say yet whether it runs once or by a schedule.'];
  const words = scheduleWords(model);
  const first = words ? `Runs ${words}.` : 'Runs by a schedule that is not complete yet.';
  const initialRun = memberValue(model.root, 'initialRun');
  return [
    first,
    initialRun?.type === 'boolean' && initialRun.value
      ? 'Starts at once with all existing objects in its scope; each later run takes those created or changed since the run before.'
      : 'Does not look at objects that exist already: each run takes those created or changed since the job was created or last ran.',
  ];
}

function bucketSentence(model: JobModel): string {
  if (model.bucketDefinitions && !model.bucketCriteria) {
    const names = bucketNames(model).map(({ name }) => name);
    if (names.length === 0) return 'Names no bucket yet.';
    const accounts = new Set(bucketNames(model).map(({ accountId }) => accountId)).size;
    const which = names.length <= NAMED ? `: ${list(names, 'and')}` : `, ${list(names, 'and')}`;
    return `Analyzes ${plural(names.length, 'bucket')} of ${plural(accounts, 'account')}${which}.`;
  }
  const conditions = blockSentences(model, 'bucketCriteria');
  if (conditions.length === 0) return 'Analyzes every bucket of the account or organization in this Region.';
  const [include, exclude] = conditions;
  const start = include
    ? `Analyzes buckets of which ${include}`
    : 'Analyzes every bucket of the account or organization in this Region';
  const end = exclude ? `${include ? ', but leaves out those' : ', except those'} of which ${exclude}` : '';
  return `${start}${end}; which they are is looked up at the start of each run.`;
}

function scopeSentences(model: JobModel): string[] {
  const [include, exclude] = blockSentences(model, 'scoping');
  return [
    ...(include ? [`Takes only objects of which ${include}.`] : []),
    ...(exclude ? [`Leaves out objects of which ${exclude}.`] : []),
  ];
}

/** The conditions of includes and of excludes in words; empty where there are none of either. */
function blockSentences(model: JobModel, area: ConditionBlock['area']): [include?: string, exclude?: string] {
  const words = (side: ConditionBlock['side']) => {
    const conditions = model.blocks
      .filter((block) => block.area === area && block.side === side)
      .flatMap((block) => block.conditions)
      .map(conditionWords)
      .filter((w) => w !== undefined);
    if (conditions.length > 4)
      return `${conditions.slice(0, 3).join(', and ')}, and ${conditions.length - 3} more conditions hold`;
    return conditions.length > 0 ? conditions.join(', and ') : undefined;
  };
  const include = words('includes');
  const exclude = words('excludes');
  return include || exclude ? [include, exclude] : [];
}

/** One condition in words: "the extension is csv or tsv". Undefined while it is not complete. */
export function conditionWords({ simple, tag }: Condition): string | undefined {
  return simple ? simpleWords(simple) : tag ? tagWords(tag) : undefined;
}

function simpleWords({ key, comparator, values }: SimpleCondition): string | undefined {
  if (!key || !comparator || values.length === 0) return undefined;
  const texts = values.map((value) => value.value);
  const is = comparator.value === 'NE' ? (texts.length > 1 ? 'is not one of' : 'is not') : 'is';
  switch (key.value) {
    case 'ACCOUNT_ID':
      return `the account ${is} ${list(texts)}`;
    case 'S3_BUCKET_NAME':
      return `the name ${is} ${list(texts)}`;
    case 'S3_BUCKET_EFFECTIVE_PERMISSION':
      return `the public access ${is} ${list(texts)}`;
    case 'S3_BUCKET_SHARED_ACCESS':
      return `the sharing ${is} ${list(texts)}`;
    case 'OBJECT_EXTENSION':
      return `the extension ${is} ${list(texts)}`;
    case 'OBJECT_KEY':
      return `the key begins with ${list(texts)}`;
    case 'OBJECT_LAST_MODIFIED_DATE':
      return `the last change is ${DATE_WORDS[comparator.value] ?? comparator.value} ${inSentence(texts[0]!)}`;
    case 'OBJECT_SIZE': {
      const bytes = parseByteSize(texts[0]!);
      return `the size is ${SIZE_WORDS[comparator.value] ?? comparator.value} ${bytes === undefined ? inSentence(texts[0]!) : describeBytes(bytes)}`;
    }
    default:
      return undefined;
  }
}

const DATE_WORDS: Readonly<Record<string, string>> = {
  EQ: 'exactly at',
  NE: 'not exactly at',
  GT: 'after',
  GTE: 'at or after',
  LT: 'before',
  LTE: 'at or before',
};

const SIZE_WORDS: Readonly<Record<string, string>> = {
  EQ: 'exactly',
  NE: 'not',
  GT: 'more than',
  GTE: 'at least',
  LT: 'less than',
  LTE: 'at most',
};

function tagWords({ comparator, pairs }: TagCondition): string | undefined {
  const texts = pairs.map(({ key, value }) => {
    const pair = [key?.value, value?.value].filter(Boolean).join('=');
    return key?.value ? inSentence(pair) : `any key=${inSentence(pair)}`;
  });
  if (!comparator || texts.length === 0) return undefined;
  const has = comparator.value === 'NE' ? 'no tag is' : 'a tag is';
  return `${has} ${listed(texts)}`;
}

function samplingSentence(model: JobModel): string {
  const sampling = samplingOf(model);
  if (sampling === 100) return 'Analyzes every eligible object.';
  return `Analyzes ${sampling} percent of the eligible objects, chosen at random, each one whole.`;
}

function samplingOf(model: JobModel): number {
  const node = memberValue(model.root, 'samplingPercentage');
  return node?.type === 'number' ? node.value : 100;
}

function identifierSentences(model: JobModel): string[] {
  const ids = model.managedIds.map((id) => id.value);
  const custom = model.customIds.length;
  const managed = {
    ALL: 'all managed data identifiers',
    EXCLUDE: ids.length > 0 ? `all managed data identifiers except ${list(ids)}` : 'all managed data identifiers',
    INCLUDE: ids.length > 0 ? `${plural(ids.length, 'managed data identifier')} (${list(ids, 'and')})` : undefined,
    NONE: undefined,
    RECOMMENDED: 'the recommended managed data identifiers',
  }[model.selector?.value ?? 'RECOMMENDED'];
  const all = [managed, custom > 0 ? plural(custom, 'custom data identifier') : undefined].filter(Boolean);
  const lists = model.allowLists.length;
  return [
    all.length > 0 ? `Looks for ${all.join(' and ')}.` : 'Looks for nothing: it uses no data identifier.',
    ...(lists > 0
      ? [`Ignores text that ${lists === 1 ? 'its allow list matches' : `any of its ${lists} allow lists matches`}.`]
      : []),
  ];
}

/** The parts of a definition that a submission speaks of. */
export function jobFacts(model: JobModel): JobFacts {
  const initialRun = memberValue(model.root, 'initialRun');
  const criteria = model.bucketCriteria?.valueNode;
  const names = bucketNames(model);
  const accountIds = [...new Set(model.definitions.flatMap((d) => (d.accountId ? [d.accountId.value] : [])))];
  const criteriaAccounts = model.bucketConditions.flatMap(({ simple, side }) =>
    side === 'includes' && simple?.key?.value === 'ACCOUNT_ID' && simple.comparator?.value === 'EQ'
      ? simple.values.map((value) => value.value)
      : [],
  );
  return {
    name: model.text('name')?.value,
    jobType: model.isOneTime ? 'ONE_TIME' : model.isScheduled ? 'SCHEDULED' : undefined,
    schedule: scheduleWords(model),
    initialRun: initialRun?.type === 'boolean' ? initialRun.value : undefined,
    sampling: samplingOf(model),
    buckets: bucketWords(model),
    bucketNames: names,
    bucketCriteria: criteria?.type === 'object' ? (plainValue(criteria) as { [name: string]: JsonValue }) : undefined,
    accountIds: [...new Set([...accountIds, ...criteriaAccounts])],
    managedDataIdentifierIds: model.managedIds.map((id) => id.value),
    customDataIdentifierIds: model.customIds.map((id) => id.value),
    allowListIds: model.allowLists.map((id) => id.value),
    clientToken: model.text('clientToken')?.value,
  };
}

function bucketWords(model: JobModel): string {
  if (model.bucketDefinitions && !model.bucketCriteria) {
    const names = bucketNames(model);
    const accounts = new Set(names.map(({ accountId }) => accountId)).size;
    return `${plural(names.length, 'bucket')} of ${plural(accounts, 'account')}`;
  }
  const [include, exclude] = blockSentences(model, 'bucketCriteria');
  return include || exclude
    ? 'the buckets that meet its criteria at each run'
    : 'every bucket of the account or organization in this Region';
}

function bucketNames(model: JobModel): { accountId: string; name: string }[] {
  return model.definitions.flatMap((definition) =>
    definition.buckets.map((bucket) => ({ accountId: definition.accountId?.value ?? '', name: bucket.value })),
  );
}

function list(values: readonly string[], word?: 'or' | 'and'): string {
  // Only what is shown is worded: there may be a hundred thousand values.
  return listed(values.slice(0, NAMED).map(inSentence), word, values.length);
}

function listed(words: readonly string[], word: 'or' | 'and' = 'or', total = words.length): string {
  const shown = words.slice(0, NAMED);
  const rest = total - shown.length;
  if (rest > 0) return `${shown.join(', ')} ${word} ${count(rest)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown[shown.length - 1]}`;
}

function titleCase(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase();
}
