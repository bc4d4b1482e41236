import { asObject, isObject, type JsonObject } from './json.ts';
import { branchesOf, type Schema } from './schema.ts';

/** As it may be stored: without the secrets that were entered. That there is a stored one (null), or that it is to be removed (`''`), is none. */
export function withoutSecrets(schema: Schema, value: JsonObject): JsonObject {
  const kept = Object.entries(value).flatMap(([name, field]) => {
    const described = fieldsNamed(name, schema);
    if (field !== '' && field !== null && described.some(isSecret)) return [];
    return [[name, described.reduce<unknown>((left, one) => cleaned(one, left), field)] as const];
  });
  return Object.fromEntries(kept);
}

function cleaned(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => cleaned(schema.items ?? {}, item));
  return isObject(value) ? withoutSecrets(schema, value) : value;
}

/** All that is said of it: which branch holds may change while somebody fills the form in. */
function fieldsNamed(name: string, schema: Schema): Schema[] {
  const own = asObject(schema.properties)[name] as Schema | undefined;
  return [...(own ? [own] : []), ...branchesOf(schema).flatMap((branch) => fieldsNamed(name, branch))];
}

const isSecret = (schema: Schema): boolean =>
  schema['x-secret'] === true ||
  (schema.items !== undefined && isSecret(schema.items)) ||
  branchesOf(schema).some(isSecret);

/** Whether anything that is entered is secret. */
export const hasSecrets = (schema: Schema): boolean =>
  isSecret(schema) ||
  [...Object.values(schema.properties ?? {}), ...branchesOf(schema), ...(schema.items ? [schema.items] : [])].some(
    hasSecrets,
  );
