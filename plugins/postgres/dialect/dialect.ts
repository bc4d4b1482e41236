import type { SqlDialect } from '@millrace/sdk';
import { estimatedRows } from './estimate.ts';
import { typeOf } from './types.ts';

export const dialect: SqlDialect = {
  quote: quoted,
  parameter: (index, type) => `$${index}::${type}`,
  select: ({ type }, name) => (typeOf(type).asJson ? `to_json(${name})` : name),
  kind: (type) => typeOf(type).kind ?? 'other',
  schema: (type) => typeOf(type).schema,
  value: (type) => typeOf(type).value ?? ((text) => text),
  earlier: (expression, seconds) => `${expression} - make_interval(secs => ${seconds})`,
  estimate: estimatedRows,
};

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
