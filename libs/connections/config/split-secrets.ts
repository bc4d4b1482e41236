import type { Json } from '@millrace/sdk';

export type JsonObject = { [name: string]: Json };

/** Secret values by the dotted path of their field. */
export type Secrets = Record<string, Json>;

export interface SplitConfig {
  /** Without its secret fields. */
  config: JsonObject;
  /** What was given for secret fields; `''` also for one inside an object that was given as null. */
  secrets: Secrets;
}

/** Takes the secret fields out of a configuration: only the rest may be stored in clear. The input is left as it is. */
export function splitSecrets(input: JsonObject, paths: string[]): SplitConfig {
  const config = structuredClone(input);
  const found = outerFirst(paths).flatMap((path): [string, Json][] => {
    const { parents, field } = partsOf(path);
    const home = walk(config, parents);
    if (home === null) return [[path, '']];
    if (!isObject(home) || !Object.hasOwn(home, field)) return [];
    const value = home[field] ?? null;
    delete home[field];
    return [[path, value]];
  });
  return { config, secrets: Object.fromEntries(found) };
}

/** Puts secrets back into their places; objects around them are made where absent. A secret whose place is taken by another value is left out. */
export function mergeSecrets(config: JsonObject, secrets: Secrets): JsonObject {
  const merged = structuredClone(config);
  for (const path of outerFirst(Object.keys(secrets))) {
    const { parents, field } = partsOf(path);
    const home = parents.reduce<Json | undefined>(childMade, merged);
    if (isObject(home)) define(home, field, secrets[path] ?? null);
  }
  return merged;
}

/** The value at a dotted path; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => {
    return typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as JsonObject)[name] : undefined;
  }, value);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function outerFirst(paths: string[]): string[] {
  return [...paths].sort((a, b) => a.split('.').length - b.split('.').length);
}

function partsOf(path: string): { parents: string[]; field: string } {
  const names = path.split('.');
  return { parents: names.slice(0, -1), field: names.at(-1) ?? path };
}

/** Stops at a null: an object that was given as null. */
function walk(from: JsonObject, names: string[]): Json | undefined {
  return names.reduce<Json | undefined>((at, name) => {
    if (at === null) return null;
    return isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }, from);
}

function childMade(at: Json | undefined, name: string): Json | undefined {
  if (!isObject(at)) return undefined;
  if (!Object.hasOwn(at, name)) define(at, name, {});
  return at[name];
}

/** Assignment would follow a setter such as `__proto__`. */
function define(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
