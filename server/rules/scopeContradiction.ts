import { type Clash, clashesOf } from '../language/meaning.js';
import { scopeOf, sidesOf } from '../language/scope.js';
import { clashFixes, clashReport } from './clashes.js';
import { defineRule } from './rule.js';

export default defineRule<Clash>({
  id: 'scope-contradiction',
  summary: 'The conditions on objects can be met together.',
  severity: 'warning',
  about: 'scoping',
  docs: {
    why: 'Conditions of one `and` must all hold. Two that no object meets at once (larger than 1 GB and smaller than 1 MB, extension `csv` and extension `json`) leave nothing to analyze in `includes`, and exclude nothing in `excludes`. Alternatives go into the `values` of one condition, which are joined by OR.',
    aws: 'The API reference joins conditions by AND and values by OR. A job that selects nothing is accepted: it runs and ends.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
    ],
  },
  check({ model }, report) {
    for (const side of sidesOf(scopeOf(model))) {
      for (const clash of clashesOf(side)) report(clashReport(clash));
    }
  },
  fixes({ data }, context) {
    return clashFixes(data, context);
  },
});
