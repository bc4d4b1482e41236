import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosResponse } from 'axios';
import { mongo } from 'mongoose';
import { EventSchemas, TrackingPlan } from '../tracking-plan/index.ts';
import { startCollect, type Collect } from '../testing/test-collect.ts';
import type { CollectedDto } from './server-event.dto.ts';

describe('POST /api/events', () => {
  let collect: Collect;

  beforeAll(async () => {
    collect = await startCollect();
  });
  afterEach(() => collect.clear());
  afterAll(() => collect.close());

  const post = (events: unknown[], headers: object = {}): Promise<AxiosResponse<CollectedDto>> =>
    collect.http.post<CollectedDto>('/api/events', { events }, { headers });

  it('understands what servers tell', async () => {
    const lines = [{ product: 'P-1', name: 'Shoe', quantity: 1, price: 49.9 }];
    const { status, data } = await post([
      { type: 'traits', userId: 17, traits: { email: 'ann@x.com', plan: 'pro' } },
      {
        type: 'purchase',
        userId: 17,
        at: '2026-01-01T00:00:00Z',
        order: { id: 1001, total: 49.9, currency: 'EUR', lines },
      },
      { type: 'cart_abandonment', userId: 17, cart: { id: 'c-7', total: 49.9, lines } },
      { type: 'page_visit', anonymousId: 'a', page: { url: 'https://x.com/', title: 'X' } },
      { type: 'event', userId: 17, name: 'Contract Signed', properties: { months: 12 } },
      { type: 'consent', userId: 17, channel: 'email', purpose: 'newsletter', state: 'granted' },
    ]);
    expect([status, data]).toEqual([200, { kept: 6, rejected: [], warnings: [] }]);
    const { records } = await collect.read(6);
    expect(records.map(({ profile, event, order, consent }) => profile ?? order ?? event ?? consent)).toEqual([
      { identities: { user: ['17'], email: 'ann@x.com' }, traits: { email: 'ann@x.com', plan: 'pro' } },
      expect.objectContaining({
        id: 1001,
        total: 49.9,
        at: '2026-01-01T00:00:00.000Z',
        lines: [expect.objectContaining({ product: 'P-1', quantity: 1, price: 49.9 })],
      }),
      expect.objectContaining({ name: 'Cart Abandoned', properties: expect.objectContaining({ cart_id: 'c-7' }) }),
      expect.objectContaining({ name: 'Page Viewed', identities: { anonymous: 'a' } }),
      expect.objectContaining({ name: 'Contract Signed', properties: { months: 12 } }),
      expect.objectContaining({ channel: 'email', purpose: 'newsletter', state: 'granted' }),
    ]);
  });

  it('counts a repeat once, by its id or by its Idempotency-Key', async () => {
    const event = { type: 'event', userId: 'u', name: 'E' };
    await post([{ ...event, id: '1' }]);
    await post([{ ...event, id: '1' }]);
    const first = await post([event], { 'idempotency-key': 'k1' });
    const second = await post([event], { 'idempotency-key': 'k1' });
    expect([second.data, second.headers['idempotency-replayed']]).toEqual([first.data, 'true']);
    expect(await collect.store.items.countDocuments()).toBe(2);
  });

  it('counts a repeat once after an answer that was lost, too', async () => {
    const { store } = collect;
    const insert = store.insert.bind(store);
    store.insert = async (items) => {
      await insert(items);
      throw new mongo.MongoNetworkError('the answer was lost');
    };
    const event = { type: 'event', userId: 'u', name: 'E' };
    const events = [event, event, { ...event, name: 'F' }];
    const first = await post(events, { 'idempotency-key': 'k2' });
    store.insert = insert;
    const second = await post(events, { 'idempotency-key': 'k2' });
    expect([first.status, second.status, second.data.kept]).toEqual([503, 200, 3]);
    await post(events, { 'idempotency-key': 'k3' });
    expect(await store.items.countDocuments()).toBe(6);
  });

  it('tells place and reason of what it cannot read, and keeps the rest', async () => {
    const { status, data } = await post([
      { type: 'purchase', userId: 'u', id: 'p1', order: { total: 1 } },
      { type: 'event', userId: 'u', name: 'E' },
      { type: 'shout', userId: 'u' },
      { type: 'traits', traits: {} },
    ]);
    expect(status).toBe(200);
    expect(data.kept).toBe(1);
    expect(data.rejected.map(({ index, messageId, message }) => [index, messageId, message])).toEqual([
      [0, 'p1', expect.stringContaining('order.id')],
      [2, undefined, expect.stringContaining('type')],
      [3, undefined, expect.stringContaining('userId')],
    ]);
  });

  it.each([
    ['no write key', { events: [{}] }, { authorization: 'Bearer wk_wrong' }, 401, 'unauthenticated'],
    ['no list', { events: {} }, {}, 400, 'bad_request'],
    ['a field that is not known', { events: [{}], more: 1 }, {}, 400, 'bad_request'],
  ])('refuses %s', async (_, body, headers, status, code) => {
    const authorization = `Bearer ${collect.writeKey}`;
    const answer = await collect.anonymous.post<unknown>('/api/events', body, {
      headers: { authorization, ...headers },
    });
    expect([answer.status, answer.data]).toEqual([status, expect.objectContaining({ code })]);
  });

  describe('with a tracking plan', () => {
    const schema = { type: 'object', properties: { months: { type: 'integer' } }, required: ['months'] };
    const signed = { type: 'event', userId: 'u', name: 'Contract Signed', properties: { months: 'many' } };
    const plan = async (onViolation: 'warn' | 'reject'): Promise<void> => {
      await collect.app.get(EventSchemas).put('Contract Signed', { schema, onViolation });
      await collect.app.get(TrackingPlan).refresh();
    };

    it('warns, and keeps the event', async () => {
      await plan('warn');
      const { data } = await post([{ type: 'event', userId: 'u', name: 'Other' }, signed]);
      const message = expect.stringContaining('months must be integer') as unknown;
      expect(data).toEqual({ kept: 2, rejected: [], warnings: [{ index: 1, message }] });
      expect((await collect.read(2)).records).toHaveLength(2);
    });

    it('rejects, whatever way the event comes', async () => {
      await plan('reject');
      const { data } = await post([signed]);
      expect(data).toMatchObject({ kept: 0, rejected: [{ index: 0, code: 'invalid_row' }] });
      const track = { type: 'track', event: 'Contract Signed', userId: 'u', properties: {} };
      const answer = await collect.http.post<unknown>('/v1/track', track);
      expect([answer.status, answer.data]).toEqual([400, expect.objectContaining({ code: 'bad_request' })]);
      expect((await collect.read(2)).rejects.map(({ code }) => code)).toEqual(['invalid_row', 'invalid_row']);
    });

    it.each([
      ['a regular expression', { properties: { a: { pattern: '(a+)+$' } } }],
      ['what is no schema', { type: 'nonsense' }],
    ])('refuses %s', async (_, wrong) => {
      const put = collect.app.get(EventSchemas).put('E', { schema: wrong, onViolation: 'warn' });
      await expect(put).rejects.toMatchObject({ code: 'bad_request' });
    });
  });
});
