import { composed } from '#platform';

/** The same fields under composed names; of two that look alike, the one whose name is composed already counts. */
export function composedNames(fields: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(fields);
  const decomposed = names.filter((name) => composed(name) !== name).sort();
  if (decomposed.length === 0) return fields;
  const others = names.filter((name) => !decomposed.includes(name) && fields[name] !== undefined);
  return Object.fromEntries([...decomposed, ...others].map((name) => [composed(name), fields[name]]));
}
