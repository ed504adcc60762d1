import { fileSupport, fileTypesPage } from '../catalog/fileTypes.js';
import { removeItems } from '../language/edits.js';
import type { Side, SimpleCondition } from '../language/model.js';
import { simpleTerms } from '../language/scope.js';
import type { StringASTNode } from '../language/tree.js';
import { defineRule, type Fix, type Severity } from './rule.js';
import { quote } from './words.js';

interface Data {
  node: StringASTNode;
  simple: SimpleCondition;
}

export default defineRule<Data>({
  id: 'never-analyzed',
  summary: 'Included extensions are of files that Macie analyzes.',
  severity: 'warning',
  about: 'OBJECT_EXTENSION',
  docs: {
    why: 'Macie reads text, documents, tables and some archives. It skips images, audio and video whatever the conditions say, so that to include them selects nothing, and to exclude them changes nothing.',
    aws: 'The user guide lists the formats that are analyzed, says that any other text is as well, and names images, audio and video as not analyzed. Of other binary files the list says nothing, which leaves an information. Files of unlisted extensions that may be text are not reported.',
    links: [fileTypesPage],
  },
  check({ model }, report) {
    for (const { simple, side } of simpleTerms(model, 'OBJECT_EXTENSION')) {
      const comparator = simple.comparator?.value;
      if (comparator !== 'EQ' && comparator !== 'NE') continue;
      for (const node of simple.values) {
        const support = fileSupport(node.value);
        if (support !== 'media' && support !== 'unlisted-binary') continue;
        const found = judge(node.value, support, side, comparator);
        report({
          at: node,
          ...found,
          unnecessary: found.severity === 'hint',
          data: { node, simple },
        });
      }
    }
  },
  fixes({ data: { node, simple } }, { document }): Fix[] {
    // With NE and several values it is not sure what the others mean alone.
    if (!simple.valuesNode || simple.valuesNode.items.length < 2 || simple.comparator?.value !== 'EQ') return [];
    const changes = removeItems(document, simple.valuesNode, [node]);
    return [{ title: `Remove ${quote(node.value)}`, changes, preferred: true }];
  },
});

function judge(
  extension: string,
  support: 'media' | 'unlisted-binary',
  side: Side,
  comparator: 'EQ' | 'NE',
): { message: string; severity: Severity } {
  const name = quote(extension);
  // To leave out all but these is to include just them.
  const isChosen = (side === 'includes') === (comparator === 'EQ');
  if (!isChosen) {
    const skips = support === 'media' ? 'Macie skips' : 'Macie most likely skips';
    return { severity: 'hint', message: `${skips} ${name} files anyway: to leave them out changes nothing.` };
  }
  return support === 'media'
    ? {
        severity: 'warning',
        message: `Macie analyzes no images, audio or video: ${name} selects nothing that it reads. Remove it, or choose another extension.`,
      }
    : {
        severity: 'information',
        message: `${name} is not among the formats that AWS lists as analyzed, so that these files are most likely skipped.`,
      };
}
