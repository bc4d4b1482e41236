import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of a value's canonical JSON, as hex: equal content gives an equal hash whatever the order of keys. */
export function contentHash(value: unknown): string {
  return hashText(canonicalJson(value));
}

/** SHA-256 of a text's UTF-8 bytes, as hex. */
export function hashText(text: string): string {
  return hash('sha256', text, 'hex');
}
