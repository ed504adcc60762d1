import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import { conditionFormula, count, cut, listOf } from './describe.js';
import type { JobDocument } from './document.js';
import type { BucketDefinition, Condition, JobModel } from './model.js';
import type { ASTNode, PropertyASTNode } from './tree.js';

/** The most symbols that are made of one document: an outline of more serves nobody. */
export const MAX_SYMBOLS = 5000;

/**
 * The outline of a definition, named by meaning: a bucket definition by its account and number of buckets, a condition
 * by its formula, a value by itself.
 */
export function documentSymbols(document: JobDocument, model: JobModel): DocumentSymbol[] {
  const { text } = document;
  const conditions = new Map<ASTNode, Condition>();
  for (const condition of [...model.bucketConditions, ...model.scopeTerms]) conditions.set(condition.node, condition);
  const definitions = new Map<ASTNode, BucketDefinition>(model.definitions.map((d) => [d.node, d]));
  // What stands at the top is always shown, so it is counted beforehand.
  let left = MAX_SYMBOLS - (model.root?.properties.length ?? 0);

  const rangeOf = (node: ASTNode) => ({
    start: text.positionAt(node.offset),
    end: text.positionAt(node.offset + node.length),
  });
  const symbol = (
    name: string,
    kind: SymbolKind,
    node: ASTNode,
    selection: ASTNode,
    detail?: string,
  ): DocumentSymbol => ({
    // An empty name is refused by VS Code for the whole outline.
    name: name.trim() || '""',
    kind,
    detail,
    range: rangeOf(node),
    selectionRange: rangeOf(selection),
  });

  function ofInnerMember(property: PropertyASTNode): DocumentSymbol | undefined {
    return left-- > 0 ? ofMember(property) : undefined;
  }

  function ofMember(property: PropertyASTNode): DocumentSymbol {
    const name = cut(property.keyNode.value);
    const value = property.valueNode;
    switch (value?.type) {
      case 'object': {
        const made = symbol(name, SymbolKind.Object, property, property.keyNode);
        made.children = value.properties.map(ofInnerMember).filter((child) => child !== undefined);
        return made;
      }
      case 'array': {
        const made = symbol(name, SymbolKind.Array, property, property.keyNode);
        const objects = value.items.filter((item) => item.type === 'object');
        if (objects.length > 0) made.children = objects.map(ofItem).filter((child) => child !== undefined);
        else made.detail = listOf(value.items.map((item) => (item.type === 'array' ? '[…]' : String(item.value))));
        return made;
      }
      case 'string':
        return symbol(name, SymbolKind.String, property, property.keyNode, cut(value.value));
      case 'number':
        return symbol(name, SymbolKind.Number, property, property.keyNode, String(value.value));
      case 'boolean':
        return symbol(name, SymbolKind.Boolean, property, property.keyNode, String(value.value));
      default:
        return symbol(name, SymbolKind.Null, property, property.keyNode);
    }
  }

  function ofItem(node: ASTNode): DocumentSymbol | undefined {
    if (left-- <= 0) return undefined;
    const definition = definitions.get(node);
    if (definition) {
      const buckets = definition.buckets.length;
      const detail = `${count(buckets)} ${buckets === 1 ? 'bucket' : 'buckets'}`;
      const account = definition.accountId;
      return symbol(account ? cut(account.value) : 'Account', SymbolKind.Class, node, account ?? node, detail);
    }
    const condition = conditions.get(node);
    const formula = condition && conditionFormula(condition);
    if (formula) return symbol(formula, SymbolKind.Operator, node, node);
    if (node.type !== 'object') return undefined;
    const [key, value] = ['key', 'value'].map((n) => node.properties.find((p) => p.keyNode.value === n)?.valueNode);
    const pair = [key, value].filter((v) => v?.type === 'string' && v.value).map((v) => cut(String(v!.value)));
    return symbol(pair.join('=') || 'Entry', SymbolKind.Key, node, node);
  }

  const root = model.root;
  return root ? root.properties.slice(0, MAX_SYMBOLS).map(ofMember) : [];
}
