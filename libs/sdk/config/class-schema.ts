import { plainToInstance } from 'class-transformer';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { Json, JsonSchema } from '../json.ts';
import type { ConfigClass } from './config-class.ts';
import { fieldsOf, type FieldOptions } from './field.ts';
import { requireValidators } from './require-validators.ts';

/** The JSON Schema of a config class: types from class-validator, words from `@Field`, defaults from a new instance. */
export function classSchema(type: ConfigClass): JsonSchema {
  requireValidators(type);
  const schema = targetConstructorToSchema(type) as JsonSchema & { properties?: Record<string, JsonSchema> };
  const defaults = new type() as Record<string, Json | undefined>;
  const properties: Record<string, JsonSchema> = {};
  const fields = fieldsOf(type);
  for (const name of new Set([...fields.keys(), ...Object.keys(schema.properties ?? {})])) {
    properties[name] = describe(
      withNested(type, name, schema.properties?.[name] ?? {}),
      fields.get(name),
      defaults[name],
    );
  }
  const required = ((schema.required as string[] | undefined) ?? []).filter((name) => defaults[name] === undefined);
  return { type: 'object', properties, required, additionalProperties: false };
}

function describe(property: JsonSchema, field: FieldOptions | undefined, fallback: Json | undefined): JsonSchema {
  return {
    ...property,
    ...(field && { title: field.title }),
    ...(field?.description && { description: field.description }),
    ...(field?.examples && { examples: field.examples }),
    ...(field?.secret && { 'x-secret': true, writeOnly: true }),
    ...(field?.bindsSecrets && { 'x-binds-secrets': true }),
    ...(field?.place !== undefined && { 'x-place': field.place }),
    ...(field?.multiline && { 'x-multiline': true }),
    ...(fallback !== undefined && { default: fallback }),
  };
}

/** Puts the schema of a nested class (`@ValidateNested` with `@Type`) where class-validator-jsonschema leaves a reference to nowhere. */
function withNested(type: ConfigClass, name: string, property: JsonSchema): JsonSchema {
  const { $ref, ...rest } = property;
  if ($ref !== undefined) return { ...rest, ...schemaAt(type, name, {}) };
  const items = property.items as JsonSchema | undefined;
  return items?.$ref === undefined ? property : { ...property, items: schemaAt(type, name, [{}]) };
}

/** The schema of the class that a value of this property is made into. */
function schemaAt(type: ConfigClass, name: string, value: object): JsonSchema {
  const made = (plainToInstance(type, { [name]: value }) as Record<string, unknown>)[name];
  const nested: unknown = Array.isArray(made) ? made[0] : made;
  const nestedType = nested?.constructor;
  return typeof nestedType === 'function' && nestedType !== Object
    ? classSchema(nestedType as ConfigClass)
    : { type: 'object' };
}
