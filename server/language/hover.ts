import type { Hover, Position } from 'vscode-languageserver-types';
import { managedDataIdentifier } from '../catalog/managedDataIdentifiers.js';
import { maxBucketsPerJob } from '../catalog/quotas.js';
import { count, plural } from '../rules/words.js';
import { childBefore, containerAt, endOf, schemaOf } from './completionTree.js';
import { conditionWords } from './conditionWords.js';
import type { JobDocument } from './document.js';
import {
  bucketStateText,
  comparatorText,
  dateText,
  dayOfMonthText,
  enumText,
  extensionText,
  identifierText,
  initialRunText,
  prefixText,
  samplingText,
  sizeText,
  valueHeading,
} from './hoverTexts.js';
import { apiLink, escapeMarkdown, link, PAGES } from './markdown.js';
import { createJobModel } from './model.js';
import { type SchemaNode, schemaStep } from './schema.js';
import { scheduleWords } from './summary.js';
import {
  type ASTNode,
  asArray,
  asObject,
  asString,
  memberValue,
  type ObjectASTNode,
  type PropertyASTNode,
  stringsOf,
} from './tree.js';

/**
 * What the member or value at a position means: in general, and here with what stands beside it. Null on punctuation, on
 * names and values of the user's own, and on what the schema does not know.
 */
export function hover(document: JobDocument, position: Position, options: { now: Date }): Hover | null {
  const { text } = document;
  const node = leafAt(document, text.offsetAt(position));
  if (!node) return null;
  const { parent } = node;
  const said =
    parent?.type === 'property' && parent.keyNode === node
      ? memberText(document, parent)
      : valueText(document, node, options.now);
  if (!said) return null;
  return {
    contents: { kind: 'markdown', value: said },
    range: { start: text.positionAt(node.offset), end: text.positionAt(endOf(node)) },
  };
}

/** The name or the scalar value that the character at the offset belongs to. */
function leafAt(document: JobDocument, offset: number): ASTNode | undefined {
  const container = containerAt(document, offset);
  const child = container && childBefore(container, offset + 1);
  const candidates = child?.type === 'property' ? [child.keyNode, child.valueNode] : [child];
  return candidates.find(
    (node) => node && node.type !== 'object' && node.type !== 'array' && node.offset <= offset && offset < endOf(node),
  );
}

// ---- members

function memberText(document: JobDocument, property: PropertyASTNode): string | undefined {
  const object = asObject(property.parent);
  const name = property.keyNode.value;
  // A tag may well be called "name": what a map holds are the user's own names.
  const schema = object && schemaOf(object)?.properties?.get(name);
  const described = schema?.markdownDescription ?? schema?.description;
  if (!object || !described) return undefined;
  const here = memberHere(document, name, property, object);
  const shown = here && `*Here:* ${here[0]!.toUpperCase()}${here.slice(1)}`;
  return [described, ...(shown ? [shown] : []), apiLink()].join('\n\n');
}

/** What the member comes to in this definition, where there is more to say than the value itself says. */
function memberHere(
  document: JobDocument,
  name: string,
  property: PropertyASTNode,
  object: ObjectASTNode,
): string | undefined {
  const value = property.valueNode;
  switch (name) {
    case 'scheduleFrequency': {
      const model = createJobModel(document);
      const words = model.isOneTime ? undefined : scheduleWords(model);
      return words && `runs ${words}.`;
    }
    case 'bucketDefinitions':
      return bucketsHere(value);
    case 'accountId': {
      const buckets = asArray(memberValue(object, 'buckets'));
      return buckets && `${plural(buckets.items.length, 'bucket')} of this account.`;
    }
    case 'buckets':
    case 'and':
    case 'customDataIdentifierIds':
    case 'allowListIds':
    case 'managedDataIdentifierIds':
      return value?.type === 'array' ? `${plural(value.items.length, ITEMS[name]!)}.` : undefined;
    case 'tags':
      return value?.type === 'object' ? `${plural(value.properties.length, 'tag')}.` : undefined;
    case 'simpleCriterion':
    case 'simpleScopeTerm':
    case 'tagCriterion':
    case 'tagScopeTerm':
      return conditionHere(property);
    case 'values':
    case 'tagValues':
      return object.parent?.type === 'property' ? conditionHere(object.parent) : undefined;
    case 'samplingPercentage':
      return value?.type === 'number' ? samplingText(value.value) : undefined;
    case 'dayOfMonth':
      return value?.type === 'number' ? dayOfMonthText(value.value) : undefined;
    case 'initialRun':
      return value?.type === 'boolean' ? initialRunText(value.value, createJobModel(document).isOneTime) : undefined;
    default:
      return undefined;
  }
}

const ITEMS: Readonly<Record<string, string>> = {
  buckets: 'bucket',
  and: 'condition',
  customDataIdentifierIds: 'custom data identifier',
  allowListIds: 'allow list',
  managedDataIdentifierIds: 'managed data identifier',
};

function bucketsHere(value: ASTNode | undefined): string | undefined {
  if (value?.type !== 'array') return undefined;
  const buckets = new Set<string>();
  const accounts = new Set<string>();
  for (const definition of value.items) {
    const account = asString(memberValue(definition, 'accountId'))?.value;
    if (account !== undefined) accounts.add(account);
    for (const name of stringsOf(memberValue(definition, 'buckets'))) buckets.add(`${account} ${name.value}`);
  }
  return `${plural(buckets.size, 'bucket')} of ${plural(accounts.size, 'account')}; ${count(maxBucketsPerJob)} buckets are the most that a job can name.`;
}

/** A condition in words, by its own member: `simpleScopeTerm` or one of the other three. */
function conditionHere(property: PropertyASTNode): string | undefined {
  const node = asObject(property.valueNode);
  if (!node) return undefined;
  const string = (object: ASTNode, name: string) => asString(memberValue(object, name));
  const common = { property, node, key: string(node, 'key'), comparator: string(node, 'comparator') };
  const isTag = property.keyNode.value.startsWith('tag');
  const valuesNode = asArray(memberValue(node, isTag ? 'tagValues' : 'values'));
  const pairs = (isTag ? (valuesNode?.items ?? []) : [])
    .map(asObject)
    .filter((pair) => pair !== undefined)
    .map((pair) => ({ node: pair, key: string(pair, 'key'), value: string(pair, 'value') }));
  const area = property.keyNode.value.endsWith('Criterion') ? 'bucketCriteria' : 'scoping';
  const words = conditionWords(
    isTag
      ? {
          area,
          simple: undefined,
          tag: { ...common, target: string(node, 'target'), tagValuesNode: valuesNode, pairs },
        }
      : { area, simple: { ...common, valuesNode, values: stringsOf(valuesNode) }, tag: undefined },
  );
  return words && `${escapeMarkdown(words)}.`;
}

// ---- values

function valueText(document: JobDocument, node: ASTNode, now: Date): string | undefined {
  const property = node.parent?.type === 'array' ? node.parent.parent : node.parent;
  const object = property?.type === 'property' ? asObject(property.parent) : undefined;
  if (!object || property?.type !== 'property') return undefined;
  const name = property.keyNode.value;
  const own = schemaOf(object);
  if (!own?.properties?.has(name)) return undefined;
  const member = schemaStep(own, name);
  const schema = node.parent === property ? member : member?.items;
  switch (node.type) {
    case 'boolean':
      return name === 'initialRun'
        ? withPage(initialRunText(node.value, createJobModel(document).isOneTime), apiLink())
        : undefined;
    case 'number':
      if (name === 'samplingPercentage') return withPage(samplingText(node.value), apiLink());
      return name === 'dayOfMonth' ? withPage(dayOfMonthText(node.value), apiLink()) : undefined;
    case 'string':
      return stringText(node.value, name, schema, object, now);
    default:
      return undefined;
  }
}

function stringText(
  value: string,
  name: string,
  schema: SchemaNode | undefined,
  object: ObjectASTNode,
  now: Date,
): string | undefined {
  const kind = object.parent?.type === 'property' ? object.parent.keyNode.value : undefined;
  const key = asString(memberValue(object, 'key'))?.value;
  if (name === 'comparator') {
    return withPage(comparatorText(value, schema, kind === 'simpleScopeTerm' ? key : undefined), apiLink());
  }
  if (schema?.enum) {
    return withPage(valueHeading(value, enumText(schema, value)), apiLink());
  }
  if (name === 'managedDataIdentifierIds') {
    const identifier = managedDataIdentifier(value);
    return (
      identifier && identifierText(identifier, asString(memberValue(object, 'managedDataIdentifierSelector'))?.value)
    );
  }
  if (name !== 'values' || key === undefined) return undefined;
  const comparator = asString(memberValue(object, 'comparator'))?.value;
  const guide = link('AWS user guide', PAGES.scope);
  if (kind === 'simpleCriterion') {
    return withPage(valueHeading(value, bucketStateText(key, value)), guide);
  }
  switch (kind === 'simpleScopeTerm' ? key : undefined) {
    case 'OBJECT_SIZE':
      return withPage(sizeText(value, comparator), guide);
    case 'OBJECT_LAST_MODIFIED_DATE':
      return withPage(dateText(value, now, comparator), guide);
    case 'OBJECT_EXTENSION':
      return extensionText(value, comparator, asArray(memberValue(object, 'values'))?.items.length);
    case 'OBJECT_KEY':
      return withPage(prefixText(value), guide);
    default:
      return undefined;
  }
}

function withPage(text: string | undefined, page: string): string | undefined {
  return text && `${text}\n\n${page}`;
}
