import { composed } from '#platform';
import { invalidMessage } from './invalid-message.ts';

const longest = 256;
const controls = /[\u0000-\u001f\u007f]/;

/** An id as the profile store compares it: what is kept here of a person is found by that. */
export function idText(value: string | number): string {
  return composed(String(value).trim());
}

/** A short text, or a number as text; undefined when nothing is said. Throws `invalid_row`. */
export function textIn(fields: Record<string, unknown>, name: string, most: number = longest): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && value.length <= most && !controls.test(value) && value.isWellFormed())
    return idText(value) || undefined;
  throw invalidMessage(`"${name}" is not a text of at most ${most} whole characters.`);
}

/** Undefined when nothing is said. Throws `invalid_row`. */
export function objectIn(fields: Record<string, unknown>, name: string): Record<string, unknown> | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalidMessage(`"${name}" is not an object.`);
}
