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
    const kind = this.dialect.kind(column.type);
    if (lookback === 0 || kind === 'other') return this.and(`${this.name(column)} >= ${start}`);
    const isTime = kind === 'instant' || kind === 'local';
    return this.and(
      `${this.name(column)} >= ${isTime ? this.dialect.earlier(start, lookback) : `${start} - ${lookback}`}`,
    );
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

  private name(column: SqlColumn): string {
    return this.dialect.quote(column.name);
  }

  private parameter(value: SqlText, { type }: SqlColumn): string {
    return this.dialect.parameter(this.parameters.push(value), type);
  }
}
