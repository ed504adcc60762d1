import { replaceString } from '../language/edits.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'name-empty',
  summary: 'A job has a name.',
  severity: 'error',
  docs: {
    why: 'The name is what a job is known by in the console and in its findings, and it cannot be given later. A name of spaces alone is shown as nothing.',
    aws: 'The API reference requires a name. The AWS CLI lets an empty one through; nothing says that the service takes it. A blank one is a warning.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const name = model.text('name');
    if (name?.value.trim() !== '') return;
    report({
      at: name,
      severity: name.value === '' ? 'error' : 'warning',
      message:
        name.value === ''
          ? 'The name is empty, and AWS requires one. It cannot be changed after the job is created.'
          : 'The name holds nothing but white space. Give the job a name to know it by; it cannot be changed later.',
    });
  },
  fixes(_, { model }) {
    const name = model.text('name');
    return name
      ? [{ title: 'Name it "my-classification-job"', changes: [replaceString(name, 'my-classification-job')] }]
      : [];
  },
});
