import { managedDataIdentifier } from '../catalog/managedDataIdentifiers.js';

/** The lists of identifiers of a job, by what they hold. */
export const IDENTIFIER_LISTS = {
  managed: 'managedDataIdentifierIds',
  custom: 'customDataIdentifierIds',
  allowList: 'allowListIds',
} as const;

export type IdentifierKind = keyof typeof IDENTIFIER_LISTS;

const ARN = /^arn:[^:]*:macie2:[^:]*:\d*:(custom-data-identifier|allow-list)\/([^\s,;]+)$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The form that the API's model gives an allow list's id. */
export const ALLOW_LIST_ID = /^[a-z0-9]{22}$/;

export interface IdentifiedKind {
  kind: IdentifierKind;
  /** Without the rest of an ARN. */
  id: string;
  isArn: boolean;
}

/** What a value is surely the identifier of, by its form alone; undefined where the form does not tell. */
export function identifierKind(value: string): IdentifiedKind | undefined {
  const arn = ARN.exec(value);
  if (arn) return { kind: arn[1] === 'allow-list' ? 'allowList' : 'custom', id: arn[2]!, isArn: true };
  if (UUID.test(value)) return { kind: 'custom', id: value, isArn: false };
  // A managed identifier in small letters without separators is no allow list: that has digits in practice.
  if (ALLOW_LIST_ID.test(value) && /\d/.test(value)) return { kind: 'allowList', id: value, isArn: false };
  if (managedDataIdentifier(value)) return { kind: 'managed', id: value, isArn: false };
  return undefined;
}

/** The ids in a text of several, between commas, semicolons or white space; undefined where one part is no id for certain. */
export function identifiersIn(value: string): IdentifiedKind[] | undefined {
  // The longest id is an ARN of some 120 characters, and the longest list has 166 ids.
  if (value.length > 20_000) return undefined;
  const parts = value.split(/[\s,;]+/).filter((part) => part !== '');
  const found: IdentifiedKind[] = [];
  for (const part of parts) {
    const id = identifierKind(part);
    if (!id) return undefined;
    found.push(id);
  }
  return found.length > 0 ? found : undefined;
}
