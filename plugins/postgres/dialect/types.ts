import type { ColumnKind, JsonSchema } from '@millrace/sdk';
import { base64, integer, instant, json, local, number } from './values.ts';

export interface PostgresType {
  schema: JsonSchema;
  kind?: ColumnKind;
  /** Default: the text itself. */
  value?: (text: string) => unknown;
  /** Selected as JSON, since its own text would have to be taken apart. */
  asJson?: boolean;
}

const text: PostgresType = { schema: { type: 'string' } };
const whole: PostgresType = { schema: { type: 'integer' }, kind: 'integer', value: Number };
const decimal: PostgresType = { schema: { type: ['number', 'string'] }, kind: 'decimal', value: number };
const document: PostgresType = { schema: {}, value: json };

/** By the name that `format_type` gives. Whatever is not here is read as its text. */
const types = new Map<string, PostgresType>([
  ['smallint', whole],
  ['integer', whole],
  ['bigint', { schema: { type: ['integer', 'string'] }, kind: 'integer', value: integer }],
  ['numeric', decimal],
  ['real', decimal],
  ['double precision', decimal],
  ['boolean', { schema: { type: 'boolean' }, value: (found) => found === 't' }],
  ['timestamp with time zone', { schema: { type: 'string' }, kind: 'instant', value: instant }],
  ['timestamp without time zone', { schema: { type: 'string' }, kind: 'local', value: local }],
  ['date', { schema: { type: 'string' }, kind: 'local' }],
  ['json', document],
  ['jsonb', document],
  ['bytea', { schema: { type: 'string', contentEncoding: 'base64' }, value: base64 }],
]);

const list: PostgresType = { schema: { type: 'array' }, value: json, asJson: true };

export function typeOf(name: string): PostgresType {
  return name.endsWith('[]') ? list : (types.get(name) ?? text);
}
