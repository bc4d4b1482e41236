/** What a mail is written in when nobody says, and whose strings stand in for those that a language lacks. */
export const defaultLocale = 'en';

/** A locale and what stands in for it, nearest first: `pt-BR`, `pt`, and the default. */
export function localeChain(locale: string): string[] {
  const parts = locale.split('-');
  const own = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  return [...new Set([...own, defaultLocale])];
}
