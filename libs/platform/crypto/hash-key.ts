import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The stored form of an API key: SHA-256 as hex. A plain fast hash is right here and nowhere else: our keys are 256 random
 * bits, so there is nothing to guess, and a slow hash would only slow down every request.
 */
export function hashKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** Compares two texts in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}
