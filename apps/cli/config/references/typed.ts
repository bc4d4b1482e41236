import type { Json } from '@millrace/sdk';

/** A text from outside as a value of one of the JSON Schema types; undefined when it is none. */
export function typed(text: string, types: string[]): Json | undefined {
  if (types.length === 0 || types.includes('string')) return text;
  const value = parsed(text.trim());
  return types.includes(typeOf(value)) || (types.includes('number') && typeof value === 'number') ? value : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined; // no JSON, so none of the types: the caller says where
  }
}

function typeOf(value: Json | undefined): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
