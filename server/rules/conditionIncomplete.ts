import { comparatorsFor } from '../language/comparators.js';
import { addMember } from '../language/edits.js';
import type { Condition, SimpleCondition, TagCondition } from '../language/model.js';
import type { StructureProblem } from '../language/structure.js';
import { type ASTNode, memberOf } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { allOf, oneOf } from './words.js';

interface Data {
  /** The condition without what it misses. */
  simple?: SimpleCondition;
  tag?: TagCondition;
  area: Condition['area'];
  missing: readonly string[];
}

const MEMBERS = {
  simple: ['comparator', 'key', 'values'],
  bucketTag: ['comparator', 'tagValues'],
  objectTag: ['comparator', 'key', 'tagValues', 'target'],
} as const;

export default defineRule<Data>({
  id: 'condition-incomplete',
  summary: 'A condition says what it compares, how, and with what.',
  severity: 'warning',
  docs: {
    why: 'A condition is a property or tag, a comparator and the values. With a part missing it says nothing certain, and what the job would then analyze is not known.',
    aws: 'The API reference describes the parts of a condition, but marks none of them as required, so the AWS CLI lets it through. What the service does is not documented: hence a warning. A `tagScopeTerm` that lacks `target` alone is an information: S3_OBJECT is the only value.',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ model, structure }, report) {
    const misspelt = misspeltMembers(structure);
    const look = (
      part: SimpleCondition | TagCondition | undefined,
      members: readonly string[],
      data: Omit<Data, 'missing'>,
    ) => {
      if (!part) return;
      const instead = misspelt.get(part.node);
      const missing = members.filter((name) => !memberOf(part.node, name) && !instead?.has(name));
      // A member that is no part of a condition, and is reported, may stand for what is missing.
      if (missing.length === 0 || instead?.has('')) return;
      const targetAlone = missing.length === 1 && missing[0] === 'target';
      report({
        at: part.property.keyNode,
        message: messageFor(missing, comparatorsFor(data.area, data.simple ? 'simple' : 'tag', part.key?.value)),
        severity: targetAlone ? 'information' : 'warning',
        data: { ...data, missing },
      });
    };
    for (const { simple, tag, area } of [...model.bucketConditions, ...model.scopeTerms]) {
      look(simple, MEMBERS.simple, { simple, area });
      look(tag, area === 'scoping' ? MEMBERS.objectTag : MEMBERS.bucketTag, { tag, area });
    }
  },
  fixes({ data: { simple, tag, area, missing } }, { document }): Fix[] {
    const part = simple ?? tag;
    // Values cannot be guessed, and a condition with a wrong one is worse than one that is marked.
    if (!part || missing.includes('values') || missing.includes('tagValues')) return [];
    const key = simple ? (simple.key?.value ?? guessKey(simple, area)) : 'TAG';
    if (!key) return [];
    const allowed = comparatorsFor(area, simple ? 'simple' : 'tag', key) ?? [];
    const fixFor = (comparator: string, preferred: boolean): Fix => {
      const values: Record<string, string> = { comparator, key, target: 'S3_OBJECT' };
      const names = missing.map((name) => [name, values[name]!] as const);
      return {
        title: `Add ${allOf(names.map(([name, value]) => `${name} ${value}`))}`,
        changes: names.map(([name, value]) => {
          const after = name === 'key' ? memberOf(part.node, 'comparator') : undefined;
          const place = { after, first: name !== 'target' && !after };
          return addMember(document, part.node, name, `"${value}"`, place);
        }),
        preferred,
      };
    };
    if (!missing.includes('comparator')) return [fixFor('', !simple)];
    // EQ is what is meant by a list of values; for dates and sizes nothing tells.
    const equality = allowed.length <= 2 && (tag || simple?.key);
    return allowed.map((comparator, i) => fixFor(comparator, Boolean(equality) && i === 0));
  },
});

function messageFor(missing: readonly string[], allowed: readonly string[] | undefined): string {
  if (missing.length === 1 && missing[0] === 'target') {
    return 'AWS shows each tag condition with a "target": S3_OBJECT, its only value. What it does without one is not documented.';
  }
  const names = allOf(missing.map((name) => `"${name}"`));
  const choice = missing.length === 1 && missing[0] === 'comparator' && allowed ? `: ${oneOf(allowed)}` : '';
  return `This condition lacks ${names}, and AWS does not say what it then means. Add ${missing.length === 1 ? 'it' : 'them'}${choice}.`;
}

/** The members that stand in an object under a misspelt name, and are reported there; '' for a name that tells nothing. */
function misspeltMembers(structure: readonly StructureProblem[]): ReadonlyMap<ASTNode, ReadonlySet<string>> {
  const found = new Map<ASTNode, Set<string>>();
  for (const problem of structure) {
    if (problem.kind !== 'unknown-member' || !problem.property.parent) continue;
    const names = found.get(problem.property.parent) ?? new Set();
    found.set(problem.property.parent, names.add(problem.suggestion ?? ''));
  }
  return found;
}

/** The forms by which values tell which property they belong to. */
const KEY_BY_FORM = {
  bucketCriteria: [
    ['ACCOUNT_ID', /^\d{12}$/],
    ['S3_BUCKET_EFFECTIVE_PERMISSION', /^(?:PUBLIC|NOT_PUBLIC)$/],
    ['S3_BUCKET_SHARED_ACCESS', /^(?:EXTERNAL|INTERNAL|NOT_SHARED)$/],
    ['S3_BUCKET_NAME', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/],
  ],
  scoping: [
    ['OBJECT_LAST_MODIFIED_DATE', /^\d{4}-\d\d-\d\d/],
    ['OBJECT_KEY', /\//],
    ['OBJECT_EXTENSION', /^[a-z]{2,5}$/],
    ['OBJECT_SIZE', /^\d+$/],
  ],
} as const;

function guessKey(simple: SimpleCondition, area: Condition['area']): string | undefined {
  if (simple.values.length === 0) return undefined;
  const found = KEY_BY_FORM[area].find(([, form]) => simple.values.every(({ value }) => form.test(value)))?.[0];
  const comparator = simple.comparator?.value;
  return found && (!comparator || comparatorsFor(area, 'simple', found)?.includes(comparator)) ? found : undefined;
}
