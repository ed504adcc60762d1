/** Checks that a request is signed by a key that the local endpoint knows (AWS Signature Version 4). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyEntry } from './state.js';

export interface SignedRequest {
  method: string;
  /** Path as it came, still encoded. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
}

export type SignatureFault = 'missing' | 'unknown-key' | 'expired' | 'clock-skew' | 'wrong-signature';

export interface Verified {
  key?: KeyEntry;
  accessKeyId?: string;
  region?: string;
  service?: string;
  fault?: SignatureFault;
}

const MAX_SKEW = 5 * 60_000;

/** Who signed the request, or what is wrong with its signature. */
export function verify(request: SignedRequest, keys: readonly KeyEntry[], now: Date): Verified {
  const authorization = request.headers.authorization ?? '';
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!match) {
    return { fault: 'missing' };
  }
  const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', signature = ''] = match;
  const known = { accessKeyId, region, service };
  const key = keys.find((entry) => entry.accessKeyId === accessKeyId);
  if (!key || (key.sessionToken ?? '') !== (request.headers['x-amz-security-token'] ?? '')) {
    return { ...known, fault: 'unknown-key' };
  }
  const date = request.headers['x-amz-date'] ?? '';
  const instant = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  if (Math.abs(Date.parse(instant) - now.getTime()) > MAX_SKEW) {
    return { ...known, fault: 'clock-skew' };
  }
  const canonical = [
    request.method,
    request.path.split('/').map(encode).join('/'),
    [...request.query]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join('\n');
  const signingKey = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${key.secretAccessKey}`,
  );
  const expected = createHmac('sha256', signingKey).update(toSign).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
    return { ...known, fault: 'wrong-signature' };
  }
  if (key.expires && Date.parse(key.expires) <= now.getTime()) {
    return { ...known, fault: 'expired' };
  }
  return { ...known, key };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
