import contributed from '../../snippets/macie-job.code-snippets' with { type: 'json' };
import { rootSchema, type SchemaNode, schemaStep } from './schema.js';

/** A snippet as it is contributed to VS Code, with what tells where it fits. */
export interface Snippet {
  name: string;
  prefix: string;
  description: string;
  /** In the syntax of VS Code's snippets, indented with tabs. */
  body: string;
  /** What it writes, with its placeholders filled in: members of an object, or else one or several values. */
  members?: Readonly<Record<string, unknown>>;
  values?: readonly unknown[];
}

let parsed: readonly Snippet[] | undefined;

/** All snippets of the extension. */
export function allSnippets(): readonly Snippet[] {
  parsed ??= Object.entries(contributed).map(([name, { prefix, body, description = '' }]) => {
    const text = Array.isArray(body) ? body.join('\n') : body;
    const plain = expandSnippet(text);
    const shape = plain.startsWith('"')
      ? { members: JSON.parse(`{${plain}}`) as Record<string, unknown> }
      : { values: JSON.parse(`[${plain}]`) as unknown[] };
    return { name, prefix, description, body: text, ...shape };
  });
  return parsed;
}

/** The snippets that write a whole definition. */
export function jobSnippets(): readonly Snippet[] {
  return valueSnippets(rootSchema, false);
}

/** The snippets that write a value of the schema; `several` where there is room for more than one, in an array. */
export function valueSnippets(schema: SchemaNode | undefined, several: boolean): readonly Snippet[] {
  return allSnippets().filter(
    ({ values }) => values && (several || values.length === 1) && values.every((value) => fits(schema, value)),
  );
}

/** A snippet, and what of it is written, with the brackets that it lacks. */
export interface Shape {
  snippet: Snippet;
  text: string;
}

/** What the snippets have for the value of a member: a value, the part that is that member's, or what goes in its brackets. */
export function memberShapes(member: string, schema: SchemaNode): Shape[] {
  const within =
    (name: string | undefined, [open, close]: string) =>
    (shape: Shape) => {
      const start = name === undefined ? '' : `"${name}": `;
      return { ...shape, text: `${open}\n\t${start}${shape.text.replaceAll('\n', '\n\t')}\n${close}` };
    };
  const whole = (snippet: Snippet) => ({ snippet, text: snippet.body });
  const shapes = [...valueSnippets(schema, false).map(whole), ...partsFor(member, schema)];
  if (schema.type === 'array')
    return [...shapes, ...valueSnippets(schema.items, true).map(whole).map(within(undefined, '[]'))];
  if (!schema.properties) return shapes;
  const [first, ...others] = schema.properties;
  return [
    ...shapes,
    ...memberSnippets(schema, () => true)
      .map(whole)
      .map(within(undefined, '{}')),
    ...(first && others.length === 0 ? memberShapes(...first).map(within(first[0], '{}')) : []),
  ];
}

/** Of the snippets that write the member alone, or an object that has no other, the member's value. */
function partsFor(member: string, schema: SchemaNode): Shape[] {
  return allSnippets().flatMap((snippet) => {
    const content = snippet.members ?? (snippet.values?.length === 1 ? snippet.values[0] : undefined);
    if (typeof content !== 'object' || content === null || Object.keys(content).join() !== member) return [];
    if (!fits(schema, (content as Record<string, unknown>)[member])) return [];
    const text = snippet.members ? snippet.body : insideOf(snippet.body);
    return [{ snippet, text: text.slice(text.indexOf(':') + 1).trimStart() }];
  });
}

/** What a snippet that writes an object has between its braces. */
export function insideOf(body: string): string {
  return body
    .slice(body.indexOf('{') + 1, body.lastIndexOf('}'))
    .trim()
    .replaceAll('\n\t', '\n');
}

/** The snippets that write members of an object of the schema, all of which have to pass `isWanted`. */
export function memberSnippets(schema: SchemaNode, isWanted: (name: string) => boolean): readonly Snippet[] {
  return allSnippets().filter(
    ({ members }) =>
      members &&
      Object.entries(members).every(
        ([name, value]) => schema.properties?.has(name) && isWanted(name) && fits(schemaStep(schema, name), value),
      ),
  );
}

/** Whether a value has the shape that the schema asks for. */
function fits(schema: SchemaNode | undefined, value: unknown): boolean {
  switch (schema?.type) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      const members = Object.entries(value);
      return (
        schema.required.every((name) => Object.hasOwn(value, name)) &&
        members.every(([name, v]) => fits(schemaStep(schema, name), v))
      );
    }
    case 'array':
      return Array.isArray(value) && value.every((item) => fits(schema.items, item));
    case 'string':
      return typeof value === 'string' && (!schema.enumSet || schema.enumSet.has(value));
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return false;
  }
}

/**
 * The text of a snippet with its placeholders filled in: a default as it is, the first of several choices, nothing for a
 * bare tab stop. Variables yield their default.
 */
export function expandSnippet(snippet: string): string {
  return expand(snippet, 0, false).text;
}

function expand(snippet: string, from: number, nested: boolean): { text: string; end: number } {
  let text = '';
  let at = from;
  while (at < snippet.length) {
    const c = snippet[at]!;
    if (c === '\\' && at + 1 < snippet.length && /[$}\\|,]/.test(snippet[at + 1]!)) {
      text += snippet[at + 1];
      at += 2;
    } else if (nested && c === '}') {
      return { text, end: at + 1 };
    } else if (c === '$') {
      const bare = /^\$(?:\d+|[A-Za-z_]\w*)/.exec(snippet.slice(at, at + 60));
      const opened = /^\$\{(?:\d+|[A-Za-z_]\w*)([:|}])/.exec(snippet.slice(at, at + 60));
      if (bare) at += bare[0].length;
      else if (!opened) {
        text += c;
        at++;
      } else if (opened[1] === '}') at += opened[0].length;
      else if (opened[1] === '|') {
        const end = snippet.indexOf('|}', at);
        const choices = snippet.slice(at + opened[0].length, end).split(/(?<!\\),/);
        text += choices[0]!.replace(/\\([$}\\|,])/g, '$1');
        at = end < 0 ? snippet.length : end + 2;
      } else {
        const inner = expand(snippet, at + opened[0].length, true);
        text += inner.text;
        at = inner.end;
      }
    } else {
      text += c;
      at++;
    }
  }
  return { text, end: at };
}

/** A snippet with today in place of the variables of VS Code that stand for it: other editors do not know them. */
export function fillDates(snippet: string, now: Date): string {
  const [year, month, date] = now.toISOString().slice(0, 10).split('-');
  const values: Record<string, string> = { YEAR: year!, MONTH: month!, DATE: date! };
  return snippet.replace(/\$\{CURRENT_(YEAR|MONTH|DATE)\}/g, (_, part: string) => values[part]!);
}

/** Text with the characters escaped that mean something in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A tab stop with a text that is selected to be typed over. */
export function placeholder(stop: number, text: string | number): string {
  return `\${${stop}:${text}}`;
}

/** A tab stop with a list to choose from. */
export function choice(stop: number, ...values: string[]): string {
  return `\${${stop}|${values.join(',')}|}`;
}

/** Whether a text has a tab stop or a variable: what has none can be inserted by any editor. */
export function hasStops(snippet: string): boolean {
  return /(?:^|[^\\])\$[\w{]/.test(snippet);
}
