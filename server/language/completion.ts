import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-types';
import {
  isNeeded,
  isWanted,
  itemStarts,
  memberStart,
  offeredMembers,
  startOf,
  takesNoIds,
} from './completionMembers.js';
import { findPlace, isOnOwnLine, type MemberPlace, marginsOf, type Place, type ValuePlace } from './completionPlace.js';
import { type OfferedValue, offeredValues } from './completionValues.js';
import type { JobDocument, Span } from './document.js';
import { eolOf, indentUnit } from './edits.js';
import { apiLink } from './markdown.js';
import { rootSchema, type SchemaNode } from './schema.js';
import {
  escapeSnippet,
  expandSnippet,
  fillDates,
  hasStops,
  insideOf,
  jobSnippets,
  memberShapes,
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

/** Behind all that was found by what was typed. */
const UNFOUND = 9;

/** Opens the list for the next value; an editor that knows no such command passes it over. */
const SUGGEST: Command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

/**
 * What can be written at a position: members, values and snippets that fit there and that no rule forbids there, best
 * first, each with the quotes, colon and commas that the text around the position still lacks. Never throws, whatever
 * the text holds.
 */
export function complete(document: JobDocument, position: Position, options: CompletionOptions): CompletionList {
  const offset = document.text.offsetAt(position);
  const place = findPlace(document, offset, options.typed === undefined);
  const isWanted = place && (options.typed !== ' ' || isBehindColon(document.source, place, offset));
  if (!isWanted) return { isIncomplete: false, items: [] };
  const maker = new ItemMaker(document, place, offset, options);
  const items = maker.items(place);
  return { isIncomplete: maker.isRanked, items };
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
  /** How well the item fits what was typed, best first: before the order of the items. */
  rank?: number;
  note?: string;
  detail?: string;
  documentation?: string;
  /** Shown below the documentation what is written. */
  preview?: boolean;
  /** A snippet, indented with tabs, without the comma behind it. */
  text: string;
  suggest?: boolean;
  /** On several lines even in a document of one line. */
  multiLine?: boolean;
}

class ItemMaker {
  private readonly unit: string;
  private readonly eol: string;
  private readonly oneLine: boolean;
  private readonly range: Range;
  /** What the text before lacks: right before the cursor it is written in the same edit, else in one of its own. */
  private readonly prefix: string;
  private readonly mends: TextEdit[];
  /** What goes where brackets that hold nothing are opened onto lines of their own. */
  private readonly margins: TextEdit[] | undefined;
  private count = 0;
  /** What is written between the place's beginning and the cursor, without its quote. */
  private readonly typed: string;
  /** Whether items are ordered by what was typed, so that an editor has to ask again when more is. */
  isRanked = false;

  constructor(
    private readonly document: JobDocument,
    private readonly place: Place,
    offset: number,
    private readonly options: CompletionOptions,
  ) {
    const { text, source } = document;
    this.unit = indentUnit(document);
    this.eol = eolOf(document);
    // The first lines tell; a long file need not be read to its end.
    this.oneLine = place.kind !== 'document' && !/[\r\n]/.test(source.slice(0, 100_000));
    const rangeOf = ({ start, end }: Span) => ({ start: text.positionAt(start), end: text.positionAt(end) });
    this.range = rangeOf(place);
    this.typed = source.slice(place.start + place.quote.length, offset);
    const { missing } = place;
    const isHere = missing?.offset === place.start;
    this.prefix = isHere ? missing!.text + (isOnOwnLine(source, place) ? this.eol : ' ') : '';
    this.mends =
      missing && !isHere
        ? [{ range: rangeOf({ start: missing.offset, end: missing.offset }), newText: missing.text }]
        : [];
    this.margins = marginsOf(source, place)
      ?.filter(({ start, end }) => start < end)
      .map((span) => ({ range: rangeOf(span), newText: '' }));
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
      const start = memberStart(name, place);
      return this.item({
        label: name,
        kind: CompletionItemKind.Property,
        note: isNeeded(name, schema, members) ? 'required' : colon === 'none' ? start.note : undefined,
        documentation: withLink(member.markdownDescription ?? member.description),
        text: colon === 'none' ? start.text : `"${name}"${missingColon}`,
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
    return [...items, ...snippets, ...(place.isAlone ? this.insides(schema) : [])];
  }

  /** What snippets write between their braces, for an empty object: an editor that closes brackets has made the braces. */
  private insides(schema: SchemaNode): CompletionItem[] {
    const isJob = schema === rootSchema;
    return valueSnippets(schema, false).map((snippet) =>
      this.snippet(snippet, insideOf(snippet.body), isJob || undefined),
    );
  }

  private values(place: ValuePlace): CompletionItem[] {
    const { schema, member, members, isItem, current } = place;
    if (!schema) return [];
    if (schema.type !== 'object' && schema.type !== 'array') {
      return offeredValues(this.document, place, this.options.now).map((value) => this.value(value));
    }
    if (member === 'managedDataIdentifierIds' && takesNoIds(members)) return [];
    if (schema.type === 'array' && current !== '') {
      // A value alone stands where a list belongs.
      const values = offeredValues(this.document, { ...place, schema: schema.items, isItem: true }, this.options.now);
      if (values.length > 0) return values.map((value) => this.value(value, true));
    }
    const shapes = isItem
      ? valueSnippets(schema, true).map((snippet) => this.snippet(snippet))
      : memberShapes(member, schema).map(({ snippet, text }) => this.snippet(snippet, text));
    const starts = isItem && schema.type === 'object' ? itemStarts(schema) : [this.startOfMember(place)];
    return [
      ...shapes,
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

  private value({ label, text, rank, ...rest }: OfferedValue, inList = false): CompletionItem {
    const json = text ?? JSON.stringify(label);
    // A date or a size is typed as it is written, or found by its words.
    const filter = text === undefined || text === label ? label : `${text.replaceAll('"', '')} ${label}`;
    const found = rank?.(this.typed);
    this.isRanked ||= rank !== undefined;
    return this.item({
      ...rest,
      label,
      // What an editor finds in the id by chance must not stand above what was found by its meaning.
      filter: found === undefined ? filter : this.typed,
      rank: found ?? (rank && UNFOUND),
      text: escapeSnippet(inList ? `[${json}]` : json),
    });
  }

  private snippet(
    { name, prefix, description, body }: Snippet,
    text: string = body,
    multiLine?: boolean,
  ): CompletionItem {
    return this.item({
      label: prefix,
      // Not `Snippet`: VS Code hides that kind where contributed snippets are kept out of the list, as they are here.
      kind: CompletionItemKind.Struct,
      filter: `${prefix} ${name}`,
      note: name,
      documentation: description,
      preview: true,
      text: fillDates(text, this.options.now),
      multiLine,
    });
  }

  private item(draft: Draft): CompletionItem {
    const { place, options, margins } = this;
    const content = this.layOut(draft.text, draft.multiLine);
    const isOpened = margins !== undefined && content.includes('\n');
    const snippet = isOpened ? this.layOut(`\n\t${draft.text.replaceAll('\n', '\n\t')}\n`, true) : content;
    const asSnippet = options.snippets && hasStops(snippet);
    const text = asSnippet ? snippet : expandSnippet(snippet);
    const newText = `${this.prefix}${text}${place.commaAfter ? ',' : ''}`;
    const otherEdits = isOpened ? [...this.mends, ...margins] : this.mends;
    const documentation = draft.preview ? `${draft.documentation}\n\n${preview(content)}` : draft.documentation;
    return {
      label: draft.label,
      kind: draft.kind,
      sortText: `${draft.rank ?? ''}${String(this.count++).padStart(4, '0')}`,
      filterText: `${place.quote}${draft.filter ?? draft.label}${place.quote}`,
      insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: { range: this.range, newText },
      ...(newText.includes('\n') && { insertTextMode: InsertTextMode.adjustIndentation }),
      ...(draft.note && { labelDetails: { description: draft.note } }),
      ...(draft.detail && { detail: draft.detail }),
      ...(documentation && { documentation: { kind: 'markdown', value: documentation } }),
      ...(otherEdits.length > 0 && { additionalTextEdits: otherEdits }),
      ...(draft.suggest && asSnippet && { command: SUGGEST }),
    };
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

/** What a snippet writes, as a block of JSON. */
function preview(snippet: string): string {
  return ['```json', expandSnippet(snippet).replaceAll('\r', '').trimEnd(), '```'].join('\n');
}

function withLink(documentation: string | undefined): string | undefined {
  return documentation && `${documentation}\n\n${apiLink()}`;
}
