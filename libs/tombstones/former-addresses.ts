const escapes = /\\(?:u[0-9a-f]{4}|.)/g;
const localPart = /[\w.+-]{1,64}$/;
const domain = /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/;

/** The addresses by which a JSON text was marked until 28 November 2026: of `müller@x.com` it was `ller@x.com`, which is somebody else's. Stays as it is. */
export function formerAddressesIn(json: string): string[] {
  if (!json.includes('@')) return [];
  const text = json.includes('\\') ? json.replace(escapes, ' ') : json;
  const addresses = new Set<string>();
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const [local] = localPart.exec(text.slice(Math.max(0, at - 64), at)) ?? [];
    const [host] = domain.exec(text.slice(at + 1, at + 600)) ?? [];
    if (local && host) addresses.add(`email:${local.toLowerCase()}@${host.toLowerCase()}`);
  }
  return [...addresses];
}
