import {
  checkTargets,
  compileMapping,
  isObject,
  MillraceError,
  type CompiledMapping,
  type Json,
  type JsonSchema,
  type MappingOptions,
} from '@millrace/sdk';
import type { Output } from './outputs.ts';

/** What makes records of an object, compiled. Throws `invalid_mapping`, which names the object: several may have targets of one name. */
export function compileOutput(
  { object, mapping }: Pick<Output, 'object' | 'mapping'>,
  options: MappingOptions,
): CompiledMapping {
  return tellingOf(object, () => compileMapping(mapping, options));
}

/** Throws `invalid_mapping` for a target that is no field of the object. */
export function checkOutput({ object, mapping, definition }: Output<{ schema?: JsonSchema }>): void {
  tellingOf(object, () => checkTargets(mapping, definition.schema));
}

function tellingOf<T>(object: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof MillraceError ? ofObject(object, error) : error;
  }
}

export function aboutObject(object: string, message: string): string {
  return `Object "${object}": ${message}`;
}

/** The same error, which tells of which object it is. */
export function ofObject(object: string, error: MillraceError): MillraceError {
  const { code, message, details } = error;
  const known = isObject(details) ? details : {};
  return new MillraceError(code, aboutObject(object, message), {
    details: { ...known, object } as Json,
    cause: error,
  });
}
