import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { connectMongo, ensureIndexes, Vault } from '#platform';
import type { Tombstones } from '#tombstones';
import { dropTestDatabase, testServices } from '#tools/testing';
import { privacyRequestModel, privacyRequestSchema, type PrivacyRequest, type RequestKind } from '../request.schema.ts';
import { RequestStore } from '../request-store.ts';
import type { Work } from '../work.ts';
import { InTurn } from './in-turn.ts';

describe('an export and an erasure of the same person', () => {
  let connection: Connection;
  let store: RequestStore;
  let turn: InTurn;
  let now = Date.now;
  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    const model = connection.model<PrivacyRequest>(privacyRequestModel, privacyRequestSchema);
    await ensureIndexes(connection);
    store = new RequestStore(model, new Vault(randomBytes(32).toString('base64')));
    turn = new InTurn(store, { hashesOf: (identity: string) => [`hash of ${identity}`] } as Tombstones);
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  const ask = (n: number, kind: RequestKind, identity: string, names?: string[]) =>
    store.collection.insertOne({
      ...{ _id: `prq_${n}`, kind, identity: `hash of ${identity}`, ...(names && { names }), open: true },
      ...{ steps: [], requestedAt: new Date() },
    } as unknown as PrivacyRequest);
  const waits = async (n: number, ...identities: string[]) => {
    const subject = { profiles: [], identities, records: [] };
    const request = await store.require(`prq_${n}`);
    return (await turn.run({ request, subject, now: new Date(now()) } as unknown as Work))?.reason;
  };

  it('are carried out in the order in which they were asked for, whatever they were named by', async () => {
    await ask(1, 'export', 'phone:1', ['hash of email:ann', 'hash of phone:1']);
    await ask(2, 'erase', 'email:ann');
    await ask(3, 'export', 'email:ann');
    await ask(4, 'erase', 'email:bob');
    expect(await waits(1, 'email:ann', 'phone:1')).toBeUndefined();
    expect(await waits(2, 'email:ann')).toMatch(/^An export of the same person .*: prq_1\.$/);
    expect(await waits(3, 'email:ann')).toMatch(/^An erasure of the same person .*: prq_2\.$/);
    expect(await waits(4, 'email:bob')).toBeUndefined();
    await store.collection.updateOne({ _id: 'prq_1' }, { $unset: { open: '' } });
    expect(await waits(2, 'email:ann')).toBeUndefined();
    await store.collection.updateOne(
      { _id: 'prq_2' },
      { $push: { steps: { name: 'erase again', doneAt: new Date() } } },
    );
    expect(await waits(3, 'email:ann')).toBeUndefined(); // destinations are told for as long as it takes
  });

  it('wait for each other a day at most: what never ends must not keep an erasure from its deadline', async () => {
    await ask(5, 'export', 'email:eve');
    await ask(6, 'erase', 'email:eve');
    expect(await waits(6, 'email:eve')).toMatch(/prq_5/);
    now = () => Date.now() + 86_400_001;
    expect(await waits(6, 'email:eve')).toBeUndefined();
  });
});
