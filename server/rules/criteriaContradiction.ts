import { type Clash, type Cover, clashesOf, coverOf } from '../language/meaning.js';
import { criteriaOf, sidesOf } from '../language/scope.js';
import { clashFixes, clashReport } from './clashes.js';
import { coverFixes, coverReport } from './covers.js';
import { isAlwaysTrue } from './criterionAlwaysTrue.js';
import { defineRule } from './rule.js';

type Data = { clash: Clash } | { cover: Cover };

export default defineRule<Data>({
  id: 'criteria-contradiction',
  summary: 'The bucket conditions can be met.',
  severity: 'warning',
  about: 'bucketCriteria',
  docs: {
    why: 'Conditions of one `and` must hold together, and excludes win over includes. Two conditions on one property or on tags that no bucket meets at once, or excludes that cover all of what the includes choose, leave no bucket: the job runs and analyzes nothing. Names or accounts that are alternatives go into the `values` of one condition, which are joined by OR.',
    aws: 'The API reference joins conditions by AND and values by OR; the Macie user guide lets excludes win. The service accepts such a job, and logs that no bucket meets its criteria.',
    links: [
      'https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html',
      'https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-scope.html',
    ],
  },
  check({ model }, report) {
    const criteria = criteriaOf(model);
    for (const side of sidesOf(criteria)) {
      for (const clash of clashesOf(side)) report({ ...clashReport(clash), data: { clash } });
    }
    const cover = coverOf(criteria);
    // What every bucket meets is reported as that.
    if (!cover || cover.excludes.terms.every(isAlwaysTrue)) return;
    report({ ...coverReport(cover), data: { cover } });
  },
  fixes({ data }, context) {
    return 'clash' in data ? clashFixes(data.clash, context) : coverFixes(data.cover, context);
  },
});
