export function byName<T extends { name: string }>(list: T[]): Record<string, T> {
  return Object.fromEntries(list.map((item) => [item.name, item]));
}
