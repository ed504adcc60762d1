import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  type Position,
  type TextEdit,
} from 'vscode-languageserver-types';
import { isNeeded, isWanted, itemStarts, offeredMembers, startOf } from './completionMembers.js';
import { findPlace, type MemberPlace, type Place, type ValuePlace } from './completionPlace.js';
import { endOf } from './completionTree.js';
import { type OfferedValue, offeredValues } from './completionValues.js';
import type { JobDocument } from './document.js';
import { eolOf, indentUnit } from './edits.js';
import { apiLink } from './markdown.js';
import { rootSchema, type SchemaNode } from './schema.js';
import {
  escapeSnippet,
  expandSnippet,
  hasStops,
  jobSnippets,
  memberSnippets,
  type Snippet,
  valueSnippets,
} from './snippets.js';

export interface CompletionOptions {
  /** Whether the editor takes snippets; without them placeholders are filled in. */
  snippets: boolean;
  /** What "today" and "30 days ago" are counted from. */
  now: Date;
  /** The character that made an editor ask by itself; undefined where somebody asked, or is typing a word. */
  typed?: string;
}

/** Opens the list for the next value; an editor that knows no such command passes it over. */
const SUGGEST: Command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

/**
 * What can be written at a position: members, values and snippets that fit there and that no rule forbids there, best
 * first, each with the quotes, colon and commas that the text around the position still lacks. Never throws, whatever
 * the text holds.
 */
export function complete(document: JobDocument, position: Position, options: CompletionOptions): CompletionList {
  const offset = document.text.offsetAt(position);
  const place = findPlace(document, offset);
  const isWanted = place && (options.typed !== ' ' || isBehindColon(document.source, place, offset));
  const items = isWanted ? new ItemMaker(document, place, options).items(place) : [];
  return { isIncomplete: false, items };
}

/** Spaces are typed everywhere: a list that they open must not be what the next Enter accepts. */
function isBehindColon(source: string, place: Place, offset: number): boolean {
  const isEmpty = place.kind === 'value' && !place.array && place.start === place.end;
  return isEmpty && source.slice(offset - 2, offset) === ': ';
}

interface Draft {
  label: string;
  kind: CompletionItemKind;
  /** What is typed to find the item, without quotes. */
  filter?: string;
  note?: string;
  detail?: string;
  documentation?: string;
  /** A snippet, indented with tabs, without the comma behind it. */
  text: string;
  suggest?: boolean;
  /** On several lines even in a document of one line. */
  multiLine?: boolean;
}

class ItemMaker {
  private readonly edit: (newText: string) => TextEdit;
  private readonly editsBefore: TextEdit[] | undefined;
  private readonly unit: string;
  private readonly eol: string;
  private readonly oneLine: boolean;
  private count = 0;

  constructor(
    private readonly document: JobDocument,
    private readonly place: Place,
    private readonly options: CompletionOptions,
  ) {
    const { text, source } = document;
    const range = { start: text.positionAt(place.start), end: text.positionAt(place.end) };
    this.edit = (newText) => ({ range, newText });
    if (place.missing && place.missing.offset < place.start) {
      const at = text.positionAt(place.missing.offset);
      this.editsBefore = [{ range: { start: at, end: at }, newText: place.missing.text }];
    }
    this.unit = indentUnit(document);
    this.eol = eolOf(document);
    // The first lines tell; a long file need not be read to its end.
    this.oneLine = place.kind !== 'document' && !/[\r\n]/.test(source.slice(0, 100_000));
  }

  items(place: Place): CompletionItem[] {
    switch (place.kind) {
      case 'document':
        return this.jobs();
      case 'member':
        return this.members(place);
      case 'value':
        return this.values(place);
    }
  }

  private jobs(): CompletionItem[] {
    return jobSnippets().map((snippet) => this.snippet(snippet));
  }

  private members(place: MemberPlace): CompletionItem[] {
    const { schema, members, colon } = place;
    if (!schema?.properties) return [];
    const isRightBehind = !/\s/.test(this.document.source.charAt(place.end));
    const missingColon = colon === 'missing' ? (isRightBehind ? ': ' : ':') : '';
    const items = offeredMembers(place).map((name) => {
      const member = schema.properties!.get(name)!;
      const start = startOf(name, member);
      const key = `"${name}"`;
      return this.item({
        label: name,
        kind: CompletionItemKind.Property,
        note: isNeeded(name, schema, members) ? 'required' : undefined,
        documentation: withLink(member.markdownDescription ?? member.description),
        text: colon === 'none' ? `${key}: ${start.text}` : `${key}${missingColon}`,
        suggest: colon === 'none' && start.suggest,
      });
    });
    if (colon !== 'none') return items;
    const wanted = (name: string) => isWanted(name, members);
    const snippets = memberSnippets(schema, wanted).map((snippet) => this.snippet(snippet));
    for (const [name, member] of schema.properties) {
      if (member.type !== 'object' || !wanted(name)) continue;
      for (const snippet of valueSnippets(member, false)) {
        snippets.push(this.snippet(snippet, `"${name}": ${snippet.body}`));
      }
    }
    return [...items, ...snippets, ...(place.isAlone ? this.insides(place, schema) : [])];
  }

  /** What snippets write between their braces, for an empty object: an editor that closes brackets has made the braces. */
  private insides({ object }: MemberPlace, schema: SchemaNode): CompletionItem[] {
    const between = this.document.source.slice(object.offset + 1, endOf(object) - 1);
    const isOpen = /[\r\n]/.test(between);
    return valueSnippets(schema, false).map((snippet) => {
      const inner = snippet.body.slice(snippet.body.indexOf('{') + 1, snippet.body.lastIndexOf('}')).trim();
      const text = isOpen ? inner.replaceAll('\n\t', '\n') : inner.includes('\n') ? `\n\t${inner}\n` : inner;
      return this.snippet(snippet, text, schema === rootSchema || undefined);
    });
  }

  private values(place: ValuePlace): CompletionItem[] {
    const { schema, member, array } = place;
    if (!schema) return [];
    if (schema.type !== 'object' && schema.type !== 'array') {
      return offeredValues(this.document, place, this.options.now).map((value) => this.value(value));
    }
    const snippets = valueSnippets(schema, array !== undefined).map((snippet) => this.snippet(snippet));
    const starts = array && schema.type === 'object' ? itemStarts(schema) : [this.startOfMember(place)];
    return [
      ...snippets,
      ...starts.map(({ label, text, suggest, schema: of }) =>
        this.item({
          label,
          kind: CompletionItemKind.Struct,
          text,
          suggest,
          documentation: withLink(of.markdownDescription ?? schema.markdownDescription ?? member),
        }),
      ),
    ];
  }

  private startOfMember({ member, schema }: ValuePlace) {
    const start = startOf(member, schema);
    return { label: schema!.type === 'array' ? '[ ]' : '{ }', schema: schema!, ...start };
  }

  private value({ label, text, note, detail, documentation, kind }: OfferedValue): CompletionItem {
    const json = text ?? JSON.stringify(label);
    const filter = text === undefined || text === label ? label : `${label} ${text.replaceAll('"', '')}`;
    return this.item({ label, kind, filter, note, detail, documentation, text: escapeSnippet(json) });
  }

  private snippet({ name, prefix, description, body }: Snippet, text = body, multiLine?: boolean): CompletionItem {
    const shown = expandSnippet(body).trimEnd().replaceAll('\t', '  ');
    return this.item({
      label: prefix,
      // Not `Snippet`: VS Code hides that kind where contributed snippets are kept out of the list, as they are here.
      kind: CompletionItemKind.Struct,
      filter: `${prefix} ${name}`,
      note: name,
      documentation: [description, ['```json', shown, '```'].join('\n')].join('\n\n'),
      text,
      multiLine,
    });
  }

  private item(draft: Draft): CompletionItem {
    const { place, options } = this;
    const snippet = this.layOut(draft.text, draft.multiLine);
    const plain = expandSnippet(snippet);
    const asSnippet = options.snippets && hasStops(snippet);
    const comma = place.commaAfter ? ',' : '';
    const item: CompletionItem = {
      label: draft.label,
      kind: draft.kind,
      sortText: String(this.count++).padStart(4, '0'),
      filterText: `${place.quote}${draft.filter ?? draft.label}${place.quote}`,
      insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: this.edit(
        `${place.missing?.offset === place.start ? `${place.missing.text} ` : ''}${asSnippet ? snippet : plain}${comma}`,
      ),
    };
    if (snippet.includes('\n')) item.insertTextMode = InsertTextMode.adjustIndentation;
    if (draft.note) item.labelDetails = { description: draft.note };
    if (draft.detail) item.detail = draft.detail;
    if (draft.documentation) item.documentation = { kind: 'markdown', value: draft.documentation };
    if (this.editsBefore) item.additionalTextEdits = this.editsBefore;
    if (draft.suggest && asSnippet) item.command = SUGGEST;
    return item;
  }

  /** A text that is indented with tabs in the way of the document, or on one line in a document of one line. */
  private layOut(text: string, multiLine = !this.oneLine): string {
    if (!text.includes('\n')) return text;
    if (multiLine) return text.replaceAll('\t', this.unit).replaceAll('\n', this.eol);
    return text
      .replace(/([{[])\s*\n\s*/g, '$1')
      .replace(/\s*\n\s*([}\]])/g, '$1')
      .replace(/\s*\n\s*/g, ' ')
      .trim();
  }
}

function withLink(documentation: string | undefined): string | undefined {
  return documentation && `${documentation}\n\n${apiLink()}`;
}
