import { count } from './describe.js';

/*
 * Sizes as a job definition writes them: whole bytes, in digits. Everything is a bigint, since a number would round
 * the larger ones.
 */

/** The most digits that are read; 2⁶³ has 19. */
const MAX_DIGITS = 40;

const KILO = 1000n;
const KIBI = 1024n;

/** A value of OBJECT_SIZE: bytes in decimal digits and nothing else. Undefined for any other text. */
export function parseByteSize(text: string): bigint | undefined {
  return text.length <= MAX_DIGITS && /^[0-9]+$/.test(text) ? BigInt(text) : undefined;
}

/** What a size with a unit, or with separators between its digits, may stand for, in bytes. */
export interface HumanSize {
  /** The reading by the word: a megabyte is 10⁶ bytes, a mebibyte 2²⁰. */
  bytes: bigint;
  /** The other readings: where a megabyte may be meant as 2²⁰ bytes. */
  alternatives: readonly bigint[];
}

const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 };
const WORDS: Readonly<Record<string, number>> = { kilo: 1, mega: 2, giga: 3, tera: 4, peta: 5 };
const BINARY_WORDS: Readonly<Record<string, number>> = { kibi: 1, mebi: 2, gibi: 3, tebi: 4, pebi: 5 };

/**
 * Reads a size as people write it: `10 MB`, `1.5GiB`, `20g`, `1,048,576`, `10_000`, `5 megabytes`. Fractions of a byte
 * are rounded. Undefined where the text is no such size.
 */
export function parseHumanSize(text: string): HumanSize | undefined {
  const plain = text.trim();
  if (plain.length === 0 || plain.length > MAX_DIGITS) return undefined;
  const parts = /^\+?([0-9][0-9,_' ]*)(?:\.([0-9]{1,9}))? ?([a-zA-Z]*)$/.exec(plain);
  if (!parts) return undefined;
  const digits = parts[1]!.trimEnd();
  const fraction = parts[2] ?? '';
  // Separators stand between groups of three: "1,5" is a fraction in some countries, and then guessing would be wrong.
  if (!/^[0-9]+$/.test(digits) && !/^[0-9]{1,3}([,_' ])[0-9]{3}(?:\1[0-9]{3})*$/.test(digits)) return undefined;
  const unit = unitOf(parts[3]!);
  if (!unit) return undefined;
  if (fraction && unit.power === 0 && /[^0]/.test(fraction)) return undefined;
  const amount = BigInt(digits.replace(/[^0-9]/g, '') + fraction);
  const scale = 10n ** BigInt(fraction.length);
  const by = (base: bigint) => (amount * base ** BigInt(unit.power) + scale / 2n) / scale;
  if (unit.binary) return { bytes: by(KIBI), alternatives: [] };
  return { bytes: by(KILO), alternatives: unit.power > 0 ? [by(KIBI)] : [] };
}

function unitOf(name: string): { power: number; binary: boolean } | undefined {
  const unit = name.toLowerCase();
  const word = /^(.*?)(?:bytes?)$/.exec(unit)?.[1];
  if (word !== undefined) {
    if (word === '') return { power: 0, binary: false };
    if (Object.hasOwn(WORDS, word)) return { power: WORDS[word]!, binary: false };
    if (Object.hasOwn(BINARY_WORDS, word)) return { power: BINARY_WORDS[word]!, binary: true };
    return undefined;
  }
  const letters = /^([kmgtp]?)(i?)b?$/.exec(unit);
  if (!letters || (letters[2] && !letters[1])) return undefined;
  return { power: POWERS[letters[1]!]!, binary: letters[2] === 'i' };
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/**
 * A size in digits and in the unit that people know it by: "1,073,741,824 bytes = 1 GiB", "1,500,000 bytes = 1.5 MB",
 * "1,234,567 bytes, about 1.18 MiB", "512 bytes".
 */
export function describeBytes(bytes: bigint): string {
  const exact = `${count(bytes)} ${bytes === 1n ? 'byte' : 'bytes'}`;
  const short = shortBytes(bytes);
  if (!short) return exact;
  return short.startsWith('about') ? `${exact}, ${short}` : `${exact} = ${short}`;
}

/** The same without the bytes: "1 GiB", "about 1.18 MiB"; undefined below a kilobyte. */
export function shortBytes(bytes: bigint): string | undefined {
  if (bytes < KILO) return undefined;
  const inUnits = (base: bigint, units: readonly string[]) => {
    let power = 0;
    while (power + 1 < units.length && bytes >= base ** BigInt(power + 1)) power++;
    if (power === 0) return undefined;
    const unit = base ** BigInt(power);
    const hundredths = (bytes * 100n + unit / 2n) / unit;
    const digits = `${count(hundredths / 100n)}.${String(hundredths % 100n).padStart(2, '0')}`;
    return {
      text: `${digits.replace(/\.?0+$/, '')} ${units[power]}`,
      isExact: (hundredths * unit) / 100n === bytes && (hundredths * unit) % 100n === 0n,
    };
  };
  const decimal = inUnits(KILO, UNITS);
  const binary = inUnits(KIBI, BINARY_UNITS);
  // 1,024,000 is exact in both; the shorter one is the one that was meant.
  const exact = [decimal, binary].filter((size) => size?.isExact).sort((a, b) => a!.text.length - b!.text.length);
  if (exact.length > 0) return exact[0]!.text;
  const about = binary ?? decimal;
  return about && `about ${about.text}`;
}
