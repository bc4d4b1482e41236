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

/** Zones by how data write them. */
const zones = new Map<string, string>();

/** The person's trait `timeZone`, else UTC. */
export function timeZoneFor({ profile: { traits } }: Person, asked?: string): string {
  const wanted = asked ?? traits.timeZone;
  return typeof wanted === 'string' ? knownZone(wanted) : 'UTC';
}

/** Asking takes a hundred times as long as remembering. */
function knownZone(wanted: string): string {
  const known = zones.get(wanted);
  if (known !== undefined) return known;
  if (zones.size >= 1000) zones.clear(); // zones come from data
  const zone = canonicalZone(wanted);
  zones.set(wanted, zone);
  return zone;
}

function canonicalZone(wanted: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
