/** Macie's own categories, as ListManagedDataIdentifiers returns them. */
export type IdentifierCategory = 'CREDENTIALS' | 'FINANCIAL_INFORMATION' | 'PERSONAL_INFORMATION';

/** The groups of the Macie user guide, which splits personal information into health (PHI) and other (PII). */
export type IdentifierGroup = 'Credentials' | 'Financial' | 'PHI' | 'PII';

/** Whether a match counts only with a keyword nearby; `varies` is explained in the notes. */
export type KeywordNeed = 'yes' | 'no' | 'varies';

export interface ManagedDataIdentifier {
  readonly id: string;
  readonly category: IdentifierCategory;
  readonly group: IdentifierGroup;
  /** What it finds, in plain words. */
  readonly type: string;
  /** Empty: the identifier is bound to no country. */
  readonly countries: readonly string[];
  readonly keyword: KeywordNeed;
  /** Whether it belongs to the recommended set for jobs. */
  readonly recommended: boolean;
  /** One or two sentences, or empty. */
  readonly notes: string;
}

/** The day on which the list was last compared with AWS's. It grows, so an id that is not in it may still exist. */
export const identifiersAsOf = '2026-08-08';

/** The day since which the recommended set has been as it is here (user guide, recommended managed data identifiers). */
export const recommendedSetSince = '2023-06-27';

/** The page of the Macie user guide that describes a group. */
export const identifierPages: Readonly<Record<IdentifierGroup, string>> = {
  Credentials: 'https://docs.aws.amazon.com/macie/latest/user/mdis-reference-credentials.html',
  Financial: 'https://docs.aws.amazon.com/macie/latest/user/mdis-reference-financial.html',
  PHI: 'https://docs.aws.amazon.com/macie/latest/user/mdis-reference-phi.html',
  PII: 'https://docs.aws.amazon.com/macie/latest/user/mdis-reference-pii.html',
};

/** What AWS states about keywords: how near one has to stand (user guide, keyword requirements). */
export const keywordProximity =
  'within about 30 characters, or in the name of the column or field (CSV, TSV and Excel files), or in the path of the field (JSON, JSON Lines, Avro and Parquet files)';

const IBAN = 'International bank account number (IBAN)';
const IBAN_OR_BBAN = 'International or basic bank account number (IBAN, BBAN)';
const LICENSE = "Driver's license number";
const TAX = 'Taxpayer number';
const NATIONAL_ID = 'National identification number';
const NATIONAL_ID_AND_TAX = 'National identification and taxpayer number';
const PHONE = 'Phone number';
const PASSPORT = 'Passport number';
const PHONE_NOTE = 'Needs a keyword nearby, or a country code in the number.';
const BBAN_NOTE = 'A BBAN needs a keyword nearby, an IBAN does not.';
const HEALTH = 'Health insurance or medical identification number';

type Row = readonly [
  id: string,
  group: IdentifierGroup,
  type: string,
  countries: string,
  keyword: KeywordNeed,
  recommended: boolean,
  notes?: string,
];

const rows: readonly Row[] = [
  [
    'ADDRESS',
    'PII',
    'Postal address',
    'Australia, Canada, France, Germany, Italy, Spain, UK, US',
    'no',
    false,
    'Macie counts at most 1,000 in one file.',
  ],
  ['ALBANIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Albania', 'no', false],
  ['ANDORRA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Andorra', 'no', false],
  ['ARGENTINA_DNI_NUMBER', 'PII', NATIONAL_ID, 'Argentina', 'yes', false],
  ['ARGENTINA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER', 'PII', TAX, 'Argentina', 'yes', false],
  ['ARGENTINA_ORGANIZATION_TAX_IDENTIFICATION_NUMBER', 'PII', TAX, 'Argentina', 'yes', false],
  ['ARGENTINA_TARJETA_SUBE', 'PII', 'Public transport card number (SUBE)', 'Argentina', 'yes', false],
  ['AUSTRALIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Australia', 'yes', false],
  ['AUSTRALIA_TAX_FILE_NUMBER', 'PII', TAX, 'Australia', 'yes', true],
  ['AUSTRIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Austria', 'yes', false],
  ['AWS_CREDENTIALS', 'Credentials', 'AWS secret access key', '', 'yes', true],
  ['BANK_ACCOUNT_NUMBER', 'Financial', 'Bank account number', 'Canada, US', 'yes', false, 'Numbers of 9 to 17 digits.'],
  ['BELGIUM_DRIVERS_LICENSE', 'PII', LICENSE, 'Belgium', 'yes', false],
  ['BOSNIA_AND_HERZEGOVINA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Bosnia-Herzegovina', 'no', false],
  ['BRAZIL_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Brazil', 'no', false],
  ['BRAZIL_CEP_CODE', 'PII', 'Postal code (CEP)', 'Brazil', 'yes', false],
  ['BRAZIL_CNPJ_NUMBER', 'PII', TAX, 'Brazil', 'yes', false],
  ['BRAZIL_CPF_NUMBER', 'PII', TAX, 'Brazil', 'yes', true],
  ['BRAZIL_PHONE_NUMBER', 'PII', PHONE, 'Brazil', 'varies', false, PHONE_NOTE],
  ['BRAZIL_RG_NUMBER', 'PII', NATIONAL_ID, 'Brazil', 'yes', false],
  ['BULGARIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Bulgaria', 'no', false],
  ['BULGARIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Bulgaria', 'yes', false],
  ['CANADA_DRIVERS_LICENSE', 'PII', LICENSE, 'Canada', 'yes', true],
  ['CANADA_HEALTH_NUMBER', 'PHI', HEALTH, 'Canada', 'yes', false],
  ['CANADA_NATIONAL_IDENTIFICATION_NUMBER', 'PII', 'Permanent resident number', 'Canada', 'yes', false],
  ['CANADA_PASSPORT_NUMBER', 'PII', PASSPORT, 'Canada', 'yes', true],
  ['CANADA_SOCIAL_INSURANCE_NUMBER', 'PII', 'Social Insurance Number (SIN)', 'Canada', 'yes', true],
  [
    'CHILE_RUT_NUMBER',
    'PII',
    NATIONAL_ID_AND_TAX,
    'Chile',
    'yes',
    false,
    'Serves two types: national identification and taxpayer numbers.',
  ],
  ['COLOMBIA_CITIZENSHIP_CARD_NUMBER', 'PII', NATIONAL_ID, 'Colombia', 'yes', false],
  ['COLOMBIA_INDIVIDUAL_NIT_NUMBER', 'PII', TAX, 'Colombia', 'yes', false],
  ['COLOMBIA_ORGANIZATION_NIT_NUMBER', 'PII', TAX, 'Colombia', 'yes', false],
  ['COSTA_RICA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Costa Rica', 'no', false],
  ['CREDIT_CARD_EXPIRATION', 'Financial', 'Credit card expiry date', '', 'yes', false],
  ['CREDIT_CARD_MAGNETIC_STRIPE', 'Financial', 'Data of a credit card magnetic stripe', '', 'yes', true],
  [
    'CREDIT_CARD_NUMBER',
    'Financial',
    'Credit card number, near a keyword',
    '',
    'yes',
    true,
    "The check digit must be right. The card issuers' public test numbers are not reported.",
  ],
  [
    'CREDIT_CARD_NUMBER_(NO_KEYWORD)',
    'Financial',
    'Credit card number, with or without a keyword',
    '',
    'no',
    false,
    'The parentheses belong to the id.',
  ],
  ['CREDIT_CARD_SECURITY_CODE', 'Financial', 'Credit card security code (CVV)', '', 'yes', false],
  ['CROATIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Croatia', 'no', false],
  ['CROATIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Croatia', 'yes', false],
  ['CYPRUS_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Cyprus', 'no', false],
  ['CYPRUS_DRIVERS_LICENSE', 'PII', LICENSE, 'Cyprus', 'yes', false],
  ['CZECHIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Czech Republic', 'yes', false],
  ['CZECH_REPUBLIC_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Czech Republic', 'no', false],
  ['DATE_OF_BIRTH', 'PII', 'Date of birth', '', 'yes', false],
  ['DENMARK_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Denmark', 'no', false],
  ['DENMARK_DRIVERS_LICENSE', 'PII', LICENSE, 'Denmark', 'yes', false],
  ['DOMINICAN_REPUBLIC_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Dominican Republic', 'no', false],
  ['DRIVERS_LICENSE', 'PII', LICENSE, 'US', 'yes', true],
  ['EGYPT_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Egypt', 'no', false],
  ['ESTONIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Estonia', 'no', false],
  ['ESTONIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Estonia', 'yes', false],
  ['EUROPEAN_HEALTH_INSURANCE_CARD_NUMBER', 'PHI', HEALTH, 'European Union', 'yes', false],
  ['FAROE_ISLANDS_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Faroe Islands', 'no', false],
  ['FINLAND_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Finland', 'no', false],
  ['FINLAND_DRIVERS_LICENSE', 'PII', LICENSE, 'Finland', 'yes', false],
  ['FINLAND_EUROPEAN_HEALTH_INSURANCE_NUMBER', 'PHI', HEALTH, 'Finland', 'yes', false],
  ['FRANCE_BANK_ACCOUNT_NUMBER', 'Financial', IBAN_OR_BBAN, 'France', 'varies', false, BBAN_NOTE],
  ['FRANCE_DRIVERS_LICENSE', 'PII', LICENSE, 'France', 'yes', false],
  ['FRANCE_HEALTH_INSURANCE_NUMBER', 'PHI', HEALTH, 'France', 'yes', false],
  ['FRANCE_NATIONAL_IDENTIFICATION_NUMBER', 'PII', NATIONAL_ID, 'France', 'yes', true],
  ['FRANCE_PASSPORT_NUMBER', 'PII', PASSPORT, 'France', 'yes', true],
  ['FRANCE_PHONE_NUMBER', 'PII', PHONE, 'France', 'varies', false, PHONE_NOTE],
  ['FRANCE_TAX_IDENTIFICATION_NUMBER', 'PII', TAX, 'France', 'yes', true],
  ['GCP_API_KEY', 'Credentials', 'Google Cloud API key', '', 'yes', false, 'Finds the key itself.'],
  ['GEORGIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Georgia', 'no', false],
  ['GERMANY_BANK_ACCOUNT_NUMBER', 'Financial', IBAN_OR_BBAN, 'Germany', 'varies', false, BBAN_NOTE],
  ['GERMANY_DRIVERS_LICENSE', 'PII', LICENSE, 'Germany', 'yes', false],
  ['GERMANY_NATIONAL_IDENTIFICATION_NUMBER', 'PII', NATIONAL_ID, 'Germany', 'yes', true],
  ['GERMANY_PASSPORT_NUMBER', 'PII', PASSPORT, 'Germany', 'yes', true],
  ['GERMANY_PHONE_NUMBER', 'PII', PHONE, 'Germany', 'varies', false, PHONE_NOTE],
  ['GERMANY_TAX_IDENTIFICATION_NUMBER', 'PII', TAX, 'Germany', 'yes', true],
  ['GREECE_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Greece', 'no', false],
  ['GREECE_DRIVERS_LICENSE', 'PII', LICENSE, 'Greece', 'yes', false],
  ['GREENLAND_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Greenland', 'no', false],
  [
    'HTTP_BASIC_AUTH_HEADER',
    'Credentials',
    'HTTP header of basic authorization',
    '',
    'no',
    true,
    'Finds complete headers only.',
  ],
  [
    'HTTP_COOKIE',
    'PII',
    'HTTP cookie',
    '',
    'no',
    false,
    'Finds complete Cookie and Set-Cookie headers. Counts as personal information, not as credentials.',
  ],
  ['HUNGARY_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Hungary', 'no', false],
  ['HUNGARY_DRIVERS_LICENSE', 'PII', LICENSE, 'Hungary', 'yes', false],
  ['ICELAND_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Iceland', 'no', false],
  ['INDIA_AADHAAR_NUMBER', 'PII', NATIONAL_ID, 'India', 'yes', false],
  ['INDIA_DRIVERS_LICENSE', 'PII', LICENSE, 'India', 'yes', false],
  ['INDIA_PERMANENT_ACCOUNT_NUMBER', 'PII', TAX, 'India', 'yes', false],
  ['IRELAND_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Ireland', 'no', false],
  ['IRELAND_DRIVERS_LICENSE', 'PII', LICENSE, 'Ireland', 'yes', false],
  ['ITALY_BANK_ACCOUNT_NUMBER', 'Financial', IBAN_OR_BBAN, 'Italy', 'varies', false, BBAN_NOTE],
  ['ITALY_DRIVERS_LICENSE', 'PII', LICENSE, 'Italy', 'yes', false],
  [
    'ITALY_NATIONAL_IDENTIFICATION_NUMBER',
    'PII',
    NATIONAL_ID_AND_TAX,
    'Italy',
    'yes',
    true,
    'Serves two types: national identification and taxpayer numbers.',
  ],
  ['ITALY_PASSPORT_NUMBER', 'PII', PASSPORT, 'Italy', 'yes', true],
  ['ITALY_PHONE_NUMBER', 'PII', PHONE, 'Italy', 'varies', false, PHONE_NOTE],
  ['JORDAN_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Jordan', 'no', false],
  ['JSON_WEB_TOKEN', 'Credentials', 'JSON Web Token (JWT)', '', 'no', false, 'Finds signed tokens (JWS).'],
  ['KOSOVO_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Kosovo', 'no', false],
  [
    'LATITUDE_LONGITUDE',
    'PII',
    'GPS coordinates (latitude and longitude)',
    '',
    'yes',
    false,
    'Finds pairs of decimal degrees, with an English keyword nearby.',
  ],
  ['LATVIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Latvia', 'yes', false],
  ['LIECHTENSTEIN_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Liechtenstein', 'no', false],
  ['LITHUANIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Lithuania', 'no', false],
  ['LITHUANIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Lithuania', 'yes', false],
  ['LUXEMBOURG_DRIVERS_LICENSE', 'PII', LICENSE, 'Luxembourg', 'yes', false],
  ['MALTA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Malta', 'no', false],
  ['MALTA_DRIVERS_LICENSE', 'PII', LICENSE, 'Malta', 'yes', false],
  ['MAURITANIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Mauritania', 'no', false],
  ['MAURITIUS_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Mauritius', 'no', false],
  ['MEDICAL_DEVICE_UDI', 'PHI', 'Unique device identifier (UDI)', 'US', 'yes', false],
  ['MEXICO_CURP_NUMBER', 'PII', NATIONAL_ID, 'Mexico', 'yes', false],
  ['MEXICO_INDIVIDUAL_RFC_NUMBER', 'PII', TAX, 'Mexico', 'yes', false],
  ['MEXICO_ORGANIZATION_RFC_NUMBER', 'PII', TAX, 'Mexico', 'yes', false],
  ['MONACO_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Monaco', 'no', false],
  ['MONTENEGRO_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Montenegro', 'no', false],
  [
    'NAME',
    'PII',
    'Full name of a person',
    '',
    'no',
    false,
    'Finds names in Latin script. Macie counts at most 1,000 in one file.',
  ],
  ['NETHERLANDS_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Netherlands', 'no', false],
  ['NETHERLANDS_DRIVERS_LICENSE', 'PII', LICENSE, 'Netherlands', 'yes', false],
  ['NORTH_MACEDONIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'North Macedonia', 'no', false],
  ['OPENSSH_PRIVATE_KEY', 'Credentials', 'OpenSSH private key', '', 'no', true],
  ['PGP_PRIVATE_KEY', 'Credentials', 'PGP private key', '', 'no', true],
  ['PHONE_NUMBER', 'PII', PHONE, 'Canada, US', 'varies', false, PHONE_NOTE],
  ['PKCS', 'Credentials', 'Private key in a PKCS form', '', 'no', true],
  ['POLAND_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Poland', 'no', false],
  ['POLAND_DRIVERS_LICENSE', 'PII', LICENSE, 'Poland', 'yes', false],
  ['PORTUGAL_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Portugal', 'no', false],
  ['PORTUGAL_DRIVERS_LICENSE', 'PII', LICENSE, 'Portugal', 'yes', false],
  ['PUTTY_PRIVATE_KEY', 'Credentials', 'PuTTY private key', '', 'no', true],
  ['ROMANIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Romania', 'yes', false],
  ['SAN_MARINO_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'San Marino', 'no', false],
  ['SENEGAL_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Senegal', 'no', false],
  ['SERBIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Serbia', 'no', false],
  ['SLOVAKIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Slovakia', 'no', false],
  ['SLOVAKIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Slovakia', 'yes', false],
  ['SLOVENIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Slovenia', 'no', false],
  ['SLOVENIA_DRIVERS_LICENSE', 'PII', LICENSE, 'Slovenia', 'yes', false],
  ['SPAIN_BANK_ACCOUNT_NUMBER', 'Financial', IBAN_OR_BBAN, 'Spain', 'varies', false, BBAN_NOTE],
  ['SPAIN_DNI_NUMBER', 'PII', NATIONAL_ID, 'Spain', 'yes', true],
  ['SPAIN_DRIVERS_LICENSE', 'PII', LICENSE, 'Spain', 'yes', false],
  ['SPAIN_NIE_NUMBER', 'PII', TAX, 'Spain', 'yes', true],
  ['SPAIN_NIF_NUMBER', 'PII', TAX, 'Spain', 'yes', true],
  ['SPAIN_PASSPORT_NUMBER', 'PII', PASSPORT, 'Spain', 'yes', true],
  ['SPAIN_PHONE_NUMBER', 'PII', PHONE, 'Spain', 'varies', false, PHONE_NOTE],
  ['SPAIN_SOCIAL_SECURITY_NUMBER', 'PII', 'Social Security number (SSN)', 'Spain', 'yes', true],
  ['SPAIN_TAX_IDENTIFICATION_NUMBER', 'PII', TAX, 'Spain', 'yes', true],
  ['STRIPE_CREDENTIALS', 'Credentials', 'Stripe API key', '', 'no', false],
  ['SWEDEN_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Sweden', 'no', false],
  ['SWEDEN_DRIVERS_LICENSE', 'PII', LICENSE, 'Sweden', 'yes', false],
  ['SWITZERLAND_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Switzerland', 'no', false],
  ['TIMOR_LESTE_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Timor-Leste', 'no', false],
  ['TUNISIA_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Tunisia', 'no', false],
  ['TURKIYE_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Türkiye', 'no', false],
  ['UKRAINE_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'Ukraine', 'no', false],
  ['UK_BANK_ACCOUNT_NUMBER', 'Financial', IBAN_OR_BBAN, 'UK', 'varies', false, BBAN_NOTE],
  ['UK_DRIVERS_LICENSE', 'PII', LICENSE, 'UK', 'yes', true],
  ['UK_ELECTORAL_ROLL_NUMBER', 'PII', 'Electoral roll number', 'UK', 'yes', true],
  ['UK_NATIONAL_INSURANCE_NUMBER', 'PII', 'National Insurance Number (NINO)', 'UK', 'yes', true],
  ['UK_NHS_NUMBER', 'PHI', HEALTH, 'UK', 'yes', false],
  ['UK_PASSPORT_NUMBER', 'PII', PASSPORT, 'UK', 'yes', true],
  ['UK_PHONE_NUMBER', 'PII', PHONE, 'UK', 'varies', false, PHONE_NOTE],
  ['UK_TAX_IDENTIFICATION_NUMBER', 'PII', TAX, 'UK', 'yes', false],
  ['UNITED_ARAB_EMIRATES_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'United Arab Emirates', 'no', false],
  ['USA_HEALTHCARE_PROCEDURE_CODE', 'PHI', 'Healthcare procedure code (HCPCS)', 'US', 'yes', false],
  ['USA_HEALTH_INSURANCE_CLAIM_NUMBER', 'PHI', 'Health Insurance Claim Number (HICN)', 'US', 'yes', false],
  ['USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER', 'PII', TAX, 'US', 'yes', true],
  ['USA_MEDICARE_BENEFICIARY_IDENTIFIER', 'PHI', HEALTH, 'US', 'yes', false],
  ['USA_NATIONAL_DRUG_CODE', 'PHI', 'National Drug Code (NDC)', 'US', 'yes', false],
  ['USA_NATIONAL_PROVIDER_IDENTIFIER', 'PHI', 'National Provider Identifier (NPI)', 'US', 'yes', false],
  ['USA_PASSPORT_NUMBER', 'PII', PASSPORT, 'US', 'yes', true],
  ['USA_SOCIAL_SECURITY_NUMBER', 'PII', 'Social Security number (SSN)', 'US', 'yes', true],
  [
    'US_DRUG_ENFORCEMENT_AGENCY_NUMBER',
    'PHI',
    'Drug Enforcement Agency (DEA) registration number',
    'US',
    'yes',
    false,
    'Starts with US_, unlike the other US identifiers.',
  ],
  [
    'VEHICLE_IDENTIFICATION_NUMBER',
    'PII',
    'Vehicle identification number (VIN)',
    '',
    'yes',
    false,
    'The keyword may be English, French, German, Lithuanian, Polish, Portuguese, Romanian or Spanish.',
  ],
  ['VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER', 'Financial', IBAN, 'British Virgin Islands', 'no', false],
];

const categories: Readonly<Record<IdentifierGroup, IdentifierCategory>> = {
  Credentials: 'CREDENTIALS',
  Financial: 'FINANCIAL_INFORMATION',
  PHI: 'PERSONAL_INFORMATION',
  PII: 'PERSONAL_INFORMATION',
};

let catalog: ReadonlyMap<string, ManagedDataIdentifier> | undefined;

/** Every managed data identifier by id, in alphabetical order. Built on first use. */
export function managedDataIdentifiers(): ReadonlyMap<string, ManagedDataIdentifier> {
  catalog ??= new Map(
    rows.map(([id, group, type, countries, keyword, recommended, notes = '']) => [
      id,
      {
        id,
        category: categories[group],
        group,
        type,
        countries: countries === '' ? [] : countries.split(', '),
        keyword,
        recommended,
        notes,
      },
    ]),
  );
  return catalog;
}

/** The identifier with exactly this id (ids are case-sensitive); undefined where the list has none. */
export function managedDataIdentifier(id: string): ManagedDataIdentifier | undefined {
  return managedDataIdentifiers().get(id);
}

const recommended: readonly string[] = rows.filter((row) => row[5]).map(([id]) => id);

/** The ids of the recommended set, in alphabetical order. */
export function recommendedIds(): readonly string[] {
  return recommended;
}
