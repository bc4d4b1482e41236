import type { JsonSchema } from '../../json.ts';
import type { SqlDialect, SqlTable } from './dialect.ts';

/** JSON Schema of a table's records. Columns that may serve as a cursor are marked with `x-cursor`. */
export function tableSchema(dialect: SqlDialect, table: SqlTable): JsonSchema {
  const properties = table.columns.map(({ name, type, nullable }): [string, JsonSchema] => {
    const schema = { ...dialect.schema(type), description: type };
    const mark = dialect.kind(type) === 'other' ? {} : { 'x-cursor': true };
    return [name, { ...(nullable ? orNull(schema) : schema), ...mark }];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: table.columns.map(({ name }) => name),
  };
}

function orNull(schema: JsonSchema): JsonSchema {
  if (schema.type === undefined) return schema; // anything, null included
  return { ...schema, type: [...new Set([schema.type, 'null'].flat())] };
}
