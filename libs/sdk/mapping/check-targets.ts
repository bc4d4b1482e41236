import { MillraceError } from '../errors/index.ts';
import { isObject } from '../is-object.ts';
import type { JsonSchema } from '../json.ts';
import type { Mapping } from './mapping.ts';
import { nearestName } from './names.ts';
import { targetNames } from './target.ts';

/**
 * Throws `invalid_mapping` for a target that is no field of an object whose schema names all there are: each row would be refused for it, or lose
 * what is written there.
 */
export function checkTargets(mapping: Mapping, schema: JsonSchema = {}): void {
  const { properties, additionalProperties, patternProperties } = schema;
  if (additionalProperties !== false || patternProperties !== undefined || !isObject(properties)) return;
  for (const target of Object.keys(mapping)) {
    const [name = ''] = targetNames(target);
    if (!Object.hasOwn(properties, name)) throw noSuchField(target, name, properties);
  }
}
function noSuchField(target: string, name: string, properties: object): MillraceError {
  const fields = Object.keys(properties);
  const free = Object.entries(properties).flatMap(([field, schema]) => (isFree(schema) ? [`${field}.${name}`] : []));
  const meant = [nearestName(name, fields), ...free].filter((one) => one !== undefined);
  const mend = meant.length > 0 ? `Do you mean ${meant.join(' or ')}?` : 'Take it out.';
  return new MillraceError(
    'invalid_mapping',
    `Mapping, target "${target.slice(0, 80)}": there is no such field. There are: ${fields.join(', ')}. ${mend}`,
    { details: { target } },
  );
}

/** It takes fields of any name, and names none itself. */
function isFree(schema: unknown): boolean {
  return (
    isObject(schema) &&
    schema.type === 'object' &&
    schema.properties === undefined &&
    schema.additionalProperties !== false
  );
}
