import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventBridgeEvent, kinesisEvent, sqsEvent } from '../testing/lambda-events.ts';
import { startStandIn, type Reply, type StandIn } from '../testing/stand-in-millrace.ts';
import type { LambdaEvent } from './events.ts';
import type { HttpResult } from './http.ts';
import { handler } from './index.ts';
import type { BatchResponse } from './records.ts';

const before = { ...process.env };
let millrace: StandIn;
beforeAll(async () => void (millrace = await startStandIn()));
afterAll(() => millrace.stop());
let lines: string[] = [];
beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  Object.assign(millrace, { received: [], reply: () => ({ status: 200, body: { success: true } }) });
  Object.assign(process.env, { MILLRACE_URL: `${millrace.url}/`, MILLRACE_WRITE_KEY: 'wk_test' });
});
afterEach(() => {
  process.env = { ...before };
  jest.restoreAllMocks();
});

const invoke = (event: LambdaEvent) => handler(event, { getRemainingTimeInMillis: () => 10_000 });
const failures = async (event: LambdaEvent): Promise<string[]> =>
  ((await invoke(event)) as BatchResponse).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier.slice(-1));
const json = (n: number) => JSON.stringify({ type: 'track', userId: `u${n}`, event: 'E' });
const sent = () => millrace.received.flatMap(({ events }) => events);

describe('what is sent', () => {
  it('are messages of Segment and of servers, each by its route, with ids and times of their record', async () => {
    const purchase = JSON.stringify({ type: 'purchase', userId: 'u', order: { id: 1 } });
    await invoke(
      kinesisEvent(
        json(1),
        purchase,
        JSON.stringify([{ ...JSON.parse(json(2)), messageId: 'mine' }, JSON.parse(json(3))]),
      ),
    );
    expect(millrace.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/v1/batch', `Basic ${Buffer.from('wk_test:').toString('base64')}`],
      ['/api/events', 'Bearer wk_test'],
      ['/v1/batch', `Basic ${Buffer.from('wk_test:').toString('base64')}`],
    ]);
    const [first, second, third, fourth] = sent();
    expect(first).toMatchObject({ userId: 'u1', timestamp: '2026-01-01T00:00:00.500Z' });
    expect(first?.messageId).toMatch(/^shardId-000000000006:\d+$/);
    expect(second).toMatchObject({ id: expect.stringMatching(/1$/) as unknown, at: '2026-01-01T00:00:01.500Z' });
    expect(third?.messageId).toBe('mine');
    expect(fourth?.messageId).toMatch(/2:1$/);
  });

  it('is a consent with its own time and id, in either form', async () => {
    const consent = { type: 'consent', userId: 'u', channel: 'email', state: 'granted' };
    const [time, another] = ['2025-03-01T00:00:00.000Z', '2025-04-01T00:00:00.000Z'];
    const told = [
      { ...consent, id: 'form-7', at: time },
      { ...consent, messageId: 'm-7', timestamp: another },
      { ...consent, messageId: 'm-8', at: another },
      consent,
    ];
    await invoke(sqsEvent('q', ...told.map((one) => JSON.stringify(one))));
    const routed = millrace.received.flatMap(({ path, events }) =>
      events.map(({ id, at, messageId, timestamp }) => [path, id ?? messageId, at ?? timestamp]),
    );
    const [own] = routed.slice(3);
    expect(routed).toEqual([
      ['/api/events', 'form-7', time],
      ['/v1/batch', 'm-7', another],
      ['/api/events', expect.any(String), another],
      ['/api/events', own?.[1], '2026-01-01T00:00:00.003Z'],
    ]);
  });

  it('of a batch has its context, and times by the clock of the platform', async () => {
    const track = { type: 'track', userId: 'u', event: 'E' };
    const body = {
      sentAt: '2025-12-31T23:00:01.000Z',
      context: { ip: '1.2.3.4', locale: 'de' },
      batch: [
        { ...track, timestamp: '2025-12-31T23:00:00.000Z', context: { locale: 'en' } },
        { ...track, timestamp: '2025-12-31T22:59:59.000Z', sentAt: '2025-12-31T23:00:02.000Z' },
        track,
      ],
    };
    await invoke(sqsEvent('q', JSON.stringify(body)));
    expect(sent().map(({ timestamp, context, sentAt }) => [timestamp, context, sentAt])).toEqual([
      ['2025-12-31T23:59:59.000Z', { ip: '1.2.3.4', locale: 'en' }, undefined],
      ['2025-12-31T23:59:57.000Z', { ip: '1.2.3.4', locale: 'de' }, undefined],
      ['2026-01-01T00:00:00.000Z', { ip: '1.2.3.4', locale: 'de' }, undefined],
    ]);
    await invoke({ requestContext: { http: { method: 'POST' } }, headers: {}, body: JSON.stringify(body) });
    expect(sent().at(3)).toMatchObject({ timestamp: '2025-12-31T23:00:00.000Z', sentAt: body.sentAt });
  });

  it('has the same ids when it is delivered again', async () => {
    const event = sqsEvent('q', json(1), json(2));
    await invoke(event);
    await invoke(event);
    const [once, again] = millrace.received.map(({ events }) => events);
    expect(again).toEqual(once);
  });

  it('of an event that is no message: its name, and the person whom the settings find in it', async () => {
    Object.assign(process.env, { MILLRACE_USER_ID: 'customer.id' });
    await invoke(eventBridgeEvent({ customer: { id: 17 }, order: 1 }));
    expect(sent()).toEqual([
      {
        id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
        at: '2026-01-01T00:00:00Z',
        type: 'event',
        name: 'Order Shipped',
        userId: 17,
        properties: { customer: { id: 17 }, order: 1 },
      },
    ]);
  });

  it('is split where a request would become too large', async () => {
    const large = JSON.stringify({ type: 'track', userId: 'u', event: 'E', properties: { x: 'y'.repeat(30_000) } });
    await invoke(sqsEvent('q', ...Array.from({ length: 40 }, () => large)));
    expect(millrace.received.length).toBeGreaterThan(1);
    expect(Math.max(...millrace.received.map(({ bytes }) => bytes))).toBeLessThan(500_000);
    expect(sent()).toHaveLength(40);
  });
});

describe('what is to be delivered again', () => {
  const failing = (reply: Reply) => {
    millrace.reply = ({ events }) => (events.some(({ userId }) => userId === 'u2') ? reply : { status: 200, body: {} });
  };

  it.each<[string, Reply]>([
    ['an overloaded Millrace', { status: 429 }],
    ['one that fails', { status: 503 }],
    ['a wrong key', { status: 401 }],
    ['no answer', 'silence'],
  ])('is what %s did not take', async (_, reply) => {
    millrace.reply = () => reply;
    expect(await failures(kinesisEvent(json(1), json(2)))).toEqual(['0', '1']);
    expect(await failures(sqsEvent('q', json(1)))).toEqual(['0']);
    await expect(invoke(eventBridgeEvent({ userId: 'u' }))).rejects.toThrow('did not take event');
  });

  it('is not what was taken before; after a failure nothing more is sent', async () => {
    const purchase = JSON.stringify({ type: 'purchase', userId: 'u2', order: { id: 1 } });
    failing({ status: 503 });
    expect(await failures(sqsEvent('q', json(1), purchase, json(3)))).toEqual(['1', '2']);
    expect(sent().map(({ userId }) => userId)).toEqual(['u1', 'u2']);
  });

  it('is nothing that is refused: it is told, and counted', async () => {
    millrace.reply = ({ events }) => ({
      status: 200,
      body: { success: true, rejected: [{ index: events.length - 1, code: 'invalid_row', message: 'Names nobody.' }] },
    });
    expect(await failures(kinesisEvent(json(1), 'not JSON', json(2)))).toEqual([]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      ...{ severity: 'WARNING', trigger: 'kinesis', kept: 1, refused: 2, failed: 0 },
      events: [
        { id: expect.stringMatching(/1$/) as unknown, code: 'malformed', reason: 'It is not JSON.' },
        { id: expect.stringMatching(/2$/) as unknown, code: 'invalid_row', reason: 'Names nobody.' },
      ],
    });
    process.env.MILLRACE_REFUSED = 'dead-letter';
    expect(await failures(sqsEvent('q', json(1), 'not JSON', json(2)))).toEqual(['1', '2']);
    expect(await failures(sqsEvent('q.fifo', 'not JSON', json(1), json(2)))).toEqual(['0', '1', '2']);
  });

  it('is only the one that is to blame where a request was refused as a whole', async () => {
    failing({ status: 413, body: { code: 'payload_too_large', detail: 'Too large.' } });
    process.env.MILLRACE_REFUSED = 'dead-letter';
    expect(await failures(sqsEvent('q', ...[0, 1, 2, 3, 4].map(json)))).toEqual(['2']);
  });
});

describe('requests', () => {
  const v2 = (body: string, more: object = {}) => ({
    requestContext: { http: { method: 'POST' } },
    headers: {},
    body,
    ...more,
  });
  const post = async (event: LambdaEvent): Promise<HttpResult> => (await invoke(event)) as HttpResult;

  it('of HTTP APIs and function URLs are answered once Millrace has answered', async () => {
    const encoded = v2(Buffer.from(json(1)).toString('base64'), { isBase64Encoded: true });
    expect(await post(encoded)).toMatchObject({ statusCode: 200, body: '{"success":true}' });
    millrace.reply = () => ({ status: 400, body: { code: 'bad_request', detail: 'Names nobody.' } });
    expect(await post(v2(json(1)))).toMatchObject({
      statusCode: 400,
      body: expect.stringContaining('Names nobody') as unknown,
    });
    millrace.reply = () => ({ status: 503 });
    expect(await post(v2(json(1)))).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
    expect(await post(v2('{'))).toMatchObject({ statusCode: 400 });
    expect(await post({ requestContext: { http: { method: 'GET' } } })).toMatchObject({ statusCode: 405 });
  });

  it('of REST APIs have headers of several values; a key of the client names what it sends', async () => {
    const event = {
      httpMethod: 'POST',
      headers: null,
      multiValueHeaders: { 'Idempotency-Key': ['k1', 'k2'] },
      body: json(1),
    };
    await post(event);
    await post(event);
    expect(sent().map(({ messageId }) => messageId)).toEqual(['http:k1', 'http:k1']);
  });

  it('need the token where one is set', async () => {
    process.env.MILLRACE_HTTP_TOKEN = 'let-me-in';
    expect(await post(v2(json(1)))).toMatchObject({ statusCode: 401 });
    expect(await post(v2(json(1), { headers: { Authorization: 'Bearer let-me-out' } }))).toMatchObject({
      statusCode: 401,
    });
    expect(await post(v2(json(1), { headers: { Authorization: 'Bearer let-me-in' } }))).toMatchObject({
      statusCode: 200,
    });
    expect(await post(v2(json(1), { headers: { 'X-Millrace-Token': 'let-me-in' } }))).toMatchObject({
      statusCode: 200,
    });
  });
});

describe('settings', () => {
  it.each([
    [{ MILLRACE_URL: '' }, 'MILLRACE_URL'],
    [{ MILLRACE_URL: 'http://millrace.example.com' }, 'https'],
    [{ MILLRACE_WRITE_KEY: '' }, 'MILLRACE_WRITE_KEY'],
    [{ MILLRACE_SYNC: 'crm' }, 'MILLRACE_API_KEY'],
    [{ MILLRACE_REFUSED: 'keep' }, 'MILLRACE_REFUSED'],
    [{ MILLRACE_TIMEOUT_SECONDS: 'long' }, 'MILLRACE_TIMEOUT_SECONDS'],
  ])('that are wrong are told: %j', async (env, message) => {
    Object.assign(process.env, env);
    await expect(invoke(sqsEvent('q', json(1)))).rejects.toThrow(message);
  });

  it('leave events alone that are none of theirs', async () => {
    await expect(invoke({})).rejects.toThrow('Kinesis, SQS, EventBridge and HTTP');
  });
});
