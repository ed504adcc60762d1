/* Job files of a wanted size, for measuring. */

/** How many mistakes a file holds. */
export type Mistakes = 'none' | 'few' | 'many' | 'broken';

const MOST_MISTAKES = 20_000;

/**
 * A job definition of about `bytes` bytes, laid out as an editor would: half of it conditions on tags, half key prefixes.
 * With `many`, every condition has a comparator that AWS does not take, every other tag pair a misspelt member, and the
 * prefixes are numbers without quotes, up to 20,000 mistakes in all: what the other server takes grows with their square. With
 * `broken`, the comma behind the name is missing and nothing else is wrong.
 */
export function jobFile(bytes: number, mistakes: Mistakes): string {
  const conditions: unknown[] = [];
  const prefixes: (string | number)[] = [];
  let length = 600;
  for (let i = 0; length < bytes; i++) {
    // Three mistakes and 24 numbers in each round.
    const wrong = (mistakes === 'many' && i < MOST_MISTAKES / 27) || (mistakes === 'few' && i < 5);
    const numbers = mistakes === 'many' && wrong;
    const pairs = Array.from({ length: 4 }, (_, n) => ({
      [wrong && n % 2 === 0 ? 'Key' : 'key']: `team-${i}-${n}`,
      value: `value-${(i * 7919 + n) % 10007}`,
    }));
    const condition = { tagCriterion: { comparator: wrong ? 'EQUALS' : 'EQ', tagValues: pairs } };
    conditions.push(condition);
    length += 560;
    for (let n = 0; n < (numbers ? 24 : 12) && length < bytes; n++) {
      prefixes.push(numbers ? i * 100 + n : `exports/${i}/${n}/customer-records-${(i * 31 + n) % 9973}/`);
      length += numbers ? 34 : 68;
    }
  }
  const job = {
    name: 'measured-job',
    description: 'A file of a wanted size.',
    jobType: 'ONE_TIME',
    samplingPercentage: 50,
    s3JobDefinition: {
      bucketCriteria: { includes: { and: conditions } },
      scoping: {
        includes: { and: [{ simpleScopeTerm: { key: 'OBJECT_KEY', comparator: 'STARTS_WITH', values: prefixes } }] },
      },
    },
    tags: { Team: 'data-platform' },
  };
  const text = `${JSON.stringify(job, null, 2)}\n`;
  return mistakes === 'broken' ? text.replace(',', '') : text;
}
