import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { secretValues, type Json } from '@millrace/sdk';
import { isFields, type ConfigDocument, type Fields, type Path } from '../documents/document.ts';
import type { Fault } from '../documents/faults.ts';
import { isBeside, specialIn, type Reference } from './reference.ts';
import { typed } from './typed.ts';

export interface ReferredField {
  path: Path;
  reference: Reference;
}

export interface Resolved {
  /** With values in the place of references; a field whose variable is not set is absent. */
  fields: Fields;
  referred: ReferredField[];
  /** What came in, as messages may repeat it; without texts that stand in files beside, which plans show. */
  outside: string[];
  /** Those whose variable is not set. */
  unset: ReferredField[];
  faults: Fault[];
}

export interface ResolveOptions {
  env: Record<string, string | undefined>;
  /** The JSON Schema types of a field: a text from outside becomes what they say. */
  typesAt(path: Path): string[];
  isSecret(path: Path): boolean;
}

/** What a document says once its references are followed. */
export async function resolveReferences(document: ConfigDocument, options: ResolveOptions): Promise<Resolved> {
  const resolved: Resolved = { fields: {}, referred: [], outside: [], unset: [], faults: [] };
  const fault = (path: Path, message: string): undefined => {
    resolved.faults.push({ place: document.placeOf(path), message: `${path.join('.')} ${message}` });
  };

  async function valueOf(value: Json, path: Path): Promise<Json | undefined> {
    const special = specialIn(value);
    if (!special) return inside(value, path);
    if ('literal' in special) return special.literal;
    if ('fault' in special) return fault(path, special.fault);
    return referredValue(special.reference, path);
  }

  async function inside(value: Json, path: Path): Promise<Json> {
    if (Array.isArray(value)) {
      const items = await Promise.all(value.map((item, index) => valueOf(item, [...path, index])));
      return items.filter((item) => item !== undefined);
    }
    if (!isFields(value)) return value;
    const found: [string, Json][] = [];
    for (const [name, each] of Object.entries(value)) {
      const one = await valueOf(each, [...path, name]);
      if (one !== undefined) found.push([name, one]);
    }
    return Object.fromEntries(found);
  }

  async function referredValue(reference: Reference, path: Path): Promise<Json | undefined> {
    const secret = options.isSecret(path);
    resolved.referred.push({ path, reference });
    if ('$env' in reference) {
      const given = options.env[reference.$env];
      const text = secret && given === '' ? undefined : given; // what CI gives for a secret that it does not have
      if (secret && reference.default !== undefined) return fault(path, 'is a secret, so it can have no default here.');
      if (text === undefined && reference.default !== undefined) return reference.default;
      if (text !== undefined) return fromOutside(text, path);
      resolved.unset.push({ path, reference });
      return undefined;
    }
    try {
      const text = await readFile(resolve(document.folder, reference.$file), 'utf8');
      const value = secret ? text.replace(/\r?\n$/, '') : text;
      return isBeside(reference.$file) ? typedOr(value, path) : fromOutside(value, path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'failed';
      return fault(path, `refers to ${reference.$file}, which cannot be read (${code}). Put it there.`);
    }
  }

  function fromOutside(text: string, path: Path): Json | undefined {
    const value = typedOr(text, path);
    resolved.outside.push(text, ...secretValues({ value }, ['value']));
    return value;
  }

  function typedOr(text: string, path: Path): Json | undefined {
    const value = typed(text, options.typesAt(path));
    return value ?? fault(path, `must be ${options.typesAt(path).join(' or ')}; what it refers to is not.`);
  }

  resolved.fields = (await inside(document.fields, [])) as Fields;
  return resolved;
}
