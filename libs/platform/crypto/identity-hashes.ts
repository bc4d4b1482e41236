import type { Signer } from './signer.ts';

const escapes = /\\(?:u[0-9a-f]{4}|.)/g;
const localPart = /[\w.+-]{1,64}$/;
const domain = /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/;
const phoneValue = /"(?:tel:)?(\+\d[\d ()./-]{5,30})"/g;

/**
 * HMACs of what looks like an e-mail address in a JSON text, and of its values that look like a telephone number with its country code: stored beside personal
 * data, so that erasure finds it.
 */
export function identityHashesIn(json: string, signer: Pick<Signer, 'hmac'>): string[] {
  if (!json.includes('@') && !json.includes('+')) return [];
  const text = json.includes('\\') ? json.replace(escapes, ' ') : json;
  const identities = new Set([...addressesIn(text), ...phonesIn(text)]);
  return [...identities].map((identity) => signer.hmac('identity', identity));
}

/** Only the neighbourhood of each @ is looked at: the time stays proportional to the text. */
function* addressesIn(text: string): Generator<string> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const [local] = localPart.exec(text.slice(Math.max(0, at - 64), at)) ?? [];
    const [host] = domain.exec(text.slice(at + 1, at + 600)) ?? [];
    if (local && host) yield `email:${local.toLowerCase()}@${host.toLowerCase()}`;
  }
}

/** As E.164 has them: 7 to 15 digits, without the zero that some write in brackets after the country code. */
function* phonesIn(text: string): Generator<string> {
  for (const [, written = ''] of text.matchAll(phoneValue)) {
    const digits = written.replace('(0)', '').replace(/\D/g, '');
    if (digits.length >= 7 && digits.length <= 15) yield `phone:+${digits}`;
  }
}
