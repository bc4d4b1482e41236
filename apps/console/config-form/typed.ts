import { listIn } from '../texts/index.ts';

/** A slug for a name: lower case letters, digits and hyphens. Empty where nothing of it can be kept. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '');
}

/** Labels as they are typed: separated by commas. */
export const labelsOf = (text: string): string[] => [...new Set(listIn(text))];
