import { replaceString } from '../language/edits.js';
import { bySubject, type Clash, subjectOf } from '../language/meaning.js';
import { areaOf, type BoundTerm, isEmptyRange, narrow, placeOf, rangeOf } from '../language/scope.js';
import { mergeInto, moveAcross, opposite, removeCondition, removeConditions } from '../language/scopeEdits.js';
import type { Fix, Report, RuleContext } from './rule.js';

/* How conditions that cannot hold together are reported and mended: those on objects and those on buckets alike. */

/** How many of the earlier conditions are pointed at, and of the later ones. */
const SHOWN = 5;

export function clashReport(clash: Clash): Report<Clash> {
  const { side, before, term, also, isMergeable } = clash;
  const what = side.area === 'scoping' ? 'object' : 'bucket';
  const effect = side.side === 'includes' ? 'the job would analyze nothing' : 'nothing is excluded';
  const subject = subjectOf(term) === 'TAG' ? 'tags' : 'the same property';
  const together =
    also.length > 0
      ? `meets any two of these ${also.length + 2} conditions on ${subject}`
      : before.length === 1
        ? `meets this condition and an earlier one on ${subject}`
        : `meets all the conditions on ${subject} up to this one`;
  return {
    at: placeOf(term),
    message:
      before.length > 0
        ? `No ${what} ${together}. AWS joins conditions by AND, so ${effect}.${isMergeable ? ' List alternatives in one condition.' : ''}`
        : `No object is smaller than 0 bytes, so ${effect}. Write a larger size.`,
    related: [
      ...before.slice(0, SHOWN).map((other) => ({ at: placeOf(other), message: 'An earlier condition.' })),
      ...also.slice(0, SHOWN).map((other) => ({ at: placeOf(other), message: 'A later condition.' })),
    ],
    data: clash,
  };
}

export function clashFixes(
  { side, before, term, also, isMergeable, isAll }: Clash,
  { document, model }: RuleContext,
): Fix[] {
  const fixes: Fix[] = [];
  const [first] = before;
  if (first && isMergeable) {
    const changes = mergeInto(document, side, first, [term, ...also]);
    // Beside another condition it is not sure which are alternatives.
    fixes.push({ title: 'Put the values into one condition', changes, preferred: isAll });
  }
  const isAllOfSubject = bySubject(side).get(subjectOf(term))?.length === 2;
  if (first?.kind === 'bound' && term.kind === 'bound' && isAllOfSubject && isTurnedRound(first, term)) {
    if (side.side === 'includes') {
      const changes = [replaceString(first.node, term.node.value), replaceString(term.node, first.node.value)];
      fixes.push({ title: 'Swap the two values', changes, preferred: true });
    } else if (side.and.items.length === 2) {
      // "Not above and not below" is what excluding either of them is.
      const changes = moveAcross(document, areaOf(model, side), side, [opposite(first)!, opposite(term)!]);
      if (changes) fixes.push({ title: 'Include what lies between instead', changes, preferred: true });
    }
  }
  if (also.length > 0) {
    const changes = removeConditions(document, side, [term, ...also]);
    fixes.push({ title: 'Keep the first of these conditions alone', changes });
  } else if (side.and.items.length > 1) {
    fixes.push({ title: 'Remove this condition', changes: removeCondition(document, side, term.condition) });
  }
  return fixes;
}

/** A lower and an upper bound that are a range with their values swapped. */
function isTurnedRound(a: BoundTerm, b: BoundTerm): boolean {
  const isLower = ({ comparator }: BoundTerm) => comparator.startsWith('GT');
  const isUpper = ({ comparator }: BoundTerm) => comparator.startsWith('LT');
  if (!(isLower(a) && isUpper(b)) && !(isLower(b) && isUpper(a))) return false;
  const swapped = [
    { ...a, at: b.at },
    { ...b, at: a.at },
  ].map((bound) => rangeOf(bound) ?? {});
  return a.at !== b.at && !isEmptyRange(narrow(swapped[0]!, swapped[1]!));
}
