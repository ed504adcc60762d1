import { childBefore, containerAt } from '../language/completionTree.js';
import type { JobDocument, SyntaxKind, SyntaxProblem } from '../language/document.js';
import type { JobModel } from '../language/model.js';
import { once } from '../language/once.js';
import { WRAP } from '../language/recovery.js';
import { type SchemaNode, schemaAt } from '../language/schema.js';
import { fits } from '../language/structure.js';
import { type ASTNode, memberValue, pathOf } from '../language/tree.js';
import { truthMeant } from './conversions.js';
import { defineRule, type Finding, type Fix, type RuleContext, type TextChange } from './rule.js';
import { standsWith } from './spans.js';
import { plural, quote } from './words.js';

const MESSAGES: Partial<Record<SyntaxKind, string>> = {
  'missing-comma': 'A comma is missing here. The AWS CLI reads strict JSON and refuses the file.',
  'missing-colon': 'A colon is missing between this name and its value.',
  'missing-value': 'A value is missing here.',
  'missing-name': 'A member name in double quotes is missing here.',
  'unquoted-name': 'Names stand in double quotes in JSON.',
  'unclosed-array': 'A list is not closed here: "]" is missing.',
  'unclosed-object': 'An object is not closed here: "}" is missing.',
  'unclosed-string': 'This text is not closed: a double quote is missing.',
  'unclosed-name': 'This name is not closed: a double quote is missing.',
  'unopened-string': 'A double quote is missing before this text.',
  'unopened-name': 'A double quote is missing before this name.',
  'unclosed-comment': 'This comment is not closed, and JSON has no comments: the AWS CLI refuses the file.',
  'wrong-quotes': 'Names and texts stand in one pair of double quotes in JSON. The AWS CLI refuses any other ones.',
  'inner-quotes': 'Within a text, JSON writes a double quote as \\".',
  'extra-bracket': 'This bracket is one too many: what it seems to close goes on.',
  'extra-quote': 'This double quote is one too many.',
  stray: 'This has no place here.',
  'unfinished-member': 'A colon and a value are missing behind this name.',
  'extra-comma': 'This comma is one too many.',
  'extra-colon': 'This colon is one too many.',
  'wrapped-text': 'A text of JSON stands on one line; a line break within it is written \\n.',
  conflict:
    'A merge left two versions here, and the AWS CLI refuses the file. The first of them is checked until one is chosen.',
  'wrong-colon': 'Between a name and its value JSON has a colon.',
  semicolon: 'Between two entries JSON has a plain comma.',
  expression: 'JSON has no operators and joins no texts. Write one value.',
  ellipsis: 'JSON has no sign for what is left out. Write it, or remove the dots.',
  'other-literal': 'JSON writes true, false and null in small letters, and has no other words.',
  'bad-member': 'This is no member of JSON: a name in double quotes, a colon and a value.',
  'bad-escape': 'JSON knows no such escape. A backslash itself is written \\\\.',
  'bad-character': 'Control characters cannot stand in a JSON text; write \\n for a line break and \\t for a tab.',
  'bad-number': 'This is no number of JSON, which has no zeros in front, no units and no signs but a minus.',
  'bad-value':
    'This is no JSON value. Texts stand in double quotes; the other values are numbers, true, false and null.',
  'extra-text': 'Nothing may follow the definition: the AWS CLI reads one JSON value and refuses the rest.',
  empty: 'The file is empty. A job definition needs at least name, jobType and s3JobDefinition.',
};

/** What the reading of the text knows to mend: title, and whether nothing else can be meant. */
const MENDS: Partial<Record<SyntaxKind, readonly [title: string, safe?: 'safe']>> = {
  'unclosed-string': ['Add the closing quote'],
  'unclosed-name': ['Add the closing quote'],
  'unopened-string': ['Add the opening quote'],
  'unopened-name': ['Add the opening quote'],
  'inner-quotes': ['Write the inner quotes as \\"'],
  'extra-bracket': ['Remove the bracket'],
  'wrong-colon': ['Write a colon', 'safe'],
  'extra-quote': ['Remove the quote'],
  stray: ['Remove it'],
  'extra-comma': ['Remove the comma', 'safe'],
  'extra-colon': ['Remove the colon', 'safe'],
  semicolon: ['Write a comma', 'safe'],
  expression: ['Join the texts'],
  ellipsis: ['Remove the dots'],
};

const YAML =
  'This looks like YAML. A job file is strict JSON, as the option --cli-input-json of the AWS CLI takes it: convert the file.';

/** Whether a text begins as YAML does, with a bare name and a colon. */
function isYaml({ source }: JobDocument, start: number): boolean {
  return source.slice(0, start).trim() === '' && /^[A-Za-z_]\w*:(?:\s|$)/.test(source.slice(start, start + 200));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f]/g;

/** An escape that JSON knows, or a backslash without one. */
const ESCAPE = /\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\/g;

/** Kinds in whose place stands a value, or a name, that nobody can read for certain. */
const UNREADABLE: ReadonlySet<SyntaxKind> = new Set([
  'unclosed-string',
  'unopened-string',
  'wrong-quotes',
  'inner-quotes',
  'unfinished-member',
  'wrapped-text',
  'expression',
  'ellipsis',
  'variable',
  'other-literal',
  'unquoted-name',
  'bad-escape',
  'bad-character',
  'bad-number',
  'bad-value',
  'unopened-bracket',
]);

/** What is said to be missing, and where: it may as well stand in what cannot be read. */
const MISSING_IN: Readonly<Record<string, (model: JobModel) => ASTNode | undefined>> = {
  'bucket-form-missing': ({ s3 }) => s3,
  'first-run-sees-nothing': ({ root }) => root,
  'none-without-custom': ({ root }) => root,
  'schedule-missing': ({ root }) => root,
  'selector-ids': ({ root }) => root,
  'selector-without-ids': ({ root }) => root,
};

/** The same, said at the object itself or at the name of its member. */
const MISSING_HERE: ReadonlySet<string> = new Set(['condition-incomplete', 'schedule-form']);

/** Of these, more than so many are one finding, at the first place: all are mended together. */
const MOST_TOLD: Partial<Record<SyntaxKind, number>> = { 'odd-blank': 1, 'wrong-quotes': 3, 'unquoted-name': 3 };

const countOf = (kind: SyntaxKind, { syntaxProblems }: JobDocument) =>
  syntaxProblems.filter((problem) => problem.kind === kind).length;

/** Where the lists begin that are not closed: whether they will be empty is not known. */
const openListsOf = once(
  (own: readonly Finding<Data>[]): ReadonlySet<number> =>
    new Set(own.filter(({ data }) => data.kind === 'unclosed-array').map(({ start }) => start)),
);

interface Data {
  kind: SyntaxKind;
  changes?: readonly TextChange[];
  /** How many other problems of the kind the finding stands for. */
  more: number;
}

export default defineRule<Data>({
  id: 'json-syntax',
  summary: 'The file is strict JSON.',
  severity: 'error',
  about: 'syntax',
  docs: {
    why: 'A file that is not JSON cannot be read at all, so nothing else in it can be judged with certainty.',
    aws: 'The AWS CLI reads `--cli-input-json` with a strict parser and refuses the file at the first such place.',
    links: ['https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html'],
  },
  check({ document }, report) {
    const gathered = new Set<SyntaxKind>();
    for (const problem of document.syntaxProblems) {
      const { kind, start, end, changes } = problem;
      if (gathered.has(kind)) continue;
      const count = kind in MOST_TOLD ? countOf(kind, document) : 1;
      if (count > (MOST_TOLD[kind] ?? 1)) gathered.add(kind);
      const more = gathered.has(kind) ? count - 1 : 0;
      const message = messageFor(problem, document, more);
      if (message) report({ at: { start, end }, message, data: { kind, changes, more } });
    }
  },
  /** A value that cannot be read is not judged by what it seems to hold, nor is what may stand there missed. */
  covers(other, own, { document, model }) {
    const { incomplete } = document;
    if (other.code === 'empty-buckets' && openListsOf(own).has(other.start)) return true;
    if (incomplete.size > 0) {
      const owner = Object.hasOwn(MISSING_IN, other.code) ? MISSING_IN[other.code]!(model) : undefined;
      if (owner && incomplete.has(owner)) return true;
      if (MISSING_HERE.has(other.code)) {
        for (const { offset, parent } of incomplete) {
          if (other.start === offset || (parent?.type === 'property' && other.start === parent.offset)) return true;
        }
      }
    }
    return standsWith(other, own, ({ data }) => UNREADABLE.has(data.kind));
  },
  fixes(finding, context) {
    const { data, start, end } = finding;
    const { document } = context;
    const text = document.source.slice(start, end);
    switch (data.kind) {
      case 'missing-comma': {
        const before = /\S\s*$/.exec(document.source.slice(Math.max(0, start - 1000), start));
        const at = before ? start - before[0].length + 1 : start;
        return [{ title: 'Add the missing comma', changes: [{ start: at, end: at, newText: ',' }], preferred: true }];
      }
      case 'missing-colon': {
        if (text.startsWith(':') || start === 0) return [];
        let at = start;
        while (document.source[at - 1] === ' ' || document.source[at - 1] === '\t') at--;
        return [
          { title: 'Add the missing colon', changes: [{ start: at, end: start, newText: ': ' }], preferred: true },
        ];
      }
      case 'unclosed-array':
      case 'unclosed-object':
      case 'missing-bracket':
      case 'missing-opening':
      case 'unopened-bracket':
        return mend(`Add the missing ${quote(bracketsOf(data))}`, data);
      case 'other-literal':
        return mend(`Write ${data.changes?.[0]?.newText}`, data, true);
      case 'wrong-bracket':
        return mend(`Write ${quote(bracketsOf(data))}`, data);
      case 'wrong-quotes':
      case 'unquoted-name':
        return quotesFixes(finding, context);
      case 'odd-blank': {
        const blanks = document.syntaxProblems.filter(({ kind }) => kind === 'odd-blank');
        const changes = blanks.map((blank) => ({ ...spanOf(blank), newText: plainBlanks(blank, document) }));
        return [{ title: 'Write plain blanks throughout', changes, preferred: true, safe: true }];
      }
      case 'bad-character': {
        const newText = text.replace(CONTROL, (character) => JSON.stringify(character).slice(1, -1));
        return [{ title: 'Escape the control characters', changes: [{ start, end, newText }], preferred: true }];
      }
      case 'wrapped-text': {
        const joined = (by: string) => [{ start, end, newText: text.replace(WRAP, by) }];
        return [
          { title: 'Join the lines', changes: joined(' '), preferred: true },
          { title: 'Write the line breaks as \\n', changes: joined('\\n') },
        ];
      }
      case 'bad-escape':
        return escapeFixes(finding, text);
      case 'variable':
      case 'bad-number':
      case 'bad-value':
        return valueFixes(finding, text, document);
      case 'extra-text': {
        const rest = document.source.slice(start);
        if (!/^[\]},;\s]+$/.test(rest)) return [];
        const changes = [{ start, end: start + rest.trimEnd().length, newText: '' }];
        return [{ title: 'Remove what follows', changes, preferred: true }];
      }
      default: {
        const [title, safe] = MENDS[data.kind] ?? [];
        return title ? mend(title, data, safe === 'safe') : [];
      }
    }
  },
});

/** What is said of a problem that stands for `more` others of its kind as well. */
function messageFor(
  { kind, start, end, changes }: SyntaxProblem,
  document: JobDocument,
  more: number,
): string | undefined {
  const text = document.source.slice(start, end);
  const others = more > 0 ? `, and at ${plural(more, 'more place')}` : '';
  switch (kind) {
    case 'bad-value':
      return isYaml(document, start) ? YAML : MESSAGES[kind];
    case 'variable':
      return `${quote(text)} is a variable that was not filled in, and no JSON: the AWS CLI refuses the file.`;
    case 'odd-blank':
      return `${nameOfBlank(text)} stands here${others}. JSON knows plain blanks alone, and the AWS CLI refuses the file.`;
    case 'missing-bracket':
      return `${quote(bracketsOf({ changes }))} is missing here: what follows belongs to the object around this one.`;
    case 'missing-opening':
      return `${quote(bracketsOf({ changes }))} is missing before this.`;
    case 'unopened-bracket':
      return `${quote(bracketsOf({ changes }))} is missing before this bracket.`;
    case 'wrong-bracket':
      return `What is open here is closed with ${quote(bracketsOf({ changes }))}.`;
    default: {
      const message = MESSAGES[kind];
      return others && message ? `${message} Likewise${others.slice(5)}.` : message;
    }
  }
}

const spanOf = ({ start, end }: SyntaxProblem) => ({ start, end });

const bracketsOf = ({ changes }: Pick<Data, 'changes'>) => changes?.[0]?.newText.replace(/[\s,]/g, '') ?? '';

function mend(title: string, { changes }: Data, safe?: boolean): Fix[] {
  return changes?.length ? [{ title, changes: [...changes], preferred: true, safe }] : [];
}

function nameOfBlank(text: string): string {
  const code = text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const names: Record<string, string> = {
    '00A0': 'A no-break space',
    '200B': 'A zero-width space',
    FEFF: 'A byte order mark',
  };
  return `${names[code] ?? 'An odd blank'} (U+${code})`;
}

/** Blanks as wide as the odd ones; nothing for those without width, and line breaks for those that break lines. */
function plainBlanks({ start, end }: SyntaxProblem, { source }: JobDocument): string {
  return source
    .slice(start, end)
    .replace(/[\u00ad\u180e\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[^\u2028\u2029\u0085]/g, ' ')
    .replace(/[\u2028\u2029\u0085]/g, '\n');
}

/** What a text of Python or JavaScript has otherwise than JSON: quotes, names without any, and its words. */
const OF_OTHER_LANGUAGES: ReadonlySet<SyntaxKind> = new Set(['wrong-quotes', 'unquoted-name', 'other-literal']);

/** The quotes of one place, or those of the whole text, and the words that come along with them. */
function quotesFixes({ start, end, data }: Finding<Data>, { document }: RuleContext): Fix[] {
  const { source } = document;
  const foreign = document.syntaxProblems.filter(({ kind }) => OF_OTHER_LANGUAGES.has(kind));
  const quoted = (from: number, to: number) => ({
    start: from,
    end: to,
    newText: JSON.stringify(source.slice(from, to)),
  });
  const here = [...(data.changes ?? [quoted(start, end)])];
  if (foreign.length === 1) return [{ title: 'Use double quotes', changes: here, preferred: true, safe: true }];
  const all = foreign.flatMap((one) => one.changes ?? [quoted(one.start, one.end)]);
  const isFirst = foreign[0]?.start === start;
  const throughout = { title: 'Use double quotes throughout', changes: all, preferred: true, safe: isFirst };
  return data.more > 0 ? [throughout] : [throughout, { title: 'Use double quotes here', changes: here }];
}

/** A backslash before a letter is one of a path; before a sign that needs none, it was put there to be safe. */
function escapeFixes({ start, end }: Finding<Data>, text: string): Fix[] {
  const isNeedless = ![...text.matchAll(ESCAPE)].some((found) => !found[1] && /\w/.test(text[found.index + 1] ?? 'x'));
  const replace = (title: string, by: string, preferred: boolean): Fix => ({
    title,
    changes: [{ start, end, newText: text.replace(ESCAPE, (found, known) => (known ? found : by)) }],
    preferred,
  });
  const doubled = replace('Write a backslash as \\\\', '\\\\', !isNeedless);
  return isNeedless ? [replace('Remove the backslash', '', true), doubled] : [doubled];
}

/** What is no text that lacks its quotes: words for nothing, and what a program works out. */
const NO_TEXT = /^(?:undefined|nil|nan)$|[()[\]*]|^(?:var|local|data|module|os|process|self|params|args|config)\.|^%/i;

/** Whether a value is one of a condition that compares sizes or numbers. */
function isMeasured(node: ASTNode | undefined): boolean {
  const key = memberValue(node?.parent?.parent?.parent, 'key')?.value;
  return typeof key === 'string' && /SIZE|COUNT/.test(key);
}

/** What stands unquoted in the place of a value, as the value that the place takes. */
function valueFixes({ start, end, data }: Finding<Data>, text: string, document: JobDocument): Fix[] {
  const container = containerAt(document, start);
  const child = container && childBefore(container, start + 1);
  const node = child?.type === 'property' ? child.valueNode : child;
  const schema = node?.offset === start ? schemaAt(pathOf(node)) : undefined;
  const change = (newText: string) => [{ start, end, newText }];
  if (schema?.type === 'string') {
    const meant = schema.enum && !fits(node, schema);
    const isAccount = node?.parent?.type === 'property' && node.parent.keyNode.value === 'accountId';
    const isText = data.kind !== 'variable' && !NO_TEXT.test(text) && !(data.kind === 'bad-number' && isMeasured(node));
    const preferred = isText && !meant && (!isAccount || /^\d{12}$/.test(text));
    return [{ title: 'Put it in double quotes', changes: change(JSON.stringify(text)), preferred }];
  }
  const value =
    schema?.type === 'integer' ? wholeNumber(text, schema) : schema?.type === 'boolean' ? truthMeant(text) : undefined;
  return value === undefined ? [] : [{ title: `Write ${value}`, changes: change(value), preferred: true }];
}

/** The whole number that `007`, `+7`, `7.`, `7%`, `1_000` or `0x1F` stands for. */
function wholeNumber(text: string, { minimum = -Infinity, maximum = Infinity }: SchemaNode): string | undefined {
  const plain = text.replace(/^\+|\s*%$|\.0*$/g, '').replace(/(?<=\d)_(?=\d)/g, '');
  if (!/^-?\d{1,15}$|^0x[0-9a-f]{1,8}$/i.test(plain)) return undefined;
  const value = Number(plain);
  return value >= minimum && value <= maximum ? String(value) : undefined;
}
