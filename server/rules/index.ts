import accountId from './accountId.js';
import bucketCount from './bucketCount.js';
import bucketFormMissing from './bucketFormMissing.js';
import bucketForms from './bucketForms.js';
import bucketInTwoAccounts from './bucketInTwoAccounts.js';
import bucketKind from './bucketKind.js';
import bucketName from './bucketName.js';
import bucketNameRules from './bucketNameRules.js';
import bucketTagPair from './bucketTagPair.js';
import byteOrderMark from './byteOrderMark.js';
import clientToken from './clientToken.js';
import cliSkeleton from './cliSkeleton.js';
import comment from './comment.js';
import comparatorByKey from './comparatorByKey.js';
import conditionIncomplete from './conditionIncomplete.js';
import conditionPlace from './conditionPlace.js';
import coveredPrefix from './coveredPrefix.js';
import criteriaContradiction from './criteriaContradiction.js';
import criterionAlwaysTrue from './criterionAlwaysTrue.js';
import criterionKinds from './criterionKinds.js';
import criterionValue from './criterionValue.js';
import dateOutOfReach from './dateOutOfReach.js';
import dateValue from './dateValue.js';
import describedJob from './describedJob.js';
import dialect from './dialect.js';
import disguisedText from './disguisedText.js';
import duplicateAccount from './duplicateAccount.js';
import duplicateBucket from './duplicateBucket.js';
import duplicateIdentifier from './duplicateIdentifier.js';
import duplicateMember from './duplicateMember.js';
import duplicateValue from './duplicateValue.js';
import emptyBuckets from './emptyBuckets.js';
import emptyIdentifier from './emptyIdentifier.js';
import emptyList from './emptyList.js';
import emptyScopeValue from './emptyScopeValue.js';
import excludesEverything from './excludesEverything.js';
import excludesJoinedByAnd from './excludesJoinedByAnd.js';
import extensionCase from './extensionCase.js';
import extensionForm from './extensionForm.js';
import fileTooLarge from './fileTooLarge.js';
import firstRunSeesNothing from './firstRunSeesNothing.js';
import identifierForm from './identifierForm.js';
import includeEqualsRecommended from './includeEqualsRecommended.js';
import invalidValue from './invalidValue.js';
import jsonSyntax from './jsonSyntax.js';
import keyPrefixForm from './keyPrefixForm.js';
import keyPrefixSlash from './keyPrefixSlash.js';
import missingMember from './missingMember.js';
import nameEmpty from './nameEmpty.js';
import nestedTooDeep from './nestedTooDeep.js';
import neverAnalyzed from './neverAnalyzed.js';
import noneWithoutCustom from './noneWithoutCustom.js';
import notEqualMany from './notEqualMany.js';
import nullValue from './nullValue.js';
import numberOutOfRange from './numberOutOfRange.js';
import oneTimeInitialRun from './oneTimeInitialRun.js';
import oneTimeSchedule from './oneTimeSchedule.js';
import rareMonthDay from './rareMonthDay.js';
import recurringUpperDate from './recurringUpperDate.js';
import redundantCondition from './redundantCondition.js';
import type { Rule } from './rule.js';
import scheduleForm from './scheduleForm.js';
import scheduleMissing from './scheduleMissing.js';
import schemaReference from './schemaReference.js';
import scopeContradiction from './scopeContradiction.js';
import selectorIds from './selectorIds.js';
import selectorWithoutIds from './selectorWithoutIds.js';
import singleValue from './singleValue.js';
import sizeNeverAnalyzed from './sizeNeverAnalyzed.js';
import sizeValue from './sizeValue.js';
import tagCharacters from './tagCharacters.js';
import tagKeys from './tagKeys.js';
import tagPair from './tagPair.js';
import tagReservedPrefix from './tagReservedPrefix.js';
import tagScopePair from './tagScopePair.js';
import termKind from './termKind.js';
import textTooLong from './textTooLong.js';
import timestampEquality from './timestampEquality.js';
import tooManyEntries from './tooManyEntries.js';
import trailingComma from './trailingComma.js';
import unexpandedVariable from './unexpandedVariable.js';
import unknownManagedIdentifier from './unknownManagedIdentifier.js';
import unknownMember from './unknownMember.js';
import valueAlsoExcluded from './valueAlsoExcluded.js';
import wrappedDefinition from './wrappedDefinition.js';
import wrongType from './wrongType.js';

/** Every rule, in the order in which they are documented: the file, the structure, then the members. */
export const rules: readonly Rule[] = [
  jsonSyntax,
  comment,
  trailingComma,
  byteOrderMark,
  nestedTooDeep,
  fileTooLarge,
  cliSkeleton,
  describedJob,
  wrappedDefinition,
  dialect,
  conditionPlace,
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
  nameEmpty,
  disguisedText,
  clientToken,
  unexpandedVariable,
  oneTimeSchedule,
  oneTimeInitialRun,
  scheduleMissing,
  scheduleForm,
  firstRunSeesNothing,
  rareMonthDay,
  selectorIds,
  selectorWithoutIds,
  noneWithoutCustom,
  unknownManagedIdentifier,
  identifierForm,
  emptyIdentifier,
  duplicateIdentifier,
  includeEqualsRecommended,
  bucketForms,
  bucketFormMissing,
  emptyBuckets,
  bucketCount,
  accountId,
  bucketName,
  bucketNameRules,
  bucketKind,
  duplicateBucket,
  duplicateAccount,
  bucketInTwoAccounts,
  criterionKinds,
  criterionValue,
  criterionAlwaysTrue,
  bucketTagPair,
  criteriaContradiction,
  comparatorByKey,
  singleValue,
  termKind,
  dateValue,
  sizeValue,
  extensionForm,
  extensionCase,
  keyPrefixForm,
  keyPrefixSlash,
  coveredPrefix,
  emptyScopeValue,
  tagScopePair,
  scopeContradiction,
  excludesEverything,
  valueAlsoExcluded,
  redundantCondition,
  excludesJoinedByAnd,
  notEqualMany,
  timestampEquality,
  dateOutOfReach,
  recurringUpperDate,
  sizeNeverAnalyzed,
  neverAnalyzed,
  conditionIncomplete,
  emptyList,
  duplicateValue,
  tagPair,
  tagKeys,
  tagReservedPrefix,
  tagCharacters,
] as Rule[];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
