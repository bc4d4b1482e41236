interface Named {
  id: string;
  slug?: string;
  name?: string;
  builtIn?: boolean;
}

const longest = 60;

/** Each one's slug; where it has none one of its name, the same whenever it is asked for. */
export function deriveSlugs(all: Named[], fallback: string): string[] {
  const taken = new Set(all.map(({ id, slug, builtIn }) => slug ?? (builtIn ? id : '')));
  return all.map(({ id, slug, name, builtIn }) => {
    if (slug !== undefined || builtIn) return slug ?? id;
    const free = freeSlug(slugOf(name ?? '') || fallback, taken);
    taken.add(free);
    return free;
  });
}

function freeSlug(wanted: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}

/** `Kunden (Köln)` → `kunden-koln` */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '');
}
