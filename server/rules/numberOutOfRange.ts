import { removeMember, replaceNode } from '../language/edits.js';
import { memberNameOf } from '../language/structure.js';
import type { ASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';

interface Data {
  node: ASTNode;
  nearest: number;
}

export default defineRule<Data>({
  id: 'number-out-of-range',
  summary: 'Days of the month and percentages keep to their range.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'A day of the month is 1 to 31. A sampling percentage is 1 to 100; 0 would analyze nothing, and is a warning, since AWS does not say what it does with it.',
    aws: 'The API reference gives the range of the day, and calls the other a percentage. Neither the AWS CLI nor an SDK checks them.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure }, report) {
    for (const problem of structure) {
      if (problem.kind !== 'out-of-range') continue;
      const { node, minimum, maximum } = problem;
      const name = memberNameOf(node);
      const zeroSampling = name === 'samplingPercentage' && node.value === 0;
      report({
        at: node,
        severity: zeroSampling ? 'warning' : 'error',
        message: zeroSampling
          ? '0 percent would analyze nothing, and AWS does not say what it does with it. Give 1 to 100, or leave it out to analyze every object.'
          : `"${name}" must be a whole number from ${minimum} to ${maximum}.`,
        data: { node, nearest: Number(node.value) < minimum ? minimum : maximum },
      });
    }
  },
  fixes({ data: { node, nearest } }, { document }) {
    const fixes = [{ title: `Change to ${nearest}`, changes: [replaceNode(node, String(nearest))] }];
    const member = node.parent;
    if (member?.type === 'property' && member.keyNode.value === 'samplingPercentage') {
      // Without it, every object is analyzed: what 0 and numbers above 100 are at times meant to say.
      fixes.push({ title: 'Remove samplingPercentage', changes: [removeMember(document, member)] });
    }
    return fixes;
  },
});
