import type { Json } from '@millrace/sdk';
import { composed } from './plain-letters.ts';

/** The same fields under composed names; of two that look alike, the one whose name is composed already counts. */
export function composedNames<T>(fields: Record<string, T>): Record<string, T> {
  const names = Object.keys(fields);
  const decomposed = names.filter((name) => composed(name) !== name).sort();
  if (decomposed.length === 0) return fields;
  const others = names.filter((name) => !decomposed.includes(name) && fields[name] !== undefined);
  return Object.fromEntries([...decomposed, ...others].map((name) => [composed(name), fields[name] as T]));
}

/** Likewise with all that the fields hold. */
export function withComposedNames<T extends Json>(value: T): T {
  return composedWithin(value) as T;
}

function composedWithin(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(composedWithin);
  const entries = Object.entries(composedNames(value));
  return Object.fromEntries(entries.map(([name, inner]) => [name, composedWithin(inner)]));
}
