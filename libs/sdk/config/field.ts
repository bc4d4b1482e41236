import 'reflect-metadata';

/** What the form shows of a config field, and how the vault treats it. */
export interface FieldOptions {
  title: string;
  description?: string;
  /** Encrypted at rest, never returned, never logged. */
  secret?: boolean;
  /** Says where secrets are sent (a host, a URL): changing it asks for the secrets again. */
  bindsSecrets?: boolean;
  /** Says which place is led to: with another value it may be another one, of which syncs know nothing. Default: as `bindsSecrets`. */
  place?: boolean;
  examples?: unknown[];
  /** Text of several lines. */
  multiline?: boolean;
}

const fieldsKey = Symbol('millrace:fields');

/** Describes a property of a config class; the class-validator decorators beside it say what is valid. */
export function Field(options: FieldOptions): PropertyDecorator {
  return (target, property) => {
    const fields = new Map(fieldsOf(target.constructor));
    fields.set(String(property), options);
    Reflect.defineMetadata(fieldsKey, fields, target.constructor);
  };
}

/** The described fields of a config class, in the order of their declaration. */
export function fieldsOf(type: object): ReadonlyMap<string, FieldOptions> {
  return (
    (Reflect.getMetadata(fieldsKey, type) as Map<string, FieldOptions> | undefined) ?? new Map<string, FieldOptions>()
  );
}
