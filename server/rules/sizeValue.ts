import { replaceString } from '../language/edits.js';
import { simpleTerms } from '../language/scope.js';
import { parseByteSize, parseHumanSize, shortBytes } from '../language/sizes.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { standsWith } from './spans.js';
import { quote } from './words.js';

interface Data {
  node: StringASTNode;
  isTooLarge: boolean;
}

/** The largest number of eight bytes: what an "integer" of a service holds at most. */
const MAX_INTEGER = 2n ** 63n - 1n;

const TOO_LARGE = 'No object is that large, and few services hold such a number. Write fewer digits.';

export default defineRule<Data>({
  id: 'size-value',
  summary: 'A size is a whole number of bytes, in digits.',
  severity: 'error',
  about: 'OBJECT_SIZE',
  docs: {
    why: 'A size with a unit, a fraction or separators is no number of bytes. A megabyte is 1,000,000 bytes by its name and 1,048,576 by custom, so that the fix offers both.',
    aws: 'The API reference takes an integer that is the size in bytes, written as a text like every value of a condition. Neither the AWS CLI nor an SDK checks what the text holds. A plus sign and leading zeros are a warning: the number is plain, the form is not documented.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { simple } of simpleTerms(model, 'OBJECT_SIZE')) {
      for (const node of simple.values) {
        const text = node.value;
        const bytes = parseByteSize(text.replace(/^\+/, ''));
        const isTooLarge = /^\+?[0-9]+$/.test(text) && (bytes === undefined || bytes > MAX_INTEGER);
        if (bytes !== undefined && !isTooLarge && String(bytes) === text) continue;
        report({
          at: node,
          message: isTooLarge ? TOO_LARGE : messageFor(text),
          severity: bytes === undefined && !isTooLarge ? 'error' : 'warning',
          data: { node, isTooLarge },
        });
      }
    }
  },
  /** A number that few services hold is above every limit of Macie's, too. */
  covers(other, own) {
    return other.code === 'size-never-analyzed' && standsWith(other, own, ({ data }) => data.isTooLarge);
  },
  fixes({ data: { node } }): Fix[] {
    const write = (bytes: bigint): Fix => {
      const short = shortBytes(bytes);
      return {
        title: `Change to ${bytes}${short ? ` (${short})` : ''}`,
        changes: [replaceString(node, String(bytes))],
      };
    };
    const size = parseHumanSize(node.value);
    if (!size || size.bytes > MAX_INTEGER) return [];
    const fixes = [size.bytes, ...size.alternatives].map(write);
    // With two readings nobody but the author knows which.
    const isOne = fixes.length === 1;
    const digitsAlone = /^\s*\+?[0-9]+\s*$/.test(node.value);
    return isOne ? [{ ...fixes[0]!, preferred: true, safe: digitsAlone }] : fixes;
  },
});

function messageFor(text: string): string {
  if (text.trim() === '') return 'The size is missing. AWS takes a whole number of bytes in digits, such as "1048576".';
  if (/^-/.test(text.trim())) return 'No size is below 0. AWS takes a whole number of bytes in digits.';
  if (/^\+?[0-9]+$/.test(text))
    return 'AWS takes a whole number of bytes in plain digits, without a sign or leading zeros.';
  const size = parseHumanSize(text);
  if (size && /[a-z]/i.test(text)) {
    return `AWS takes OBJECT_SIZE in bytes and digits alone, without a unit: not ${quote(text)}.`;
  }
  return `${quote(text)} is no whole number of bytes. AWS takes digits alone, such as "1048576".`;
}
