import { MillraceError } from '@millrace/sdk';
import type { ValidationError } from 'class-validator';

/** A `bad_request` that lists each fault of a DTO with its path, such as `from.connection must be a string`. */
export function validationError(errors: ValidationError[]): MillraceError {
  const faults = errors.flatMap((error) => faultsOf(error, ''));
  const text = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new MillraceError('bad_request', `The request is not valid. ${text}`, { details: { faults } });
}

function faultsOf(error: ValidationError, parent: string): { path: string; message: string }[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    path,
    message: rule === 'whitelistValidation' ? 'is not a known property' : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path))];
}
