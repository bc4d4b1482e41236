import { randomBytes } from 'node:crypto';
import { newId } from '#platform';

const prefix = 'key_';
const pattern = /^mr_([0-9A-Za-z]{1,64})_([A-Za-z0-9_-]{43})$/;

export interface KeyText {
  id: string;
  secret: string;
}

/** A new key: an id that may be shown, and 32 random bytes that may not. */
export function newKeyText(id: string = newId('key')): KeyText {
  return { id, secret: randomBytes(32).toString('base64url') };
}

/** `mr_<id>_<secret>`, recognisable by scanners for leaked secrets. */
export function writeKeyText({ id, secret }: KeyText): string {
  return `mr_${id.slice(prefix.length)}_${secret}`;
}

/** Undefined for whatever is not a key of ours. */
export function readKeyText(text: string): KeyText | undefined {
  const [, id, secret] = pattern.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id: prefix + id, secret } : undefined;
}
