import { getMetadataStorage } from 'class-validator';
import { MillraceError } from '../errors/index.ts';
import type { ConfigClass } from './config-class.ts';
import { fieldsOf } from './field.ts';

/** The properties of a config class that have a decorator of class-validator. */
export function validatedFields(type: ConfigClass): Set<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  return new Set(rules.map(({ propertyName }) => propertyName));
}

/** Throws `invalid_connector` for a field that class-validator does not know: it would refuse every configuration that has it. */
export function requireValidators(type: ConfigClass): void {
  const known = validatedFields(type);
  const open = [...fieldsOf(type).keys()].find((name) => !known.has(name));
  if (open === undefined) return;
  throw new MillraceError(
    'invalid_connector',
    `The field "${open}" of the class ${type.name} has @Field, but nothing that says what is valid. Put a decorator of class-validator beside it, such as @IsString().`,
  );
}
