import { alternativesIn } from './alternatives.js';

/**
 * What Macie's API takes for a bucket name wherever its service model states a pattern. It is wider than today's naming
 * rules of S3: old buckets of us-east-1 may have upper-case letters, underscores and up to 255 characters.
 */
const NAME = /^[A-Za-z0-9.\-_]{3,255}$/;

/** White space apart from the blank, and characters that show as nothing: what comes along when a name is copied. */
const INVISIBLE = /[\p{Cf}\p{Cc}\u00a0\u202f\ufeff]/gu;

/** A text that stands in a bucket name's place and can be no bucket's name. */
export interface NotAName {
  kind:
    | 'empty'
    | 'arn'
    | 'uri'
    | 'url'
    | 'path'
    | 'wildcard'
    | 'spaces'
    | 'invisible'
    | 'list'
    | 'length'
    | 'characters';
  /** The bucket that it speaks of. */
  name?: string;
  /** The prefix or object that it speaks of as well, without a slash at its front. */
  path?: string;
  /** The names of a list. */
  names?: readonly string[];
  /** The first character that no name has. */
  character?: string;
}

/** Tells why a text can be no bucket's name, and which name it holds; undefined for a name. */
export function notAName(value: string): NotAName | undefined {
  if (NAME.test(value)) return undefined;
  const text = value.trim();
  if (text === '') return { kind: 'empty' };
  const found = arnOf(text) ?? uriOf(text) ?? urlOf(text);
  if (found?.name && /[*?]/.test(found.name)) return { kind: 'wildcard' };
  if (found) return withName(found);
  if (text !== value && NAME.test(text)) return { kind: 'spaces', name: text };
  if (text.includes('/') && /^[^*?,;]+$/.test(text))
    return withName({ kind: 'path', ...split(text.replace(/^\/+/, '')) });
  if (/[*?]/.test(text)) return withName({ kind: 'wildcard', ...wholeBucket(text) });
  const names = alternativesIn(text) ?? text.split(/[,;]/).map((part) => part.trim());
  if (names.length > 1 && names.every((name) => NAME.test(name))) return { kind: 'list', names };
  const character = /[^A-Za-z0-9.\-_]/u.exec(value)?.[0];
  const visible = value.replace(INVISIBLE, '');
  if (NAME.test(visible)) return { kind: 'invisible', name: visible, character };
  return character ? { kind: 'characters', character } : { kind: 'length' };
}

/** The bucket of a host name such as `my-bucket.s3.eu-west-1.amazonaws.com`. */
export function bucketOfHost(host: string): string | undefined {
  return /^(.{3,}?)\.s3[.-](?:[a-z0-9.-]*\.)?amazonaws\.com(?:\.cn)?$/.exec(host)?.[1];
}

function withName(found: NotAName): NotAName {
  return found.name !== undefined && NAME.test(found.name) ? found : { kind: found.kind, path: found.path };
}

/** `bucket/logs/` and `bucket`; `bucket/` and `bucket/*` are the whole bucket. */
function split(text: string): { name: string; path?: string } {
  const slash = text.indexOf('/');
  if (slash < 0) return { name: text };
  const path = text.slice(slash + 1);
  return { name: text.slice(0, slash), path: path === '' || path === '*' ? undefined : path };
}

/** `bucket/*` names one bucket, and `logs-*` none. */
function wholeBucket(text: string): { name?: string } {
  const { name, path } = split(text);
  return text.includes('/') && path === undefined ? { name } : {};
}

function arnOf(text: string): NotAName | undefined {
  const arn = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.*)$/i.exec(text);
  if (!arn) return undefined;
  const [, service, resource] = arn as unknown as [string, string, string];
  if (service === 's3' && !/^(accesspoint|job|storage-lens)/.test(resource)) return { kind: 'arn', ...split(resource) };
  if (service === 's3express') return { kind: 'arn', ...split(resource.replace(/^bucket\//, '')) };
  return { kind: 'arn' };
}

function uriOf(text: string): NotAName | undefined {
  const uri = /^s3[an]?:\/\/(.*)$/i.exec(text);
  return uri ? { kind: 'uri', ...split(uri[1]!) } : undefined;
}

function urlOf(text: string): NotAName | undefined {
  // `gs://` and the like are addresses too, but of no bucket of S3.
  if (!/^https?:\/\//i.test(text)) return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? { kind: 'url' } : undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { kind: 'url' };
  }
  const path = url.pathname.slice(1);
  const name = bucketOfHost(url.hostname);
  if (name) return { kind: 'url', ...split(`${name}/${path}`) };
  const inConsole = /^s3\/(?:buckets|object)\/([^/]+)/.exec(path);
  if (inConsole) return { kind: 'url', name: inConsole[1], path: url.searchParams.get('prefix') || undefined };
  if (/^s3[.-][a-z0-9.-]*amazonaws\.com/.test(url.hostname) && path) return { kind: 'url', ...split(path) };
  return { kind: 'url' };
}

/** The bucket types that S3 marks by the end of a name. Source: the S3 bucket naming rules. */
const OTHER_KINDS: readonly (readonly [suffix: string, what: string])[] = [
  ['--x-s3', 'a directory bucket'],
  ['--table-s3', 'an S3 Tables bucket'],
  ['-s3alias', 'the alias of an access point'],
  ['--ol-s3', 'the alias of an Object Lambda access point'],
  ['.mrap', 'the alias of a Multi-Region Access Point'],
];

/** What a name stands for by its ending, where that is no general purpose bucket. */
export function otherKindOf(name: string): string | undefined {
  return OTHER_KINDS.find(([suffix]) => name.endsWith(suffix))?.[1];
}

/** What a name breaks of S3's rules for general purpose buckets, in words that follow "the name has"; nothing for a good name. */
export function brokenNameRules(name: string): string[] {
  const broken: string[] = [];
  if (name.length > 63) broken.push(`${name.length} characters, and 63 are allowed`);
  if (/[A-Z]/.test(name)) broken.push('upper-case letters');
  if (name.includes('_')) broken.push('an underscore');
  if (name.includes('..')) broken.push('two dots in a row');
  if (!/^[A-Za-z0-9_]/.test(name)) broken.push('no letter or digit at its start');
  if (!/[A-Za-z0-9_]$/.test(name)) broken.push('no letter or digit at its end');
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) broken.push('the form of an IP address');
  const prefix = /^(?:xn--|sthree-)/.exec(name);
  if (prefix) broken.push(`the reserved prefix "${prefix[0]}"`);
  return broken;
}
