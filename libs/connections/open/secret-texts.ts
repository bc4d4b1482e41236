import type { Json } from '@millrace/sdk';
import { literalPattern, redactText } from '#platform';
import type { Secrets } from '../config/split-secrets.ts';

const shortest = 4;

/** The texts by which secrets may turn up in messages: as they are, in JSON, in URLs and in base64. */
export function secretTexts(secrets: Secrets): string[] {
  const values = Object.values(secrets).flatMap(leaves);
  const forms = values.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(Buffer.from(value).toString()), // half a character has no place in URLs
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
  ]);
  return [...new Set(forms)].filter((text) => text !== '').sort((a, b) => b.length - a.length);
}

/** A message without the secrets; very short ones are taken out as whole words only, so that a text stays readable. */
export function withoutSecrets(message: string, texts: string[]): string {
  const clean = redactText(message, texts);
  const short = texts.filter((text) => text.length < shortest).map(literalPattern);
  if (short.length === 0) return clean;
  return clean.replace(new RegExp(`(?<![\\p{L}\\p{N}])(${short.join('|')})(?![\\p{L}\\p{N}])`, 'gu'), '[redacted]');
}

function leaves(value: Json): string[] {
  if (value === null || typeof value === 'boolean') return [];
  if (typeof value === 'object') return Object.values(value).flatMap(leaves);
  return [String(value)];
}
