import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { AuditLog } from '#access';
import type { OldLandedRows } from '#landing';
import { connectMongo, createLog, Settings } from '#platform';
import type { OldActivity, ProfileHistory } from '#profiles';
import { dropTestDatabase, testServices } from '#tools/testing';
import {
  OldDocuments,
  retentionPolicyModel,
  retentionPolicySchema,
  retentionSweepModel,
  retentionSweepSchema,
  RetentionSweeper,
  type RetentionPolicy,
  type RetentionSweep,
} from './index.ts';

const day = 86_400_000;
const rejects = 2_500;
const daysAgo = (days: number): Date => new Date(Date.now() - days * day);

/** A page that waits, once, before anything is removed. */
class Held extends OldDocuments {
  readonly told = new EventEmitter();
  looks = 0;

  override async removeFrom(...page: Parameters<OldDocuments['removeFrom']>) {
    if (++this.looks === 2) {
      const released = once(this.told, 'released');
      this.told.emit('reached');
      await released;
    }
    return super.removeFrom(...page);
  }
}

let connection: Connection;
beforeAll(async () => {
  connection = await connectMongo(testServices().mongodbUri);
  connection.model<RetentionPolicy>(retentionPolicyModel, retentionPolicySchema as never);
  connection.model<RetentionSweep>(retentionSweepModel, retentionSweepSchema as never);
});
afterAll(async () => {
  await connection.close();
  await dropTestDatabase(testServices());
});
beforeEach(async () => {
  for (const name of ['rejects', 'retention_policies', 'retention_sweeps']) await collection(name).deleteMany({});
  const old = daysAgo(60);
  await collection('rejects').insertMany(
    Array.from({ length: rejects }, (_, i) => ({ _id: `rej_${String(i).padStart(5, '0')}`, at: old })),
  );
  const now = new Date();
  const updatedBy = { id: 'key_1', name: 'Ann' };
  await collection('retention_policies').insertOne({
    ...{ _id: 'reject', days: 30, enabled: true, updatedBy, updatedAt: now, nextSweepAt: now, leaseUntil: now },
  });
});

const collection = (name: string) => connection.collection<{ _id: string; [field: string]: unknown }>(name);
const policy = () => collection('retention_policies').findOne({ _id: 'reject' });
const reports = () => collection('retention_sweeps').find().toArray();

function sweeperOf<T extends OldDocuments>(documents: new (...parts: ConstructorParameters<typeof OldDocuments>) => T) {
  const kept = new documents(connection, {} as OldActivity, {} as ProfileHistory, {} as OldLandedRows);
  const audit = { note: () => Promise.resolve() } as unknown as AuditLog;
  const sweeper = new RetentionSweeper(
    new Settings(),
    createLog({ level: 'silent' }),
    kept,
    audit,
    connection.model<RetentionPolicy>(retentionPolicyModel),
    connection.model<RetentionSweep>(retentionSweepModel),
  );
  return { sweeper, documents: kept };
}

it('is left to whoever took over, by a process that was silent for too long', async () => {
  const [slow, other] = [sweeperOf(Held), sweeperOf(OldDocuments)];
  const reached = once(slow.documents.told, 'reached');
  const sweeping = slow.sweeper.sweep();
  await reached;
  await other.sweeper.sweep();
  expect(await reports()).toEqual([]); // the first one is at it
  await collection('retention_policies').updateOne({ _id: 'reject' }, { $set: { leaseUntil: new Date() } });
  await other.sweeper.sweep();
  expect(await reports()).toMatchObject([{ looked: rejects, removed: rejects }]);
  slow.documents.told.emit('released');
  await sweeping;
  expect(await reports()).toMatchObject([{ looked: rejects, removed: rejects }]);
  const ended = await policy();
  expect(ended).not.toHaveProperty('sweep');
  expect(Number(ended?.nextSweepAt)).toBeGreaterThan(Date.now());
});

it('ends behind the page that is under way when its process ends, and goes on elsewhere at once', async () => {
  const { sweeper, documents } = sweeperOf(Held);
  const reached = once(documents.told, 'reached');
  const sweeping = sweeper.sweep();
  await reached;
  await sweeper.onApplicationShutdown();
  documents.told.emit('released');
  await sweeping;
  expect(await collection('rejects').countDocuments()).toBe(500);
  await sweeperOf(OldDocuments).sweeper.sweep();
  expect(await reports()).toMatchObject([{ looked: rejects, removed: rejects }]);
  expect(await collection('rejects').countDocuments()).toBe(0);
});

it('leaves former values of traits to their history, which tells since when it is whole', async () => {
  const forgotten: unknown[] = [];
  const forgetBefore = async (moment: Date, ids: readonly string[]) => forgotten.push([moment, ids]);
  const history = { forgetBefore } as unknown as ProfileHistory;
  const documents = new OldDocuments(connection, {} as OldActivity, history, {} as OldLandedRows);
  const before = daysAgo(30);
  await collection('part_history').insertMany([20, 40].map((age) => ({ _id: `chg_${age}`, at: daysAgo(age) })));
  expect(await documents.removeFrom('history', before, undefined, 10)).toEqual({ looked: 2, removed: 1 });
  expect(forgotten).toEqual([[before, ['chg_40']]]);
});
