import type { SqlColumn, SqlDialect, SqlText } from './dialect.ts';

/** Collects conditions, and the parameters that stand in them. */
export class Where {
  readonly parameters: SqlText[] = [];
  private readonly conditions: string[] = [];

  constructor(private readonly dialect: SqlDialect) {}

  isNull(column: SqlColumn): this {
    return this.and(`${this.name(column)} IS NULL`);
  }

  isNotNull(column: SqlColumn): this {
    return this.and(`${this.name(column)} IS NOT NULL`);
  }

  anyIsNull(columns: SqlColumn[]): this {
    return this.and(`(${columns.map((column) => `${this.name(column)} IS NULL`).join(' OR ')})`);
  }

  /** `(a, b) > (…, …)`: what comes after a row in the order of these columns. */
  after(columns: SqlColumn[], values: SqlText[]): this {
    const names = columns.map((column) => this.name(column));
    const parameters = columns.map((column, index) => this.parameter(values[index] ?? null, column));
    return this.and(`(${names.join(', ')}) > (${parameters.join(', ')})`);
  }

  /** `lookback`: of times in seconds. From what is neither a time nor a number nothing can be taken away. */
  notBefore(column: SqlColumn, value: string, lookback: number): this {
    const start = this.parameter(value, column);
    return this.and(`${this.name(column)} >= ${lookback === 0 ? start : this.earlier(start, column, lookback)}`);
  }

  notAfter(column: SqlColumn, value: string): this {
    return this.and(`${this.name(column)} <= ${this.parameter(value, column)}`);
  }

  clause(): string[] {
    return this.conditions.length > 0 ? [`WHERE ${this.conditions.join(' AND ')}`] : [];
  }

  private and(condition: string): this {
    this.conditions.push(condition);
    return this;
  }

  private earlier(start: string, { type }: SqlColumn, lookback: number): string {
    const kind = this.dialect.kind(type);
    if (kind === 'other') return start;
    return kind === 'integer' || kind === 'decimal' ? `${start} - ${lookback}` : this.dialect.earlier(start, lookback);
  }

  private name(column: SqlColumn): string {
    return this.dialect.quote(column.name);
  }

  private parameter(value: SqlText, { type }: SqlColumn): string {
    return this.dialect.parameter(this.parameters.push(value), type);
  }
}
