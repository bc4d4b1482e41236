import { MillraceError, type Json } from '@millrace/sdk';
import { composedNames, sortedKeys } from '#platform';
import type { Traits } from './part.ts';
import { readSealed } from './sealed-trait.ts';

const maxDepth = 5;
const maxTraits = 500;
const maxNameLength = 128;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The traits that a mapped row brings, as plain JSON, sorted by name. Null, undefined and empty texts mean "not said" and are left out. Throws
 * `invalid_trait` for names that MongoDB or JavaScript would take for more than names, for values that are not JSON of at most 5 levels, and for
 * texts that look like sealed values: whatever is stored as one was sealed here.
 */
export function readTraits(traits: unknown): Traits {
  const read: Traits = {};
  if (traits === undefined || traits === null) return read;
  if (typeof traits !== 'object' || Array.isArray(traits))
    throw invalid('`traits` is not an object. Map to traits.<name>.');
  const told = composedNames(traits as Record<string, unknown>);
  const names = sortedKeys(told);
  if (names.length > maxTraits) throw invalid(`The row has more than ${maxTraits} traits. Map fewer of them.`);
  for (const name of names) {
    const value = told[name];
    if (value === undefined || value === null || value === '') continue;
    checkTraitName(name);
    if (readSealed(value) !== undefined) throw invalid(`"${name}" looks like what Millrace seals. Leave it out.`);
    read[name] = plainJson(value, name, 1);
  }
  return read;
}

/** A copy of a value as plain JSON, with sorted keys, so that equal content is equal text. Throws `invalid_trait`; `name` is for the message. */
export function plainJson(value: unknown, name: string, depth = 1): Json {
  switch (typeof value) {
    case 'string':
      return value.toWellFormed(); // as MongoDB keeps it
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw invalid(`"${name}" is not a finite number. Correct it in the source or the mapping.`);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      if (value === null) return null;
      if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
      if (depth > maxDepth)
        throw invalid(`"${name}" is nested more than ${maxDepth} levels deep. Map its parts to traits of their own.`);
      if (Array.isArray(value)) return (value as unknown[]).map((item) => plainJson(item ?? null, name, depth + 1));
      return plainObject(value, name, depth);
    default:
      throw invalid(`"${name}" is a ${typeof value}, not JSON. Correct the mapping.`);
  }
}

function plainObject(value: object, name: string, depth: number): Json {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw invalid(`"${name}" is not plain data. Map it with a transform, e.g. | text.`);
  const copy: Record<string, Json> = {};
  const told = composedNames(value as Record<string, unknown>);
  for (const key of sortedKeys(told)) {
    const item = told[key];
    if (item === undefined) continue;
    checkTraitName(key, name);
    copy[key] = plainJson(item, name, depth + 1);
  }
  return copy;
}

/** Throws `invalid_trait` for what MongoDB or JavaScript would take for more than a name; `trait` is for the message. */
export function checkTraitName(key: string, trait = key): void {
  if (
    key !== '' &&
    key.length <= maxNameLength &&
    !key.includes('.') &&
    !key.startsWith('$') &&
    !forbidden.has(key) &&
    !key.includes('\0') &&
    key.isWellFormed()
  )
    return;
  throw invalid(
    `"${trait.slice(0, 40)}" ${trait === key ? 'is' : 'holds'} a name that cannot be stored. Names are 1 to ${maxNameLength} characters, without dots and half characters, not starting with $, ` +
      'and none of __proto__, constructor, prototype. Give it another name.',
  );
}

function invalid(message: string): MillraceError {
  return new MillraceError('invalid_trait', message);
}
