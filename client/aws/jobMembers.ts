/** Finds the members of a job definition that a message of AWS speaks of. */

/** Names that are no English words: wherever they stand, the member is meant. */
const UNMISTAKABLE = [
  'allowListIds',
  'bucketCriteria',
  'bucketDefinitions',
  'clientToken',
  'customDataIdentifierIds',
  'dailySchedule',
  'dayOfMonth',
  'dayOfWeek',
  'initialRun',
  'jobType',
  'managedDataIdentifierIds',
  'managedDataIdentifierSelector',
  'monthlySchedule',
  's3JobDefinition',
  'samplingPercentage',
  'scheduleFrequency',
  'simpleCriterion',
  'simpleScopeTerm',
  'tagCriterion',
  'tagScopeTerm',
  'tagValues',
  'weeklySchedule',
  'accountId',
];

/** Names that are also words: meant only where they are quoted, part of a path, or said to be a value. */
const WORDS = [
  'buckets',
  'comparator',
  'description',
  'excludes',
  'includes',
  'name',
  'scoping',
  'tags',
  'target',
  'values',
];

/** The members that the message names, each once, in the order of the text. Heuristic: AWS's texts are not documented. */
export function membersIn(message: string): string[] {
  const found = new Map<string, number>();
  const look = (name: string, pattern: RegExp): void => {
    const at = message.search(pattern);
    if (at >= 0) {
      found.set(name, at);
    }
  };
  for (const name of UNMISTAKABLE) {
    look(name, new RegExp(`(?<![A-Za-z0-9])${name}(?![A-Za-z0-9])`, 'i'));
  }
  for (const name of WORDS) {
    look(
      name,
      new RegExp(
        `["'\`]${name}["'\`]|\\.${name}\\b|\\b${name}[.[]\\w|\\b(?:value (?:for|of|at)|member|field|property|parameter|invalid)\\s+(?:the\\s+)?${name}\\b`,
        'i',
      ),
    );
  }
  return [...found].sort(([, a], [, b]) => a - b).map(([name]) => name);
}
