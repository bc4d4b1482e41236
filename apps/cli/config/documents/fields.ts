import type { Json } from '@millrace/sdk';
import { isFields, type Fields, type Path } from './document.ts';

export function valueAt(fields: Fields, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => {
    if (Array.isArray(at) && typeof step === 'number') return at[step];
    return isFields(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, fields);
}

/** A copy with another value at a path; undefined removes the field. Objects around it are made where absent. */
export function withValue(fields: Fields, [first, ...rest]: string[], value: Json | undefined): Fields {
  if (first === undefined) return fields;
  const { [first]: present, ...others } = fields;
  const inner = isFields(present) ? present : {};
  const next = rest.length === 0 ? value : withValue(inner, rest, value);
  if (next === undefined) return others;
  return Object.hasOwn(fields, first) ? { ...fields, [first]: next } : { ...others, [first]: next };
}

export function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, depth) => step === b[depth]);
}
