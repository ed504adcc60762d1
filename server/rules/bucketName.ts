import { type NotAName, notAName } from '../language/bucketName.js';
import { replaceString, splitItem } from '../language/edits.js';
import { bucketNamesOf } from '../language/places.js';
import type { ArrayASTNode, StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { codeOf, oneOf, quote } from './words.js';

interface Data {
  node: StringASTNode;
  found: NotAName;
}

const WHAT: Partial<Record<NotAName['kind'], string>> = {
  arn: 'an ARN',
  uri: 'an S3 URI',
  url: 'a URL',
  path: 'a path',
};

export default defineRule<Data>({
  id: 'bucket-name',
  summary: 'A bucket is given by its plain name.',
  severity: 'error',
  docs: {
    why: 'A job names a bucket by its name alone: no ARN, no `s3://` URI, no URL, no prefix behind it and no wildcard. What is to be analyzed within a bucket is said in `scoping`; buckets that are found by their properties are chosen with `bucketCriteria`.',
    aws: 'The Macie user guide asks for names, not ARNs or URIs; the API reference rules out wildcards and parts of values. Wherever the API states a pattern, a name has 3 to 255 letters, digits, dots, hyphens and underscores. In a condition a wildcard is taken as it stands and matches no bucket: there it is a warning. No AWS tool checks any of it.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
    ],
  },
  check({ model }, report) {
    for (const { node, inCriteria } of bucketNamesOf(model)) {
      const found = notAName(node.value);
      if (!found) continue;
      report({
        at: node,
        message: messageFor(found, node.value, inCriteria),
        severity: inCriteria && found.kind === 'wildcard' ? 'warning' : 'error',
        data: { node, found },
      });
    }
  },
  fixes({ data: { node, found } }, { document }): Fix[] {
    const { kind, name, path, names } = found;
    if (names) {
      const texts = names.map((each) => JSON.stringify(each));
      const changes = [splitItem(document, node.parent as ArrayASTNode, node, texts)];
      return [{ title: `Split into ${names.length} names`, changes, preferred: true }];
    }
    if (name === undefined) return [];
    // Without its path the job would analyze the whole bucket: that is for the author to decide.
    const whole = path === undefined;
    // White space within may stand for a hyphen; what has no width stands for nothing.
    const preferred = kind === 'invisible' ? node.value.replace(/\p{Cf}/gu, '') === name : whole;
    const safe = preferred && kind !== 'url';
    return [{ title: `Write ${quote(name, 63)}`, changes: [replaceString(node, name)], preferred, safe }];
  },
});

function messageFor({ kind, name, path, names, character }: NotAName, value: string, inCriteria: boolean): string {
  switch (kind) {
    case 'empty':
      return 'The bucket name is empty. Write the name of a bucket, or remove this entry.';
    case 'wildcard':
      if (name) return `AWS takes no wildcard in a bucket name. Write the name alone: ${quote(name)}.`;
      return inCriteria
        ? 'AWS supports no wildcard and no part of a name here, so this names no bucket. List the names, or use another property or a tag.'
        : 'AWS takes no wildcard in a bucket name. List the buckets, or choose them by their properties or tags with "bucketCriteria".';
    case 'spaces':
      return 'Spaces stand around this bucket name, and belong to no name. Remove them.';
    case 'invisible':
      return `This bucket name holds a character that does not show (${codeOf(character!)}) and that no name has. Remove it.`;
    case 'list':
      return `Here are ${names!.length} names in one text. Write each bucket as an entry of its own.`;
    case 'length':
      return `A bucket name has 3 to 63 characters, and this one has ${value.length}.`;
    case 'characters':
      return `No bucket name holds ${character === ' ' ? 'a space' : quote(character!)}. Names consist of lower-case letters, digits, dots and hyphens.`;
    default: {
      const instead = name ? `: ${quote(name)}` : '';
      const rest = path === undefined ? '' : ' A prefix goes into "scoping" as an OBJECT_KEY condition.';
      return `This is ${oneOf([WHAT[kind]!])}, and AWS takes bucket names alone. Write the name${instead}.${rest}`;
    }
  }
}
