import { fileTypesPage, sizeLimit, sizeLimitWords } from '../catalog/fileTypes.js';
import { quotasPage } from '../catalog/quotas.js';
import { oppositeComparator } from '../language/comparators.js';
import { replaceString } from '../language/edits.js';
import { clashesOf, coverOf } from '../language/meaning.js';
import { type BoundTerm, isSizeTerm, onlyTerm, placeOf, rangeOf, type Scope, scopeOf } from '../language/scope.js';
import { parseHumanSize } from '../language/sizes.js';
import { defineRule, type Fix } from './rule.js';
import { allOf, oneOf, quote } from './words.js';

interface Data {
  term: BoundTerm;
}

export default defineRule<Data>({
  id: 'size-never-analyzed',
  summary: 'The sizes that are selected are within what Macie analyzes.',
  severity: 'warning',
  about: 'OBJECT_SIZE',
  docs: {
    why: 'Macie skips a file as a whole when it is larger than the limit of its kind: 20 GB for text, TAR archives and e-mail, 8 GB for Avro, Parquet, Gzip and ZIP, 1,024 MB for PDF, 512 MB for Word and Excel. A job that takes larger files alone analyzes nothing, and neither does one that takes empty ones.',
    aws: 'The quotas page of the user guide gives the limits. It does not say whether a GB is 10⁹ or 2³⁰ bytes, so that a size between the two readings is an information. That a part of the included extensions has a lower limit is an information as well. That there is nothing to analyze in an empty object is inferred.',
    links: [quotasPage, fileTypesPage],
  },
  check({ model }, report) {
    const scope = scopeOf(model);
    // What selects nothing, whatever the size, has its own rules.
    if (coverOf(scope) || (scope.includes && clashesOf(scope.includes).length > 0)) return;
    const { low, high } = selectedSizes(scope);
    if (high && high.at < 1n) {
      report({
        at: high.term.node,
        message: isExclude(high)
          ? 'This leaves empty objects alone, and there is nothing in them to analyze. Write another comparator or size.'
          : 'This selects empty objects alone, and there is nothing in them to analyze. Write another comparator or size.',
        data: { term: high.term },
      });
    }
    if (!low) return;
    const all = limitOf('');
    // Of the one size that is the limit itself by the smaller reading, nobody thinks.
    if (low.at >= all.smaller) {
      const isSure = low.at > all.larger;
      const effect = isExclude(low) ? 'this excludes all others' : 'this selects nothing that it reads';
      report({
        at: low.term.node,
        severity: isSure ? 'warning' : 'information',
        message: isSure
          ? `Macie analyzes no object above 20 GB: ${effect}.${isExclude(low) ? ' The job would analyze nothing.' : ''}`
          : `Macie analyzes no object above 20 GB, and AWS does not say whether that is 10⁹ or 2³⁰ bytes each: it may be that ${effect}.`,
        data: { term: low.term },
      });
      return;
    }
    const extensions = scope.includes?.terms.find(
      (term) => term.kind === 'values' && term.key === 'OBJECT_EXTENSION' && term.comparator === 'EQ',
    );
    if (extensions?.kind !== 'values') return;
    const names = [...new Set(extensions.values.map(({ value }) => value))];
    const surely = names.filter((name) => low.at > limitOf(name).larger);
    const tooLarge = surely.length > 0 ? surely : names.filter((name) => low.at > limitOf(name).smaller);
    if (tooLarge.length === 0) return;
    const list = oneOf([
      ...tooLarge.slice(0, 4).map((name) => quote(name, 20)),
      ...(tooLarge.length > 4 ? ['another'] : []),
    ]);
    const isAll = surely.length === names.length;
    const skips = surely.length > 0 ? 'skips' : 'may skip';
    const doubt = surely.length > 0 ? '' : ', and AWS does not say whether it counts by 1,000 or by 1,024';
    report({
      at: low.term.node,
      severity: isAll ? 'warning' : 'information',
      message: `Macie ${skips} files ${isExclude(low) ? 'of the size that this leaves' : 'this large'} with the extension ${list}: ${limitWords(tooLarge)}${doubt}.${isAll ? ' The job would analyze nothing.' : ''}`,
      related: [{ at: placeOf(extensions), message: 'The extensions.' }],
      data: { term: low.term },
    });
  },
  fixes({ data: { term } }): Fix[] {
    // A limit that was put the wrong way round.
    const comparator =
      term.comparator === 'EQ' || term.comparator === 'NE' ? undefined : oppositeComparator(term.comparator);
    if (!comparator) return [];
    return [{ title: `Change to ${comparator}`, changes: [replaceString(term.simple.comparator!, comparator)] }];
  },
});

/** The smallest or largest size that is selected, with the condition that says so. */
interface End {
  at: bigint;
  term: BoundTerm;
}

const isExclude = ({ term }: End) => term.condition.side === 'excludes';

/** What the includes choose, and an exclude on size alone leaves, from the smallest to the largest size. */
function selectedSizes({ includes, excludes }: Scope): { low?: End; high?: End } {
  const ends: { low?: End; high?: End } = {};
  const narrow = (term: BoundTerm, comparator: string) => {
    const { low, high } = rangeOf({ comparator, at: term.at }) ?? {};
    if (low !== undefined && (!ends.low || low > ends.low.at)) ends.low = { at: low, term };
    if (high !== undefined && (!ends.high || high < ends.high.at)) ends.high = { at: high, term };
  };
  for (const term of includes?.terms.filter(isSizeTerm) ?? []) narrow(term, term.comparator);
  const exclude = onlyTerm(excludes);
  if (exclude && isSizeTerm(exclude)) narrow(exclude, oppositeComparator(exclude.comparator)!);
  return ends;
}

/** The largest file that is analyzed of an extension, by the two readings of a megabyte or gigabyte. */
function limitOf(extension: string): { smaller: bigint; larger: bigint } {
  return { smaller: parseHumanSize(sizeLimitWords(extension))!.bytes, larger: BigInt(sizeLimit(extension)) };
}

function limitWords(extensions: readonly string[]): string {
  const limits = [...new Set(extensions.toSorted((a, b) => sizeLimit(a) - sizeLimit(b)).map(sizeLimitWords))];
  return limits.length === 1 ? `the limit is ${limits[0]}` : `the limits are ${allOf(limits)}`;
}
