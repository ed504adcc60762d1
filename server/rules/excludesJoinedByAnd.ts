import { type ScopeSide, type ScopeTerm, scopeOf } from '../language/scope.js';
import { type Moved, moveAcross, opposite } from '../language/scopeEdits.js';
import { defineRule, type Fix } from './rule.js';
import { clashesOf } from './scopeContradiction.js';
import { plural } from './words.js';

interface Data {
  side: ScopeSide;
}

export default defineRule<Data>({
  id: 'excludes-joined-by-and',
  summary: 'Several excludes are meant to be met together.',
  severity: 'information',
  docs: {
    why: 'People read a list of excludes as "none of these". AWS joins its conditions by AND: an object is excluded only if it meets all of them, so that adding an exclude makes the job analyze more. Values of one condition are joined by OR. To exclude what meets any one condition, the others can be included turned round: not to exclude what is larger than 1 GB is to include what is not.',
    aws: 'The API reference joins all conditions of an `and` by AND, in `excludes` as in `includes`. The user guide never shows two excludes, hence an information.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    const { excludes } = scopeOf(model);
    if (!excludes || excludes.terms.length < 2 || !isSurprising(excludes.terms)) return;
    // Where nothing meets all of them, that is said instead.
    if (clashesOf(excludes).length > 0) return;
    const { parent } = excludes.and;
    report({
      at: parent?.type === 'property' ? parent.keyNode : excludes.property.keyNode,
      message: `AWS joins these by AND: only objects that meet all ${plural(excludes.and.items.length, 'condition')} are excluded. Values of one condition are joined by OR.`,
      data: { side: excludes },
    });
  },
  fixes({ data: { side } }, { document, model }): Fix[] {
    if (!side.isComplete) return [];
    const turned = side.terms.map(opposite);
    const staying = turned.filter((moved) => moved === undefined).length;
    // One exclude may stay; which one makes no difference where all can be turned round.
    if (staying > 1) return [];
    const moved = turned.filter((one): one is Moved => one !== undefined).slice(staying === 1 ? 0 : 1);
    const changes = moveAcross(document, scopeOf(model), side, moved);
    return changes ? [{ title: 'Exclude what meets any of them: include the others turned round', changes }] : [];
  },
});

/** Different properties, or several tags. Two ends of one range, and several NE on one property, are AND by nature. */
function isSurprising(terms: readonly ScopeTerm[]): boolean {
  const subjects = terms.map((term) => (term.kind !== 'tags' ? term.key : term.comparator === 'NE' ? 'TAG' : term));
  return new Set(subjects).size > 1;
}
