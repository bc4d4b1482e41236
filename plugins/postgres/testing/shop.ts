import pg from 'pg';
import type { ConnectorContext, CursorWindow, Json, Page, Row, Stream } from '@millrace/sdk';
import { configSpec, fieldList, streamsOf, wholeStream } from '@millrace/sdk';
import { testContext } from '@millrace/sdk/testing';
import connector from '../index.ts';
import { PostgresConfig } from '../config.ts';

export interface ReadOptions {
  key?: string[];
  cursor?: string;
  state?: Json;
  until?: string;
  window?: CursorWindow;
  resume?: Json;
  signal?: AbortSignal;
}

/** A running PostgreSQL, as `#tools/postgres` gives it. */
interface Postgres {
  url: string;
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  stop(): Promise<void>;
}

/** A PostgreSQL for one spec, and the connector reading from it. */
export class Shop {
  private constructor(
    private readonly postgres: Postgres,
    private readonly client: pg.Client,
  ) {}

  static async over(postgres: Postgres): Promise<Shop> {
    const client = new pg.Client(postgres.url);
    await client.connect();
    return new Shop(postgres, client);
  }

  async stop(): Promise<void> {
    await this.client.end();
    await this.postgres.stop();
  }

  async sql(statement: string): Promise<Row[]> {
    return (await this.client.query<Row>(statement)).rows;
  }

  config(more: object = {}): object {
    const { host, port, database, user, password } = this.postgres;
    return { host, port, database, user, password, ...more };
  }

  context(more: object = {}, signal?: AbortSignal): ConnectorContext<PostgresConfig> {
    return testContext(configSpec(PostgresConfig).parse(this.config(more)), signal && { signal });
  }

  async streams(more: object = {}): Promise<Record<string, Stream>> {
    return streamsOf(connector, this.context(more));
  }

  async *open(
    name: string,
    { key, cursor, signal, ...options }: ReadOptions = {},
    more: object = {},
  ): AsyncGenerator<Page> {
    const ctx = this.context(more, signal);
    const stream = (await this.streams(more))[name];
    if (!stream?.read) throw new Error(`there is no stream ${name}`);
    const settings = { name, key: key ?? fieldList(stream.key), cursor };
    yield* stream.read({ ...ctx, until: new Date().toISOString(), ...options, stream: settings, slice: wholeStream });
  }

  async read(name: string, options: ReadOptions = {}, more: object = {}): Promise<Page[]> {
    const pages: Page[] = [];
    for await (const page of this.open(name, options, more)) pages.push(page);
    return pages;
  }

  async rows(name: string, options: ReadOptions = {}, more: object = {}): Promise<Row[]> {
    return (await this.read(name, options, more)).flatMap(({ records }) => records);
  }
}
