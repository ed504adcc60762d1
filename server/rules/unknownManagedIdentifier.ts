import { distance } from 'fastest-levenshtein';
import { managedDataIdentifier, managedDataIdentifiers } from '../catalog/managedDataIdentifiers.js';
import { removeItems, replaceString } from '../language/edits.js';
import { normalizeName } from '../language/suggest.js';
import type { ArrayASTNode, StringASTNode } from '../language/tree.js';
import { identifierKind } from './identifierKinds.js';
import { defineRule, type Fix } from './rule.js';
import { oneOf, quote } from './words.js';

/** What people look for that Macie has no identifier of; normalized. */
const NEEDS_CUSTOM: Readonly<Record<string, string>> = {
  email: 'e-mail addresses',
  emails: 'e-mail addresses',
  emailaddress: 'e-mail addresses',
  emailaddresses: 'e-mail addresses',
  ip: 'IP addresses',
  ipaddress: 'IP addresses',
  ipaddresses: 'IP addresses',
  ipv4: 'IP addresses',
  ipv4address: 'IP addresses',
  ipv6: 'IP addresses',
  ipv6address: 'IP addresses',
  mac: 'MAC addresses',
  macaddress: 'MAC addresses',
  url: 'URLs',
  urls: 'URLs',
  password: 'passwords',
  passwords: 'passwords',
  username: 'user names',
};

/** Names that other services or other years use for an identifier; normalized. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ssn: 'USA_SOCIAL_SECURITY_NUMBER',
  ussn: 'USA_SOCIAL_SECURITY_NUMBER',
  usssn: 'USA_SOCIAL_SECURITY_NUMBER',
  socialsecuritynumber: 'USA_SOCIAL_SECURITY_NUMBER',
  creditcard: 'CREDIT_CARD_NUMBER',
  creditcards: 'CREDIT_CARD_NUMBER',
  creditdebitnumber: 'CREDIT_CARD_NUMBER',
  creditdebitcvv: 'CREDIT_CARD_SECURITY_CODE',
  cvv: 'CREDIT_CARD_SECURITY_CODE',
  creditdebitexpiry: 'CREDIT_CARD_EXPIRATION',
  awssecretkey: 'AWS_CREDENTIALS',
  awsaccesskey: 'AWS_CREDENTIALS',
  awssecretaccesskey: 'AWS_CREDENTIALS',
  privatekey: 'OPENSSH_PRIVATE_KEY',
  sshprivatekey: 'OPENSSH_PRIVATE_KEY',
  jwt: 'JSON_WEB_TOKEN',
  phone: 'PHONE_NUMBER',
  usphonenumber: 'PHONE_NUMBER',
  usaphonenumber: 'PHONE_NUMBER',
  usdriverslicense: 'DRIVERS_LICENSE',
  usadriverslicense: 'DRIVERS_LICENSE',
  driverslicensenumber: 'DRIVERS_LICENSE',
  driverlicense: 'DRIVERS_LICENSE',
  driverid: 'DRIVERS_LICENSE',
  dob: 'DATE_OF_BIRTH',
  birthdate: 'DATE_OF_BIRTH',
  dateofbirthday: 'DATE_OF_BIRTH',
  fullname: 'NAME',
  personname: 'NAME',
  persons: 'NAME',
  mailingaddress: 'ADDRESS',
  homeaddress: 'ADDRESS',
  vin: 'VEHICLE_IDENTIFICATION_NUMBER',
  itin: 'USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER',
  npi: 'USA_NATIONAL_PROVIDER_IDENTIFIER',
  nhsnumber: 'UK_NHS_NUMBER',
  usadrugenforcementagencynumber: 'US_DRUG_ENFORCEMENT_AGENCY_NUMBER',
  deanumber: 'US_DRUG_ENFORCEMENT_AGENCY_NUMBER',
  czechiabankaccountnumber: 'CZECH_REPUBLIC_BANK_ACCOUNT_NUMBER',
  czechrepublicdriverslicense: 'CZECHIA_DRIVERS_LICENSE',
  turkeybankaccountnumber: 'TURKIYE_BANK_ACCOUNT_NUMBER',
  britishvirginislandsbankaccountnumber: 'VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER',
};

const CATEGORIES: ReadonlySet<string> = new Set([
  'credentials',
  'financial',
  'financialinformation',
  'personal',
  'personalinformation',
  'phi',
  'pii',
]);

/** How many unknown ids of one file are compared with all known ones: enough for a person, and quick with 100,000. */
const MAX_COMPARED = 200;

interface Data {
  node: StringASTNode;
  /** The ids that may be meant, best first. */
  meant: readonly string[];
  /** The first of them is meant for certain: the same letters. */
  certain: boolean;
}

export default defineRule<Data>({
  id: 'unknown-managed-identifier',
  summary: 'managedDataIdentifierIds names identifiers that Macie has.',
  severity: 'warning',
  about: 'identifiers',
  docs: {
    why: 'An id that does not exist finds nothing under INCLUDE and excludes nothing under EXCLUDE. Macie has no managed identifier for e-mail addresses, IP addresses, URLs or passwords: these need a custom data identifier.',
    aws: 'AWS does not say what the service does with an unknown id, and no AWS tool checks it. The list grows, and the one compared with here is of August 2026; hence a warning. ListManagedDataIdentifiers has the present one.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/user/managed-data-identifiers.html',
      'https://docs.aws.amazon.com/macie/latest/APIReference/managed-data-identifiers-list.html',
    ],
  },
  check({ model }, report) {
    const seen = new Map<string, Pick<Data, 'meant' | 'certain'>>();
    for (const node of model.managedIds) {
      const { value } = node;
      if (value.trim() === '' || managedDataIdentifier(value) || identifierKind(value)) continue;
      let found = seen.get(value);
      if (!found) {
        found = seen.size < MAX_COMPARED ? candidatesFor(value) : NONE;
        seen.set(value, found);
      }
      report({ at: node, message: messageFor(value, found.meant), data: { node, ...found } });
    }
  },
  fixes({ data: { node, meant, certain } }, { document }): Fix[] {
    const [only, more] = meant;
    return [
      ...meant.map((id) => ({
        title: `Change to ${id}`,
        changes: [replaceString(node, id)],
        preferred: id === only && !more,
        safe: certain,
      })),
      { title: 'Remove it', changes: removeItems(document, node.parent as ArrayASTNode, [node]) },
    ];
  },
});

const NONE = { meant: [], certain: false };

function messageFor(value: string, meant: readonly string[]): string {
  const plain = normalizeName(value.trim());
  if (Object.hasOwn(NEEDS_CUSTOM, plain)) {
    return `Macie has no managed data identifier for ${NEEDS_CUSTOM[plain]}. Remove it, and use a custom data identifier, by its id in "customDataIdentifierIds".`;
  }
  if (CATEGORIES.has(plain) || /^awsmanaged/.test(plain)) {
    return `${quote(value)} is a group, not an id: each managed data identifier is listed by its own id.`;
  }
  const hint =
    meant.length > 0 ? `Did you mean ${oneOf(meant)}?` : 'It would find or exclude nothing, unless it is newer.';
  return `${quote(value, 60)} is not among Macie's managed data identifiers as of August 2026. ${hint}`;
}

let byPlainName: ReadonlyMap<string, string> | undefined;

function candidatesFor(value: string): Pick<Data, 'meant' | 'certain'> {
  if (value.length > 100) return NONE;
  byPlainName ??= new Map([...managedDataIdentifiers().keys()].map((id) => [plainId(id), id]));
  const plain = plainId(value);
  const same = byPlainName.get(plain);
  if (same) return { meant: [same], certain: true };
  const name = normalizeName(value.trim());
  if (Object.hasOwn(NEEDS_CUSTOM, name) || CATEGORIES.has(name)) return NONE;
  const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  if (other && managedDataIdentifier(other)) return { meant: [other], certain: false };
  const meant = byCountry(plain) ?? byEnding(value) ?? nearest(plain);
  return { meant, certain: false };
}

/** An id without letter case and separators. */
function plainId(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The spellings of a country in ids, each of which people put for the others. */
const COUNTRY_NAMES: readonly (readonly string[])[] = [
  ['usa', 'us', 'unitedstates', ''],
  ['uk', 'gb', 'unitedkingdom', 'greatbritain'],
  ['germany', 'de'],
  ['france', 'fr'],
  ['italy', 'it'],
  ['spain', 'es'],
  ['canada', 'ca'],
  ['australia', 'au'],
  ['india', 'in'],
  ['brazil', 'br'],
  ['czechrepublic', 'czechia'],
  ['turkiye', 'turkey'],
];

function byCountry(plain: string): string[] | undefined {
  for (const names of COUNTRY_NAMES) {
    for (const name of names) {
      if (name === '' || !plain.startsWith(name)) continue;
      const rest = plain.slice(name.length);
      const found = names.map((other) => byPlainName!.get(other + rest)).find((id) => id !== undefined);
      if (found) return [found];
    }
  }
  return undefined;
}

/** `PASSPORT_NUMBER` may be that of any country. */
function byEnding(value: string): string[] | undefined {
  const ending = `_${value.trim().toUpperCase()}`;
  const found = ending.length >= 9 ? [...managedDataIdentifiers().keys()].filter((id) => id.endsWith(ending)) : [];
  return found.length > 0 && found.length <= 12 ? found : undefined;
}

function nearest(plain: string): string[] {
  let best: string | undefined;
  let least = Math.floor(plain.length / 4) + 1;
  for (const [name, id] of byPlainName!) {
    if (Math.abs(name.length - plain.length) >= least) continue;
    const far = distance(plain, name);
    if (far < least) {
      least = far;
      best = id;
    }
  }
  return best ? [best] : [];
}
