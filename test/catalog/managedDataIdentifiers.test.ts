import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagedDataIdentifierSelector } from '@aws-sdk/client-macie2';
import { closestManagedDataIdentifiers, wellKnownInvention } from '../../server/catalog/closestIdentifiers.js';
import {
  managedDataIdentifier,
  managedDataIdentifiers,
  recommendedIds,
} from '../../server/catalog/managedDataIdentifiers.js';

const all = [...managedDataIdentifiers().values()];

test('the list has 166 identifiers, each once and in order', () => {
  assert.equal(all.length, 166);
  const ids = all.map(({ id }) => id);
  assert.equal(new Set(ids).size, 166);
  for (const id of ids) assert.match(id, /^[A-Z_]+(\(NO_KEYWORD\))?$/);
});

test('the groups have 9, 58, 12 and 87 identifiers', () => {
  const size = (group: string) => all.filter((identifier) => identifier.group === group).length;
  assert.deepEqual(['Credentials', 'Financial', 'PHI', 'PII'].map(size), [9, 58, 12, 87]);
});

test('health data is personal information to the API', () => {
  assert.equal(managedDataIdentifier('UK_NHS_NUMBER')?.category, 'PERSONAL_INFORMATION');
  assert.equal(managedDataIdentifier('HTTP_COOKIE')?.category, 'PERSONAL_INFORMATION');
  assert.equal(managedDataIdentifier('JSON_WEB_TOKEN')?.category, 'CREDENTIALS');
});

test('the recommended set has 35 identifiers, none of them of a bank account or of health data', () => {
  const recommended = recommendedIds().map((id) => managedDataIdentifier(id)!);
  assert.equal(recommended.length, 35);
  for (const { id, group, recommended: flag } of recommended) {
    assert.ok(flag);
    assert.notEqual(group, 'PHI');
    assert.doesNotMatch(id, /BANK_ACCOUNT|^NAME$|^ADDRESS$|PHONE/);
  }
});

test('every identifier says what it finds, and where it varies when a keyword is needed', () => {
  for (const { id, type, keyword, notes, countries } of all) {
    assert.ok(type, id);
    if (keyword === 'varies') assert.match(notes, /keyword/, id);
    for (const country of countries) assert.equal(country, country.trim(), id);
  }
  assert.deepEqual(managedDataIdentifier('DRIVERS_LICENSE')?.countries, ['US']);
  assert.deepEqual(managedDataIdentifier('NAME')?.countries, []);
});

test('an id is found as written only', () => {
  assert.equal(managedDataIdentifier('CREDIT_CARD_NUMBER_(NO_KEYWORD)')?.keyword, 'no');
  for (const other of ['credit_card_number', 'CREDIT_CARD_NUMBER ', '', '__proto__', 'constructor']) {
    assert.equal(managedDataIdentifier(other), undefined);
  }
});

const meant: Record<string, string[]> = {
  // Irregular names.
  US_DRIVERS_LICENSE: ['DRIVERS_LICENSE'],
  US_PHONE: ['PHONE_NUMBER'],
  CANADA_PHONE_NUMBER: ['PHONE_NUMBER'],
  BANK_ACCOUNT_NUMBER_USA: ['BANK_ACCOUNT_NUMBER'],
  USA_DRUG_ENFORCEMENT_AGENCY_NUMBER: ['US_DRUG_ENFORCEMENT_AGENCY_NUMBER'],
  CZECH_REPUBLIC_DRIVERS_LICENSE: ['CZECHIA_DRIVERS_LICENSE'],
  CZECHIA_BANK_ACCOUNT_NUMBER: ['CZECH_REPUBLIC_BANK_ACCOUNT_NUMBER'],
  NHS_NUMBER: ['UK_NHS_NUMBER'],
  TURKEY_BANK_ACCOUNT_NUMBER: ['TURKIYE_BANK_ACCOUNT_NUMBER'],
  BRITISH_VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER: ['VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER'],
  'CREDIT_CARD_NUMBER(NO_KEYWORD)': ['CREDIT_CARD_NUMBER_(NO_KEYWORD)'],
  // What people call them.
  SSN: ['USA_SOCIAL_SECURITY_NUMBER', 'SPAIN_SOCIAL_SECURITY_NUMBER'],
  US_SOCIAL_SECURITY_NUMBER: ['USA_SOCIAL_SECURITY_NUMBER'],
  AWS_SECRET_KEY: ['AWS_CREDENTIALS'],
  CREDIT_CARD: ['CREDIT_CARD_NUMBER', 'CREDIT_CARD_NUMBER_(NO_KEYWORD)'],
  IBAN_DE: ['GERMANY_BANK_ACCOUNT_NUMBER'],
  JWT: ['JSON_WEB_TOKEN'],
  // The names of other AWS services, other spellings, other orders of words.
  'Ssn-US': ['USA_SOCIAL_SECURITY_NUMBER'],
  'BankAccountNumber-DE': ['GERMANY_BANK_ACCOUNT_NUMBER'],
  'arn:aws:dataprotection::aws:data-identifier/CreditCardNumber': ['CREDIT_CARD_NUMBER'],
  credit_card_number: ['CREDIT_CARD_NUMBER'],
  PASSPORT_UNITED_STATES: ['USA_PASSPORT_NUMBER'],
  DRIVERS_LICENSE_CANADA: ['CANADA_DRIVERS_LICENSE'],
  FRANCE_PASPORT_NUMBER: ['FRANCE_PASSPORT_NUMBER'],
  CREDITCARDNUMBER: ['CREDIT_CARD_NUMBER'],
  // A right one.
  NAME: ['NAME'],
};

for (const [word, ids] of Object.entries(meant)) {
  test(`${word} may mean ${ids.join(' or ')}`, () => {
    assert.deepEqual(closestManagedDataIdentifiers(word, 3), ids);
  });
}

test('PASSPORT_NUMBER may mean any of the seven, and no more are given than asked for', () => {
  assert.equal(closestManagedDataIdentifiers('PASSPORT_NUMBER', 10).length, 7);
  const three = closestManagedDataIdentifiers('PASSPORT_NUMBER', 3);
  assert.equal(three[0], 'USA_PASSPORT_NUMBER');
  assert.equal(three.length, 3);
});

test('every suggestion exists', () => {
  const words = ['IBAN', 'PRIVATE_KEY', 'CUIT', 'PAN', 'DNI', 'TAX_ID', 'HEALTH_INSURANCE', 'GPS', 'CVV', 'DEA', 'UDI'];
  for (const word of words) {
    const ids = closestManagedDataIdentifiers(word, 50);
    assert.ok(ids.length > 0, word);
    for (const id of ids) assert.ok(managedDataIdentifier(id), `${word} leads to ${id}`);
  }
});

test('nothing is suggested for what is like none', () => {
  for (const word of ['', ' ', 'X', 'NUMBER', 'FOO_BAR', 'UNKNOWN_IDENTIFIER', 'toString', '__proto__', '数字', '/']) {
    assert.deepEqual(closestManagedDataIdentifiers(word, 5), [], word);
    assert.equal(wellKnownInvention(word), undefined, word);
  }
});

test('what Macie has no identifier for is answered with what to do instead', () => {
  const names = [
    'EMAIL_ADDRESS',
    'EMAIL',
    'EmailAddress',
    'IP_ADDRESS',
    'IPV4',
    'IpAddress',
    'MAC_ADDRESS',
    'URL',
    'PASSWORD',
  ];
  for (const name of names) {
    assert.match(wellKnownInvention(name) ?? '', /custom data identifier/, name);
    assert.deepEqual(closestManagedDataIdentifiers(name, 5), [], name);
  }
  for (const name of ['AWSManagedFinancialUS', 'PII', ...Object.values(ManagedDataIdentifierSelector).slice(0, 1)]) {
    assert.match(wellKnownInvention(name) ?? '', /managedDataIdentifierSelector/, name);
  }
  for (const { id } of all) assert.equal(wellKnownInvention(id), undefined, id);
});
