import { replaceString } from '../language/edits.js';
import { accountIdsOf } from '../language/places.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix } from './rule.js';
import { quote } from './words.js';

interface Data {
  node: StringASTNode;
}

const ACCOUNT = /^\d{12}$/;

/** What an id becomes on its way through a number, or where a digit was forgotten. */
const MAY_LACK_ZEROS = /^\d{9,11}$/;

export default defineRule<Data>({
  id: 'account-id',
  summary: 'An account id has 12 digits.',
  severity: 'error',
  docs: {
    why: 'An AWS account is named by its 12 digits, as a text so that leading zeros stay. The console shows them with hyphens, and an ARN holds them between others; neither is the id. A word from a template names no account at all.',
    aws: 'The Macie user guide asks for the 12-digit id and takes no part of one. The AWS CLI checks only that it is a text.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
      'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html',
    ],
  },
  check({ model }, report) {
    for (const { node } of accountIdsOf(model)) {
      if (!ACCOUNT.test(node.value)) report({ at: node, message: messageFor(node.value), data: { node } });
    }
  },
  fixes({ data: { node } }): Fix[] {
    const held = heldAccount(node.value);
    if (held) {
      return [{ title: `Write ${held}`, changes: [replaceString(node, held)], preferred: true, safe: true }];
    }
    if (!MAY_LACK_ZEROS.test(node.value)) return [];
    // The zeros may have been lost on the way through a number; a digit may as well have been forgotten.
    const padded = node.value.padStart(12, '0');
    return [{ title: `Put zeros in front: ${padded}`, changes: [replaceString(node, padded)] }];
  },
});

/** The id within a text that holds it beyond doubt: written with hyphens or spaces, or as part of an ARN. */
function heldAccount(value: string): string | undefined {
  const plain = value.replace(/[\s\u00a0\p{Cf}-]/gu, '');
  if (ACCOUNT.test(plain)) return plain;
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value.trim())?.[1];
}

function messageFor(value: string): string {
  if (value.trim() === '') return 'The account id is empty. Write the 12 digits of the account that owns the buckets.';
  const held = heldAccount(value);
  if (held) return `An account id is 12 digits and nothing else: write "${held}".`;
  if (/^\d+$/.test(value)) {
    const zeros = MAY_LACK_ZEROS.test(value) ? ' Leading zeros belong to it.' : '';
    return `An account id has 12 digits, and this one has ${value.length}.${zeros}`;
  }
  if (/^arn:/.test(value))
    return 'An account id is 12 digits, not an ARN. Write the id of the account that owns the buckets.';
  return `${quote(value)} is no account id. AWS takes the 12 digits of the account that owns the buckets.`;
}
