import { analyzedFileTypes, fileSupport } from '../catalog/fileTypes.js';
import { alternativesIn } from '../language/alternatives.js';
import { addItems, removeItems, replaceString } from '../language/edits.js';
import type { SimpleCondition } from '../language/model.js';
import { simpleTerms } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix, type Severity } from './rule.js';
import { allOf, quote } from './words.js';

type Form = 'dot' | 'dot-alone' | 'wildcard' | 'list' | 'media-type' | 'path' | 'blanks' | 'several-dots';

interface Data {
  node: StringASTNode;
  simple: SimpleCondition;
  form: Form;
}

/** The extensions that files of a media type have, where there is one that is usual. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/tab-separated-values': 'tsv',
  'application/gzip': 'gz',
  'application/x-gzip': 'gz',
  'application/x-tar': 'tar',
  'application/x-ndjson': 'jsonl',
  'application/jsonlines': 'jsonl',
  'application/x-yaml': 'yaml',
  'application/x-parquet': 'parquet',
  'application/vnd.apache.parquet': 'parquet',
  'application/vnd.apache.avro': 'avro',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'message/rfc822': 'eml',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
};

/** The extensions that AWS lists as analyzed. */
const LISTED: ReadonlySet<string> = new Set(analyzedFileTypes.flatMap(({ extensions }) => extensions));

export default defineRule<Data>({
  id: 'extension-form',
  summary: 'An extension is what follows the last dot of a name, without the dot.',
  severity: 'warning',
  about: 'OBJECT_EXTENSION',
  docs: {
    why: 'Values are compared as they stand. With a dot, a wildcard, a blank or a whole file name in it, a value most likely equals no extension at all: an include then takes nothing, an exclude nothing away.',
    aws: 'The API reference shows `docx` and `pdf`, and says that Macie supports no wildcards. That a value with a dot never matches is inferred. Of `report.tar.gz`, only `gz` is taken as the extension, which is inferred as well: an information.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
    ],
  },
  check({ model }, report) {
    for (const { simple } of simpleTerms(model, 'OBJECT_EXTENSION')) {
      for (const node of simple.values) {
        const form = formOf(node.value);
        if (!form) continue;
        const severity: Severity = form === 'several-dots' ? 'information' : 'warning';
        report({ at: node, message: messageFor(form, node.value), severity, data: { node, simple, form } });
      }
    }
  },
  fixes({ data: { node, simple, form } }, { document, model }): Fix[] {
    const { valuesNode, key, comparator } = simple;
    const text = node.value.trim();
    const replace = (value: string, preferred = true): Fix => ({ ...replaceBySeveral([value]), preferred });
    // Where another condition lists the value already, both together may select something else, or nothing.
    const isSafe = (value: string) =>
      simpleTerms(model, 'OBJECT_EXTENSION').every(
        (other) => other.simple === simple || !other.simple.values.some((one) => one.value === value),
      );
    const respell = (value: string): Fix => ({ ...replace(value), safe: isSafe(value) });
    switch (form) {
      case 'dot':
        return [respell(bare(text))];
      case 'dot-alone':
        return valuesNode && valuesNode.items.length > 1
          ? [{ title: `Remove ${quote(text)}`, changes: removeItems(document, valuesNode, [node]), preferred: true }]
          : [];
      case 'blanks':
        return isPlain(text) ? [respell(text)] : [];
      case 'wildcard': {
        const plain = bare(text);
        if (isPlain(plain)) return [respell(plain)];
        const names = meantBy(plain);
        if (names.length === 0) return [];
        return [replaceBySeveral(names)];
      }
      case 'list':
        return [replaceBySeveral(partsOf(text))];
      case 'media-type': {
        const extension = extensionOf(text);
        return extension ? [replace(extension)] : [];
      }
      case 'several-dots':
        return /[{}()]/.test(text) ? [] : [replace(text.slice(text.lastIndexOf('.') + 1))];
      case 'path':
        // A path is what OBJECT_KEY compares with, where it stands alone and is looked for.
        if (!key || !comparator || comparator.value !== 'EQ' || valuesNode?.items.length !== 1) return [];
        return [
          {
            title: 'Compare the key instead: OBJECT_KEY STARTS_WITH',
            changes: [replaceString(key, 'OBJECT_KEY'), replaceString(comparator, 'STARTS_WITH')],
            preferred: true,
          },
        ];
    }

    function replaceBySeveral(values: readonly string[]): Fix {
      const present = new Set(simple.values.filter((other) => other !== node).map(({ value }) => value));
      const fresh = values.filter((value) => !present.has(value));
      const [first, ...others] = fresh;
      const names = allOf(values.map((value) => quote(value)));
      return {
        title: first === undefined ? `Remove it: ${names} is listed` : `Change to ${names}`,
        changes:
          first === undefined
            ? removeItems(document, valuesNode!, [node])
            : others.length === 0
              ? [replaceString(node, first)]
              : [
                  replaceString(node, first),
                  ...addItems(
                    document,
                    valuesNode!,
                    others.map((value) => JSON.stringify(value)),
                  ),
                ],
        preferred: true,
      };
    }
  },
});

function formOf(text: string): Form | undefined {
  if (text.trim() === '') return undefined;
  if (alternativesIn(text) && partsOf(text).length > 1) return 'list';
  if (/[*?]/.test(text)) return 'wildcard';
  if (partsOf(text).length > 1) return 'list';
  if (text.includes('/') || text.includes('\\')) return isMediaType(text.trim()) ? 'media-type' : 'path';
  if (/^\s*\.|\.\s*$/.test(text)) {
    const name = bare(text.trim());
    return name === '' ? 'dot-alone' : isPlain(name) ? 'dot' : 'several-dots';
  }
  if (/\s/.test(text)) return 'blanks';
  return text.includes('.') ? 'several-dots' : undefined;
}

function messageFor(form: Form, text: string): string {
  switch (form) {
    case 'dot':
      return `AWS writes extensions without the dot: ${quote(bare(text.trim()))}.`;
    case 'dot-alone':
      return 'A dot is no extension. Write what follows the last dot of the names, such as "csv".';
    case 'wildcard':
      return 'Macie supports no wildcards in an extension. Write each extension as a value of its own.';
    case 'list':
      return 'This is one value, and several extensions are meant. Write each as a value of its own.';
    case 'media-type':
      return 'This is a media type. AWS compares the extension of the file name, such as "csv".';
    case 'path':
      return 'This is a path, not an extension. For the beginning of keys, use OBJECT_KEY with STARTS_WITH.';
    case 'blanks':
      return 'An extension with a blank matches no usual file name. Write it without.';
    case 'several-dots':
      return `Only what follows the last dot of a name is taken as its extension: ${quote(text.slice(text.lastIndexOf('.') + 1).trim())}.`;
  }
}

/** Without the `*.` or dots in front, or dots at the end. */
function bare(text: string): string {
  return text.replace(/^\*?\.+|\.+$/g, '');
}

function isPlain(text: string): boolean {
  return text !== '' && !/[\s./\\*?,;|]/.test(text);
}

/** The extensions of a list within one text: "csv, json", "csv|json", ".csv;.json", "*.{csv,json}". */
function partsOf(text: string): string[] {
  const parts = (alternativesIn(text.trim()) ?? text.split(/[,;|\s]+/))
    .map((part) => bare(part))
    .filter((part) => part !== '');
  if (parts.length < 2 || !parts.every(isPlain)) return [];
  // Blanks alone may also stand within one name.
  const isList = /[,;|]/.test(text) || parts.every((part) => fileSupport(part) !== 'unknown');
  return isList ? [...new Set(parts)] : [];
}

/** A media type that is known, or one of a form that no path has. */
function isMediaType(text: string): boolean {
  return extensionOf(text) !== undefined || /^(?:application|image|audio|video)\/(?:vnd\.|x-)[\w.+-]+$/i.test(text);
}

/** The extension of a media type; many are named by it. */
function extensionOf(text: string): string | undefined {
  const type = text.toLowerCase();
  if (Object.hasOwn(MEDIA_TYPES, type)) return MEDIA_TYPES[type];
  const [, name] = /^(?:text|application|image|audio|video)\/([a-z0-9]+)$/.exec(type) ?? [];
  return name !== undefined && fileSupport(name) !== 'unknown' ? name : undefined;
}

/** The listed extensions that a pattern such as `doc*` or `xls?` stands for. */
function meantBy(pattern: string): string[] {
  const parts = /^([a-z]{2,5})[*?]$/i.exec(pattern);
  if (!parts) return [];
  const start = parts[1]!.toLowerCase();
  return [...LISTED].filter(
    (name) => name.startsWith(start) && (pattern.endsWith('*') || name.length <= start.length + 1),
  );
}
