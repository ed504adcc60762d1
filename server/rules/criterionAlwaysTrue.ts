import { bucketStatesOf } from '../language/bucketStates.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'criterion-always-true',
  summary: 'A bucket condition tells some buckets from others.',
  severity: 'information',
  docs: {
    why: 'A condition that lists every state there is holds for each bucket: as an include it limits nothing, as an exclude it leaves nothing.',
    aws: 'AWS accepts such a condition (seen in practice). With EQ the effect follows from the OR that joins the values. With NE the same OR makes it true of each bucket, while "none of these" is true of no bucket; AWS does not say which holds.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const block of model.blocks) {
      for (const { simple, area } of block.conditions) {
        if (area !== 'bucketCriteria') continue;
        const states = bucketStatesOf(simple?.key?.value);
        if (!simple?.valuesNode || !states) continue;
        const given = new Set(simple.values.map(({ value }) => value));
        if (!states.every((state) => given.has(state))) continue;
        const comparator = simple.comparator?.value;
        if (comparator !== 'EQ' && comparator !== 'NE') continue;
        const excludesAll = block.side === 'excludes' && block.conditions.length === 1;
        const effect = excludesAll ? 'this excludes all of them' : 'this condition limits nothing';
        report({
          at: simple.valuesNode,
          message:
            comparator === 'EQ'
              ? `Every bucket has one of these states: ${effect}. Leave out the states that are not meant.`
              : 'With all states listed, NE holds for every bucket or for none; AWS does not say which. Write the states that are meant, with EQ.',
        });
      }
    }
  },
});
