import type { Person } from '#profiles';

/** What a person's language and zone are read from. */
interface Told {
  profile: Pick<Person['profile'], 'traits'>;
}

/** "Deutsch" is well formed, too, but no language has so long a code. */
const language = /^[a-z]{2,3}(?:-|$)/;

/** What a mail is written in, and who said so. */
export interface ChosenLocale {
  locale: string;
  localeFrom: 'request' | 'person' | 'default';
}

/** The one asked for, else the person's trait `locale` or `language`, else the default one. */
export function localeFor(
  { profile: { traits } }: Told,
  asked: string | undefined,
  defaultLocale: string,
): ChosenLocale {
  const told = [
    { one: asked, localeFrom: 'request' as const },
    { one: traits.locale, localeFrom: 'person' as const },
    { one: traits.language, localeFrom: 'person' as const },
  ];
  for (const { one, localeFrom } of told) {
    if (typeof one !== 'string' || one === '') continue;
    try {
      const [locale] = Intl.getCanonicalLocales(one.replaceAll('_', '-'));
      if (locale !== undefined && language.test(locale)) return { locale, localeFrom };
    } catch {
      continue; // a person's data, not the marketer's fault
    }
  }
  return { locale: defaultLocale, localeFrom: 'default' };
}

/** Zones by how data write them. */
const zones = new Map<string, string>();

/** The person's trait `timeZone`, else UTC. */
export function timeZoneFor({ profile: { traits } }: Told, asked?: string): string {
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

/** Offsets such as "+02:00" are zones for dates of ours, whether or not this version of Node knows them. */
const offset = /^[+-](?:0\d|1[0-4]):?[0-5]\d$/;

function canonicalZone(wanted: string): string {
  if (offset.test(wanted)) return wanted;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
