export type { ColumnKind, SqlColumn, SqlDialect, SqlSession, SqlTable, SqlText } from './dialect.ts';
export { sqlSource, type SqlSource } from './sql-source.ts';
