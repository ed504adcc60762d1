import type { Finding } from './rule.js';

const known = new WeakMap<readonly Finding[], ReadonlySet<string>>();

/**
 * Whether one of a rule's findings stands at exactly the place of another rule's. For `covers`: quick on long lists.
 * `counts` leaves findings out; a rule gives the same one at each call.
 */
export function standsWith<Data>(
  other: Finding,
  own: readonly Finding<Data>[],
  counts: (finding: Finding<Data>) => boolean = () => true,
): boolean {
  let spans = known.get(own);
  if (!spans) {
    spans = new Set(own.filter(counts).map(({ start, end }) => `${start}-${end}`));
    known.set(own, spans);
  }
  return spans.has(`${other.start}-${other.end}`);
}
