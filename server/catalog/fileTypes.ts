// Which objects Macie can analyze, by the extension of their key.
// Sources: Macie user guide, supported storage classes and formats, and quotas (sizes per file), as of 2026-11-22.
import { maxFileSizeBytes } from './quotas.js';

export const fileTypesPage = 'https://docs.aws.amazon.com/macie/latest/user/discovery-supported-storage.html';

// As with the largest file, a unit is taken at the larger of its two possible readings.
const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** The largest file of all, in AWS's words. */
const LARGEST = '20 GB';

export interface AnalyzedFileType {
  /** What files of this kind are called in a message: "PDF files". */
  readonly name: string;
  readonly extensions: readonly string[];
  /** A larger file is not analyzed at all. */
  readonly maxBytes: number;
  /** The same as AWS writes it: it does not say whether a GB is 10⁹ or 2³⁰ bytes. */
  readonly limit: string;
}

/** The kinds of file that AWS lists as analyzed. Text is open-ended: any other text file is analyzed as well. */
export const analyzedFileTypes: readonly AnalyzedFileType[] = [
  { name: 'PDF files', extensions: ['pdf'], maxBytes: 1024 * MIB, limit: '1,024 MB' },
  { name: 'Avro and Parquet files', extensions: ['avro', 'parquet'], maxBytes: 8 * GIB, limit: '8 GB' },
  { name: 'Gzip and ZIP archives', extensions: ['gz', 'gzip', 'zip'], maxBytes: 8 * GIB, limit: '8 GB' },
  { name: 'TAR archives', extensions: ['tar'], maxBytes: maxFileSizeBytes, limit: LARGEST },
  { name: 'Excel workbooks', extensions: ['xls', 'xlsx'], maxBytes: 512 * MIB, limit: '512 MB' },
  { name: 'Word documents', extensions: ['doc', 'docx'], maxBytes: 512 * MIB, limit: '512 MB' },
  { name: 'E-mail messages', extensions: ['eml'], maxBytes: maxFileSizeBytes, limit: LARGEST },
  {
    name: 'Text files',
    extensions: ['csv', 'htm', 'html', 'json', 'jsonl', 'tsv', 'txt', 'xml', 'yaml', 'yml'],
    maxBytes: maxFileSizeBytes,
    limit: LARGEST,
  },
];

/** Images, audio and video, which AWS says are never analyzed. SVG is text, and so not among them. */
export const mediaExtensions: ReadonlySet<string> = new Set(
  'png jpg jpeg gif bmp tif tiff webp ico heic mp3 wav flac aac ogg m4a mp4 mov avi mkv webm wmv'.split(' '),
);

/**
 * Binary files and containers that AWS's list of analyzed formats does not hold. The list has no counterpart of formats
 * that are left out, so that these are almost certainly, but not provably, never analyzed.
 */
export const unlistedBinaryExtensions: ReadonlySet<string> = new Set(
  'exe dll so bin iso dmg jar 7z rar bz2 xz zst orc ppt pptx odt ods msg pst'.split(' '),
);

let typesByExtension: ReadonlyMap<string, AnalyzedFileType> | undefined;

/** The listed kind of file with this extension (no dot, any case); undefined for every other extension. */
export function analyzedFileType(extension: string): AnalyzedFileType | undefined {
  typesByExtension ??= new Map(
    analyzedFileTypes.flatMap((type) => type.extensions.map((name) => [name, type] as const)),
  );
  return typesByExtension.get(extension.toLowerCase());
}

/**
 * Whether Macie analyzes objects with this extension (no dot, any case): `listed`, never (`media`), almost certainly
 * never (`unlisted-binary`), or `unknown`, which for a text file means yes.
 */
export function fileSupport(extension: string): 'listed' | 'media' | 'unlisted-binary' | 'unknown' {
  const name = extension.toLowerCase();
  if (mediaExtensions.has(name)) return 'media';
  if (unlistedBinaryExtensions.has(name)) return 'unlisted-binary';
  return analyzedFileType(name) ? 'listed' : 'unknown';
}

/** The largest file, in bytes, that Macie analyzes with this extension; for an unlisted one the largest of all. */
export function sizeLimit(extension: string): number {
  return analyzedFileType(extension)?.maxBytes ?? maxFileSizeBytes;
}

/** The same in AWS's words: "8 GB". */
export function sizeLimitWords(extension: string): string {
  return analyzedFileType(extension)?.limit ?? LARGEST;
}
