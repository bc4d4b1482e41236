import type { JsonSchema } from '@millrace/sdk';
import type { Path } from '../documents/document.ts';

/** The part of a schema that describes a field; undefined where it leaves it open. */
export function schemaAt(schema: JsonSchema, path: Path): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((at, step) => {
    if (typeof step === 'number') return at?.items as JsonSchema | undefined;
    return propertiesOf(at)[step] ?? anyProperty(at);
  }, schema);
}

/** Of fields whose names are not told. */
function anyProperty(schema: JsonSchema | undefined): JsonSchema | undefined {
  const every = schema?.additionalProperties;
  return typeof every === 'object' && every !== null ? (every as JsonSchema) : undefined;
}

export function propertiesOf(schema: JsonSchema | undefined): Record<string, JsonSchema | undefined> {
  return (schema?.properties ?? {}) as Record<string, JsonSchema | undefined>;
}

export function typesAt(schema: JsonSchema, path: Path): string[] {
  const type = schemaAt(schema, path)?.type;
  return typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : [];
}

const branching = ['oneOf', 'anyOf', 'allOf', 'if', '$ref', 'patternProperties'];

/** Only which names there are: the rest is for the server to judge. */
export function namesOnly(schema: JsonSchema): JsonSchema {
  if (!schema.properties || branching.some((keyword) => keyword in schema)) return {};
  const named = Object.entries(propertiesOf(schema)).map(([name, each]) => [name, namesOnly(each ?? {})]);
  const open = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  return { properties: Object.fromEntries(named), ...(!open && { additionalProperties: false }) };
}
