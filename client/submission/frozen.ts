/** The confirmed value: parsed once, frozen in depth, compared by its canonical form. */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../aws/types.js';

export interface FrozenRequest {
  /** The definition without its `clientToken`; nothing in it can be changed. */
  readonly value: JsonObject;
  /** The token that the file itself holds. */
  readonly clientToken?: string;
  /** SHA-256 of the canonical form of all that is in the file, in hexadecimal. */
  readonly hash: string;
}

/**
 * Freezes the definition that the server handed over as strict JSON text. Throws where the text is no JSON object: the
 * server promises one.
 */
export function freezeRequest(text: string): FrozenRequest {
  const whole = JSON.parse(text) as Json;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) {
    throw new Error('The definition is not a JSON object.');
  }
  const hash = createHash('sha256').update(canonicalJson(whole)).digest('hex');
  // A rest copy keeps a member called "__proto__" a member, as JSON.parse does.
  const { clientToken, ...value } = whole;
  return Object.freeze({
    value: deepFreeze(typeof clientToken === 'string' || clientToken === undefined ? value : whole),
    clientToken: typeof clientToken === 'string' ? clientToken : undefined,
    hash,
  });
}

/** JSON text with sorted members and no blanks: equal for equal values, whatever the order of members. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name]!)}`);
  return `{${members.join(',')}}`;
}

function deepFreeze<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) deepFreeze((value as JsonObject)[name]!);
    Object.freeze(value);
  }
  return value;
}
