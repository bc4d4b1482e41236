import { listIn } from '../texts/index.ts';

/** Labels as they are typed: separated by commas. */
export const labelsOf = (text: string): string[] => [...new Set(listIn(text))];
