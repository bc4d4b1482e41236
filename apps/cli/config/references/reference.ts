import type { Json } from '@millrace/sdk';
import { isFields, type Fields } from '../documents/document.ts';

/** A value that is not in the document: it comes from the environment, or from a file. */
export type Reference = { $env: string; default?: Json } | { $file: string };

/** What such an object may look like; `$value` holds one that only looks like a reference. */
export type Special = { reference: Reference } | { literal: Json } | { fault: string };

export function specialIn(value: Json): Special | undefined {
  if (!isFields(value)) return undefined;
  const names = Object.keys(value);
  if ('$value' in value && names.length === 1) return { literal: value.$value ?? null };
  if (!('$env' in value) && !('$file' in value)) return undefined;
  const { $env, $file, default: fallback, ...others } = value;
  if (typeof $env === 'string' && $file === undefined && Object.keys(others).length === 0)
    return { reference: { $env, ...(fallback !== undefined && { default: fallback }) } };
  if (typeof $file === 'string' && names.length === 1) return { reference: { $file } };
  return { fault: 'must be `{ $env: NAME }`, `{ $env: NAME, default: … }` or `{ $file: path }`.' };
}

/** Whether nothing of it stands in the document itself. */
export function onlyReferences(value: Json): boolean {
  const special = specialIn(value);
  if (special) return !('literal' in special);
  if (Array.isArray(value)) return value.every(onlyReferences);
  return value === null || (isFields(value) && Object.values(value).every(onlyReferences));
}

/** Whether a file is within the folder of the document, such as a template's source. */
export function isBeside(file: string): boolean {
  return !/^([/\\]|[A-Za-z]:)/.test(file) && !file.split(/[/\\]/).includes('..');
}

/** As plans show it: never what it stands for. */
export function referenceText(reference: Reference): string {
  return '$env' in reference ? `$env ${reference.$env}` : `$file ${reference.$file}`;
}

/** Wraps what only looks like a reference, at any depth. */
export function escaped(value: Json): Json {
  if (Array.isArray(value)) return value.map(escaped);
  if (!isFields(value)) return value;
  const inside: Fields = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, escaped(each)]));
  return ['$env', '$file', '$value'].some((name) => Object.hasOwn(value, name)) ? { $value: value } : inside;
}
