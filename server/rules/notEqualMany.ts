import { areaOf, criteriaOf, onlyTerm, type Scope, type ScopeTerm, scopeOf, sidesOf } from '../language/scope.js';
import { mergeInto, moveAcross, withComparator } from '../language/scopeEdits.js';
import { listsAllStates } from './criterionAlwaysTrue.js';
import { defineRule, type Fix } from './rule.js';

interface Data {
  term: ScopeTerm;
}

export default defineRule<Data>({
  id: 'not-equal-many',
  summary: 'NE is used with one value; several are excluded with EQ.',
  severity: 'information',
  docs: {
    why: 'Values of a condition are joined by OR. Taken literally, "not csv or not json" is true of every object; mostly "neither csv nor json" is meant. `excludes` with EQ leaves no doubt.',
    aws: 'The API reference says OR of all values and does not single out NE. Public tools use NE with several values to mean none of them. Only the service knows, hence an information; of buckets, where such conditions are in use, a hint.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model }, report) {
    for (const { terms, side, area } of [...sidesOf(criteriaOf(model)), ...sidesOf(scopeOf(model))]) {
      for (const term of terms) {
        // All states there are, with NE, are reported as that.
        if (term.comparator !== 'NE' || !hasSeveral(term) || listsAllStates(term)) continue;
        const other = side === 'includes' ? 'excludes' : 'includes';
        report({
          at: (term.condition.simple ?? term.condition.tag)!.comparator!,
          severity: area === 'scoping' ? 'information' : 'hint',
          message: `AWS joins several values by OR, and does not say what that means with NE. To mean none of them, put them into "${other}" with EQ.`,
          data: { term },
        });
      }
    }
  },
  fixes({ data: { term } }, { document, model }): Fix[] {
    const scope = areaOf(model, term.condition);
    const from = scope[term.condition.side];
    const moved = withComparator(term.condition, 'EQ');
    if (!from || !moved) return [];
    const title = `Move to ${from.side === 'includes' ? 'excludes' : 'includes'}, with EQ`;
    if (from.side === 'excludes') {
      // Beside another exclude, this one alone would no longer decide.
      const changes = from.and.items.length === 1 ? moveAcross(document, scope, from, [moved]) : undefined;
      return changes ? [{ title, changes, preferred: true }] : [];
    }
    const equal = equalOf(scope, term);
    const changes = equal
      ? mergeInto(document, from, equal, [term])
      : scope.excludes
        ? undefined
        : moveAcross(document, scope, from, [moved]);
    return changes ? [{ title, changes, preferred: true }] : [];
  },
});

/** Whether a condition lists two different values or tags. */
function hasSeveral(term: ScopeTerm): boolean {
  if (term.kind === 'values') return term.values.some(({ value }) => value !== term.values[0]!.value);
  if (term.kind === 'bound') return false;
  const [first] = term.tags;
  return term.tags.some(({ key, value }) => key !== first!.key || value !== first!.value);
}

/** The only exclude, where it is an EQ on the same property and so takes more values. */
function equalOf({ excludes }: Scope, term: ScopeTerm): ScopeTerm | undefined {
  const other = onlyTerm(excludes);
  if (other?.comparator !== 'EQ' || other.kind !== term.kind) return undefined;
  return other.kind !== 'values' || term.kind !== 'values' || other.key === term.key ? other : undefined;
}
