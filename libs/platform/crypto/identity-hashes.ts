import { comparableEmail, plainLetters, spellingsOf } from '../texts/index.ts';
import type { Signer } from './signer.ts';

const mayName = /[@+＠＋]|\\u(?:0040|002b|ff20|ff0b)/i;
const escapes = /\\(?:u([0-9a-f]{4})|.)/gi;
const anyLocalPart = /[^\s@"<>(),;:\\]{1,64}$/;
const usualLocalPart = /[\p{L}\p{M}\p{N}_.+-]{1,64}$/u;
const domain = /^[\p{L}\p{M}\p{N}_-]{1,63}(?:\.[\p{L}\p{M}\p{N}_-]{1,63}){1,8}/u;
const phoneValue = /"(?:tel:)?(\+\d[\d ()./-]{5,30})"/g;

/**
 * HMACs of what looks like an e-mail address in a JSON text, and of its values that look like a telephone number with its country code: stored beside personal
 * data, so that erasure finds it.
 */
export function identityHashesIn(json: string, signer: Pick<Signer, 'hmac'>): string[] {
  return identitiesIn(json).map((identity) => signer.hmac('identity', identity));
}

/** The addresses and numbers themselves. */
export function identitiesIn(json: string): string[] {
  if (!mayName.test(json)) return [];
  const text = plainLetters(json.includes('\\') ? json.replace(escapes, unescaped) : json);
  return [...new Set([...addressesIn(text), ...phonesIn(text)])];
}

/** Quotes stay, since JSON may stand within JSON; other signs only end what stands before them. */
function unescaped(escape: string, code: string | undefined): string {
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return escape === '\\"' ? '"' : ' ';
}

/** Only the neighbourhood of each @ is looked at: the time stays proportional to the text. */
function* addressesIn(text: string): Generator<string> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const [host] = domain.exec(text.slice(at + 1, at + 600)) ?? [];
    if (!host) continue;
    for (const local of localParts(text, at, at + 1 + host.length))
      yield* spellingsOf(`email:${comparableEmail(`${local}@${host}`)}`);
  }
}

/** A value that is an address is that one alone; within a text, its unusual signs may be of the text: `email=ann@x.com`. */
function localParts(text: string, at: number, end: number): Set<string> {
  const before = text.slice(Math.max(0, at - 64), at);
  const [any = ''] = anyLocalPart.exec(before) ?? [];
  const isWhole = text[at - any.length - 1] === '"' && text[end] === '"';
  const [usual = ''] = (!isWhole && usualLocalPart.exec(before)) || [];
  return new Set([any, usual].filter((local) => local !== ''));
}

/** As E.164 has them: 7 to 15 digits, without the zero that some write in brackets after the country code. */
function* phonesIn(text: string): Generator<string> {
  for (const [, written = ''] of text.matchAll(phoneValue)) {
    const digits = written.replace('(0)', '').replace(/\D/g, '');
    if (digits.length >= 7 && digits.length <= 15) yield `phone:+${digits}`;
  }
}
