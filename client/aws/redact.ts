/** Makes text from outside fit to be shown or logged: no secrets, one line, cut. */

const ARN = /arn:aws[a-z-]*:[\w-]+:[\w-]*:\d*:[\w+=,.@/:*-]+/g;
const ACCESS_KEY = /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{8,}\b/g;
const JSON_WEB_TOKEN = /\beyJ[\w-]+(?:\.[\w-]+)*/g;
/** `name: value` and `name=value` where the name speaks of a secret, in JSON, ini files, headers and command lines. */
const NAMED_SECRET =
  /((?:secret|token|password|passwd|credential|authorization|signature|session)[\w-]*["']?\s*[:=]\s*)(?:(?:Bearer|Basic)\s+)?("[^"]*"|'[^']*'|[^\s,;&"']+)/gi;
/** Secret keys have 40 characters of base64, session tokens and SSO tokens more. Ids of jobs and requests are shorter. */
const LONG_RUN = /[A-Za-z0-9+/=_-]{40,}/g;

export const REDACTED = '[redacted]';

/**
 * The text without anything that looks like a key, a token or a password, and without the exact `secrets`. ARNs stay
 * whole, as they hold no secret and their names can be long.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= 4) {
      clean = clean.replaceAll(secret, REDACTED);
    }
  }
  const kept = [...clean.matchAll(ARN)].map(([arn]) => arn);
  const between = clean
    .split(ARN)
    .map((part) =>
      part
        .replace(JSON_WEB_TOKEN, REDACTED)
        .replace(ACCESS_KEY, REDACTED)
        .replace(NAMED_SECRET, `$1${REDACTED}`)
        .replace(LONG_RUN, REDACTED),
    );
  return between.map((part, index) => part + (kept[index] ?? '')).join('');
}

/** The text on one line, without control and bidirectional characters, at most `most` characters long. */
export function oneLine(text: string, most = 300): string {
  const flat = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
  return flat.length > most ? `${flat.slice(0, most - 1)}…` : flat;
}
