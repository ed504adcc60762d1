import { accountIdsOf, bucketNamesOf } from '../language/places.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';
import { standingAt } from './spans.js';
import { quote } from './words.js';

/** Folders and files that Windows makes, and keeps in backups of whole disks: `$RECYCLE.BIN`, `$WINDOWS.~BT`, `$OEM$`, `$MFT`. */
const OF_WINDOWS = /RECYCLE\.BIN|WINDOWS\.~|OEM\$|MFT(?!\w)|AV_ASW(?!\w)/;

/** What no name that people give holds by chance: `${x}`, `{{x}}`, `$STAGE`, `$(date)`, `<JOB_NAME>`, `<your job>`. */
const ANYWHERE = new RegExp(
  [
    /\$\{[^{}]*\}|\$?\{\{[^{}]*\}\}/,
    new RegExp(`(?<![\\w$])\\$(?!${OF_WINDOWS.source})[A-Z][A-Z0-9_]+(?!\\w)`),
    /\$\([a-z][^()]*\)|`(?:aws|basename|cat|date|echo|git|hostname|jq|openssl|printf|terraform|uuidgen|whoami)\b[^`]*`/,
    /<[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+>|<(?:your|insert|enter|replace)[-_ ][^<>]*>/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** A text that is nothing but one of these: elsewhere in a description, they may well be spoken of. */
const WHOLE = new RegExp(`^\\s*(?:${ANYWHERE.source})\\s*$`);

/**
 * What cannot stand in an id or a bucket's name: the forms above, and `$x`, `$(x)`, `<x>`, `%x%`, `{x}`, `#{x}`, `@@x@@`, `__X__`.
 * `{a,b}` is a list of alternatives, and `{6}` or `{2,3}` counts in a regular expression.
 */
const PLAIN =
  /\$\([^()]*\)|\$[A-Za-z_]\w*|\{(?![1-9]\d*\})[^{},]+\}|<[^<>]+>|%[A-Za-z_]\w*%|@@?[A-Za-z_]\w*@@?|^\[[A-Za-z_ -]+\]$|^__[A-Z0-9_]+__$/;

const WHERE_NAMES_ARE_PLAIN = new RegExp(`${ANYWHERE.source}|${PLAIN.source}`);

/** The properties of objects by what their values may look like: a key may hold nearly anything. */
const PATTERN_OF_KEY: ReadonlyMap<string, RegExp> = new Map([
  ['OBJECT_KEY', ANYWHERE],
  ['OBJECT_EXTENSION', WHERE_NAMES_ARE_PLAIN],
]);

/** What every placeholder has in it, and hardly any other text: looking for one of these comes first. */
const MAY_HOLD = /[$<{%@`]|^\[|^__/;

export default defineRule({
  id: 'unexpanded-variable',
  summary: 'No placeholder of a shell or a template is left in the file.',
  severity: 'warning',
  docs: {
    why: 'A definition file is read as it stands: neither the AWS CLI nor this editor fills in `$ACCOUNT`, `<BUCKET>` or `{{ name }}`. The text goes to AWS as the id or name itself. Where a script fills the file in before it is used, switch this rule off for it.',
    aws: 'The AWS CLI sends the text unchanged. No account, bucket or identifier has such a name. Where the value cannot be valid as it stands, as that of an account id, a bucket name or a fixed word, it is an error.',
  },
  check({ model }, report) {
    const look = (node: StringASTNode | undefined, pattern: RegExp) => {
      const found = node && MAY_HOLD.test(node.value) && pattern.exec(node.value)?.[0];
      if (!found) return;
      report({
        at: node,
        message: `${quote(found)} looks like a variable that was not filled in, and goes to AWS as it stands. Write the value.`,
      });
    };
    look(model.text('name'), ANYWHERE);
    look(model.text('description'), WHOLE);
    for (const node of [model.jobType, model.selector, model.schedule?.dayOfWeek]) look(node, WHERE_NAMES_ARE_PLAIN);
    for (const { node } of accountIdsOf(model)) look(node, WHERE_NAMES_ARE_PLAIN);
    for (const { node } of bucketNamesOf(model)) look(node, WHERE_NAMES_ARE_PLAIN);
    for (const { simple, tag } of [...model.bucketConditions, ...model.scopeTerms]) {
      for (const pair of tag?.pairs ?? []) for (const node of [pair.key, pair.value]) look(node, ANYWHERE);
      const pattern = PATTERN_OF_KEY.get(simple?.key?.value ?? '');
      for (const node of pattern ? simple!.values : []) look(node, pattern!);
    }
    for (const ids of [model.managedIds, model.customIds, model.allowLists]) {
      for (const node of ids) look(node, WHERE_NAMES_ARE_PLAIN);
    }
    for (const { keyNode, valueNode } of model.tags?.properties ?? []) {
      look(keyNode, ANYWHERE);
      if (valueNode?.type === 'string') look(valueNode, ANYWHERE);
    }
  },
  /** What other rules say against the value is true of the variable, not of what it stands for; it weighs as much. */
  covers(other, own) {
    return other.code === 'text-too-long' || other.code === 'json-syntax' ? undefined : standingAt(other, own);
  },
});
