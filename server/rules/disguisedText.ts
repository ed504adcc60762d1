import { replaceString } from '../language/edits.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';
import { codeOf } from './words.js';

/** Orders and isolates of text direction: they show a text in another order than it is written in. */
const DIRECTION = '\\u202a-\\u202e\\u2066-\\u2069';
const IN_NAME = new RegExp(`[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}${DIRECTION}]`, 'gu');
/** A description may have lines and tabs. */
const IN_DESCRIPTION = new RegExp(`(?![\\n\\r\\t])[\\p{Cc}\\p{Cs}${DIRECTION}]`, 'gu');

interface Data {
  node: StringASTNode;
  plain: string;
}

export default defineRule<Data>({
  id: 'disguised-text',
  summary: 'Name and description hold no invisible control characters.',
  severity: 'warning',
  docs: {
    why: 'Control characters, line breaks in a name and orders of text direction are not seen in a list of jobs, or show the text as another than it is: a job may be taken for a different one.',
    aws: 'Not documented, and no AWS tool checks it. Half a surrogate pair is no character at all, and cannot be kept as it is.',
  },
  check({ model }, report) {
    for (const [member, pattern] of [
      ['name', IN_NAME],
      ['description', IN_DESCRIPTION],
    ] as const) {
      const node = model.text(member);
      const found = node?.value.match(pattern)?.[0];
      if (!node || found === undefined) continue;
      report({
        at: node,
        message: `"${member}" holds ${describe(found)}, which shows as nothing or changes how the text reads. Leave it out.`,
        data: { node, plain: node.value.replace(pattern, (c) => (/\s/.test(c) ? ' ' : '')) },
      });
    }
  },
  fixes({ data: { node, plain } }) {
    if (plain.trim() === '') return [];
    return [{ title: 'Remove the invisible characters', changes: [replaceString(node, plain)], preferred: true }];
  },
});

function describe(character: string): string {
  if (/[\n\r\u2028\u2029\u0085]/.test(character)) return 'a line break';
  if (character === '\t') return 'a tab';
  const code = codeOf(character);
  if (/\p{Cs}/u.test(character)) return `half a character (${code})`;
  return new RegExp(`[${DIRECTION}]`).test(character)
    ? `an order of text direction (${code})`
    : `a control character (${code})`;
}
