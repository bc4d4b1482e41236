import { kinds } from '../kinds/index.ts';
import type { Resource } from '../server/server-state.ts';
import { referencesOf } from './check-document.ts';

/** Each before what it needs, which the server would not remove while it is needed; else later kinds first. */
export function inRemovalOrder(removals: Resource[]): Resource[] {
  const neededFirst = new Set<Resource>();

  function visit(resource: Resource, way: Resource[]): void {
    if (neededFirst.has(resource) || way.includes(resource)) return;
    for (const { kind, slug } of referencesOf(resource)) {
      const need = removals.find((one) => one.kind.name === kind && one.slug === slug);
      if (need) visit(need, [...way, resource]);
    }
    neededFirst.add(resource);
  }

  const byKind = [...removals].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  for (const resource of byKind) visit(resource, []);
  return [...neededFirst].reverse();
}
