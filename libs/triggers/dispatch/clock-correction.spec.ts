import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { connectMongo, createLog } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import {
  coolDownModel,
  coolDownSchema,
  firingCountModel,
  firingCountSchema,
  firingModel,
  firingSchema,
  TriggerCollections,
  triggerModel,
  triggerSchema,
  type CoolDown,
  type FiringCount,
  type StoredFiring,
  type StoredTrigger,
} from '../store/index.ts';
import { ClockCorrection } from './clock-correction.ts';

const services = testServices();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = new Date();
const later = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
let connection: Connection;
let collections: TriggerCollections;

beforeAll(async () => {
  connection = await connectMongo(services.mongodbUri);
  collections = new TriggerCollections(
    connection.model<StoredTrigger>(triggerModel, triggerSchema),
    connection.model<StoredFiring>(firingModel, firingSchema),
    connection.model<CoolDown>(coolDownModel, coolDownSchema),
    connection.model<FiringCount>(firingCountModel, firingCountSchema),
  );
});
afterAll(async () => {
  await connection.close();
  await dropTestDatabase(services);
});
beforeEach(async () => {
  await collections.firings.deleteMany({});
  await collections.triggers.deleteMany({});
});

type Times = Pick<StoredFiring, 'state' | 'createdAt' | 'readyAt' | 'dueAt'>;

/** When it is due once the clock was set back. */
async function dueAfter(times: Times): Promise<Date | undefined> {
  await collections.triggers.insertOne({ _id: 'carts', health: {} } as never);
  await collections.firings.insertOne({ _id: 'fir_1', trigger: 'carts', p: 'p1', attempts: 0, ...times } as never);
  await new ClockCorrection(collections, createLog({ level: 'silent' })).sweep(now);
  return (await collections.firings.findOne({ _id: 'fir_1' }))?.dueAt;
}

it.each<[string, Times, Date]>([
  [
    'one that is tried again tomorrow is due at once',
    { state: 'pending', createdAt: later(-hour), readyAt: later(-hour), dueAt: later(day) },
    now,
  ],
  [
    'likewise one that was noted in half an hour',
    { state: 'pending', createdAt: later(hour / 2), readyAt: later(hour / 2), dueAt: later(hour / 2) },
    now,
  ],
  [
    'one that was to wait an hour from tomorrow on waits for an hour',
    { state: 'waiting', createdAt: later(day), readyAt: later(day + hour), dueAt: later(day + hour) },
    later(hour),
  ],
  [
    'one that waits for a week stays',
    { state: 'waiting', createdAt: later(-hour), readyAt: later(7 * day), dueAt: later(7 * day) },
    later(7 * day),
  ],
  [
    'one that is tried again in an hour stays',
    { state: 'pending', createdAt: later(-hour), readyAt: later(-hour), dueAt: later(hour) },
    later(hour),
  ],
])('of firings that a clock which ran ahead put off, %s', async (_, times, due) => {
  expect(await dueAfter(times)).toEqual(due);
});

it('triggers that were to rest until tomorrow go on; others have their rest', async () => {
  const resting = [
    { _id: 'ahead', health: { failures: 3, restUntil: later(day) } },
    { _id: 'resting', health: { failures: 3, restUntil: later(10 * minute) } },
  ];
  await collections.triggers.insertMany(resting as never[]);
  await new ClockCorrection(collections, createLog({ level: 'silent' })).sweep(now);
  const found = await collections.triggers.find({}, { sort: { _id: 1 } }).toArray();
  expect(found.map(({ health }) => health.restUntil)).toEqual([undefined, later(10 * minute)]);
});
