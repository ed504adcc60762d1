import { alternativesIn } from '../language/alternatives.js';
import { addItems, replaceString } from '../language/edits.js';
import type { JobModel, SimpleCondition } from '../language/model.js';
import { once } from '../language/once.js';
import { bucketNamesOf } from '../language/places.js';
import { criteriaOf, simpleTerms } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix, type Severity } from './rule.js';
import { quote } from './words.js';

type Form = 'address' | 'bucket' | 'wildcard' | 'slash' | 'dot' | 'blanks' | 'encoded' | 'list' | 'alternatives';

interface Data {
  node: StringASTNode;
  simple: SimpleCondition;
  form: Form;
  /** Whether the text may well be the beginning of keys. */
  isDoubtful: boolean;
  /** The prefix that is surely or probably meant. */
  meant?: string;
  /** The prefixes of a list within one text. */
  parts?: readonly string[];
}

const MESSAGES: Readonly<Record<Form, string>> = {
  address: 'A key holds neither a scheme nor the bucket. Write the part behind the bucket name, as in "logs/2024/".',
  bucket:
    'This begins with the name of a bucket of the job, and keys are compared without it. Write what follows the bucket name.',
  wildcard:
    'Macie supports no wildcards: the character is compared as it stands, from the start of the key on. Write the beginning that the keys share.',
  slash: 'Keys do not begin with a slash, unless one was put there: this likely matches nothing. Leave it out.',
  dot: 'A key is no path: a dot and a slash in front are compared as they stand, and this likely matches nothing. Leave them out.',
  blanks: 'A blank at either end counts as part of the key, and keys with one are rare. Leave it out.',
  encoded: 'This looks encoded for a URL. Keys are compared as they are: write the characters themselves.',
  alternatives:
    'Macie takes no list of alternatives within a value: the text is compared as it stands. Write each prefix as a value of its own.',
  list: 'This is one value with a comma in it. If two prefixes are meant, write each as a value of its own.',
};

const SEVERITIES: Partial<Record<Form, Severity>> = { encoded: 'information', list: 'information' };

/** Beside other buckets: one that holds the logs of others often has a folder for each, by its name. */
const ONE_OF_SEVERAL =
  'This begins with the name of a bucket of the job. Keys are compared without that of their own bucket: leave it out, unless another bucket has a folder of this name.';

export default defineRule<Data>({
  id: 'key-prefix-form',
  summary: 'A key prefix is the plain beginning of an object key.',
  severity: 'warning',
  about: 'OBJECT_KEY',
  docs: {
    why: "A value is compared with the object's key from the first character on. Keys hold neither a scheme nor the name of their bucket, and a `*` stands for itself; a slash stands in front only where somebody put one there. A prefix that no key begins with selects nothing, or excludes nothing.",
    aws: 'The API reference says that the condition applies to keys that begin with the value, that Macie supports no wildcards, and that letter case counts. S3 allows most characters in keys, so that none of this is an error. That a key begins with the name of another bucket of the job is an information: buckets for logs and inventories are laid out so.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
    ],
  },
  check({ model }, report) {
    const buckets = tellingBuckets(model);
    const isOnly = hasOneBucket(model);
    for (const { simple } of simpleTerms(model, 'OBJECT_KEY')) {
      for (const node of simple.values) {
        const found = judgePrefix(node.value, buckets);
        if (!found) continue;
        const isDoubtful = found.form === 'bucket' && !isOnly;
        report({
          at: node,
          message: isDoubtful ? ONE_OF_SEVERAL : MESSAGES[found.form],
          severity: isDoubtful ? 'information' : SEVERITIES[found.form],
          data: { node, simple, isDoubtful, ...found },
        });
      }
    }
  },
  fixes({ data: { node, simple, form, isDoubtful, meant, parts } }, { document }): Fix[] {
    const { key, comparator, valuesNode } = simple;
    // A class of characters, or a wildcard in the middle, says more than the beginning does.
    const isWhole = !/[*?]/.test(node.value) || /^[^*?[\\]*[*?]+$/.test(node.value);
    if (parts) {
      const [first, ...others] = parts;
      return [
        {
          title: 'Split into several values',
          changes: [
            replaceString(node, first!),
            ...addItems(
              document,
              valuesNode!,
              others.map((part) => JSON.stringify(part)),
            ),
          ],
          preferred: isWhole,
        },
      ];
    }
    const extension = form === 'wildcard' ? /^(?:\*+|\^?\.\*\\)\.([A-Za-z0-9]+)\$?$/.exec(node.value)?.[1] : undefined;
    if (extension && key && comparator && valuesNode?.items.length === 1) {
      return [
        {
          title: `Compare the extension instead: OBJECT_EXTENSION EQ ${extension}`,
          changes: [
            replaceString(key, 'OBJECT_EXTENSION'),
            replaceString(comparator, 'EQ'),
            replaceString(node, extension),
          ],
          preferred: true,
        },
      ];
    }
    if (!meant) return [];
    return [
      {
        title: `Change to ${quote(meant)}`,
        changes: [replaceString(node, meant)],
        preferred: (isWhole || form !== 'wildcard') && !isDoubtful,
      },
    ];
  },
});

type Judged = Pick<Data, 'form' | 'meant' | 'parts'>;

/** What a prefix is written as that no key begins with; undefined for one that may well be the beginning of keys. */
export function judgePrefix(text: string, buckets: ReadonlySet<string>): Judged | undefined {
  // Nearly every prefix is made of plain words and slashes, and then only a bucket's name in front can be wrong with it.
  if (PLAIN.test(text) && (buckets.size === 0 || !buckets.has(firstPart(text)))) return undefined;
  if (text.trim() === '') return undefined;
  const address =
    /^\s*(?:s3[an]?:\/\/[^/]+|arn:aws[\w-]*:s3:::[^/]+|https?:\/\/[^/]*\.amazonaws\.com(?:\.cn)?)(?:\/+(.*))?$/i.exec(
      text,
    );
  if (address) return { form: 'address', meant: withoutWildcards(address[1] ?? '') };
  // Between words, braces and brackets are as likely part of a name.
  const alternatives = /\s/.test(text) ? undefined : alternativesIn(text)?.map(withoutWildcards);
  if (alternatives && !alternatives.includes('')) {
    return { form: 'alternatives', parts: [...new Set(alternatives)] };
  }
  if (/[*?]/.test(text)) return { form: 'wildcard', meant: withoutWildcards(text) };
  if (/^\s|\s$/.test(text)) return { form: 'blanks', meant: text.trim() };
  if (/^\.?\//.test(text)) {
    return { form: text.startsWith('.') ? 'dot' : 'slash', meant: text.replace(/^(?:\.?\/)+/, '') };
  }
  const first = firstPart(text);
  if (buckets.has(first)) return { form: 'bucket', meant: text.slice(first.length + 1) };
  if (/%[0-9A-F]{2}/i.test(text)) {
    const meant = decoded(text);
    if (meant) return { form: 'encoded', meant };
  }
  const parts = partsOf(text);
  if (parts.length > 1) return { form: 'list', parts };
  return undefined;
}

const PLAIN = /^[A-Za-z0-9_=-][\w/.=-]*$/;

/** What stands before the first slash. */
function firstPart(text: string): string {
  const slash = text.indexOf('/');
  return slash < 0 ? text : text.slice(0, slash);
}

/** What stands before the first wildcard, of a pattern of files or of a regular expression. */
function withoutWildcards(text: string): string {
  const isRegex = /^\^|^\.[*]|[/\])]\.[*+?]|\\/.test(text);
  const plain = isRegex ? text.replace(/^\^/, '') : text;
  // In a pattern of files, the point of "report.*" is one.
  const at = plain.search(isRegex ? /\.?[*?]|\.\+|\[[^\]]*\]|\\/ : /[*?]|\[[^\]]*\](?=.*[*?])/);
  return at < 0 ? plain : plain.slice(0, at);
}

function decoded(text: string): string | undefined {
  try {
    const plain = decodeURIComponent(text);
    return plain !== text && !/\p{Cc}/u.test(plain) ? plain : undefined;
  } catch {
    return undefined;
  }
}

/** The prefixes of "raw/,processed/": parts that each end like a folder. */
function partsOf(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.length > 1 && parts.every((part) => /^[^/].*\/$/.test(part)) ? parts : [];
}

/** The job's buckets, but for names such as `logs`, which are as likely those of a folder. */
export const tellingBuckets = once(
  (model: JobModel): ReadonlySet<string> =>
    new Set(bucketNamesOf(model).flatMap(({ node }) => (/[-.\d]/.test(node.value) ? [node.value] : []))),
);

/** Whether the job takes one bucket, which is named. */
const hasOneBucket = once((model: JobModel): boolean => {
  const named = model.definitions.flatMap(({ buckets }) => buckets.map(({ value }) => value));
  const chosen = criteriaOf(model).includes?.terms.find(
    (term) => term.kind === 'values' && term.key === 'S3_BUCKET_NAME' && term.comparator === 'EQ',
  );
  const names = chosen?.kind === 'values' ? [...named, ...chosen.values.map(({ value }) => value)] : named;
  return names.length > 0 && names.every((name) => name === names[0]);
});
