import { MillraceError } from '../errors/index.ts';

export function invalidSignature(message: string): MillraceError {
  return new MillraceError('invalid_signature', message);
}
