import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { postgresPrograms } from './postgres-programs.ts';
import { describeWithPostgres } from './describe-with-postgres.ts';
import { startPostgres, type Postgres } from './start-postgres.ts';

describeWithPostgres('startPostgres', () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('runs a server with logical replication that its URL leads to', async () => {
    const client = new pg.Client(postgres.url);
    await client.connect();
    const { rows } = await client.query<{ wal_level: string }>('SHOW wal_level');
    await client.end();
    expect(rows).toEqual([{ wal_level: 'logical' }]);
  });

  it('refuses a wrong password', async () => {
    const { host, port, database, user } = postgres;
    const client = new pg.Client({ host, port, database, user, password: 'wrong' });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
  });
});

describeWithPostgres('the programs', () => {
  it('are where they are said to be', () => {
    expect(existsSync(postgresPrograms())).toBe(true);
  });
});

describe('postgresPrograms', () => {
  it('says what to install where there are none', () => {
    expect(() => postgresPrograms('/nowhere', '/nowhere/else')).toThrow(/apt-get install postgresql/);
  });
});
