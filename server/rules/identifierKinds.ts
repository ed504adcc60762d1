import { managedDataIdentifier } from '../catalog/managedDataIdentifiers.js';

/** The lists of identifiers of a job, by what they hold. */
export const IDENTIFIER_LISTS = {
  managed: 'managedDataIdentifierIds',
  custom: 'customDataIdentifierIds',
  allowList: 'allowListIds',
} as const;

export type IdentifierKind = keyof typeof IDENTIFIER_LISTS;

const ARN = /^arn:[^:]*:macie2:[^:]*:\d*:(custom-data-identifier|allow-list)\/(\S+)$/;
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
