import { isURL } from 'class-validator';

/** `{{city}}` in `https://api.example.com/offers?city={{city}}`. */
const hole = /\{\{\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*\}\}/g;
const longestValue = 512;

/** The URL is another one for each person. */
export function isPersonal(url: string): boolean {
  return url.search(hole) >= 0;
}

/** A feed's URL: http or https, and what is put in stands behind the host, so that no data of a person chooses whom we ask. */
export function isFeedUrl(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 2000) return false;
  const [one, other] = [value.replace(hole, 'x'), value.replace(hole, 'y')];
  const options = { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true };
  return !/[{}]/.test(one) && isURL(one, options) && new URL(one).origin === new URL(other).origin;
}

/** The traits and other names that are put in: `city`, `profile.id`, `identities.email`. */
export function namesIn(url: string): string[] {
  return [...new Set([...url.matchAll(hole)].map(([, name = '']) => name))];
}

/**
 * The URL for one person: values escaped, so that none adds a part, a parameter or a step upwards.
 * @param valueOf a name's value; undefined where the person has none
 * @returns the URL, or why there is none
 */
export function urlFor(url: string, valueOf: (name: string) => unknown): { url: string } | { problem: string } {
  const texts = new Map<string, string>();
  for (const name of namesIn(url)) {
    const value = valueOf(name);
    if (value === undefined || value === null || value === '') return { problem: `the person has no "${name}"` };
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      return { problem: `"${name}" is no text or number` };
    }
    const text = String(value);
    if (text.length > longestValue) return { problem: `"${name}" is longer than ${longestValue} letters` };
    if (/\p{Surrogate}/u.test(text)) return { problem: `"${name}" is no text that fits into a URL` };
    if (/^\.{1,2}$/.test(text)) return { problem: `"${name}" is "${text}", which would change the path` };
    texts.set(name, text);
  }
  const filled = new URL(url.replace(hole, (_, name: string) => encodeURIComponent(texts.get(name) ?? '')));
  const steps = (pathname: string): number => pathname.split('/').length;
  const expected = new URL(url.replace(hole, 'x'));
  if (filled.origin !== expected.origin || steps(filled.pathname) !== steps(expected.pathname)) {
    return { problem: 'what is put in would change the path' }; // ".." is a step upwards, however it is escaped
  }
  return { url: filled.href };
}
