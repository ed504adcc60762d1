import type { StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'bucket-in-two-accounts',
  summary: 'A bucket is named under the one account that owns it.',
  severity: 'warning',
  about: 'bucketDefinitions',
  docs: {
    why: 'Bucket names are unique among all accounts, and each bucket has one owner. Named under two accounts, it is wrong under one of them.',
    aws: 'The API reference calls `accountId` the account that owns the buckets. What the service does with a wrong one is not documented.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
    ],
  },
  check({ model }, report) {
    const owners = new Map<string, { node: StringASTNode; account: string }>();
    for (const { accountId, buckets } of model.definitions) {
      // Of a text that is no id nothing tells whose it is.
      if (!accountId || !/^\d{12}$/.test(accountId.value)) continue;
      for (const node of buckets) {
        const first = owners.get(node.value);
        if (!first) owners.set(node.value, { node, account: accountId.value });
        else if (first.account !== accountId.value) {
          report({
            at: node,
            message:
              'This bucket is named under another account as well, and a bucket has one owner. Keep it under the account that owns it.',
            related: [{ at: first.node, message: 'The same bucket under another account.' }],
          });
        }
      }
    }
  },
});
