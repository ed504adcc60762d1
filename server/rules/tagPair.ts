import { replaceValue } from '../language/edits.js';
import { asString, memberOf, type ObjectASTNode, type StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: ObjectASTNode;
  key: StringASTNode;
  value: StringASTNode;
}

export default defineRule<Data>({
  id: 'tag-pair',
  summary: 'Tags are written as "key": "value", not as Key and Value.',
  severity: 'warning',
  about: 'tags',
  docs: {
    why: 'S3 and EC2 write a tag as `{"Key": "Team", "Value": "data"}`. In a job the member name is the key: written so, the job gets two tags, with the keys Key and Value.',
    aws: 'Tags of a job are a map. The AWS CLI takes the two for ordinary tags.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const node = model.tags;
    if (node?.properties.length !== 2) return;
    const find = (name: string) =>
      asString(memberOf(node, name)?.valueNode) ?? asString(memberOf(node, name.toLowerCase())?.valueNode);
    const key = find('Key');
    const value = find('Value');
    if (!key || !value) return;
    report({
      at: node,
      message:
        'This makes two tags, with the keys "Key" and "Value". Tags of a job are a map: write the key as the member name.',
      data: { node, key, value },
    });
  },
  fixes({ data: { node, key, value } }, { document }) {
    if (key.value === '') return [];
    const changes = [replaceValue(document, node, { [key.value]: value.value })];
    return [{ title: 'Write it as one tag', changes, preferred: true }];
  },
});
