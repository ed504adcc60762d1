import { fileTypesPage, sizeLimit, sizeLimitWords } from '../catalog/fileTypes.js';
import { maxFileSizeBytes, quotasPage } from '../catalog/quotas.js';
import { replaceString } from '../language/edits.js';
import { clashesOf } from '../language/meaning.js';
import {
  type BoundTerm,
  isSizeTerm,
  onlyTerm,
  placeOf,
  rangeOf,
  rangeOfSide,
  type ScopeSide,
  scopeOf,
} from '../language/scope.js';
import { defineRule, type Fix } from './rule.js';
import { allOf, oneOf, quote } from './words.js';

interface Data {
  term: BoundTerm;
  isExclude: boolean;
}

/** The largest file of all by the smaller reading of a gigabyte, 10⁹ bytes. */
const SMALLER_READING = 20n * 10n ** 9n;
const LARGEST = BigInt(maxFileSizeBytes);

export default defineRule<Data>({
  id: 'size-never-analyzed',
  summary: 'The sizes that are selected are within what Macie analyzes.',
  severity: 'warning',
  docs: {
    why: 'Macie skips a file as a whole when it is larger than the limit of its kind: 20 GB for text, TAR archives and e-mail, 8 GB for Avro, Parquet, Gzip and ZIP, 1,024 MB for PDF, 512 MB for Word and Excel. A job that takes larger files alone analyzes nothing.',
    aws: 'The quotas page of the user guide gives the limits. It does not say whether a GB is 10⁹ or 2³⁰ bytes, so that a size between the two readings is an information. That a part of the included extensions has a lower limit is an information as well.',
    links: [quotasPage, fileTypesPage],
  },
  check({ model }, report) {
    const { includes, excludes } = scopeOf(model);
    if (includes && clashesOf(includes).length === 0) checkIncludes(includes);
    const exclude = onlyTerm(excludes);
    if (exclude && isSizeTerm(exclude)) checkExclude(exclude);

    function checkIncludes(side: ScopeSide) {
      const { low } = rangeOfSide(side, 'OBJECT_SIZE');
      const term = side.terms.filter(isSizeTerm).find((t) => rangeOf(t)?.low === low);
      if (!term || low === undefined) return;
      const data = { term, isExclude: false };
      if (low >= LARGEST) {
        report({
          at: term.node,
          message: 'Macie analyzes no object above 20 GB, so this selects nothing that it reads.',
          data,
        });
        return;
      }
      if (low >= SMALLER_READING) {
        report({
          at: term.node,
          severity: 'information',
          message:
            'Macie analyzes no object above 20 GB, and AWS does not say whether that is 10⁹ or 2³⁰ bytes each: this may select nothing.',
          data,
        });
        return;
      }
      const extensions = side.terms.find(
        (t) => t.kind === 'values' && t.key === 'OBJECT_EXTENSION' && t.comparator === 'EQ',
      );
      if (extensions?.kind !== 'values') return;
      const names = [...new Set(extensions.values.map(({ value }) => value))];
      const tooLarge = names.filter((name) => low > BigInt(sizeLimit(name)));
      if (tooLarge.length === 0) return;
      const isAll = tooLarge.length === names.length;
      const list = oneOf([
        ...tooLarge.slice(0, 4).map((name) => quote(name, 20)),
        ...(tooLarge.length > 4 ? ['another'] : []),
      ]);
      report({
        at: term.node,
        severity: isAll ? 'warning' : 'information',
        message: `Macie skips files this large with the extension ${list}: ${limitWords(tooLarge)}.${isAll ? ' The job would analyze nothing.' : ''}`,
        related: [{ at: placeOf(extensions), message: 'The extensions.' }],
        data,
      });
    }

    function checkExclude(term: BoundTerm) {
      const range = rangeOf(term);
      if (range?.low !== undefined || range?.high === undefined) return;
      if (range.high < LARGEST) return;
      report({
        at: term.node,
        message: 'Macie analyzes no object above 20 GB, and this excludes all others: the job would analyze nothing.',
        data: { term, isExclude: true },
      });
    }
  },
  fixes({ data: { term, isExclude } }): Fix[] {
    // A limit that was put the wrong way round.
    const turned = isExclude ? { LT: 'GTE', LTE: 'GT' } : { GT: 'LTE', GTE: 'LT' };
    const comparator = turned[term.comparator as keyof typeof turned] as string | undefined;
    if (!comparator) return [];
    return [{ title: `Change to ${comparator}`, changes: [replaceString(term.simple.comparator!, comparator)] }];
  },
});

function limitWords(extensions: readonly string[]): string {
  const limits = [...new Set(extensions.toSorted((a, b) => sizeLimit(a) - sizeLimit(b)).map(sizeLimitWords))];
  return limits.length === 1 ? `the limit is ${limits[0]}` : `the limits are ${allOf(limits)}`;
}
