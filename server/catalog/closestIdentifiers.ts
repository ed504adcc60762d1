import { distance } from 'fastest-levenshtein';
import { managedDataIdentifier, managedDataIdentifiers } from './managedDataIdentifiers.js';

const custom = 'Use a custom data identifier.';

/**
 * Names that people expect, of things for which Macie has no managed data identifier, each with a sentence or two on
 * what to do instead.
 */
const inventions: ReadonlyArray<readonly [names: string, reason: string]> = [
  [
    'EMAIL EMAILS EMAIL_ADDRESS EMAIL_ADDRESSES E_MAIL E_MAIL_ADDRESS MAIL',
    `Macie has no managed identifier for e-mail addresses. ${custom}`,
  ],
  [
    'IP IP_ADDRESS IPV4 IPV4_ADDRESS IPV6 IPV6_ADDRESS IP_V4 IP_V6',
    `Macie has no managed identifier for IP addresses. ${custom}`,
  ],
  ['MAC MAC_ADDRESS HARDWARE_ADDRESS', `Macie has no managed identifier for MAC addresses. ${custom}`],
  ['URL URI WEB_ADDRESS DOMAIN_NAME HOSTNAME', `Macie has no managed identifier for web addresses. ${custom}`],
  [
    'PASSWORD PASSWORDS PASSWD PASSPHRASE PIN SECRET',
    `Macie has no managed identifier for passwords or PINs. ${custom}`,
  ],
  ['USERNAME USER_NAME LOGIN USER_ID', `Macie has no managed identifier for user names. ${custom}`],
  [
    'AGE GENDER SEX RELIGION RACE ETHNICITY NATIONALITY MARITAL_STATUS',
    `Macie has no managed identifier for personal traits such as age or gender. ${custom}`,
  ],
  [
    'SWIFT SWIFT_CODE BIC ROUTING_NUMBER BANK_ROUTING BANK_ROUTING_NUMBER ABA_ROUTING_NUMBER SORT_CODE',
    `Macie has no managed identifier for bank codes such as SWIFT or routing numbers. ${custom}`,
  ],
  ['LICENSE_PLATE LICENCE_PLATE NUMBER_PLATE', `Macie has no managed identifier for licence plates. ${custom}`],
  ['EIN EMPLOYER_IDENTIFICATION_NUMBER', `Macie has no managed identifier for US employer numbers (EIN). ${custom}`],
  [
    'API_KEY GENERIC_API_KEY ACCESS_TOKEN OAUTH_TOKEN BEARER_TOKEN SLACK_TOKEN GITHUB_TOKEN AZURE_KEY',
    `Macie knows the keys of AWS, Google Cloud and Stripe, and JSON Web Tokens. For others, use a custom data identifier.`,
  ],
  [
    'CREDENTIALS FINANCIAL FINANCIAL_INFORMATION PERSONAL PERSONAL_INFORMATION PII PHI PCI GDPR HIPAA ALL RECOMMENDED',
    'This names a group of identifiers. A job lists single ones, or takes whole sets by managedDataIdentifierSelector.',
  ],
  [
    'AWS_MANAGED_FINANCIAL AWS_MANAGED_FINANCIAL_US AWS_MANAGED_PII AWS_MANAGED_PII_US AWS_MANAGED_PHI AWS_MANAGED_PHI_US AWS_MANAGED_CREDENTIALS',
    'Macie has no named groups of identifiers. A job lists single ones, or takes whole sets by managedDataIdentifierSelector.',
  ],
];

/** What else people call an identifier, where neither spelling nor word order leads to it. Likeliest first. */
const aliases: ReadonlyArray<readonly [names: string, ids: string]> = [
  [
    'AWS_SECRET_KEY AWS_SECRET_ACCESS_KEY AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_KEY SECRET_ACCESS_KEY AWS_SECRET AWS_CREDENTIAL',
    'AWS_CREDENTIALS',
  ],
  [
    'CREDIT_CARD CREDITCARD CREDIT_CARDS CC_NUMBER CARD_NUMBER DEBIT_CARD DEBIT_CARD_NUMBER PAYMENT_CARD CREDIT_DEBIT_NUMBER CREDIT_DEBIT_CARD_NUMBER',
    'CREDIT_CARD_NUMBER CREDIT_CARD_NUMBER_(NO_KEYWORD)',
  ],
  ['CREDIT_CARD_NO_KEYWORD', 'CREDIT_CARD_NUMBER_(NO_KEYWORD)'],
  ['CVV CVC CVV2 CARD_VERIFICATION_CODE CREDIT_CARD_CVV CREDIT_DEBIT_CVV', 'CREDIT_CARD_SECURITY_CODE'],
  ['CREDIT_DEBIT_EXPIRY CARD_EXPIRATION CREDIT_CARD_EXPIRY CREDIT_CARD_EXPIRATION_DATE', 'CREDIT_CARD_EXPIRATION'],
  ['PAN', 'INDIA_PERMANENT_ACCOUNT_NUMBER CREDIT_CARD_NUMBER'],
  [
    'SSN US_SSN USA_SSN SOCIAL_SECURITY SOCIAL_SECURITY_NUMBER',
    'USA_SOCIAL_SECURITY_NUMBER SPAIN_SOCIAL_SECURITY_NUMBER',
  ],
  ['SIN SOCIAL_INSURANCE_NUMBER', 'CANADA_SOCIAL_INSURANCE_NUMBER'],
  ['ITIN TIN US_TIN US_ITIN', 'USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER'],
  ['NINO NI_NUMBER', 'UK_NATIONAL_INSURANCE_NUMBER'],
  ['NHS', 'UK_NHS_NUMBER'],
  ['TFN', 'AUSTRALIA_TAX_FILE_NUMBER'],
  ['DEA DEA_NUMBER US_DEA USA_DEA', 'US_DRUG_ENFORCEMENT_AGENCY_NUMBER'],
  ['NPI', 'USA_NATIONAL_PROVIDER_IDENTIFIER'],
  ['NDC', 'USA_NATIONAL_DRUG_CODE'],
  ['HCPCS', 'USA_HEALTHCARE_PROCEDURE_CODE'],
  ['HICN', 'USA_HEALTH_INSURANCE_CLAIM_NUMBER'],
  ['MBI MEDICARE MEDICARE_NUMBER', 'USA_MEDICARE_BENEFICIARY_IDENTIFIER'],
  ['UDI', 'MEDICAL_DEVICE_UDI'],
  ['EHIC', 'EUROPEAN_HEALTH_INSURANCE_CARD_NUMBER'],
  ['AADHAAR AADHAR', 'INDIA_AADHAAR_NUMBER'],
  ['DNI', 'SPAIN_DNI_NUMBER ARGENTINA_DNI_NUMBER'],
  ['CUIT CUIL', 'ARGENTINA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER ARGENTINA_ORGANIZATION_TAX_IDENTIFICATION_NUMBER'],
  ['VIN', 'VEHICLE_IDENTIFICATION_NUMBER'],
  ['JWT', 'JSON_WEB_TOKEN'],
  ['BASIC_AUTH BASIC_AUTH_HEADER HTTP_BASIC_AUTH', 'HTTP_BASIC_AUTH_HEADER'],
  ['COOKIE COOKIES SET_COOKIE', 'HTTP_COOKIE'],
  ['GOOGLE_API_KEY GOOGLE_CLOUD_API_KEY GCP_KEY GCP_CREDENTIALS', 'GCP_API_KEY'],
  ['STRIPE STRIPE_KEY STRIPE_API_KEY STRIPE_SECRET_KEY', 'STRIPE_CREDENTIALS'],
  ['PRIVATE_KEY', 'OPENSSH_PRIVATE_KEY PGP_PRIVATE_KEY PKCS PUTTY_PRIVATE_KEY'],
  ['RSA_PRIVATE_KEY SSH_PRIVATE_KEY SSH_KEY', 'OPENSSH_PRIVATE_KEY PKCS'],
  ['PKCS_PRIVATE_KEY PKCS1 PKCS8 PKCS1_PRIVATE_KEY PKCS8_PRIVATE_KEY PKCS12', 'PKCS'],
  ['PUTTY', 'PUTTY_PRIVATE_KEY'],
  ['GPG_PRIVATE_KEY GPG_KEY PGP_KEY PGP', 'PGP_PRIVATE_KEY'],
  ['DOB BIRTHDAY BIRTHDATE BIRTH_DATE DATE_BIRTH', 'DATE_OF_BIRTH'],
  ['FULL_NAME PERSON_NAME PERSON FIRST_NAME LAST_NAME SURNAME NAMES', 'NAME'],
  ['MAILING_ADDRESS STREET_ADDRESS POSTAL_ADDRESS HOME_ADDRESS ADDRESSES US_ADDRESS USA_ADDRESS', 'ADDRESS'],
  [
    'PHONE TELEPHONE TELEPHONE_NUMBER MOBILE MOBILE_NUMBER PHONE_NUMBERS US_PHONE_NUMBER USA_PHONE_NUMBER CANADA_PHONE_NUMBER PHONE_NUMBER_US',
    'PHONE_NUMBER',
  ],
  [
    'DRIVING_LICENSE DRIVERS_LICENSE_NUMBER DRIVER_LICENSE DRIVER_ID US_DRIVERS_LICENSE USA_DRIVERS_LICENSE US_DRIVERS_LICENSE_NUMBER USA_DRIVERS_LICENSE_NUMBER',
    'DRIVERS_LICENSE',
  ],
  ['BANK_ACCOUNT US_BANK_ACCOUNT_NUMBER USA_BANK_ACCOUNT_NUMBER CANADA_BANK_ACCOUNT_NUMBER', 'BANK_ACCOUNT_NUMBER'],
  [
    'IBAN IBAN_CODE IBAN_NUMBER INTERNATIONAL_BANK_ACCOUNT_NUMBER',
    'GERMANY_BANK_ACCOUNT_NUMBER FRANCE_BANK_ACCOUNT_NUMBER ITALY_BANK_ACCOUNT_NUMBER SPAIN_BANK_ACCOUNT_NUMBER UK_BANK_ACCOUNT_NUMBER',
  ],
  [
    'PASSPORT PASSPORT_NUMBER',
    'USA_PASSPORT_NUMBER UK_PASSPORT_NUMBER CANADA_PASSPORT_NUMBER FRANCE_PASSPORT_NUMBER GERMANY_PASSPORT_NUMBER ITALY_PASSPORT_NUMBER SPAIN_PASSPORT_NUMBER',
  ],
  ['GPS GPS_COORDINATES COORDINATES LAT_LONG LATITUDE LONGITUDE GEOLOCATION LOCATION', 'LATITUDE_LONGITUDE'],
  ['BVI_BANK_ACCOUNT_NUMBER BRITISH_VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER', 'VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER'],
  ['UAE_BANK_ACCOUNT_NUMBER', 'UNITED_ARAB_EMIRATES_BANK_ACCOUNT_NUMBER'],
];

/** Words that stand for the same in another name; the right-hand side is used on both sides of a comparison. */
const synonyms: Readonly<Record<string, string>> = {
  USA: 'US',
  AMERICA: 'US',
  AMERICAN: 'US',
  GB: 'UK',
  GBR: 'UK',
  BRITISH: 'UK',
  CZECHIA: 'CZECH',
  CZ: 'CZECH',
  TURKEY: 'TURKIYE',
  TR: 'TURKIYE',
  AU: 'AUSTRALIA',
  AUSTRALIAN: 'AUSTRALIA',
  BR: 'BRAZIL',
  BRAZILIAN: 'BRAZIL',
  CA: 'CANADA',
  CANADIAN: 'CANADA',
  DE: 'GERMANY',
  GERMAN: 'GERMANY',
  ES: 'SPAIN',
  SPANISH: 'SPAIN',
  FR: 'FRANCE',
  FRENCH: 'FRANCE',
  IT: 'ITALY',
  ITALIAN: 'ITALY',
  INDIAN: 'INDIA',
  MX: 'MEXICO',
  MEXICAN: 'MEXICO',
  HOLLAND: 'NETHERLANDS',
  DRIVER: 'DRIVERS',
  DRIVING: 'DRIVERS',
  LICENCE: 'LICENSE',
  SSN: 'SOCIAL_SECURITY',
  SIN: 'SOCIAL_INSURANCE',
  IBAN: 'BANK_ACCOUNT',
  BBAN: 'BANK_ACCOUNT',
  TELEPHONE: 'PHONE',
  ID: 'IDENTIFICATION',
  HEALTHCARE: 'HEALTH',
};

/** Words that tell no identifier from another. */
const noise = new Set(['NUMBER', 'NUMBERS', 'NUM', 'NR', 'CODE', 'REPUBLIC']);

// Below this likeness a suggestion would be a guess.
const minimumLikeness = 0.72;

interface Candidate {
  readonly id: string;
  readonly normal: string;
  readonly words: ReadonlySet<string>;
  readonly sorted: string;
  /** The countries it serves where its id names none, as in DRIVERS_LICENSE: these may be named and need not be. */
  readonly silentCountries: readonly string[];
  readonly rank: number;
}

/** "CreditCardNumber", "credit-card number" and a CloudWatch Logs ARN all become CREDIT_CARD_NUMBER. */
function normalize(word: string): string {
  return word
    .slice(word.lastIndexOf('/') + 1)
    .slice(0, 100)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()
    .replace(/'/g, '')
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/(^|_)UNITED_STATES(_OF_AMERICA)?(?=_|$)/, '$1USA')
    .replace(/(^|_)UNITED_KINGDOM(?=_|$)/, '$1UK');
}

function significantWords(normal: string): Set<string> {
  const words = normal.split('_').flatMap((word) => (synonyms[word] ?? word).split('_'));
  return new Set(words.filter((word) => word !== '' && !noise.has(word)));
}

const joinSorted = (words: Iterable<string>) => [...words].sort().join('_');

interface Index {
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly inventions: ReadonlyMap<string, string>;
  readonly candidates: readonly Candidate[];
  readonly countryWords: ReadonlySet<string>;
}

let built: Index | undefined;

function index(): Index {
  built ??= {
    countryWords: new Set(
      [...managedDataIdentifiers().values()]
        .flatMap(({ countries }) => countries.map((country) => country.toUpperCase()))
        .flatMap((country) => (country.includes(' ') || country.includes('-') ? [] : [synonyms[country] ?? country]))
        .concat('CZECH', 'TURKIYE'),
    ),
    aliases: new Map(
      aliases.flatMap(([names, ids]) => names.split(' ').map((name) => [name, ids.split(' ')] as const)),
    ),
    inventions: new Map(inventions.flatMap(([names, why]) => names.split(' ').map((name) => [name, why] as const))),
    candidates: [...managedDataIdentifiers().values()].map(({ id, recommended, countries }) => {
      const normal = normalize(id);
      const words = significantWords(normal);
      // Among equals: the recommended ones first, then those of no country, then those of the US.
      const rank = (recommended ? 0 : 4) + (countries.length === 0 ? 0 : countries.includes('US') ? 1 : 2);
      const names = countries.map((country) => country.toUpperCase());
      const silentCountries = names.some((name) => words.has(name)) ? [] : names;
      return { id, normal, words, sorted: joinSorted(words), silentCountries, rank };
    }),
  };
  return built;
}

function likeness(left: string, right: string): number {
  const longer = Math.max(left.length, right.length);
  // Without this bound the edit distance would be computed for every pair.
  if (longer === 0 || Math.abs(left.length - right.length) > longer * (1 - minimumLikeness)) return 0;
  return 1 - distance(left, right) / longer;
}

/**
 * The managed data identifiers that a word may have meant, likeliest first, at most `limit`. Empty where nothing is near
 * enough, and for a thing that Macie has no identifier for (`wellKnownInvention`). A right id yields itself alone.
 */
export function closestManagedDataIdentifiers(word: string, limit: number): readonly string[] {
  if (managedDataIdentifier(word)) return [word].slice(0, limit);
  const { aliases, inventions, candidates, countryWords } = index();
  const normal = normalize(word);
  const known = aliases.get(normal) ?? (managedDataIdentifier(normal) ? [normal] : undefined);
  if (known) return known.slice(0, limit);
  if (normal === '' || inventions.has(normal)) return [];

  const words = significantWords(normal);
  const country = [...words].find((part) => countryWords.has(part));
  const elsewhere = country ? new Set([...words].filter((part) => part !== country)) : words;
  const [allSorted, elsewhereSorted] = [joinSorted(words), joinSorted(elsewhere)];
  const scored: { id: string; score: number; rank: number }[] = [];
  for (const candidate of candidates) {
    // Another country's identifier is no misspelling, however near the letters are: US_PHONE is not UK_PHONE_NUMBER.
    if (country && !candidate.words.has(country) && [...candidate.words].some((part) => countryWords.has(part)))
      continue;
    const silent = country !== undefined && candidate.silentCountries.includes(country);
    const [wanted, sorted] = silent ? [elsewhere, elsewhereSorted] : [words, allSorted];
    let score = Math.max(likeness(normal, candidate.normal), likeness(sorted, candidate.sorted));
    // "TAX_ID" is part of several ids: nearer than a misspelling of another.
    if (sorted.length >= 3 && [...wanted].every((part) => candidate.words.has(part))) {
      score = Math.max(score, 1 - 0.05 * (candidate.words.size - wanted.size));
    }
    if (score >= minimumLikeness) scored.push({ id: candidate.id, score, rank: candidate.rank });
  }
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score > best - 0.12)
    .sort((left, right) => right.score - left.score || left.rank - right.rank || (left.id < right.id ? -1 : 1))
    .slice(0, limit)
    .map(({ id }) => id);
}

/**
 * Why Macie has no managed data identifier of this name, and what to use instead, in one or two sentences; undefined
 * where the name is none of the well-known inventions (EMAIL_ADDRESS, IP_ADDRESS, AWSManagedFinancialUS and the like).
 */
export function wellKnownInvention(word: string): string | undefined {
  if (managedDataIdentifier(word)) return undefined;
  return index().inventions.get(normalize(word));
}
