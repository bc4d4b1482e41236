import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { MillraceError } from '../errors/index.ts';
import type { JsonSchema } from '../json.ts';
import { compileSchema } from '../schema/index.ts';
import { classSchema } from './class-schema.ts';
import { isConfigClass, type ConfigClass } from './config-class.ts';
import { markedPaths } from './marked-paths.ts';
import { validatedFields } from './require-validators.ts';

/** A connector's configuration, whichever way it was declared. */
export interface ConfigSpec<C = unknown> {
  schema: JsonSchema;
  /** Dotted paths of secret fields. */
  secrets: string[];
  /** Dotted paths of fields that say where secrets are sent. */
  bindsSecrets: string[];
  /** Dotted paths of fields that say which place is led to. */
  places: string[];
  /** Checks and completes a configuration; throws `invalid_config` naming each fault. */
  parse(input: unknown): C;
}

interface Fault {
  path: string;
  message: string;
}

export function configSpec<C>(config: ConfigClass<C> | JsonSchema): ConfigSpec<C> {
  const schema = isConfigClass(config) ? classSchema(config) : config;
  return {
    schema,
    secrets: markedPaths(schema, (field) => field['x-secret'] === true || field.airbyte_secret === true),
    bindsSecrets: markedPaths(schema, bindsSecrets),
    places: markedPaths(
      schema,
      (field) => field['x-place'] === true || (field['x-place'] !== false && bindsSecrets(field)),
    ),
    parse: isConfigClass(config) ? (input) => parseByClass(config, input) : bySchema<C>(schema),
  };
}

function bindsSecrets(field: JsonSchema): boolean {
  return field['x-binds-secrets'] === true;
}

function parseByClass<C>(type: ConfigClass<C>, input: unknown): C {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw invalidConfig([notAnObject]);
  if (validatedFields(type).size === 0) return parseWithoutFields(type, input);
  const instance = plainToInstance(type, input, { exposeDefaultValues: true }) as C & object;
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (errors.length > 0) throw invalidConfig(errors.flatMap((error) => faultsOf(error)));
  return instance;
}

/** class-validator refuses whatever a class without decorators is given, and does not say why. */
function parseWithoutFields<C>(type: ConfigClass<C>, input: object): C {
  const faults = Object.keys(input).map((path) => ({
    path,
    message: `is no field of ${type.name}, which declares none. A field has @Field and a decorator of class-validator`,
  }));
  if (faults.length > 0) throw invalidConfig(faults);
  return new type();
}

function bySchema<C>(schema: JsonSchema): (input: unknown) => C {
  const validate = compileSchema(schema, { defaults: true });
  return (input) => {
    const value: unknown = structuredClone(input);
    const faults = validate(value);
    if (faults.length > 0) throw invalidConfig(faults);
    return value as C;
  };
}

const notAnObject: Fault = { path: '', message: 'must be an object' };

function faultsOf(error: ValidationError, prefix = ''): Fault[] {
  const path = prefix + error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, `${path}.`))];
}

function invalidConfig(faults: Fault[]): MillraceError {
  const list = faults
    .map(({ path, message }) => (path && !message.startsWith(path) ? `${path} ${message}` : message))
    .join('; ');
  return new MillraceError('invalid_config', `The configuration is not valid: ${list}. Correct these fields.`, {
    details: { faults: faults.map(({ path, message }) => ({ path, message })) },
  });
}
