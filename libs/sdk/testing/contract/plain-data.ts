/** Where a value is no JSON data, in words; undefined when all of it is. Properties that are undefined count as left out. */
export function whyNotPlain(value: unknown, path = 'it'): string | undefined {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean')
    return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== 'object') return `${path} is a ${typeof value}`;
  if (Array.isArray(value)) return firstFault(value.entries(), path);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `${path} is a ${value.constructor.name}`;
  return firstFault(Object.entries(value), path);
}

function firstFault(entries: Iterable<[string | number, unknown]>, path: string): string | undefined {
  for (const [name, element] of entries) {
    const why = whyNotPlain(element, path === 'it' ? String(name) : `${path}.${name}`);
    if (why) return why;
  }
  return undefined;
}
