import type { JobFacts, JsonValue, Sentence } from '../protocol.js';
import { plural } from '../rules/words.js';
import { conditionSubject, conditionWords, isOpen, joined, list } from './conditionWords.js';
import { count, inSentence } from './describe.js';
import type { ConditionBlock, JobModel } from './model.js';
import { memberValue, plainValue } from './tree.js';

/*
 * What will run: a job in plain sentences, from its definition alone. The same words stand in the editor and in the
 * dialog that a submission is confirmed in, so each combination of settings has its tested wording.
 */

/** How many conditions of a block are worded before the rest is counted. */
const WORDED = 4;

/** How many accounts are named, each with its buckets. */
const NAMED_ACCOUNTS = 4;

const UNFINISHED_SCHEDULE = 'Runs by a schedule that is not complete yet.';
const EVERY_BUCKET = 'every bucket of the account or organization in this Region';
const NO_BUCKETS = `Names no buckets. AWS does not say what such a job analyzes: it may be ${EVERY_BUCKET}.`;

const EMPTY_CRITERIA = `Has bucket criteria with a list of no conditions. AWS does not say what that means: it may analyze ${EVERY_BUCKET}.`;
const EMPTY_SCOPE =
  'Has a list of no conditions on objects. AWS does not say what that means: it may leave out nothing.';

/** The whole job, a few sentences, most important first. Nothing for a text that holds no definition. */
export function summarise(model: JobModel): Sentence[] {
  if (!model.root) return [];
  return [
    ...about('schedule', scheduleSentences(model)),
    ...about('buckets', bucketSentences(model)),
    ...about('objects', objectSentences(model)),
    ...about('findings', identifierSentences(model)),
  ];
}

/** A text, and where it may be long, a short one that says the same without the values. */
interface Words {
  full: string;
  short?: string;
}

function about(topic: Sentence['topic'], sentences: readonly Words[]): Sentence[] {
  return sentences.map(({ full, short }) => ({ topic, text: full, short }));
}

function inSentenceOf(compose: (words: string) => string, { full, short }: Words): Words {
  return { full: compose(full), short: short && compose(short) };
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
      return schedule.dayOfMonth && monthDayWords(schedule.dayOfMonth.value);
  }
}

/** "on day 31 of the 7 months that have one"; undefined for a day that no month has. */
export function monthDayWords(day: number): string | undefined {
  if (!Number.isInteger(day) || day < 1 || day > 31) return undefined;
  if (day === 29) return 'on day 29 of each month, in February only in leap years';
  if (day === 30) return 'on day 30 of the 11 months that have one';
  if (day === 31) return 'on day 31 of the 7 months that have one';
  return `on day ${day} of each month`;
}

function scheduleSentences(model: JobModel): Words[] {
  if (model.isOneTime) return [{ full: 'Runs once, as soon as it is created.' }];
  if (!model.isScheduled) return [{ full: 'Does not say yet whether it runs once or by a schedule.' }];
  const words = scheduleWords(model);
  const initialRun = memberValue(model.root, 'initialRun');
  if (initialRun && initialRun.type !== 'boolean') {
    return [
      { full: words ? `Runs ${words}.` : UNFINISHED_SCHEDULE },
      {
        full: 'Does not say yet whether it starts with the objects that exist already: "initialRun" is no true or false.',
      },
    ];
  }
  if (initialRun?.value) {
    return [
      { full: words ? `Runs ${words}.` : UNFINISHED_SCHEDULE },
      {
        full: 'Starts at once with all existing objects in its scope; each later run takes those created or changed since the run before.',
      },
    ];
  }
  // Source: the user guide on creating a job. A daily job, and one whose day is today, does not wait for its first run.
  const first = `and at once when it is created${words === 'every day' ? '' : ' on that day'}`;
  const existing =
    'Does not look at objects that exist already until they change: each run takes those created or changed since the job was created or last ran.';
  return [
    { full: words ? `Runs ${words}, ${first}.` : UNFINISHED_SCHEDULE },
    {
      full: initialRun
        ? existing
        : `${existing} ("initialRun" is not given, and AWS names no default; as far as is known it is false.)`,
    },
  ];
}

function bucketSentences(model: JobModel): Words[] {
  if (model.bucketDefinitions && !model.bucketCriteria) return [namedBucketSentence(model)];
  const include = blockWords(model, 'bucketCriteria', 'includes');
  const exclude = blockWords(model, 'bucketCriteria', 'excludes');
  if (!model.bucketCriteria) return [{ full: NO_BUCKETS }];
  if (model.bucketDefinitions) {
    return [{ full: 'Says which buckets both by name and by criteria. AWS takes one of the two, and refuses both.' }];
  }
  if (!include && !exclude) {
    return [{ full: hasEmptyList(model, 'bucketCriteria') ? EMPTY_CRITERIA : `Analyzes ${EVERY_BUCKET}.` }];
  }
  const when = model.isOneTime ? 'when it starts' : 'at the start of each run';
  return [
    include ? inSentenceOf((words) => `Analyzes buckets ${words}.`, include) : undefined,
    exclude &&
      inSentenceOf(
        (words) => (include ? `Leaves out buckets ${words}.` : `Analyzes ${EVERY_BUCKET}, except buckets ${words}.`),
        exclude,
      ),
    { full: `Which buckets match is looked up ${when}.` },
  ].filter((made) => made !== undefined);
}

function namedBucketSentence(model: JobModel): Words {
  const byAccount = bucketsByAccount(model);
  if (byAccount.size === 0) {
    return {
      full: NO_BUCKETS,
    };
  }
  const accounts = [...byAccount].map(([account, names]) => ({
    account: account === '' ? 'an account that is not given' : `account ${inSentence(account)}`,
    names: [...names],
  }));
  const total = accounts.reduce((sum, { names }) => sum + names.length, 0);
  const [only, second] = accounts;
  if (only && !second) {
    const start = `Analyzes ${plural(total, 'bucket')} of ${only.account}`;
    return { full: `${start}: ${list(only.names, 'and')}.`, short: `${start}.` };
  }
  const start = `Analyzes ${plural(total, 'bucket')} of ${plural(accounts.length, 'account')}`;
  const named = accounts
    .slice(0, accounts.length > NAMED_ACCOUNTS ? NAMED_ACCOUNTS - 1 : NAMED_ACCOUNTS)
    .map(({ account, names }) => `${list(names, 'and')} in ${account}`);
  const rest = accounts.length - named.length;
  if (rest > 0) named.push(`and those of ${count(rest)} more accounts`);
  return { full: `${start}: ${named.join('; ')}.`, short: `${start}.` };
}

function objectSentences(model: JobModel): Words[] {
  const include = blockWords(model, 'scoping', 'includes');
  const exclude = blockWords(model, 'scoping', 'excludes');
  const empty = hasEmptyList(model, 'scoping') ? { full: EMPTY_SCOPE } : undefined;
  return [
    empty,
    include && inSentenceOf((words) => `Takes only objects ${words}.`, include),
    exclude && inSentenceOf((words) => `Leaves out objects ${words}.`, exclude),
    { full: samplingSentence(model, include || exclude ? 'objects that are left' : 'objects of these buckets') },
  ].filter((made) => made !== undefined);
}

/** Whether a side has a list of conditions with nothing in it. */
function hasEmptyList(model: JobModel, area: ConditionBlock['area']): boolean {
  return model.blocks.some((block) => block.area === area && block.and?.items.length === 0);
}

/** The conditions of one side: "whose …", "that meet both: …; …". Undefined where it has none. */
function blockWords(model: JobModel, area: ConditionBlock['area'], side: ConditionBlock['side']): Words | undefined {
  const blocks = model.blocks.filter((block) => block.area === area && block.side === side);
  const conditions = blocks.flatMap((block) => block.conditions);
  // What is no object is no condition, but stands among them.
  const total = blocks.reduce((sum, { and }) => sum + (and?.items.length ?? 0), 0);
  if (total === 0) return undefined;
  const words = Array.from(
    { length: Math.min(total, WORDED) },
    (_, i) => conditions[i] && conditionWords(conditions[i]),
  );
  const subjects = [...new Set(conditions.map((condition) => conditionSubject(condition) ?? 'something else'))];
  // What is counted keeps the doubt: it may be all of them.
  const doubt = total > conditions.length || conditions.some(isOpen) ? ', whose meaning AWS leaves open' : '';
  const short = `that meet ${plural(total, 'condition')} on ${joined(subjects, 'and')}${doubt}`;
  if (total === 1) {
    const [only] = words;
    const unclear = 'by a condition that is not complete: AWS does not say which these are';
    // Each is a subject and what is said of it.
    return { full: only ? `whose ${only.replace(/^the /, '')}` : unclear, short };
  }
  const named = words.map((one) => one ?? 'a condition that is not complete, whose effect AWS does not state');
  const shown = total > WORDED ? [...named.slice(0, 3), `and ${count(total - 3)} more conditions`] : named;
  return { full: `that meet ${total === 2 ? 'both' : 'all'} of these: ${shown.join('; ')}`, short };
}

/** `objects` says which are meant: those that conditions leave, or all there are. */
function samplingSentence(model: JobModel, objects: string): string {
  const node = memberValue(model.root, 'samplingPercentage');
  const sampling = samplingOf(model);
  if (node && node.type !== 'number') {
    return `Does not say yet how many of the ${objects} it analyzes: its sampling percentage is no number.`;
  }
  if (node && node.value !== sampling) {
    return `Has ${node.value} as its sampling percentage. AWS does not say what that means: it may analyze all ${objects}.`;
  }
  if (sampling === 100) return `Analyzes all ${objects}, as far as Macie can read them, without sampling.`;
  return `Analyzes a sample of the ${objects}: ${sampling} percent of them, chosen at random, each one whole.`;
}

/** Percent of the objects, 1 to 100; what AWS does with any other number is not known, and may be all. */
function samplingOf(model: JobModel): number {
  const node = memberValue(model.root, 'samplingPercentage');
  if (node?.type !== 'number' || !Number.isInteger(node.value)) return 100;
  return node.value >= 1 && node.value <= 100 ? node.value : 100;
}

function identifierSentences(model: JobModel): Words[] {
  const ids = distinct(model.managedIds);
  const custom = distinct(model.customIds).length;
  const managed = managedWords(model.selector?.value ?? 'RECOMMENDED', ids);
  const lists = distinct(model.allowLists).length;
  const sentences: Words[] = [];
  if (managed) {
    sentences.push(inSentenceOf((words) => `Looks for data with ${words}.`, managed));
    if (custom > 0) sentences.push({ full: `Also uses ${plural(custom, 'custom data identifier')}.` });
  } else if (custom > 0) {
    sentences.push({ full: `Looks for data with ${plural(custom, 'custom data identifier')} and no managed one.` });
  } else {
    sentences.push({ full: 'Looks for nothing: it uses no data identifier.' });
  }
  if (lists > 0) {
    sentences.push({
      full: `Ignores text that ${lists === 1 ? 'its allow list matches' : `any of its ${count(lists)} allow lists matches`}.`,
    });
  }
  return sentences;
}

/** The managed data identifiers that a selector stands for; undefined where it stands for none. */
function managedWords(selector: string, ids: readonly string[]): Words | undefined {
  const plain = (full: string) => ({ full, short: full });
  switch (selector) {
    case 'ALL':
      return plain('all managed data identifiers');
    case 'RECOMMENDED':
      return plain('the recommended managed data identifiers');
    case 'EXCLUDE':
      if (ids.length === 0) return plain('all managed data identifiers');
      return {
        full: `all managed data identifiers except ${list(ids, 'and')}`,
        short: `all managed data identifiers except ${count(ids.length)}`,
      };
    case 'INCLUDE': {
      if (ids.length === 0) return undefined;
      const short = plural(ids.length, 'managed data identifier');
      return { full: `${short}: ${list(ids, 'and')}`, short };
    }
    case 'NONE':
      return undefined;
    default:
      return plain('managed data identifiers that it does not name yet');
  }
}

/** The texts that are there, each once; an empty one names nothing. */
function distinct(nodes: readonly { value: string }[]): string[] {
  return [...new Set(nodes.map(({ value }) => value).filter((value) => value.trim() !== ''))];
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
    const byAccount = bucketsByAccount(model);
    const total = [...byAccount.values()].reduce((sum, names) => sum + names.size, 0);
    return total === 0 ? 'none is named' : `${plural(total, 'bucket')} of ${plural(byAccount.size, 'account')}`;
  }
  if (!model.bucketCriteria) return 'none is named';
  const hasConditions = model.bucketConditions.length > 0;
  if (!hasConditions) return EVERY_BUCKET;
  return `the buckets that meet its criteria ${model.isOneTime ? 'when it starts' : 'at each run'}`;
}

/** The buckets that are named, each once, by the account that they are said to belong to. */
function bucketsByAccount(model: JobModel): Map<string, Set<string>> {
  const byAccount = new Map<string, Set<string>>();
  for (const { accountId, name } of bucketNames(model)) {
    if (name.trim() === '') continue;
    byAccount.set(accountId, (byAccount.get(accountId) ?? new Set()).add(name));
  }
  return byAccount;
}

function bucketNames(model: JobModel): { accountId: string; name: string }[] {
  return model.definitions.flatMap((definition) =>
    definition.buckets.map((bucket) => ({ accountId: definition.accountId?.value ?? '', name: bucket.value })),
  );
}

function titleCase(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase();
}
