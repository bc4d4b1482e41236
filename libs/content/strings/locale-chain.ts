/** A locale and what stands in for it, nearest first: `pt-BR`, `pt`, and the default one with what stands in for that. */
export function localeChain(locale: string, defaultLocale: string): string[] {
  return [...new Set([...upwards(locale), ...upwards(defaultLocale)])];
}

function upwards(locale: string): string[] {
  const parts = locale.split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}
