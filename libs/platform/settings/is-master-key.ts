import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isMasterKey } from '../crypto/index.ts';

/** Validates a master key; the message never repeats the value. */
export function isMasterKeyText(options: ValidationOptions = {}): PropertyDecorator {
  const message = 'must be 32 bytes in base64: make one with `openssl rand -base64 32`';
  return ValidateBy({ name: 'isMasterKey', validator: { validate: isMasterKey } }, { message, ...options });
}
