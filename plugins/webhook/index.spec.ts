import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { configSpec, type Outcome, type PushContext, type PushRow } from '@millrace/sdk';
import { testConnector, testContext } from '@millrace/sdk/testing';
import { WebhookConfig } from './config.ts';
import connector from './index.ts';
import { rowsObject } from './rows-object.ts';

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;

interface Received {
  method: string;
  headers: IncomingMessage['headers'];
  body: string;
}
interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

let server: Server;
let url: string;
let received: Received[] = [];
let answer: (request: Received) => Answer;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const seen = { method: request.method ?? '', headers: request.headers, body };
      received.push(seen);
      const { status, headers, body: said } = answer(seen);
      response.writeHead(status, headers).end(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => void server.close());
beforeEach(() => {
  received = [];
  answer = ({ headers }) => ({ status: headers.authorization === 'Bearer wrong' ? 401 : 200 });
});

testConnector(
  connector,
  {
    config: () => ({ url, secret, key: ['id'] }),
    badConfig: () => ({ url, secret, headers: { authorization: 'Bearer wrong' } }),
    invalidConfigs: [{ url: 'ftp://x' }, { url: 'https://example.com', secret: 'whsec_short' }],
    objects: { rows: { rows: [{ id: 1 }, { id: 2 }], deletes: true } },
  },
  { describe, it },
);

const rows: PushRow[] = [1, 2, 3].map((id) => ({
  op: 'upsert',
  record: { id, name: 'Zoë' },
  key: `k${id}`,
  at: `2026-01-0${id}T00:00:00.000Z`,
  seq: id,
}));

function context(config: Record<string, unknown> = {}): PushContext<WebhookConfig> {
  const ctx = testContext(configSpec(WebhookConfig).parse({ url, secret, ...config }));
  return { ...ctx, batchId: 'batch_1', mode: 'insert', from: { connection: 'c', stream: 's' }, run: 'run_1' };
}

function push(config: Record<string, unknown> = {}): Promise<Outcome[]> {
  const ctx = context(config);
  return rowsObject(ctx.config).push(ctx, rows);
}

describe('a delivery', () => {
  it('is signed as Standard Webhooks says', async () => {
    expect(await push({ headers: { 'x-shop': 'a' } })).toEqual([{ status: 'ok' }, { status: 'ok' }, { status: 'ok' }]);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
      type: 'rows',
      id: 'batch_1',
      timestamp: '2026-01-03T00:00:00.000Z',
      data: rows.map(({ op, key, at, record }) => ({ op, key, at, record })),
    });
    expect(headers).toMatchObject({ 'webhook-id': 'batch_1', 'content-type': 'application/json', 'x-shop': 'a' });
  });

  it('carries one row a request where that is wanted, with ids that stay', async () => {
    await push({ format: 'single' });
    await push({ format: 'single', concurrency: 3 });
    const ids = received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(3);
    expect(ids.slice(0, 3)).toEqual(received.slice(0, 3).map(({ body }) => (JSON.parse(body) as { id: string }).id));
    expect(ids.slice(3).sort()).toEqual(ids.slice(0, 3).sort());
  });

  it('takes outcomes that the endpoint lists', async () => {
    const outcomes = [{ status: 'ok' }, { status: 'rejected', message: 'No such person.' }, { status: 'what' }];
    answer = () => ({ status: 200, body: JSON.stringify({ outcomes }) });
    expect(await push()).toEqual([
      { status: 'ok' },
      { status: 'rejected', code: 'remote_rejected', message: 'No such person.' },
      { status: 'unknown', message: expect.any(String) as unknown },
    ]);
    answer = () => ({ status: 200, body: '{"outcomes":[{"status":"ok"}]}' });
    expect((await push()).map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it.each([
    [400, { status: 'rejected', code: 'remote_rejected' }],
    [422, { status: 'rejected', code: 'remote_rejected' }],
    [429, { status: 'retry', after: 7_000 }],
    [500, { status: 'retry' }],
    [503, { status: 'retry', after: 7_000 }],
  ])('answered with %i gives %j to each row', async (status, outcome) => {
    answer = () => ({ status, headers: { 'retry-after': '7' }, body: 'name is missing' });
    const outcomes = await push();
    expect(outcomes).toHaveLength(3);
    for (const one of outcomes)
      expect(one).toMatchObject({ ...outcome, message: expect.stringContaining('name is missing') as unknown });
  });

  it.each([
    [302, 'remote_rejected'],
    [401, 'authentication_failed'],
    [403, 'permission_denied'],
    [404, 'remote_rejected'],
    [410, 'remote_rejected'],
  ])('answered with %i stops the run', async (status, code) => {
    answer = () => ({ status, headers: { location: url } });
    await expect(push()).rejects.toMatchObject({ code, retryable: false });
    expect(received).toHaveLength(1);
  });

  it('is sent in halves where the endpoint finds it too large, with ids that stay', async () => {
    const rowsIn = (body: string) => (JSON.parse(body) as { data: { record: { id: number } }[] }).data;
    const idsIn = (body: string) => rowsIn(body).map(({ record }) => record.id);
    answer = ({ body }) => ({ status: idsIn(body).length > 1 || idsIn(body)[0] === 3 ? 413 : 200 });
    const outcomes = [{ status: 'ok' }, { status: 'ok' }, { status: 'rejected', code: 'row_too_large' }];
    expect(await push()).toMatchObject(outcomes);
    const sent = received.map(({ headers, body }) => [headers['webhook-id'], idsIn(body)]);
    expect(sent.map(([, ids]) => ids)).toEqual([[1, 2, 3], [1, 2], [1], [2], [3]]);
    expect(new Set(sent.map(([id]) => id)).size).toBe(5);
    received = [];
    await push();
    expect(received.map(({ headers, body }) => [headers['webhook-id'], idsIn(body)])).toEqual(sent);
    answer = ({ body }) => ({ status: idsIn(body).length > 1 ? 413 : idsIn(body)[0] === 2 ? 503 : 200 });
    expect((await push()).map(({ status }) => status)).toEqual(['ok', 'retry', 'retry']);
  });

  it('answered with 207 stops the run unless outcomes are listed', async () => {
    answer = () => ({ status: 207, body: '{"results":[{"status":201},{"status":422}]}' });
    await expect(push()).rejects.toMatchObject({ code: 'invalid_response', retryable: false });
    answer = () => ({ status: 207, body: JSON.stringify({ outcomes: rows.map(() => ({ status: 'ok' })) }) });
    expect((await push()).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  it('waits with the rows after one that has to wait', async () => {
    answer = ({ body }) => ({ status: body.includes('"id":2') ? 503 : 200 });
    expect((await push({ format: 'single' })).map(({ status }) => status)).toEqual(['ok', 'retry', 'retry']);
    answer = ({ body }) => ({ status: body.includes('"id":2') ? 410 : 200 });
    expect((await push({ format: 'single' })).map(({ status }) => status)).toEqual(['ok', 'retry', 'retry']);
  });
});

describe('the check', () => {
  it('delivers nothing, and takes any answer of an endpoint that may be used', async () => {
    answer = () => ({ status: 405 });
    await connector.check(context());
    expect(received.map(({ method, body }) => [method, body])).toEqual([['HEAD', '']]);
  });

  it.each([
    [410, 'remote_rejected'],
    [301, 'remote_rejected'],
    [500, 'remote_error'],
  ])('fails on %i', async (status, code) => {
    answer = () => ({ status, headers: { location: url } });
    await expect(connector.check(context())).rejects.toMatchObject({ code });
  });

  it('needs a secret of the right length', async () => {
    const short = context();
    short.config.secret = `whsec_${Buffer.from('short').toString('base64')}`;
    await expect(connector.check(short)).rejects.toMatchObject({ code: 'invalid_config' });
  });
});
