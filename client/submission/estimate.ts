/** How many bytes a job would analyze at most, and what that costs: AWS's own way of estimating, with its limits said. */
import type { BucketMatch } from '../aws/types.js';

/** Bytes of one gigabyte, as Amazon bills them. */
const GIGABYTE = 1024 ** 3;

/** AWS takes three bytes for each byte of a compressed object. */
const EXPANSION = 3;

export interface Estimate {
  /** Bytes after unpacking, before sampling. */
  total: number;
  /** Bytes after unpacking and sampling: what would be analyzed at most, on average over samples. */
  analyzed: number;
  /** Buckets whose size is known, and those whose size is not. */
  known: number;
  unknown: number;
}

/**
 * The bytes to be analyzed in these buckets. `sampling` is a percentage of objects. The size of compressed objects may
 * count some that cannot be analyzed, so no more of it is taken than the bucket's analyzable size.
 */
export function estimate(buckets: readonly BucketMatch[], sampling: number): Estimate {
  let total = 0;
  let known = 0;
  for (const { classifiableBytes, compressedBytes = 0 } of buckets) {
    if (classifiableBytes === undefined) continue;
    known += 1;
    const compressed = Math.min(compressedBytes, classifiableBytes);
    total += classifiableBytes - compressed + EXPANSION * compressed;
  }
  return { total, analyzed: (total * sampling) / 100, known, unknown: buckets.length - known };
}

/** "940 GB", "1.2 TB": binary units, as Amazon's pages show sizes. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** "USD 12.30" for the bytes at a price in US dollars for each gigabyte. */
export function formatPrice(bytes: number, pricePerGigabyte: number): string {
  const dollars = (bytes / GIGABYTE) * pricePerGigabyte;
  if (dollars > 0 && dollars < 0.01) return 'less than USD 0.01';
  return `USD ${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
