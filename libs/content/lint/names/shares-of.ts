import type { Person } from '#profiles';
import { contextOf } from '../../compose/index.ts';
import { useOf, type Use } from '../../uses/index.ts';

const deepest = 6;
const mostNames = 2_000;

/** Each name that somebody has, with the share of people who have it (not null, not empty text). */
export function sharesOf(people: readonly Person[], clock: Date): Map<Use, number> {
  const counts = new Map<Use, number>();
  for (const person of people) {
    const seen = new Set<Use>();
    collect(contextOf(person, clock), '', seen, 0);
    for (const use of seen) {
      if (counts.has(use) || counts.size < mostNames) counts.set(use, (counts.get(use) ?? 0) + 1);
    }
  }
  return new Map([...counts].map(([use, count]) => [use, count / people.length]));
}

function collect(value: unknown, path: string, seen: Set<Use>, depth: number): void {
  if (value === null || value === undefined || value === '' || depth > deepest) return;
  if (Array.isArray(value)) {
    if (value.length > 0) note(path, seen);
    for (const element of value) collect(element, `${path}[*]`, seen, depth + 1);
    return;
  }
  if (typeof value === 'object') {
    for (const [name, child] of Object.entries(value)) {
      collect(child, path === '' ? name : `${path}.${name}`, seen, depth + 1);
    }
    return;
  }
  note(path, seen);
}

function note(path: string, seen: Set<Use>): void {
  const use = useOf(path);
  if (use !== undefined) seen.add(use);
}
