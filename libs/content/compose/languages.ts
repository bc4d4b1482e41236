import type { Person } from '#profiles';
import { defaultLocale } from '../strings/index.ts';

/** The one asked for, else the person's trait `locale` or `language`, else English. */
export function localeFor({ profile: { traits } }: Person, asked?: string): string {
  for (const one of [asked, traits.locale, traits.language]) {
    if (typeof one !== 'string' || one === '') continue;
    try {
      return Intl.getCanonicalLocales(one.replaceAll('_', '-'))[0] ?? defaultLocale;
    } catch {
      continue; // "English" and the like: a person's data, not the marketer's fault
    }
  }
  return defaultLocale;
}

/** The person's trait `timeZone`, else UTC. */
export function timeZoneFor({ profile: { traits } }: Person, asked?: string): string {
  const wanted = asked ?? traits.timeZone;
  if (typeof wanted !== 'string') return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
