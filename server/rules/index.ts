import bucketFormMissing from './bucketFormMissing.js';
import bucketForms from './bucketForms.js';
import byteOrderMark from './byteOrderMark.js';
import comment from './comment.js';
import comparatorByKey from './comparatorByKey.js';
import duplicateMember from './duplicateMember.js';
import fileTooLarge from './fileTooLarge.js';
import invalidValue from './invalidValue.js';
import jsonSyntax from './jsonSyntax.js';
import missingMember from './missingMember.js';
import nestedTooDeep from './nestedTooDeep.js';
import noneWithoutCustom from './noneWithoutCustom.js';
import nullValue from './nullValue.js';
import numberOutOfRange from './numberOutOfRange.js';
import oneTimeInitialRun from './oneTimeInitialRun.js';
import oneTimeSchedule from './oneTimeSchedule.js';
import type { Rule } from './rule.js';
import scheduleForm from './scheduleForm.js';
import scheduleMissing from './scheduleMissing.js';
import schemaReference from './schemaReference.js';
import selectorIds from './selectorIds.js';
import selectorWithoutIds from './selectorWithoutIds.js';
import singleValue from './singleValue.js';
import termKind from './termKind.js';
import textTooLong from './textTooLong.js';
import tooManyEntries from './tooManyEntries.js';
import trailingComma from './trailingComma.js';
import unknownMember from './unknownMember.js';
import wrongType from './wrongType.js';

/** Every rule, in the order in which they are documented: the file, the structure, then the members. */
export const rules: readonly Rule[] = [
  jsonSyntax,
  comment,
  trailingComma,
  byteOrderMark,
  nestedTooDeep,
  fileTooLarge,
  unknownMember,
  missingMember,
  wrongType,
  nullValue,
  invalidValue,
  duplicateMember,
  textTooLong,
  tooManyEntries,
  numberOutOfRange,
  schemaReference,
  oneTimeSchedule,
  oneTimeInitialRun,
  scheduleMissing,
  scheduleForm,
  selectorIds,
  selectorWithoutIds,
  noneWithoutCustom,
  bucketForms,
  bucketFormMissing,
  comparatorByKey,
  singleValue,
  termKind,
] as Rule[];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
