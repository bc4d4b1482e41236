import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { configSpec, lookBack, streamsOf, type Row } from '@millrace/sdk';
import { readAll, testContext } from '@millrace/sdk/testing';
import { HttpJsonConfig } from './config.ts';
import connector from './index.ts';

type At = string | number;

let server: Server;
let baseUrl: string;
let rows: { id: number; at: At }[];

/** Gives what has changed since the time that is asked for, and leaves out what has that time itself. */
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const since = new URL(url ?? '/', 'http://api').searchParams.get('since') ?? '0';
    const found = rows.filter(({ at }) => millisecondsOf(at) > millisecondsOf(since));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  rows = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each<[object, At, At]>([
  [{ param: 'since', format: 'iso' }, '2026-01-05T06:00:00.000Z', '2026-01-05T06:00:01.000Z'],
  [{ param: 'since', format: 'epoch' }, '2026-01-05T06:00:00.000Z', '2026-01-05T06:00:01.000Z'],
  [{ param: 'since', format: 'epochMs' }, 1_767_592_800_000, 1_767_592_800_001],
  [{ param: 'since', lookback: 1 }, 1_767_592_800, 1_767_592_801],
  [{ param: 'since', lookback: 1 }, '2026-01-05T06:00:00Z', '2026-01-05T06:00:01Z'],
])('a row that comes later with the time of the last one is read, by %j', async (since, early, late) => {
  rows = [
    { id: 1, at: early },
    { id: 2, at: late },
  ];
  const stream = { name: 'changes', path: '/changes', key: ['id'], cursor: 'at', since };
  expect(await read(stream)).toEqual(rows);
  rows.push({ id: 3, at: late });
  expect(await read(stream, late)).toEqual([
    { id: 2, at: late },
    { id: 3, at: late },
  ]);
});

/** As a run does that follows upon one which has read as far as `last`. */
async function read(stream: object, last?: At): Promise<Row[]> {
  const config = configSpec(HttpJsonConfig).parse({ baseUrl, auth: 'none', streams: [stream] });
  const ctx = testContext(config, { settings: connector.http?.(config) });
  const { changes } = await streamsOf(connector, ctx);
  if (!changes) throw new Error('there is no stream "changes"');
  const state = last === undefined ? undefined : { cursor: lookBack(last, changes.lookback ?? 0) };
  return (await readAll(changes, ctx, { state })).flatMap(({ records }) => records);
}

/** Of an ISO time, or of seconds or milliseconds since 1970. */
function millisecondsOf(at: At): number {
  const number = Number(at);
  if (Number.isNaN(number)) return Date.parse(String(at));
  return number < 100_000_000_000 ? number * 1000 : number;
}
