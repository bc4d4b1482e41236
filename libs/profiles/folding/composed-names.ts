const ascii = /^[\0-\x7f]*$/;

/** A name with its letters composed: é is one letter, however a file's header was written. */
export function composedName(name: string): string {
  return ascii.test(name) ? name : name.normalize('NFC');
}

/** The same fields under composed names; of two that look alike, the one whose name is composed already counts. */
export function composedNames(fields: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(fields);
  const decomposed = names.filter((name) => composedName(name) !== name).sort();
  if (decomposed.length === 0) return fields;
  const composed = names.filter((name) => !decomposed.includes(name) && fields[name] !== undefined);
  return Object.fromEntries([...decomposed, ...composed].map((name) => [composedName(name), fields[name]]));
}
