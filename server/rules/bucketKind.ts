import { notAName, otherKindOf } from '../language/bucketName.js';
import { bucketNamesOf } from '../language/places.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'bucket-kind',
  summary: 'The buckets of a job are general purpose buckets.',
  severity: 'warning',
  docs: {
    why: 'Macie analyzes objects in general purpose buckets. Directory buckets, table buckets and the aliases of access points are something else, and S3 reserves the endings `--x-s3`, `--table-s3`, `-s3alias`, `--ol-s3` and `.mrap` for them. A job finds nothing to analyze there.',
    aws: 'The Macie user guide names general purpose buckets as what a job analyzes; S3 documents the endings. They tell by the name alone, and a very old bucket may end so by chance: hence a warning.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/user/discovery-supported-storage.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
    ],
  },
  check({ model }, report) {
    for (const { node } of bucketNamesOf(model)) {
      if (notAName(node.value)) continue;
      const kind = otherKindOf(node.value);
      if (!kind) continue;
      const instead = kind.startsWith('the alias') ? ' Write the name of the bucket behind it.' : '';
      report({
        at: node,
        message: `By its ending, this is ${kind}. Macie analyzes general purpose buckets alone.${instead}`,
      });
    }
  },
});
