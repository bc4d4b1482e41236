import type { JsonSchema } from '../json.ts';

/** Dotted paths of the properties that are marked, `oneOf` branches included. */
export function markedPaths(schema: JsonSchema, isMarked: (property: JsonSchema) => boolean, prefix = ''): string[] {
  const found: string[] = [];
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    const path = prefix + name;
    if (isMarked(property)) found.push(path);
    else found.push(...markedPaths(property, isMarked, `${path}.`));
  }
  for (const branches of [schema.oneOf, schema.anyOf, schema.allOf]) {
    for (const branch of (branches ?? []) as JsonSchema[]) found.push(...markedPaths(branch, isMarked, prefix));
  }
  return [...new Set(found)];
}
