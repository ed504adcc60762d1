/**
 * The last look at a request before it leaves: its body must hold exactly what it was to hold. The SDK drops members
 * that it does not know and null values without a word, which would create another job than the one confirmed.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from './types.js';

/** A request as the SDK hands it to its HTTP handler. */
interface OutgoingRequest {
  body?: unknown;
}

interface Stack {
  add(
    middleware: (
      next: (args: { request: unknown }) => Promise<unknown>,
    ) => (args: { request: unknown }) => Promise<unknown>,
    options: { step: 'deserialize'; priority: 'low'; name: string },
  ): void;
}

/**
 * Adds the look to a command. `expected` is the JSON text that the body must equal, member by member; `part` takes the
 * piece of the body that is compared. `refuse` makes the error to throw where they differ; `leaving` is called when they
 * agree, right before the request goes to the socket, and may throw to keep it back.
 */
export function sendExactly(
  stack: unknown,
  expected: string,
  {
    refuse,
    leaving,
    part = (body) => body,
  }: { refuse: () => Error; leaving?: () => void; part?: (body: Json) => Json | undefined },
): void {
  (stack as Stack).add(
    (next) => async (args) => {
      const body = parsed((args.request as OutgoingRequest).body);
      if (body === undefined || !sameJson(part(body), JSON.parse(expected) as Json)) {
        throw refuse();
      }
      leaving?.();
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'sendExactly' },
  );
}

function parsed(body: unknown): Json | undefined {
  const text =
    typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : undefined;
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** True where both hold the same members with the same values, in whatever order. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return isDeepStrictEqual(a, b);
}
