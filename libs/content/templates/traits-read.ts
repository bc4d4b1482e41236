import { reservedNames } from '../compose/index.ts';

const reserved: ReadonlySet<string> = new Set(reservedNames);

/** The traits that root paths lead to: `city.name`, `profile.traits.city` and `city` are all the trait `city`. Sorted, each once. */
export function traitsRead(rootPaths: readonly string[]): string[] {
  const names = rootPaths.flatMap((path) => {
    const [head = '', second = '', third] = path.split('.');
    if (head === 'profile' && second === 'traits') return third === undefined ? [] : [third];
    return reserved.has(head) ? [] : [head];
  });
  return [...new Set(names)].sort();
}
