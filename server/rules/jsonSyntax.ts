import type { SyntaxKind, SyntaxProblem } from '../language/document.js';
import { defineRule, type Fix } from './rule.js';
import { standsWith } from './spans.js';

const MESSAGES: Partial<Record<SyntaxKind, string>> = {
  'missing-comma': 'A comma is missing here. The AWS CLI reads strict JSON and refuses the file.',
  'missing-colon': 'A colon is missing between this name and its value.',
  'missing-value': 'A value is missing here.',
  'missing-name': 'A member name in double quotes is missing here.',
  'unquoted-name': 'Names stand in double quotes in JSON.',
  'unclosed-array': 'This list is not closed: "]" is missing.',
  'unclosed-object': 'This object is not closed: "}" is missing.',
  'unclosed-string': 'This text is not closed: a double quote is missing.',
  'unclosed-comment': 'This comment is not closed, and JSON has no comments: the AWS CLI refuses the file.',
  'bad-escape': 'JSON knows no such escape. A backslash itself is written \\\\.',
  'bad-character': 'Control characters cannot stand in a JSON text; write \\n for a line break and \\t for a tab.',
  'bad-number': 'This number is not complete.',
  'bad-value':
    'This is no JSON value. Texts stand in double quotes; the other values are numbers, true, false and null.',
  'extra-text': 'Nothing may follow the definition: the AWS CLI reads one JSON value and refuses the rest.',
  empty: 'The file is empty. A job definition needs at least name, jobType and s3JobDefinition.',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f]/g;

/** An escape that JSON knows, or a backslash without one. */
const ESCAPE = /\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\/g;

const UNREADABLE: ReadonlySet<SyntaxKind> = new Set(['unclosed-string', 'bad-escape', 'bad-character', 'bad-value']);

interface Data {
  kind: SyntaxKind;
}

export default defineRule<Data>({
  id: 'json-syntax',
  summary: 'The file is strict JSON.',
  severity: 'error',
  docs: {
    why: 'A file that is not JSON cannot be read at all, so nothing else in it can be judged with certainty.',
    aws: 'The AWS CLI reads `--cli-input-json` with a strict parser and refuses the file at the first such place.',
    links: ['https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html'],
  },
  check({ document }, report) {
    let unclosed: SyntaxProblem | undefined;
    for (const problem of document.syntaxProblems) {
      const { kind, start, end } = problem;
      const message = MESSAGES[kind];
      // The comma that seems to be missing behind an unclosed text is within it.
      const between = kind === 'missing-comma' && unclosed && document.source.slice(unclosed.end, unclosed.end + 1000);
      const known = between && start - unclosed!.end <= /^\s*/.exec(between)![0].length;
      if (kind === 'unclosed-string') unclosed = problem;
      if (message && !known) report({ at: { start, end }, message, data: { kind } });
    }
  },
  /** A value that cannot be read is not judged by what it seems to hold. */
  covers(other, own) {
    return standsWith(other, own, ({ data }) => UNREADABLE.has(data.kind));
  },
  fixes({ data, start, end }, { document }): Fix[] {
    const text = document.source.slice(start, end);
    switch (data.kind) {
      case 'missing-comma': {
        const before = /\S\s*$/.exec(document.source.slice(Math.max(0, start - 1000), start));
        const at = before ? start - before[0].length + 1 : start;
        return [{ title: 'Add the missing comma', changes: [{ start: at, end: at, newText: ',' }], preferred: true }];
      }
      case 'missing-colon': {
        if (/^[:=]/.test(text) || start === 0) return [];
        let at = start;
        while (document.source[at - 1] === ' ' || document.source[at - 1] === '\t') at--;
        return [
          { title: 'Add the missing colon', changes: [{ start: at, end: start, newText: ': ' }], preferred: true },
        ];
      }
      case 'unclosed-string': {
        const inside = text.trimEnd().replace(/,$/, '');
        const at = start + inside.length;
        return [{ title: 'Add the closing quote', changes: [{ start: at, end: at, newText: '"' }], preferred: true }];
      }
      case 'bad-character': {
        const newText = text.replace(CONTROL, (character) => JSON.stringify(character).slice(1, -1));
        return [{ title: 'Escape the control characters', changes: [{ start, end, newText }], preferred: true }];
      }
      case 'bad-escape': {
        const newText = text.replace(ESCAPE, (found, known) => (known ? found : '\\\\'));
        return [{ title: 'Write a backslash as \\\\', changes: [{ start, end, newText }], preferred: true }];
      }
      case 'unquoted-name':
        return /^[\w$-]+$/.test(text)
          ? [
              {
                title: `Put ${text} in double quotes`,
                changes: [{ start, end, newText: `"${text}"` }],
                preferred: true,
              },
            ]
          : singleQuoted(text, start, end);
      case 'bad-value': {
        const literal = { True: 'true', False: 'false', None: 'null', TRUE: 'true', FALSE: 'false' }[text];
        if (literal) {
          return [
            { title: `Write ${literal}`, changes: [{ start, end, newText: literal }], preferred: true, safe: true },
          ];
        }
        return singleQuoted(text, start, end);
      }
      default:
        return [];
    }
  },
});

function singleQuoted(text: string, start: number, end: number): Fix[] {
  if (!/^'[^'"\\]*'$/.test(text)) return [];
  const newText = `"${text.slice(1, -1)}"`;
  return [{ title: 'Use double quotes', changes: [{ start, end, newText }], preferred: true, safe: true }];
}
