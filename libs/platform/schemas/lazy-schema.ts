import { compileSchema, type JsonSchema, type SchemaFault } from '@millrace/sdk';

/** `compileSchema` for schemas of our own: each is compiled when a value is first held against it, so that a server starts sooner. */
export function lazySchema(schema: JsonSchema): (value: unknown) => SchemaFault[] {
  let faultsOf: ReturnType<typeof compileSchema> | undefined;
  return (value) => (faultsOf ??= compileSchema(schema))(value);
}
