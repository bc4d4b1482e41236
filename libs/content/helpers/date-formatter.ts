import { failed } from './values.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Made once: making one takes a hundred times as long as asking it. @throws TemplateFault for an unknown zone */
export function formatter(locale: string, options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    if (formatters.size < 200) formatters.set(key, made);
    return made;
  } catch {
    throw failed(`"${timeZone.slice(0, 40)}" is no time zone. Write one such as "Europe/Berlin" or "+02:00".`);
  }
}
