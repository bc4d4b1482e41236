import { secretValues } from '@millrace/sdk';
import type { Fields } from '../documents/document.ts';

/** Below it, a value from outside (a stage, a port) stands in any sentence: hiding it would hide little and garble much. */
const shortest = 4;
const plainWords = new Set(['true', 'false', 'null']);

interface Hiding {
  body: Fields;
  secrets: string[];
  /** Values that are not in the documents. */
  outside: string[];
}

/** Whatever a message says, it says neither a secret nor what comes from outside. */
export function hideSecrets(message: string, { body, secrets, outside }: Hiding): string {
  const values = outside
    .flatMap((text) => [text, text.trim()])
    .filter((text) => text.length >= shortest && !plainWords.has(text));
  return [...secretValues(body, secrets), ...values]
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
    .filter((text) => text !== '')
    .sort((a, b) => b.length - a.length) // one may be part of another
    .reduce((text, secret) => text.replaceAll(secret, '•••'), message);
}
