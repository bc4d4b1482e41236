import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testConnector } from '@millrace/sdk/testing';
import { MillraceError, type CursorWindow, type Json, type Page, type Row } from '@millrace/sdk';
import { describeWithPostgres as describe, startPostgres } from '#tools/postgres';
import connector from './index.ts';
import { openSession } from './session/open-session.ts';
import { Shop } from './testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.over(await startPostgres());
  await shop.sql(`
    CREATE SCHEMA contract;
    CREATE TABLE contract.customer (id int PRIMARY KEY, email text NOT NULL, seen timestamptz, tags text[]);
    INSERT INTO contract.customer SELECT n, 'c' || n || '@example.com', now() - n * interval '1 hour', '{a,b}' FROM generate_series(1, 700) n;
    CREATE TABLE contract.line (invoice int, "position" smallint, price numeric(10, 2), PRIMARY KEY (invoice, "position"));
    INSERT INTO contract.line SELECT n / 5, n % 5, n * 1.25 FROM generate_series(0, 299) n;
    CREATE VIEW contract.spenders AS SELECT invoice, sum(price) AS total FROM contract.line GROUP BY invoice;
  `);
});
afterAll(() => shop.stop());

const idsOf = (pages: Page[]): unknown[] => pages.flatMap(({ records }) => records.map(({ id }) => id));
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const stored = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as Json;

/** Of a value that holds no text. */
const levelsOf = (value: unknown): number => JSON.stringify(value).match(/[[{]/g)?.length ?? 0;

testConnector(
  connector,
  {
    config: () =>
      shop.config({
        schemas: ['contract'],
        queries: [
          { name: 'dear', sql: 'SELECT * FROM contract.line WHERE price > 10 -- dear', key: ['invoice', 'position'] },
        ],
      }),
    badConfig: () => shop.config({ password: 'not-the-password' }),
    invalidConfigs: [
      { host: 'x', database: 'd', user: 'u', port: 0 },
      { host: 'x', database: 'd', user: 'u', ssl: 'maybe' },
    ],
    streams: { 'contract.spenders': { onePage: true } },
  },
  { describe, it },
);

describe('discovering', () => {
  it('gives tables, views and queries with keys, cursors and types', async () => {
    await shop.sql(`
      CREATE TABLE typed (id bigint PRIMARY KEY, updated_at timestamptz, born date NOT NULL, "order" jsonb);
      COMMENT ON TABLE typed IS 'Typed rows';
      CREATE VIEW seen AS SELECT id FROM typed;`);
    const streams = await shop.streams({ queries: [{ name: 'counts', sql: 'select count(*) as n from typed;' }] });
    expect(Object.keys(streams)).toEqual(expect.arrayContaining(['typed', 'seen', 'counts']));
    expect(streams.typed).toMatchObject({
      description: 'Typed rows',
      key: ['id'],
      cursor: 'updated_at',
      schema: {
        required: ['id', 'updated_at', 'born', 'order'],
        properties: {
          id: { type: ['integer', 'string'], 'x-cursor': true },
          updated_at: { type: ['string', 'null'], 'x-cursor': true },
          born: { type: 'string' },
          order: { description: 'jsonb' },
        },
      },
    });
    expect(streams.seen?.key).toBeUndefined();
    expect(
      await streams.counts?.count?.({
        ...shop.context(),
        stream: { name: 'counts', key: [] },
        until: new Date().toISOString(),
      }),
    ).toBe(1);
  });

  it('knows what lies below domains, be they over others', async () => {
    await shop.sql(`
      CREATE DOMAIN amount AS numeric(12, 2); CREATE DOMAIN price AS amount; CREATE DOMAIN ids AS bigint[];
      CREATE DOMAIN moment AS timestamptz; CREATE DOMAIN later_moment AS moment;
      CREATE TABLE over_domains (id int PRIMARY KEY, price price, ids ids, updated_at later_moment);
      INSERT INTO over_domains VALUES (1, 12.5, '{1,2}', '2026-01-05 04:00+00');`);
    const { over_domains: stream } = await shop.streams();
    expect(stream).toMatchObject({
      cursor: 'updated_at',
      schema: { properties: { price: { description: 'numeric' } } },
    });
    expect(await shop.rows('over_domains')).toEqual([
      { id: 1, price: 12.5, ids: [1, 2], updated_at: '2026-01-05T04:00:00Z' },
    ]);
  });

  it.each([
    [{ name: 'typed', sql: 'select 1 as a' }, 'another stream'],
    [{ name: 'q', sql: 'select 1 as a, 2 as a' }, 'two columns called "a"'],
    [{ name: 'q', sql: 'select 1 as a', key: ['b'] }, 'no column "b"'],
    [{ name: 'q', sql: 'select from nowhere' }, 'nowhere'],
    [{ name: 'q', sql: 'select 1) as x; drop table typed; select (1' }, 'refuses the statement'],
  ])('refuses the query %j', async (query, message) => {
    await expect(shop.streams({ queries: [query] })).rejects.toThrow(message);
  });

  it('lets no query write', async () => {
    const queries = [{ name: 'q', sql: `select nextval('counted')` }];
    await shop.sql('CREATE SEQUENCE counted');
    await expect(shop.rows('q', {}, { queries })).rejects.toMatchObject({
      code: 'remote_rejected',
      message: expect.stringContaining('read-only') as unknown,
    });
  });
});

describe('values', () => {
  it('arrive exactly', async () => {
    await shop.sql(`
      CREATE TABLE exact AS SELECT 1 AS id, 9007199254740993 AS big, 9007199254740991 AS safe,
        12345678901234567890.12345::numeric AS long, 2328.60::numeric AS total, 'NaN'::float8 AS nan, 0.1::float8 AS tenth,
        '2026-01-05 06:00:00.123456+02'::timestamptz AS at, '2026-03-29 02:30:00.5'::timestamp AS local, '2026-12-31'::date AS day,
        '{"a": [1]}'::jsonb AS doc, '\\x00ff10'::bytea AS bytes, ARRAY['x', NULL, 'ü"'] AS list, '{1,2}'::int[] AS ints,
        'Žluťoučký 🐎' AS "weird ""name"".x", NULL::text AS nothing, true AS yes, interval '1 day 2 hours' AS span`);
    const [row] = await shop.rows('exact');
    expect(row).toEqual({
      id: 1,
      big: '9007199254740993',
      safe: 9007199254740991,
      long: '12345678901234567890.12345',
      total: 2328.6,
      nan: 'NaN',
      tenth: 0.1,
      at: '2026-01-05T04:00:00.123456Z',
      local: '2026-03-29T02:30:00.5',
      day: '2026-12-31',
      doc: { a: [1] },
      bytes: 'AP8Q',
      list: ['x', null, 'ü"'],
      'weird "name".x': 'Žluťoučký 🐎',
      nothing: null,
      yes: true,
      span: 'P1DT2H',
      ints: [1, 2],
    });
  });

  it('that are too deep to be stored stay so, and take no other row along', async () => {
    await shop.sql(`
      CREATE TABLE deep (id int PRIMARY KEY, doc jsonb, list json[]);
      INSERT INTO deep SELECT n, (repeat('[', levels) || repeat(']', levels))::jsonb, ARRAY['1'::json]
      FROM (VALUES (1, 1), (2, 101), (3, 100), (4, 4000)) AS given (n, levels);
      INSERT INTO deep VALUES (5, '{}', ARRAY[(repeat('{"a":', 4000) || '1' || repeat('}', 4000))::json])`);
    const rows = await shop.rows('deep');
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map((row) => levelsOf(row.doc))).toEqual([1, 101, 100, 1000, 1]);
    expect(rows.map((row) => levelsOf(row.list))).toEqual([1, 1, 1, 1, 1000]);
  });

  it('of odd names and keys are paged', async () => {
    await shop.sql(`
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
      CREATE TABLE "weird ""table" ("the key" char(8), "a.b" mood, n int, PRIMARY KEY ("the key", "a.b"));
      INSERT INTO "weird ""table" SELECT chr(97 + n % 26) || 'é''', (ARRAY['sad','ok','glad'])[1 + n / 200]::mood, n FROM generate_series(0, 25) n;
      INSERT INTO "weird ""table" SELECT 'k' || n, 'glad', n FROM generate_series(26, 599) n;`);
    const pages = await shop.read('weird "table');
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages.flatMap(({ records }) => records.map(({ n }) => n))).size).toBe(600);
  });

  it('of a key with a list are paged', async () => {
    await shop.sql(`
      CREATE TABLE listed (path text[], at timestamptz[], id int, PRIMARY KEY (path, at, id));
      INSERT INTO listed SELECT ARRAY['x', 'ü"' || n / 250], '{2026-01-05 04:00:00.123456+00}', n FROM generate_series(1, 600) n`);
    const pages = await shop.read('listed');
    expect(idsOf(pages)).toEqual(numbers(1, 600));
    expect(pages[0]?.records[0]).toMatchObject({ path: ['x', 'ü"0'], at: ['2026-01-05T04:00:00.123456+00:00'] });
    const rest = await shop.read('listed', { resume: stored(pages[0]?.resume) });
    expect(idsOf(rest)).toEqual(idsOf(pages.slice(1)));
  });
});

describe('reading', () => {
  it('takes no other columns than those of the table', async () => {
    await expect(shop.read('typed', { key: ['id" = 1; --'] })).rejects.toMatchObject({ code: 'invalid_config' });
    await expect(shop.read('typed', { cursor: 'no' })).rejects.toThrow(
      'There is no column no. Choose key and cursor among id, updated_at',
    );
  });

  describe('by cursor', () => {
    beforeAll(async () => {
      await shop.sql(`
        CREATE TABLE change (id int PRIMARY KEY, updated_at timestamptz);
        INSERT INTO change SELECT n, '2026-01-01 00:00:00.000001Z'::timestamptz + (n / 300) * interval '1 microsecond' FROM generate_series(1, 1200) n;
        INSERT INTO change SELECT n, NULL FROM generate_series(1201, 1600) n;`);
    });

    it('gives every row once, whichever page it goes on from', async () => {
      const pages = await shop.read('change', { cursor: 'updated_at' });
      expect(idsOf(pages)).toEqual([...numbers(1201, 1600), ...numbers(1, 1200)]); // without a cursor value first
      for (const [index, { resume }] of pages.entries()) {
        const rest = await shop.read('change', { cursor: 'updated_at', resume: stored(resume) });
        expect(idsOf(rest)).toEqual(idsOf(pages.slice(index + 1)));
      }
    });

    it('goes on in the next run at the very microsecond, that value included', async () => {
      const stream = (await shop.streams()).change;
      const pages = await shop.read('change', { cursor: 'updated_at' });
      const state = stream?.advance?.(undefined, [{ id: 'all', spec: null, resume: stored(pages.at(-1)?.resume) }]);
      expect(state).toEqual({ cursor: '2026-01-01 00:00:00.000005+00' });
      await shop.sql(
        `INSERT INTO change VALUES (2001, '2026-01-01 00:00:00.000005Z'), (2002, '2026-01-01 00:00:00.000004Z')`,
      );
      const again = await shop.rows('change', { cursor: 'updated_at', state });
      expect(again.filter(({ updated_at }) => updated_at !== null).map(({ id }) => id)).toEqual([1200, 2001]);
      expect(await shop.rows('change', { cursor: 'updated_at', state }, { lookbackSeconds: 1 })).toHaveLength(1602);
    });

    it('keeps its state where nothing was read', async () => {
      const stream = (await shop.streams()).change;
      expect(stream?.advance?.({ cursor: 'x' }, [{ id: 'all', spec: null }])).toEqual({ cursor: 'x' });
    });

    it('leaves what changed after the boundary to the next run', async () => {
      await shop.sql(
        `CREATE TABLE late (id int PRIMARY KEY, updated_at timestamptz NOT NULL); INSERT INTO late VALUES (1, '2026-01-01T10:00:00Z'), (2, '2026-01-01T10:00:00.000001Z')`,
      );
      expect(await shop.rows('late', { cursor: 'updated_at', until: '2026-01-01T10:00:00.000Z' })).toHaveLength(1);
    });

    it('reads a window, whatever was read before', async () => {
      await shop.sql(
        `CREATE TABLE windowed (id int PRIMARY KEY, on_day date, at timestamptz);
         INSERT INTO windowed SELECT n, '2026-01-01'::date + n, '2026-01-01T12:00:00Z'::timestamptz + n * interval '1 day' FROM generate_series(1, 9) n;
         INSERT INTO windowed VALUES (10, NULL, NULL)`,
      );
      const ids = async (cursor: string, window: CursorWindow) =>
        idsOf(await shop.read('windowed', { cursor, window, state: { cursor: '2026-01-09' } }));
      expect(await ids('at', { from: '2026-01-04', to: '2026-01-05T12:00:00Z' })).toEqual([3, 4]);
      expect(await ids('at', { from: '2026-01-04', to: '2026-01-05' })).toEqual([3, 4]);
      // A day more is asked for than a date alone means: the engine leaves it out.
      expect(await ids('on_day', { to: '2026-01-03' })).toEqual([1, 2, 3]);
      expect(await ids('id', { from: 8 })).toEqual([8, 9, 10]);
    });

    it('counts long numbers as numbers', async () => {
      await shop.sql(
        `CREATE TABLE numbered (id int PRIMARY KEY, version numeric); INSERT INTO numbered SELECT n, 99999999999999999900::numeric + n FROM generate_series(1, 300) n`,
      );
      const pages = await shop.read('numbered', { cursor: 'version' });
      expect(idsOf(pages)).toEqual(numbers(1, 300));
      expect(pages.at(-1)?.resume).toMatchObject({ cursor: '100000000000000000200' });
      expect(
        idsOf(await shop.read('numbered', { cursor: 'version', state: { cursor: '100000000000000000199' } })),
      ).toEqual([299, 300]);
    });

    it.each([
      ['version', '7.5', [6, 7, 8, 9]],
      ['score', '7.5', [6, 7, 8, 9]],
      ['label', 'v7', [7, 8, 9]],
    ])('looks back as far as that is possible: from %s %s', async (cursor, from, ids) => {
      await shop.sql(
        `CREATE TABLE IF NOT EXISTS versioned AS SELECT n AS id, n::numeric AS version, n::double precision AS score, 'v' || n AS label FROM generate_series(1, 9) n`,
      );
      const pages = await shop.read('versioned', { cursor, state: { cursor: from } }, { lookbackSeconds: 2 });
      expect(idsOf(pages)).toEqual(ids);
    });

    it('gives a row that changes meanwhile again, and loses none', async () => {
      await shop.sql(
        `CREATE TABLE busy (id int PRIMARY KEY, n int, updated_at timestamptz NOT NULL); INSERT INTO busy SELECT n, 0, '2026-01-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 900) n`,
      );
      const latest = new Map<unknown, unknown>();
      let page = 0;
      for await (const { records } of shop.open('busy', { cursor: 'updated_at' })) {
        for (const { id, n } of records) latest.set(id, n);
        if (page++ === 0)
          await shop.sql(
            `UPDATE busy SET n = 1, updated_at = '2026-02-01' WHERE id IN (1, 899); DELETE FROM busy WHERE id = 900`,
          );
      }
      expect(latest.size).toBe(899);
      expect([latest.get(1), latest.get(899)]).toEqual([1, 1]);
    });
  });

  it('reads what has no key in one pass, from one snapshot', async () => {
    await shop.sql(
      `CREATE TABLE log (at timestamptz, n int); INSERT INTO log SELECT NULLIF(n % 7, 0) * interval '1 s' + '2026-01-01'::timestamptz, n FROM generate_series(1, 1000) n`,
    );
    const whole = await shop.read('log');
    expect(whole.map(({ resume }) => resume)).toEqual(whole.map(() => undefined));
    expect(new Set(whole.flatMap(({ records }) => records.map(({ n }) => n))).size).toBe(1000);

    const pages = await shop.read('log', { cursor: 'at' });
    expect(pages.flatMap(({ records }) => records)).toHaveLength(1000);
    const resume = stored(pages.at(-1)?.resume);
    expect(resume).toEqual({ part: 'end', cursor: '2026-01-01 00:00:06+00' });
    expect(await shop.read('log', { cursor: 'at', resume })).toEqual([]);
  });

  it('reads a view by the key that the sync chose, rows that lack it too', async () => {
    await shop.sql(`CREATE VIEW people AS SELECT NULLIF(n, 7) AS id, 'p' || n AS name FROM generate_series(1, 500) n`);
    const pages = await shop.read('people', { key: ['id'] });
    expect(pages[0]?.records).toEqual([{ id: null, name: 'p7' }]);
    expect(idsOf(pages.slice(1))).toEqual(numbers(1, 500).filter((id) => id !== 7));
  });

  it('asks for fewer rows where they are large', async () => {
    await shop.sql(
      `CREATE TABLE large (id int PRIMARY KEY, text text); INSERT INTO large SELECT n, repeat('x', 400000) FROM generate_series(1, 250) n`,
    );
    const pages = await shop.read('large');
    expect(idsOf(pages)).toEqual(numbers(1, 250));
    expect(Math.max(...pages.slice(1).map(({ records }) => records.length))).toBeLessThanOrEqual(20);
  });

  it('ends a statement on the server when it is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled by the operator');
    const queries = [{ name: 'slow', sql: 'select pg_sleep(600)::text as t, 4711 as marked limit 1' }];
    const reading = shop.read('slow', { signal: controller.signal }, { queries });
    const running = () => shop.sql(`SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);
    while ((await running()).length === 0);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    while ((await running()).length > 0);
  });
});

describe('connecting', () => {
  it('ends at once when it is aborted, though the other side says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const controller = new AbortController();
    const reason = new Error('cancelled by the operator');
    silent.once('connection', () => controller.abort(reason));
    const { port } = silent.address() as AddressInfo;
    await expect(openSession(shop.context({ port }, controller.signal))).rejects.toBe(reason);
    silent.close();
  });

  it('goes through the guarded socket of the context', async () => {
    const refused = new MillraceError('address_not_allowed', 'not there');
    const connect = () => {
      throw refused;
    };
    await expect(openSession({ ...shop.context(), connect })).rejects.toBe(refused);
  });
});

describe('check', () => {
  const check = (more: object) => connector.check(shop.context(more));

  it.each<[string, object, Row]>([
    ['a wrong password', { password: 'wrong' }, { code: 'authentication_failed' }],
    ['no password', { password: undefined }, { code: 'authentication_failed' }],
    ['an unknown user', { user: 'nobody' }, { code: 'authentication_failed' }],
    [
      'an unknown database',
      { database: 'nowhere' },
      {
        code: 'invalid_config',
        message: 'There is no database "nowhere" on 127.0.0.1. Correct the name of the database.',
      },
    ],
    ['a port where nothing listens', { port: 1 }, { code: 'unreachable', retryable: true }],
    ['a host that does not exist', { host: 'nowhere.invalid' }, { code: 'unreachable' }],
    ['TLS where there is none', { ssl: 'require' }, { code: 'unreachable', retryable: false }],
    ['nothing to read', { schemas: ['empty'] }, { code: 'permission_denied' }],
  ])('tells %s', async (_, more, error) => {
    await expect(check(more)).rejects.toMatchObject(error);
  });

  it('tells a missing permission', async () => {
    await shop.sql(
      `CREATE TABLE hidden (id int PRIMARY KEY); CREATE USER reader PASSWORD 'reads'; GRANT SELECT ON typed TO reader`,
    );
    const reader = { user: 'reader', password: 'reads' };
    expect(Object.keys(await shop.streams(reader))).toEqual(['typed']);
    await expect(check({ ...reader, queries: [{ name: 'q', sql: 'select * from hidden' }] })).rejects.toMatchObject({
      code: 'permission_denied',
    });
  });

  it('tells a statement that takes too long', async () => {
    const queries = [{ name: 'slow', sql: 'select pg_sleep(20)::text as t' }];
    await expect(shop.read('slow', {}, { queries, statementTimeoutSeconds: 1 })).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});
