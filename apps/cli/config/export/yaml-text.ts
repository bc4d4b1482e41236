import { Document, isScalar, visit } from 'yaml';
import type { Fields } from '../documents/document.ts';

/** A document as YAML, references on one line each. The same document gives the same bytes. */
export function yamlText(fields: Fields): string {
  const document = new Document(fields, { aliasDuplicateObjects: false });
  visit(document, {
    Map(_, node) {
      const [only] = node.items;
      if (node.items.length === 1 && only && isScalar(only.key) && ['$env', '$file'].includes(String(only.key.value)))
        node.flow = true;
    },
    Seq(_, node) {
      if (node.items.every((item) => isScalar(item))) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
