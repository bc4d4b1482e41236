/** A locale and what stands in for it, nearest first: `pt-BR`, `pt`, and the default. */
export function localeChain(locale: string, fallback: string): string[] {
  const parts = locale.split('-');
  const own = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  return [...new Set([...own, fallback])];
}
