import { isObject } from '../is-object.ts';

/** Every text at or below the paths of a configuration's secrets (`ConfigSpec.secrets`). */
export function secretValues(config: unknown, paths: string[]): string[] {
  return paths.flatMap((path) => textsIn(valueAt(config, path)));
}

function valueAt(config: unknown, path: string): unknown {
  return path.split('.').reduce((value, name) => (isObject(value) ? value[name] : undefined), config);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
