import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { getConnectionToken } from '@nestjs/mongoose';
import type {
  AnyConnector,
  ConnectorContext,
  Effects,
  Outcome,
  Page,
  PushContext,
  PushRow,
  ReadContext,
  Row,
} from '@millrace/sdk';
import { objectsOf, streamsOf, wholeStream } from '@millrace/sdk';
import { Catalog } from '#catalog';
import { createLog, ensureIndexes, Log, Settings, Signer, Vault } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { Connection } from 'mongoose';
import { defaultIdentityPolicy } from './identity/index.ts';
import { Profiles, ProfilesModule } from './index.ts';
import { ProfileSettings } from './settings/index.ts';

const registered: AnyConnector[] = [];
const masterKey = randomBytes(32).toString('base64');

@Global()
@Module({
  providers: [
    { provide: Catalog, useValue: { register: (connector: AnyConnector) => registered.push(connector) } },
    { provide: Vault, useValue: new Vault(masterKey) },
    { provide: Signer, useValue: new Signer(masterKey) },
    { provide: Settings, useValue: new Settings({ processes: ['api'] }) },
    { provide: Log, useValue: createLog({ level: 'silent' }) },
  ],
  exports: [Catalog, Vault, Signer, Settings, Log],
})
class StandIns {}

const day = (n: number): string => `2024-05-${String(n).padStart(2, '0')}T00:00:00.000Z`;
const ok = (effects: Effects): Outcome => ({ status: 'ok', effects });

describe('ProfilesModule', () => {
  let module: TestingModule;
  let connection: Connection;
  let profiles: Profiles;
  let connector: AnyConnector;
  const ctx = { signal: new AbortController().signal } as ConnectorContext;

  beforeAll(async () => {
    module = await Test.createTestingModule({
      imports: [
        MongooseModule.forRoot(testServices().mongodbUri, { autoIndex: false, autoCreate: false }),
        StandIns,
        ProfilesModule,
      ],
    }).compile();
    await module.init();
    connection = module.get<Connection>(getConnectionToken());
    await ensureIndexes(connection);
    profiles = module.get(Profiles);
    connector = registered[0] as AnyConnector;
  });
  afterEach(async () => {
    await Promise.all(Object.values(connection.models).map((model) => model.collection.deleteMany({})));
  });
  afterAll(async () => {
    await module.close();
    await dropTestDatabase(testServices());
  });

  interface Sent {
    stream?: string;
    connection?: string;
    run?: string;
  }

  async function push(
    object: string,
    rows: (Partial<PushRow> & { record: Row })[],
    from: Sent = {},
  ): Promise<Outcome[]> {
    const { [object]: definition } = await objectsOf(connector, ctx);
    const { run = 'run_1', connection: source = 'con_shop', stream = object } = from;
    const context = { ...ctx, mode: 'upsert', batchId: 'b', run, from: { connection: source, stream } } as PushContext;
    const complete = rows.map((row, seq): PushRow => {
      const { id = seq } = row.record as { id?: string | number };
      return { op: 'upsert', key: String(id), at: day(1), seq, ...row };
    });
    return definition?.push(context, complete) ?? [];
  }

  async function readAll(more: Partial<ReadContext> = {}): Promise<Page[]> {
    const { profile } = await streamsOf(connector, ctx);
    const until = new Date(Date.now() + 1000).toISOString();
    const context = {
      ...ctx,
      stream: { name: 'profile', key: ['id'] },
      slice: wholeStream,
      until,
      ...more,
    } as ReadContext;
    const pages: Page[] = [];
    for await (const page of profile?.read?.(context) ?? []) pages.push(page);
    return pages;
  }

  const order = { id: 17, identities: { customer_id: 3 }, at: '2024-02-01 10:00:00', total: '9.80', currency: 'EUR' };
  const line = (id: number, name: string) => ({
    record: { id: 17, line: { id, name, quantity: 1, price: '4.90' } },
    key: String(id),
  });

  describe('orders', () => {
    it('fold from header and lines in any order, and belong to the person of another connection', async () => {
      const customer = { identities: { email: 'ann@x.com', customer_id: 3 }, traits: { firstName: 'Ann' } };
      const steps: Record<string, () => Promise<Outcome[]>> = {
        people: () => push('profile', [{ record: customer, key: '3' }], { connection: 'con_csv' }),
        orders: () => push('order', [{ record: order }]),
        lines: () => push('order', [line(2, 'Cup'), line(1, 'Tea')], { stream: 'lines' }),
      };
      const seen: unknown[] = [];
      for (const names of [
        ['people', 'orders', 'lines'],
        ['lines', 'orders', 'people'],
        ['orders', 'people', 'lines'],
        ['lines', 'people', 'orders'],
      ]) {
        await Promise.all(Object.values(connection.models).map((model) => model.collection.deleteMany({})));
        for (const name of names) await steps[name]?.();
        const person = await profiles.person('email:ann@x.com');
        seen.push({ orders: person.orders, traits: person.profile.traits, identities: person.profile.identities });
      }
      expect(seen[0]).toEqual({
        orders: [
          {
            id: '17',
            connection: 'con_shop',
            at: '2024-02-01T10:00:00.000Z',
            total: 9.8,
            currency: 'EUR',
            properties: {},
            lines: [
              { id: '1', name: 'Tea', quantity: 1, price: 4.9 },
              { id: '2', name: 'Cup', quantity: 1, price: 4.9 },
            ],
          },
        ],
        traits: { firstName: 'Ann' },
        identities: [
          { kind: 'customer_id', value: '3', key: 'customer_id:3' },
          { kind: 'email', value: 'ann@x.com', key: 'email:ann@x.com' },
        ],
      });
      for (const other of seen) expect(other).toEqual(seen[0]);
    });

    it('count what they bring about, and nothing for a repeat in a later run', async () => {
      expect(await push('order', [{ record: { ...order, lines: [{ name: 'Tea' }, { name: 'Cup' }] } }])).toEqual([
        ok({ created: 1, lines: 2 }),
      ]);
      expect(await push('order', [line(7, 'Pot')], { stream: 'lines' })).toEqual([ok({ lines: 1 })]);
      expect(await push('order', [line(7, 'Pot')], { stream: 'lines' })).toEqual([ok({ lines: 1 })]); // a replay
      expect(await push('order', [line(7, 'Pot')], { stream: 'lines', run: 'run_2' })).toEqual([
        { status: 'unchanged' },
      ]);
      const later = { record: { ...order, status: 'shipped' }, at: day(2) };
      expect(await push('order', [later], { run: 'run_2' })).toEqual([ok({ updated: 1 })]);
      expect(await push('order', [{ record: { ...order, status: 'new' } }], { run: 'run_3' })).toEqual([
        { status: 'superseded' },
      ]);
      const { orders } = await profiles.person('customer_id:3');
      expect(orders).toMatchObject([{ status: 'shipped', lines: [{ id: '7', name: 'Pot' }] }]);
    });

    it('lose lines and headers by their records’ keys alone', async () => {
      await push('order', [{ record: order }]);
      await push('order', [line(17, 'Tea'), line(2, 'Cup')], { stream: 'lines' });
      const gone = { op: 'delete' as const, key: '17', record: {}, at: day(2) };
      expect(await push('order', [gone], { stream: 'lines' })).toEqual([ok({ deleted: 1 })]);
      expect(await push('order', [gone], { stream: 'lines' })).toEqual([ok({ deleted: 1 })]); // a replay
      expect((await profiles.person('customer_id:3')).orders).toMatchObject([{ id: '17', lines: [{ name: 'Cup' }] }]);
      expect(await push('order', [gone])).toEqual([ok({ deleted: 1 })]);
      expect((await profiles.person('customer_id:3')).orders).toEqual([]);
    });

    it('stay deleted, and lines likewise, when an older version comes later', async () => {
      const gone = (key: string) => ({ op: 'delete' as const, key, record: {}, at: day(2) });
      expect(await push('order', [gone('17')])).toEqual([ok({ deleted: 1 })]);
      expect(await push('order', [gone('17')])).toEqual([ok({ deleted: 1 })]); // a replay
      expect(await push('order', [gone('17')], { run: 'run_2' })).toEqual([{ status: 'unchanged' }]);
      expect(await push('order', [{ record: order }])).toEqual([{ status: 'superseded' }]);
      expect((await profiles.person('customer_id:3')).orders).toEqual([]);
      await push('order', [gone('2'), gone('17')], { stream: 'lines' });
      const [late, other] = [line(2, 'Cup'), line(1, 'Tea')];
      expect(await push('order', [late, other], { stream: 'lines' })).toEqual([
        { status: 'superseded' },
        ok({ lines: 1 }),
      ]);
      expect(await push('order', [{ record: order, at: day(3) }])).toEqual([ok({ updated: 1 })]);
      expect((await profiles.person('customer_id:3')).orders).toMatchObject([{ id: '17', lines: [{ id: '1' }] }]);
    });

    it('refuse bad rows alone', async () => {
      const outcomes = await push('order', [
        { record: { ...order, total: 'much' } },
        { record: { id: 18, at: day(1) } },
        { record: { ...order, colour: 'red' } },
        { record: { ...order, identities: { email: { $gt: '' } } } },
        { record: order },
      ]);
      expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.code : outcome.status))).toEqual([
        'invalid_row',
        'identity_missing',
        'invalid_row',
        'invalid_identity',
        'ok',
      ]);
    });
  });

  it('keeps events once, by id or content, on the person’s timeline', async () => {
    const visit = { record: { name: 'Visit', at: day(3), identities: { anonymous: 'a1' }, properties: { page: '/' } } };
    const call = {
      record: { id: 'c1', name: 'Call', at: day(4), identities: { anonymous: 'a1', email: 'ann@x.com' } },
    };
    expect(await push('event', [visit, call, visit])).toEqual([
      ok({ created: 1 }),
      ok({ created: 1 }),
      { status: 'unchanged' },
    ]);
    expect(await push('event', [visit, call], { run: 'run_2' })).toEqual([
      { status: 'unchanged' },
      { status: 'unchanged' },
    ]);
    await push('order', [{ record: { ...order, at: day(2), identities: { email: 'ann@x.com' } } }]);
    const { id } = await profiles.lookup('ann@x.com');
    const first = await profiles.timeline(id, { limit: 2 });
    const rest = await profiles.timeline(id, { limit: 2, after: first.next ?? '' });
    expect([...first.data, ...rest.data].map(({ kind, at }) => [kind, at])).toEqual([
      ['event', day(4)],
      ['event', day(3)],
      ['order', day(2)],
    ]);
    expect(rest.next).toBeNull();
  });

  it('knows events without an id again after the identity policy has changed, and reads anew whose they are', async () => {
    const visit = { record: { name: 'Visit', at: day(3), identities: { email: 'A.nn@gmail.com' } } };
    expect(await push('event', [visit])).toEqual([ok({ created: 1 })]);
    const settings = module.get(ProfileSettings);
    const email = { dots: 'dropGmail', tags: 'keep' } as const;
    await settings.identityPolicy.set({ ...defaultIdentityPolicy, email }, 'key_1');
    settings.forget();
    expect(await push('event', [visit], { run: 'run_2' })).toEqual([{ status: 'unchanged' }]);
    const { id, identities } = await profiles.lookup('a.nn@gmail.com');
    expect(identities.map(({ key }) => key)).toEqual(['email:ann@gmail.com']);
    expect((await profiles.timeline(id, { limit: 10, kinds: ['event'] })).data).toHaveLength(1);
    expect((await profiles.list({ limit: 10 })).data).toHaveLength(1);
    await settings.identityPolicy.set(defaultIdentityPolicy, 'key_1');
    settings.forget();
  });

  it('finds events and orders of a person who was merged since', async () => {
    await push('event', [{ record: { name: 'Visit', at: day(3), identities: { anonymous: 'a1' } } }]);
    const before = await profiles.lookup('anonymous:a1');
    await push('profile', [{ record: { identities: { email: 'ann@x.com' } }, key: '1' }], { stream: 'a' });
    await push('profile', [{ record: { identities: { email: 'ann@x.com', anonymous: 'a1' } }, key: '2' }], {
      stream: 'b',
    });
    const ann = await profiles.lookup('ann@x.com');
    expect((await profiles.get(before.id)).id).toBe(ann.id);
    expect((await profiles.timeline(ann.id, { limit: 10, kinds: ['event', 'order'] })).data).toHaveLength(1);
    expect((await profiles.timeline(ann.id, { limit: 10, kinds: ['merge'] })).data).toMatchObject([
      { kind: 'merge', merge: { absorbed: before.id === ann.id ? expect.anything() : before.id, into: ann.id } },
    ]);
  });

  it('lets the newest explicit choice count, and no undated "yes" revive an opt-out', async () => {
    const choice = (state: unknown, at?: string) => ({
      record: { identity: 'email:Ann@x.com', channel: 'email', purpose: 'news', state, at },
    });
    await push('profile', [{ record: { identities: { email: 'ann@x.com' } }, key: '1' }]);
    const state = async () => (await profiles.person('ann@x.com')).consents.map((consent) => consent.state);
    expect(await push('consent', [choice('granted', day(1))])).toEqual([ok({ created: 1 })]);
    expect(await push('consent', [choice(false, day(3))])).toEqual([ok({ updated: 1 })]);
    expect(await push('consent', [choice('granted', day(2))])).toEqual([{ status: 'superseded' }]);
    expect(await push('consent', [choice('granted')])).toEqual([{ status: 'superseded' }]);
    expect(await state()).toEqual(['denied']);
    expect(await push('consent', [choice('granted', day(3))], { run: 'run_2' })).toEqual([{ status: 'superseded' }]);
    expect(await push('consent', [choice('granted', day(4))])).toEqual([ok({ updated: 1 })]);
    expect(await state()).toEqual(['granted']);
    expect(await push('consent', [choice('perhaps')])).toMatchObject([{ status: 'rejected', code: 'invalid_row' }]);
  });

  it('keeps the newest version of a product', async () => {
    const tea = (price: number, at: string) => ({
      record: { id: 'tea', name: 'Tea', price, url: 'https://x.com/tea' },
      at,
    });
    expect(await push('product', [tea(4, day(2))])).toEqual([ok({ created: 1 })]);
    expect(await push('product', [tea(3, day(1))])).toEqual([{ status: 'superseded' }]);
    expect(await push('product', [tea(5, day(3))])).toEqual([ok({ updated: 1 })]);
    expect(await push('product', [{ record: { id: 'x', url: 'javascript:alert(1)' } }])).toMatchObject([
      { status: 'rejected' },
    ]);
    expect(await connection.collection('products').findOne({})).toMatchObject({ _id: 'con_shop:tea', price: 5 });
  });

  describe('people', () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        record: { identities: { email: `p${i}@x.com`, $source: i }, traits: { firstName: 'Zoë', lastName: `Nr${i}` } },
        key: String(i),
      }));

    it('are listed in pages, and found by the start of identity or name', async () => {
      await push('profile', people(5));
      const first = await profiles.list({ limit: 3 });
      const second = await profiles.list({ limit: 3, after: first.next ?? '' });
      expect([...first.data, ...second.data].map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((i) => `Zoë Nr${i}`));
      expect(second.next).toBeNull();
      const namesFor = async (q: string) => (await profiles.list({ q, limit: 10 })).data.map(({ name }) => name);
      expect(await namesFor('P3@')).toEqual(['Zoë Nr3']);
      expect(await namesFor('email:P3')).toEqual(['Zoë Nr3']);
      expect(await namesFor('con_shop:4')).toEqual(['Zoë Nr4']);
      expect(await namesFor('zoe\u0308  NR2')).toEqual(['Zoë Nr2']);
      expect(await namesFor('.*')).toEqual([]);
    });

    it('tell where each trait came from', async () => {
      await push('profile', people(1));
      const view = await profiles.lookup('con_shop:0');
      expect(view.origins).toMatchObject({
        firstName: { connection: 'con_shop', stream: 'profile', key: '0', at: day(1) },
      });
    });

    it('that are unknown are told so, with what to do', async () => {
      const asked = [
        () => profiles.lookup('nobody@x.com'),
        () => profiles.get('p_1'),
        () => profiles.person('user:1'),
        () => profiles.sample(),
      ];
      for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'profile_not_found' });
      await expect(profiles.lookup('ann')).rejects.toMatchObject({ code: 'invalid_identity' });
      await expect(profiles.list({ limit: 1, after: 'bm8' })).rejects.toMatchObject({ code: 'bad_request' });
    });

    it('are a stream: whole in pages that go on from each resume, or what changed', async () => {
      await push('profile', people(1_500));
      const pages = await readAll();
      expect(pages.map(({ records }) => records.length)).toEqual([1_000, 500]);
      expect(pages[0]?.records[0]).toMatchObject({
        traits: { lastName: 'Nr0' },
        identities: { email: 'p0@x.com', emails: ['p0@x.com'] },
      });
      const [rest] = await readAll({ resume: pages[0]?.resume });
      expect(rest?.records).toEqual(pages[1]?.records);

      const since = new Date().toISOString();
      await push('profile', [{ record: { identities: { email: 'p7@x.com' } }, key: 'x' }], { stream: 'other' });
      const gone = await profiles.lookup('p9@x.com');
      await push('profile', [{ op: 'delete', key: '9', record: {}, at: day(2) }]);
      const changed = await readAll({ state: { cursor: since } });
      expect(changed).toHaveLength(1);
      expect(changed[0]?.records).toMatchObject([{ identities: { email: 'p7@x.com' } }]);
      expect(changed[0]?.deletes).toEqual([[gone.id]]);
    });

    it('that rest are not read again: the next run starts a minute before this one, never before it did itself', async () => {
      const { profile } = await streamsOf(connector, ctx);
      const finished = [{ id: 'all', spec: { until: '2026-01-05T10:00:00.000Z' } }];
      expect(profile?.advance?.(undefined, finished)).toEqual({ cursor: '2026-01-05T09:59:00.000Z' });
      const later = { cursor: '2026-01-05T09:59:30.000Z' };
      expect(profile?.advance?.(later, finished)).toEqual(later);
      expect(await profile?.plan?.({ ...ctx, stream: { name: 'profile', key: ['id'] }, until: 'then' })).toEqual([
        { id: 'all', spec: { until: 'then' } },
      ]);
    });
  });
});
