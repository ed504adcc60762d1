import { brokenNameRules, bucketOfHost, notAName, otherKindOf } from '../language/bucketName.js';
import { replaceString } from '../language/edits.js';
import { bucketNamesOf } from '../language/places.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { allOf, quote } from './words.js';

interface Data {
  node: StringASTNode;
}

export default defineRule<Data>({
  id: 'bucket-name-rules',
  summary: 'A bucket name is one that S3 gives today.',
  severity: 'warning',
  docs: {
    why: 'A name that S3 would refuse is most likely misspelt, and names are case sensitive. A name that begins with `amzn-s3-demo-` was copied from an example: nobody can own such a bucket.',
    aws: 'S3 documents the naming rules: 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends. Before March 2018 us-east-1 gave names with upper-case letters, underscores and up to 255 characters; such buckets still exist: hence a warning.',
    links: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html'],
  },
  check({ model }, report) {
    for (const { node } of bucketNamesOf(model)) {
      if (notAName(node.value) || otherKindOf(node.value)) continue;
      const message = messageFor(node.value);
      if (message) report({ at: node, message, data: { node } });
    }
  },
  fixes({ data: { node } }): Fix[] {
    const name = bucketOfHost(node.value) ?? node.value.toLowerCase();
    if (name === node.value || brokenNameRules(name).length > 0) return [];
    return [{ title: `Change to ${quote(name, 63)}`, changes: [replaceString(node, name)] }];
  },
});

function messageFor(name: string): string | undefined {
  if (name.startsWith('amzn-s3-demo-')) {
    return `${quote(name)} is a placeholder of AWS's documentation: no account can own such a bucket. Write the name of yours.`;
  }
  const bucket = bucketOfHost(name);
  if (bucket) return `This looks like the host name of a bucket. If so, write its name: ${quote(bucket)}.`;
  const broken = brokenNameRules(name);
  if (broken.length === 0) return undefined;
  return `This name has ${allOf(broken)}: S3 gives no such names, apart from old ones in us-east-1. Check the spelling.`;
}
