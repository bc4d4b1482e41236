import { kinds } from '../kinds/index.ts';
import type { Removal } from './removal.ts';

/** Each before what it uses, which the server would not remove while it is used; else later kinds first. */
export function inRemovalOrder(removals: Removal[]): Removal[] {
  const usedFirst = new Set<Removal>();

  function visit(removal: Removal, way: Removal[]): void {
    if (usedFirst.has(removal) || way.includes(removal)) return;
    for (const other of removals) if (other.usedBy.includes(removal.resource)) visit(other, [...way, removal]);
    usedFirst.add(removal);
  }

  const rank = ({ resource }: Removal): number => kinds.indexOf(resource.kind);
  for (const removal of [...removals].sort((a, b) => rank(a) - rank(b))) visit(removal, []);
  return [...usedFirst].reverse();
}
