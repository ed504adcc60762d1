import { replaceString } from '../language/edits.js';
import { simpleTerms } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { judgePrefix, tellingBuckets } from './keyPrefixForm.js';
import { defineRule } from './rule.js';
import { quote } from './words.js';

interface Data {
  node: StringASTNode;
}

/**
 * The last part of a folder's path: letters alone. With a dot it is a file name, with digits or an equals sign as likely
 * the beginning of a date, a number or a partition.
 */
const FOLDER = /(?:^|\/)[A-Za-z][A-Za-z_-]*[A-Za-z]$/;

export default defineRule<Data>({
  id: 'key-prefix-slash',
  summary: 'A key prefix that means a folder ends with a slash.',
  severity: 'hint',
  about: 'OBJECT_KEY',
  docs: {
    why: 'S3 has no folders: the value is compared with the beginning of the whole key. `logs` also takes `logs-old/` and `logs.txt`; `logs/` takes what is in the folder alone.',
    aws: 'The API reference itself shows prefixes without a slash at the end. This is a matter of what is meant, and a hint only.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model }, report) {
    const buckets = tellingBuckets(model);
    for (const { simple } of simpleTerms(model, 'OBJECT_KEY')) {
      if (simple.comparator?.value !== 'STARTS_WITH') continue;
      for (const node of simple.values) {
        // The last part decides; a long text before it is not looked through.
        if (!FOLDER.test(node.value.slice(-200)) || /[\\:]/.test(node.value)) continue;
        // What is no beginning of a key is said elsewhere.
        if (judgePrefix(node.value, buckets)) continue;
        const example = quote(`${node.value.slice(node.value.lastIndexOf('/') + 1)}-old/`, 30);
        report({
          at: node,
          message: `This also takes keys that go on otherwise, such as ${example}. End it with a slash to mean the folder.`,
          data: { node },
        });
      }
    }
  },
  fixes({ data: { node } }) {
    return [{ title: 'Add a slash at the end', changes: [replaceString(node, `${node.value}/`)], preferred: true }];
  },
});
