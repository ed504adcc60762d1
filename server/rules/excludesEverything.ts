import { type Cover, coverOf } from '../language/meaning.js';
import { hasEmptyPrefix, scopeOf } from '../language/scope.js';
import { coverFixes, coverReport } from './covers.js';
import { defineRule } from './rule.js';

export default defineRule<Cover>({
  id: 'excludes-everything',
  summary: 'The excludes leave some of the included objects.',
  severity: 'warning',
  about: 'scoping',
  docs: {
    why: 'Excludes win over includes. Where each object that is included meets the excludes as well, the job analyzes nothing.',
    aws: 'The Macie user guide lets excludes win. A job that selects nothing is accepted, as an acceptance test of a public tool shows.',
    links: ['https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html'],
  },
  check({ model }, report) {
    const cover = coverOf(scopeOf(model));
    // An empty prefix that takes everything away is reported at the value.
    if (cover && !cover.excludes.terms.every(hasEmptyPrefix)) report(coverReport(cover));
  },
  fixes({ data }, context) {
    return coverFixes(data, context);
  },
});
