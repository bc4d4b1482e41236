import type { Client, FieldDef } from 'pg';
import type { ConnectorContext, SqlSession, SqlText } from '@millrace/sdk';
import type { PostgresConfig } from '../config.ts';
import { databaseError } from './errors.ts';

/** Every value as PostgreSQL prints it. */
const asText = { getTypeParser: () => (text: string) => text };

export class PostgresSession implements SqlSession {
  constructor(
    private readonly client: Client,
    private readonly ctx: ConnectorContext<PostgresConfig>,
    private readonly onClose: () => void,
  ) {}

  async rows(sql: string, parameters: SqlText[] = []): Promise<SqlText[][]> {
    return (await this.query(sql, parameters)).rows;
  }

  /** The columns that a statement would give. */
  async fields(sql: string): Promise<FieldDef[]> {
    return (await this.query(sql, [])).fields;
  }

  async *batches(sql: string, parameters: SqlText[], size: () => number): AsyncGenerator<SqlText[][]> {
    await this.rows('BEGIN READ ONLY');
    await this.rows(`DECLARE millrace NO SCROLL CURSOR FOR ${sql}`, parameters);
    for (;;) {
      const rows = await this.rows(`FETCH ${size()} FROM millrace`);
      if (rows.length === 0) break;
      yield rows;
    }
    await this.rows('COMMIT');
  }

  /** Statements without parameters and results. */
  async execute(sql: string): Promise<void> {
    await this.translated(() => this.client.query(sql));
  }

  async close(): Promise<void> {
    this.onClose();
    await this.client
      .end()
      .catch((error: unknown) => this.ctx.log.debug({ error }, 'the connection had ended already'));
  }

  /** The extended protocol takes one statement only, and never mixes values into it. */
  private query(text: string, values: SqlText[]) {
    const statement = { text, values, rowMode: 'array' as const, queryMode: 'extended', types: asText };
    return this.translated(() => this.client.query<SqlText[]>(statement));
  }

  private async translated<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.ctx.signal.throwIfAborted();
      throw databaseError(error, this.ctx.config);
    }
  }
}
