import { isKeyOf, type Kind, keysOf, kindOfParts, writePartsAs } from '../language/conditionForms.js';
import type { JobDocument } from '../language/document.js';
import {
  addItems,
  blockText,
  inlineText,
  memberText,
  removeItems,
  removeMember,
  removeMembers,
  replaceMember,
  replaceText,
} from '../language/edits.js';
import { type Area, CONDITION_KINDS, type Side } from '../language/model.js';
import { once } from '../language/once.js';
import { nodeText } from '../language/scopeEdits.js';
import {
  type ASTNode,
  asArray,
  asObject,
  asString,
  memberOf,
  memberValue,
  type ObjectASTNode,
  type PropertyASTNode,
} from '../language/tree.js';
import { meantValue } from './invalidValue.js';
import { defineRule, type Finding, type Fix, type TextChange } from './rule.js';
import { allOf, quote } from './words.js';

/** What conditions stand in: the area, one of its sides, and an element of the `and` of that. */
interface Level {
  area: Area;
  of: 'area' | 'side' | 'element';
}

/** The levels, each by the name of its definition in the schema. */
const LEVELS: ReadonlyMap<string, Level> = new Map([
  ['S3BucketCriteriaForJob', { area: 'bucketCriteria', of: 'area' }],
  ['CriteriaBlockForJob', { area: 'bucketCriteria', of: 'side' }],
  ['CriteriaForJob', { area: 'bucketCriteria', of: 'element' }],
  ['Scoping', { area: 'scoping', of: 'area' }],
  ['JobScopingBlock', { area: 'scoping', of: 'side' }],
  ['JobScopeTerm', { area: 'scoping', of: 'element' }],
]);

/** The members of a condition of either kind, and a name that people write for one of them. */
const PARTS: ReadonlySet<string> = new Set(['comparator', 'key', 'values', 'value', 'tagValues', 'target']);

interface Data extends Level {
  node: ObjectASTNode;
  /** What stands too high: the `and`, whole conditions, or the parts of one. */
  what: 'and' | 'conditions' | 'parts';
  members: readonly PropertyASTNode[];
}

export default defineRule<Data>({
  id: 'condition-place',
  summary: 'Conditions stand in an element of "and", inside of includes or excludes.',
  severity: 'error',
  about: 'structure',
  docs: {
    why: 'A condition is written four levels deep: in `includes` or `excludes`, in a list called `and`, in an element of it, under the name of its kind. Where a level is left out, the condition does not count: the job analyzes more than is meant.',
    aws: 'The AWS CLI and boto3 refuse a member at the wrong level; the JavaScript SDK drops it without a word (measured).',
    links: ['https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html'],
  },
  check({ structure }, report) {
    const byObject = new Map<ObjectASTNode, { level: Level; unknown: PropertyASTNode[]; isNamed: boolean }>();
    for (const problem of structure) {
      if (problem.kind !== 'unknown-member') continue;
      const level = LEVELS.get(problem.schema.name ?? '');
      const node = level && asObject(problem.property.parent);
      if (!level || !node) continue;
      const found = byObject.get(node) ?? { level, unknown: [], isNamed: false };
      byObject.set(node, found);
      found.unknown.push(problem.property);
      // A condition under a misspelt name is one.
      if (problem.fits && level.of === 'element') found.isNamed = true;
    }
    for (const [node, { level, unknown, isNamed }] of byObject) {
      const data = isNamed ? undefined : misplaced(node, level, unknown);
      if (data) report({ at: data.members[0]!.keyNode, message: () => messageFor(data), data });
    }
  },
  covers(other, own) {
    return other.code === 'unknown-member' && startsOf(own).has(other.start);
  },
  fixes({ data }, { document }): Fix[] {
    return [...moveFixes(document, data), ...removeFixes(document, data)];
  },
});

/** Of the members that an object does not take, those that belong further down. */
function misplaced(node: ObjectASTNode, level: Level, unknown: readonly PropertyASTNode[]): Data | undefined {
  const { area, of } = level;
  const named = (...names: string[]) => unknown.filter(({ keyNode }) => names.includes(keyNode.value));
  const data = (what: Data['what'], members: readonly PropertyASTNode[]): Data => ({ ...level, node, what, members });
  const { simple, tag } = CONDITION_KINDS[area];
  const and = of === 'area' ? named('and') : [];
  if (and.length > 0) return data('and', and);
  const conditions = of === 'element' ? [] : named(simple, tag);
  if (conditions.length > 0) return data('conditions', conditions);
  const parts = named(...PARTS);
  if (parts.length < 2) return undefined;
  if (of !== 'element') return data('parts', parts);
  // An element without a condition has nothing in it but what is meant as one.
  return memberOf(node, simple) || memberOf(node, tag) ? undefined : data('parts', unknown);
}

const startsOf = once(
  (own: readonly Finding<Data>[]): ReadonlySet<number> =>
    new Set(own.flatMap(({ data }) => data.members.map(({ keyNode }) => keyNode.offset))),
);

/** How many of the members are named. */
const NAMED = 4;

function messageFor({ area, of, node, members }: Data): string {
  const names = members.slice(0, NAMED).map(({ keyNode }) => quote(keyNode.value));
  const lost = `${allOf(names)} ${members.length > 1 ? 'are' : 'is'} refused or silently lost here.`;
  const { simple, tag } = CONDITION_KINDS[area];
  if (of === 'element') {
    return `The parts of a condition stand in a ${simple} or ${tag}, not straight in the element: ${lost}`;
  }
  if (of === 'side') return `A condition stands in an element of "and", not straight in "${sideOf(node)}": ${lost}`;
  return `Conditions stand in "includes" or "excludes", not straight in "${area}": ${lost}`;
}

function sideOf(node: ObjectASTNode): string {
  return node.parent?.type === 'property' ? node.parent.keyNode.value : '';
}

function moveFixes(document: JobDocument, data: Data): Fix[] {
  if (data.of === 'element') {
    return kindsFor(data).flatMap(({ kind, isSure }) => {
      const written = conditionOfParts(document, data, kind);
      if (!written) return [];
      const title = `Write it as a ${CONDITION_KINDS[data.area][kind]}`;
      const changes = [replaceText(document, data.node, written.text)];
      return [{ title, changes, preferred: isSure && written.isExact }];
    });
  }
  const texts = conditionTexts(document, data);
  if (!texts) return [];
  if (data.of === 'side') {
    const changes = intoAnd(document, data, texts.texts);
    const title = data.members.length > 1 && data.what === 'conditions' ? 'Put them into "and"' : 'Put it into "and"';
    return changes ? [{ title, changes, preferred: texts.isSure }] : [];
  }
  // Beside the other side, the one that is not there is meant; beside none, conditions say what is analyzed.
  const free = (['includes', 'excludes'] as const).filter((side) => !memberOf(data.node, side));
  return free.length === 2 || free[0] === 'includes'
    ? free.map((side) => ({
        title: `Put the conditions into ${side}`,
        changes: intoSide(document, data, side, texts.texts),
        preferred: texts.isSure && side === 'includes',
      }))
    : [];
}

/** The elements of "and" that are meant; undefined where none can be made of what is there. */
function conditionTexts(document: JobDocument, data: Data): { texts: string[]; isSure: boolean } | undefined {
  const { what, members, node } = data;
  if (what === 'parts') {
    const [first, more] = kindsFor(data);
    const written = first && members.length === node.properties.length && conditionOfParts(document, data, first.kind);
    return written ? { texts: [written.text], isSure: !more && first.isSure && written.isExact } : undefined;
  }
  const values = members.map(({ valueNode }) => valueNode);
  if (what === 'and') {
    const items = asArray(values[0])?.items;
    return items && { texts: items.map((item) => nodeText(document, item)), isSure: items.length > 0 };
  }
  if (!values.every((value) => asObject(value))) return undefined;
  const texts = members.map(({ keyNode, valueNode }) =>
    textOf(document, '{}', [memberText(document, keyNode.value, nodeText(document, valueNode!))]),
  );
  return { texts, isSure: true };
}

/** The parts as a condition of a kind. */
function conditionOfParts(document: JobDocument, { node, area }: Data, kind: Kind) {
  const { [kind]: name, tag } = CONDITION_KINDS[area];
  const written = writePartsAs(document, node, area, kind, tag);
  if (!written) return undefined;
  const parts = nodeText(document, node, written.changes);
  return { text: textOf(document, '{}', [memberText(document, name, parts)]), isExact: written.isExact };
}

/** The kinds that the parts of a condition may be of, the likelier first; `isSure` where they can be of no other. */
function kindsFor({ node, area }: Data): { kind: Kind; isSure: boolean }[] {
  const key = asString(memberValue(node, 'key'))?.value;
  const items = asArray(memberValue(node, 'values'))?.items ?? [];
  if (key !== undefined && kindOfParts(node, 'simple', area) === 'simple') {
    return [{ kind: 'simple', isSure: isKeyOf(area, key) }];
  }
  const arePairs = items.length > 0 && items.every((item) => item.type === 'object');
  if (memberOf(node, 'tagValues') || arePairs || key === 'TAG') return [{ kind: 'tag', isSure: true }];
  const other: Area = area === 'scoping' ? 'bucketCriteria' : 'scoping';
  if (key !== undefined && isKeyOf(other, key)) return [{ kind: 'simple', isSure: false }];
  if (key === undefined || meantValue(key, keysOf(area))) return [{ kind: 'simple', isSure: true }];
  // The key of a tag, or that of a property under another name.
  return [
    { kind: 'tag', isSure: false },
    { kind: 'simple', isSure: false },
  ];
}

/** An object or list around texts: on one line where they are. */
function textOf(document: JobDocument, brackets: '{}' | '[]', texts: readonly string[]): string {
  return (texts.some((text) => text.includes('\n')) ? blockText : inlineText)(document, brackets, texts);
}

/** Puts conditions that stand in a side into its list, which is made where there is none. */
function intoAnd(document: JobDocument, { node, members }: Data, texts: readonly string[]): TextChange[] | undefined {
  const and = memberOf(node, 'and');
  if (!and) return inPlaceOf(document, node, members, 'and', textOf(document, '[]', texts));
  const list = asArray(and.valueNode);
  return list && [...removeMembers(document, node, members), ...addItems(document, list, texts)];
}

/** Puts conditions that stand in an area into a side that is not there. */
function intoSide(
  document: JobDocument,
  { node, members, what }: Data,
  side: Side,
  texts: readonly string[],
): TextChange[] {
  const list = what === 'and' ? nodeText(document, members[0]!.valueNode!) : textOf(document, '[]', texts);
  const text = textOf(document, '{}', [memberText(document, 'and', list)]);
  return inPlaceOf(document, node, members, side, text);
}

/** Puts one member in the place of several. */
function inPlaceOf(
  document: JobDocument,
  node: ObjectASTNode,
  members: readonly PropertyASTNode[],
  name: string,
  text: string,
): TextChange[] {
  if (members.length === node.properties.length && members.length > 1) {
    return [replaceText(document, node, textOf(document, '{}', [memberText(document, name, text)]))];
  }
  const [first, ...others] = members as [PropertyASTNode, ...PropertyASTNode[]];
  return [replaceMember(document, first, name, text), ...others.map((member) => removeMember(document, member))];
}

function removeFixes(document: JobDocument, { of, node, members }: Data): Fix[] {
  if (of === 'element') {
    const list = asArray(node.parent as ASTNode);
    if (!list || list.items.length < 2) return [];
    return [{ title: 'Remove this condition', changes: removeItems(document, list, [node]) }];
  }
  const title = members.length > 1 ? 'Remove them' : `Remove ${quote(members[0]!.keyNode.value)}`;
  return [{ title, changes: removeMembers(document, node, members) }];
}
