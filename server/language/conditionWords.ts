import { comparatorsFor, SINGLE_VALUE_KEYS } from './comparators.js';
import { count, inSentence } from './describe.js';
import type { Condition, SimpleCondition, TagCondition } from './model.js';
import { describeBytes, parseByteSize } from './sizes.js';

/*
 * Conditions in words, for the sentences on what will run and for hover. They are read by people who then spend money, so
 * where AWS leaves the meaning open they say so, and they never say that less is analyzed than may be.
 */

/** How many values of a list are named before the rest is counted. */
const NAMED = 3;

/** The API reference joins values by OR and says nothing of NE; read literally, two values after NE are met by everything. */
const OPEN_NE = ' (what NE means for several values AWS leaves open: it may always be met)';

/** A condition in words, and whether AWS leaves open what it means. */
interface Words {
  text: string;
  isOpen: boolean;
}

/**
 * One condition, to stand by itself: "the extension is csv or tsv". Undefined where something of it is missing or
 * wrong, so that nobody knows what it means.
 */
export function conditionWords(condition: Pick<Condition, 'area' | 'simple' | 'tag'>): string | undefined {
  return wordsOf(condition)?.text;
}

/** Whether nobody but AWS knows what a condition means: it is not complete, or joins what AWS does not say how to join. */
export function isOpen(condition: Pick<Condition, 'area' | 'simple' | 'tag'>): boolean {
  return wordsOf(condition)?.isOpen ?? true;
}

function wordsOf({ area, simple, tag }: Pick<Condition, 'area' | 'simple' | 'tag'>): Words | undefined {
  const simpleText = simple && simpleWords(simple, area);
  const tagText = tag && tagWords(tag, area);
  if (!simple || !tag) return simpleText ?? tagText;
  if (!simpleText || !tagText) return undefined;
  const text = `${simpleText.text} and ${tagText.text} (AWS does not say how it joins two kinds in one condition)`;
  return { text, isOpen: true };
}

/** What a condition looks at: "extension". */
export function conditionSubject({ simple, tag }: Pick<Condition, 'simple' | 'tag'>): string | undefined {
  if (simple) return simple.key && SUBJECTS.get(simple.key.value);
  return tag && 'tags';
}

const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['ACCOUNT_ID', 'account'],
  ['S3_BUCKET_NAME', 'name'],
  ['S3_BUCKET_EFFECTIVE_PERMISSION', 'public access'],
  ['S3_BUCKET_SHARED_ACCESS', 'sharing'],
  ['OBJECT_EXTENSION', 'extension'],
  ['OBJECT_KEY', 'key'],
  ['OBJECT_LAST_MODIFIED_DATE', 'last change'],
  ['OBJECT_SIZE', 'size'],
]);

function simpleWords({ key, comparator, values }: SimpleCondition, area: Condition['area']): Words | undefined {
  const subject = key && SUBJECTS.get(key.value);
  const takes = comparatorsFor(area, 'simple', key?.value);
  if (!subject || !comparator || !takes?.includes(comparator.value) || values.length === 0) return undefined;
  const texts = [...new Set(values.map((value) => value.value))];
  // Which of several sizes or dates counts, nobody knows.
  if (SINGLE_VALUE_KEYS.has(key.value) && texts.length > 1) return undefined;
  switch (key.value) {
    case 'OBJECT_KEY':
      // Beside an empty prefix, the others limit nothing.
      return certain(
        texts.includes('')
          ? 'the key begins with an empty prefix, as every key does'
          : `the key begins with ${list(texts, 'or')}`,
      );
    case 'OBJECT_LAST_MODIFIED_DATE':
      return certain(`the last change is ${DATE_WORDS.get(comparator.value)} ${inSentence(texts[0]!)}`);
    case 'OBJECT_SIZE': {
      const bytes = parseByteSize(texts[0]!);
      const size = bytes === undefined ? inSentence(texts[0]!) : describeBytes(bytes);
      return certain(`the size is ${SIZE_WORDS.get(comparator.value)} ${size}`);
    }
    default: {
      const isNot = comparator.value === 'NE';
      return hedged(`the ${subject} is ${isNot ? 'not ' : ''}${list(texts, 'or')}`, isNot && texts.length > 1);
    }
  }
}

const DATE_WORDS: ReadonlyMap<string, string> = new Map([
  ['EQ', 'exactly at'],
  ['NE', 'not exactly at'],
  ['GT', 'after'],
  ['GTE', 'at or after'],
  ['LT', 'before'],
  ['LTE', 'at or before'],
]);

const SIZE_WORDS: ReadonlyMap<string, string> = new Map([
  ['EQ', 'exactly'],
  ['NE', 'not exactly'],
  ['GT', 'more than'],
  ['GTE', 'at least'],
  ['LT', 'less than'],
  ['LTE', 'at most'],
]);

function tagWords({ comparator, pairs }: TagCondition, area: Condition['area']): Words | undefined {
  if (!comparator || !comparatorsFor(area, 'tag', undefined)?.includes(comparator.value)) return undefined;
  const words: string[] = [];
  for (const { key, value } of pairs) {
    // An empty value stands for any value of an object's tag; of a bucket's, a key alone is written without one.
    const isKeyAlone = value === undefined || (area === 'scoping' && value.value === '');
    if (key?.value && isKeyAlone) words.push(`one with the key ${inSentence(key.value)}`);
    else if (key?.value) words.push(`${inSentence(key.value)} = ${inSentence(value!.value)}`);
    else if (value?.value) words.push(`one with the value ${inSentence(value.value)}`);
    else return undefined;
  }
  const texts = [...new Set(words)];
  if (texts.length === 0) return undefined;
  const isNot = comparator.value === 'NE';
  return hedged(`the tags ${isNot ? 'do not include' : 'include'} ${joined(texts, 'or')}`, isNot && texts.length > 1);
}

const certain = (text: string): Words => ({ text, isOpen: false });

const hedged = (text: string, isNotSeveral: boolean): Words => ({
  text: isNotSeveral ? `${text}${OPEN_NE}` : text,
  isOpen: isNotSeveral,
});

/** Values of the file in a sentence: "csv, tsv or json", "a, b, c and 997 more". */
export function list(values: readonly string[], word: 'or' | 'and'): string {
  // Only what is shown is worded: there may be a hundred thousand values.
  return joined(values.slice(0, NAMED + 1).map(inSentence), word, values.length);
}

/** The same of texts that are words already; the fourth of four is named, since "1 more" is as long. */
export function joined(words: readonly string[], word: 'or' | 'and', total = words.length): string {
  const shown = words.slice(0, total === NAMED + 1 ? total : NAMED);
  const rest = total - shown.length;
  if (rest > 0) return `${shown.join(', ')} ${word} ${count(rest)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown[shown.length - 1]}`;
}
