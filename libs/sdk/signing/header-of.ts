import type { Delivery } from '../connector/index.ts';
import { invalidSignature } from './invalid-signature.ts';

/** A header that a signature cannot be checked without. Throws `invalid_signature`. */
export function headerOf({ headers }: Pick<Delivery, 'headers'>, name: string): string {
  const value = headers[name];
  if (value !== undefined && value !== '') return value;
  throw invalidSignature(`The header ${name} is missing.`);
}
