import type { Finding } from './rule.js';

const known = new WeakMap<readonly Finding[], ReadonlyMap<string, Finding>>();

/**
 * The one of a rule's findings that stands at exactly the place of another rule's. For `covers`: quick on long lists.
 * `counts` leaves findings out; a rule gives the same one at each call.
 */
export function standingAt<Data>(
  other: Finding,
  own: readonly Finding<Data>[],
  counts: (finding: Finding<Data>) => boolean = () => true,
): Finding<Data> | undefined {
  let spans = known.get(own);
  if (!spans) {
    spans = new Map(own.filter(counts).map((finding) => [`${finding.start}-${finding.end}`, finding]));
    known.set(own, spans);
  }
  return spans.get(`${other.start}-${other.end}`) as Finding<Data> | undefined;
}

/** Whether one of a rule's findings stands at exactly the place of another rule's. */
export function standsWith<Data>(
  other: Finding,
  own: readonly Finding<Data>[],
  counts?: (finding: Finding<Data>) => boolean,
): boolean {
  return standingAt(other, own, counts) !== undefined;
}
