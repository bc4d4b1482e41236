import type { SqlColumn, SqlDialect } from '@millrace/sdk';

const names = /^(updated|modified|changed|last_?updated|last_?modified|last_?changed)(_?(at|on|date|time))?$/i;

/** The column that by its name and type tells when a row last changed. */
export function usualCursor(columns: SqlColumn[], dialect: SqlDialect): string | undefined {
  return columns.find(({ name, type }) => names.test(name) && ['instant', 'local'].includes(dialect.kind(type)))?.name;
}
