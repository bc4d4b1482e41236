/** By key. */
export type Texts = Record<string, string>;

/** The texts of a locale, and of what stands in for it. */
export type Table = readonly [locale: string, texts: ReadonlyMap<string, string>];

/** What mails of one locale say. */
export interface FoundTexts {
  /** By key; what none has is absent. */
  strings: Texts;
  /** The locale of those that stand in from another language: they count and write numbers as it does. Absent where there are none. */
  stringLocales?: Record<string, string>;
}

/** The texts of keys, each from the first table that has it. */
export function textsFrom(locale: string, tables: readonly Table[], keys: readonly string[]): FoundTexts {
  const found: [key: string, text: string][] = [];
  const foreign: [key: string, locale: string][] = [];
  for (const key of keys) {
    const [from, texts] = tables.find(([, table]) => table.has(key)) ?? [];
    const text = texts?.get(key);
    if (from === undefined || text === undefined) continue;
    found.push([key, text]);
    if (languageOf(from) !== languageOf(locale)) foreign.push([key, from]);
  }
  const strings = Object.fromEntries(found);
  return foreign.length === 0 ? { strings } : { strings, stringLocales: Object.fromEntries(foreign) };
}

function languageOf(locale: string): string {
  return locale.split('-', 1)[0] ?? locale;
}
