import { MillraceError } from '@millrace/sdk';

const deepest = 5;
const longestName = 128;
const unsafe = new Set(['', '__proto__', 'constructor', 'prototype']);

/**
 * Fields under names that can be stored: clients send what they like, such as `utm.source`, and an event is not refused for that. Dots become
 * underscores, a leading `$` is left out. Throws `invalid_trait` for more than 5 levels.
 */
export function storableFields(fields: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  return fields && storableObject(fields, 0);
}

function storableObject(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [storableName(name), storable(value, depth + 1)]),
  );
}

function storable(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest)
    throw new MillraceError('invalid_trait', `A field is nested more than ${deepest} levels deep. Send flatter ones.`);
  return Array.isArray(value) ? value.map((item) => storable(item, depth + 1)) : storableObject(value, depth);
}

function storableName(name: string): string {
  const plain = name.replaceAll('.', '_').replaceAll('\0', '').replace(/^\$+/, '').slice(0, longestName);
  return unsafe.has(plain) ? `_${plain}` : plain;
}
