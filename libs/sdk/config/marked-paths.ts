import type { JsonSchema } from '../json.ts';

/** Dotted paths of the properties that carry a mark, `oneOf` branches included. */
export function markedPaths(schema: JsonSchema, marks: string[], prefix = ''): string[] {
  const found: string[] = [];
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    const path = prefix + name;
    if (marks.some((mark) => property[mark] === true)) found.push(path);
    else found.push(...markedPaths(property, marks, `${path}.`));
  }
  for (const branches of [schema.oneOf, schema.anyOf, schema.allOf]) {
    for (const branch of (branches ?? []) as JsonSchema[]) found.push(...markedPaths(branch, marks, prefix));
  }
  return [...new Set(found)];
}
