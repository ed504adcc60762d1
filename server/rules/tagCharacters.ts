import { replaceString } from '../language/edits.js';
import type { PropertyASTNode, StringASTNode } from '../language/tree.js';
import { defineRule } from './rule.js';
import { codeOf, quote } from './words.js';

/** What a tag is made of; marks belong to the letters before them. Source: Macie's user guide on tags. */
const FORBIDDEN = /[^\p{L}\p{M}\p{N}\p{Zs}_.:/=+\-@]/gu;
const FORBIDDEN_AT_ENDS = new RegExp(`^(?:${FORBIDDEN.source})+|(?:${FORBIDDEN.source})+$`, 'gu');

interface Data {
  node: StringASTNode;
  /** The key's member; undefined for a value. */
  property?: PropertyASTNode;
}

export default defineRule<Data>({
  id: 'tag-characters',
  summary: 'Tags are made of letters, digits, spaces and _ . : / = + - @.',
  severity: 'warning',
  about: 'tags',
  docs: {
    why: 'A tag with another character may be refused together with the job.',
    aws: "Macie's user guide lists the characters for keys and values; letters and digits of every script are among them. Whether the service refuses others is not known, hence a warning.",
    links: ['https://docs.aws.amazon.com/macie/latest/user/tags-basics.html'],
  },
  check({ model }, report) {
    const look = (node: StringASTNode, what: string, property?: PropertyASTNode) => {
      const found = node.value.match(FORBIDDEN);
      if (!found) return;
      report({
        at: node,
        message: `${what} holds ${nameOf(found[0])}. AWS allows letters, digits, spaces and _ . : / = + - @ in tags.`,
        data: { node, property },
      });
    };
    for (const property of model.tags?.properties ?? []) {
      look(property.keyNode, 'This tag key', property);
      if (property.valueNode?.type === 'string') look(property.valueNode, 'This tag value');
    }
  },
  fixes({ data: { node, property } }, { model }) {
    const plain = node.value.replace(FORBIDDEN_AT_ENDS, '').replace(FORBIDDEN, (c) => (/\s/.test(c) ? ' ' : '-'));
    const taken = property && model.tags?.properties.some(({ keyNode }) => keyNode.value === plain);
    return taken || plain === '' ? [] : [{ title: `Write ${quote(plain)}`, changes: [replaceString(node, plain)] }];
  },
});

function nameOf(character: string): string {
  return /[\p{C}\p{Z}]/u.test(character)
    ? `the character ${codeOf(character)}`
    : character === '"'
      ? 'a double quote'
      : `"${character}"`;
}
