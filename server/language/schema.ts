import rawSchema from '../../schemas/macie-classification-job.schema.json';
import { normalizeName } from './suggest.js';
import type { JsonPath } from './tree.js';

export type JsonType = 'object' | 'array' | 'string' | 'integer' | 'boolean';

/** One place of the schema, references resolved and ready to be walked beside a tree. */
export interface SchemaNode {
  /** The name of the definition, as in AWS's API where it has one: "SimpleScopeTerm". */
  readonly name?: string;
  readonly type: JsonType;
  readonly description?: string;
  readonly markdownDescription?: string;
  /** Of a closed object. */
  readonly properties?: ReadonlyMap<string, SchemaNode>;
  readonly required: readonly string[];
  /** Of a map such as `tags`: the schema of each value. */
  readonly additional?: SchemaNode;
  readonly items?: SchemaNode;
  readonly enum?: readonly string[];
  readonly enumSet?: ReadonlySet<string>;
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly maxNameLength?: number;
}

interface RawSchema {
  $ref?: string;
  type?: string;
  description?: string;
  markdownDescription?: string;
  properties?: Record<string, RawSchema>;
  required?: string[];
  additionalProperties?: boolean | RawSchema;
  items?: RawSchema;
  enum?: string[];
  const?: string;
  enumDescriptions?: string[];
  markdownEnumDescriptions?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  propertyNames?: { maxLength?: number };
  definitions?: Record<string, RawSchema>;
}

const raw = rawSchema as RawSchema;

function compile(schema: RawSchema, name?: string): SchemaNode {
  const { $ref, ...own } = schema;
  if ($ref) {
    const target = $ref.slice($ref.lastIndexOf('/') + 1);
    // What stands beside a reference describes the member, and goes before the definition's own text.
    return compile({ ...raw.definitions![target]!, ...own }, target);
  }
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return {
    name,
    type: schema.type as JsonType,
    description: schema.description,
    markdownDescription: schema.markdownDescription,
    properties:
      schema.properties && new Map(Object.entries(schema.properties).map(([key, value]) => [key, compile(value)])),
    required: schema.required ?? [],
    additional: typeof schema.additionalProperties === 'object' ? compile(schema.additionalProperties) : undefined,
    items: schema.items && compile(schema.items),
    enum: values,
    enumSet: values && new Set(values),
    enumDescriptions: schema.markdownEnumDescriptions ?? schema.enumDescriptions,
    default: schema.default,
    minimum: schema.minimum,
    maximum: schema.maximum,
    minLength: schema.minLength,
    maxLength: schema.maxLength,
    minItems: schema.minItems,
    maxItems: schema.maxItems,
    maxProperties: schema.maxProperties,
    maxNameLength: schema.propertyNames?.maxLength,
  };
}

/** The schema of the whole definition. */
export const rootSchema: SchemaNode = compile(raw);

/** The schema of a member or item of a node; undefined where the schema knows no such place. */
export function schemaStep(schema: SchemaNode | undefined, step: string | number): SchemaNode | undefined {
  if (typeof step === 'number') return schema?.items;
  return schema?.properties?.get(step) ?? schema?.additional;
}

/** The value of an enumeration that a text is, or is but for letter case, blanks around it, underscores and hyphens. */
export function enumValueOf({ enum: values, enumSet }: SchemaNode, text: string): string | undefined {
  if (enumSet?.has(text)) return text;
  const plain = normalizeName(text.trim());
  return values?.find((value) => normalizeName(value) === plain);
}

/** The schema of the place that a path leads to. */
export function schemaAt(path: JsonPath): SchemaNode | undefined {
  let schema: SchemaNode | undefined = rootSchema;
  for (const step of path) schema = schemaStep(schema, step);
  return schema;
}
