import type { Path } from '../documents/document.ts';
import { referencesOf, type CheckedDocument } from './check-document.ts';

/** All that a document or the server's resource names of others, in fields of its own or within texts. */
export function namedBy(one: Pick<CheckedDocument, 'kind' | 'fields'>): { path: Path; kind: string; slug: string }[] {
  const within = one.kind.after?.(one.fields) ?? [];
  return [...referencesOf(one), ...within.map((named) => ({ path: [], ...named }))];
}
