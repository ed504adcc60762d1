/* Job files of a wanted size, for measuring. */

/** How many mistakes a file holds. */
export type Mistakes = 'none' | 'few' | 'many';

/**
 * A job definition of about `bytes` bytes, laid out as an editor would: half of it conditions on tags, half key prefixes.
 * With `many`, every condition has a comparator that AWS does not take, and every other tag pair a misspelt member: about
 * 5,000 mistakes in a megabyte.
 */
export function jobFile(bytes: number, mistakes: Mistakes): string {
  const conditions: unknown[] = [];
  const prefixes: string[] = [];
  let length = 600;
  for (let i = 0; length < bytes; i++) {
    const wrong = mistakes === 'many' || (mistakes === 'few' && i < 5);
    const pairs = Array.from({ length: 4 }, (_, n) => ({
      [wrong && n % 2 === 0 ? 'Key' : 'key']: `team-${i}-${n}`,
      value: `value-${(i * 7919 + n) % 10007}`,
    }));
    const condition = { tagCriterion: { comparator: wrong ? 'EQUALS' : 'EQ', tagValues: pairs } };
    conditions.push(condition);
    length += 560;
    for (let n = 0; n < 12 && length < bytes; n++) {
      prefixes.push(`exports/${i}/${n}/customer-records-${(i * 31 + n) % 9973}/`);
      length += 68;
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
  return `${JSON.stringify(job, null, 2)}\n`;
}
