import type { Signer } from './signer.ts';

const escapes = /\\(?:u[0-9a-f]{4}|.)/g;
const localPart = /[\w.+-]{1,64}$/;
const domain = /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/;

/** HMACs of what looks like an e-mail address in a JSON text: stored beside personal data, so that erasure finds it. */
export function identityHashesIn(json: string, signer: Pick<Signer, 'hmac'>): string[] {
  if (!json.includes('@')) return [];
  const text = json.includes('\\') ? json.replace(escapes, ' ') : json;
  const addresses = new Set<string>();
  // Only the neighbourhood of each @ is looked at: the time stays proportional to the text.
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const [local] = localPart.exec(text.slice(Math.max(0, at - 64), at)) ?? [];
    const [host] = domain.exec(text.slice(at + 1, at + 600)) ?? [];
    if (local && host) addresses.add(`${local}@${host}`.toLowerCase());
  }
  return [...addresses].map((address) => signer.hmac('identity', `email:${address}`));
}
