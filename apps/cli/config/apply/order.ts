import type { ConfigDocument } from '../documents/document.ts';
import type { Fault } from '../documents/faults.ts';
import { kinds } from '../kinds/index.ts';

/** A document with those it needs. */
export interface Needing {
  document: ConfigDocument;
  needs: ConfigDocument[];
}

/** Each after what it needs; else by kind and slug. Circles are faults. */
export function inOrder(all: Needing[]): { ordered: ConfigDocument[]; faults: Fault[] } {
  const needsOf = new Map(all.map(({ document, needs }) => [document, needs]));
  const ordered = new Set<ConfigDocument>();
  const faults: Fault[] = [];

  function visit(document: ConfigDocument, way: ConfigDocument[]): void {
    if (ordered.has(document)) return;
    const start = way.indexOf(document);
    if (start >= 0) {
      const circle = [...way.slice(start), document].map(({ kind, slug }) => `${kind} ${slug}`);
      faults.push({ place: document.placeOf([]), message: `goes in a circle: ${circle.join(' → ')}. Break it.` });
      return;
    }
    for (const need of needsOf.get(document) ?? []) visit(need, [...way, document]);
    ordered.add(document);
  }

  const rank = ({ kind }: ConfigDocument): number => kinds.findIndex(({ name }) => name === kind);
  const byKind = [...needsOf.keys()].sort((a, b) => rank(a) - rank(b) || (a.slug < b.slug ? -1 : 1));
  for (const document of byKind) visit(document, []);
  return { ordered: [...ordered], faults };
}
