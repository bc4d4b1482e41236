import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import {
  objectsOf,
  type AnyConnector,
  type ConnectorContext,
  type DestinationObject,
  type Outcome,
  type Peek,
  type PushContext,
  type PushRow,
  type Row,
} from '@millrace/sdk';
import { Catalog } from '#catalog';
import { createLog, ensureIndexes, Log, Settings, Signer, Vault } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { ProfilesModule } from '../index.ts';

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

describe('peeking into the profile store', () => {
  let module: TestingModule;
  let connection: Connection;
  let objects: Record<string, DestinationObject>;
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
    objects = await objectsOf(registered[0] as AnyConnector, ctx);
  });

  const clear = async (): Promise<void> => {
    await Promise.all(Object.values(connection.models).map((model) => model.collection.deleteMany({})));
  };
  beforeEach(clear);
  afterAll(async () => {
    await module.close();
    await dropTestDatabase(testServices());
  });

  const contextOf = (run: string): PushContext => {
    const from = { connection: 'con_shop', stream: 'rows' };
    return { ...ctx, mode: 'upsert', batchId: 'b', run, from } as unknown as PushContext;
  };
  const push = async (object: string, rows: PushRow[], run = 'run_1'): Promise<Outcome[]> =>
    objects[object]?.push(contextOf(run), rows) ?? [];
  const peek = async (object: string, rows: PushRow[]): Promise<Peek[]> =>
    objects[object]?.peek?.(contextOf('run_9'), rows) ?? [];
  const row = (key: number, record: Row, more: Partial<PushRow> = {}): PushRow => ({
    op: 'upsert',
    key: String(key),
    at: '2024-05-01T00:00:00.000Z',
    undated: true,
    seq: key,
    record,
    ...more,
  });
  const stored = async (): Promise<unknown[]> =>
    Promise.all(Object.values(connection.models).map((model) => model.collection.find().sort({ _id: 1 }).toArray()));

  const email = fc.constantFrom('a@x.com', 'b@x.com', 'c@x.com', 'd@x.com');
  const identities = fc.record({ email, customer_id: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] });
  const records: Record<string, fc.Arbitrary<Row>> = {
    profile: fc.record({ identities, traits: fc.record({ city: fc.constantFrom('Oslo', 'Bergen') }) }),
    order: fc.oneof(
      fc.record({ id: fc.integer({ min: 1, max: 3 }), identities, total: fc.constantFrom(1, 2) }),
      fc.record({ id: fc.integer({ min: 1, max: 3 }), line: fc.record({ id: fc.constantFrom(1, 2) }) }),
    ),
    event: fc.record({ id: fc.integer({ min: 1, max: 3 }), name: fc.constantFrom('Seen', 'Bought'), identities }),
    product: fc.record({ id: fc.integer({ min: 1, max: 3 }), price: fc.constantFrom(1, 2, 'dear') }),
    consent: fc.record({ identities, channel: fc.constant('email'), state: fc.constantFrom('granted', 'denied') }),
  };

  it.each(Object.keys(records))(
    'tells of %s rows what pushing them one after the other does, and writes nothing',
    (object) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(records[object] as fc.Arbitrary<Row>, { maxLength: 4 }),
          fc.array(fc.tuple(records[object] as fc.Arbitrary<Row>, fc.boolean()), { minLength: 1, maxLength: 4 }),
          async (known, changes) => {
            await clear();
            for (const [key, record] of known.entries()) await push(object, [row(key, record)], 'run_0');
            const rows = changes.map(([record, gone], key) =>
              row(key, record, { at: '2024-05-02T00:00:00.000Z', ...(gone && { op: 'delete' }) }),
            );
            const before = await stored();
            const peeks = await peek(object, rows);
            expect(await stored()).toEqual(before);
            const outcomes: Outcome[] = [];
            for (const [i, one] of rows.entries()) outcomes.push(...(await push(object, [one], `run_${i + 1}`)));
            expect(peeks.map(({ outcome }) => outcome)).toEqual(outcomes);
            const written = rows.filter((_, i) => outcomes[i]?.status === 'ok').slice(-1);
            for (const { outcome } of await peek(object, written)) expect(outcome.status).not.toBe('ok');
          },
        ),
        { numRuns: 15 },
      ),
  );

  it('tells a repeat by another record of the same run from a replay of the same record', async () => {
    const denied = { identities: { email: 'a@x.com' }, channel: 'email', state: 'denied' };
    const rows = [row(1, denied), row(2, denied)];
    const outcomes = [{ status: 'ok', effects: { created: 1 } }, { status: 'unchanged' }];
    expect((await peek('consent', rows)).map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(await push('consent', rows)).toEqual(outcomes);
    // The page again, after a crash: the first row still counts as written.
    expect((await push('consent', rows)).map(({ status }) => status)).toEqual(['ok', 'unchanged']);
  });

  it('shows people before and after, those that are merged, and rows that see each other', async () => {
    await push('profile', [
      row(1, { identities: { email: 'ann@x.com' }, traits: { city: 'Oslo' } }),
      row(2, { identities: { customer_id: 7 }, traits: { vip: true } }),
    ]);
    const peeks = await peek('profile', [
      row(1, { identities: { email: 'ann@x.com' }, traits: { city: 'Bergen' } }, { at: '2024-06-01T00:00:00.000Z' }),
      row(3, { identities: { email: 'ann@x.com', customer_id: 7 } }),
      row(4, { identities: { email: 'new@x.com' }, traits: { city: 'Rome' } }),
      row(5, { identities: { email: 'new@x.com' }, traits: { name: 'New' } }),
      row(6, { identities: {} }),
    ]);
    const [moved, merged, made, seen, refused] = peeks;
    expect(moved).toMatchObject({
      outcome: { status: 'ok', effects: { updated: 1 } },
      before: { identities: ['email:ann@x.com'], traits: { city: 'Oslo' } },
      after: { identities: ['email:ann@x.com'], traits: { city: 'Bergen' } },
    });
    expect(merged).toMatchObject({
      outcome: { effects: { updated: 1, merged: 1 } },
      after: { traits: { city: 'Bergen', vip: true }, merges: [expect.stringMatching(/^p_/)] },
    });
    expect(made).toEqual({
      outcome: { status: 'ok', effects: { created: 1 } },
      after: { identities: ['email:new@x.com'], traits: { city: 'Rome' } },
    });
    expect(seen).toMatchObject({
      before: { traits: { city: 'Rome' } },
      after: { traits: { city: 'Rome', name: 'New' } },
    });
    expect(refused).toMatchObject({ outcome: { status: 'rejected', code: 'identity_missing' } });
  });
});
