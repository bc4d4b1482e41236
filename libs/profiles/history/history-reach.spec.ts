import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Connection, Model } from 'mongoose';
import { connectMongo, Settings } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { HistoryReach, historyReachModel, historyReachSchema, type StoredHistoryReach } from './index.ts';

const day = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00.000Z');
/** A moment, in days from the start. */
const at = (days: number): Date => new Date(start + days * day);

let connection: Connection;
let model: Model<StoredHistoryReach>;
beforeAll(async () => {
  connection = await connectMongo(testServices().mongodbUri);
  model = connection.model<StoredHistoryReach>(historyReachModel, historyReachSchema as never);
});
afterAll(async () => {
  jest.useRealTimers();
  await connection.close();
  await dropTestDatabase(testServices());
});
beforeEach(async () => {
  await model.deleteMany({});
  jest.useFakeTimers({ now: start, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
});

/** A process that starts then. */
async function startedAt(days: number, profileHistoryDays: number): Promise<HistoryReach> {
  jest.setSystemTime(at(days));
  const reach = new HistoryReach(model, Object.assign(new Settings(), { profileHistoryDays }));
  await reach.onApplicationBootstrap();
  return reach;
}

function sinceAt(days: number, reach: HistoryReach): Promise<Date> {
  jest.setSystemTime(at(days));
  return reach.since();
}

it('goes back for as long as changes are kept', async () => {
  await startedAt(0, 100);
  const reach = await startedAt(1, 100);
  expect(await sinceAt(500, reach)).toEqual(at(400));
});

it('does not go back beyond what was kept when it was kept for fewer days', async () => {
  await startedAt(0, 100);
  const reach = await startedAt(200, 300);
  expect(await sinceAt(200, reach)).toEqual(at(100));
  expect(await sinceAt(250, reach)).toEqual(at(150)); // the changes of before the raise go on being forgotten
  expect(await sinceAt(301, reach)).toEqual(at(201)); // all of them are
  expect(await sinceAt(400, reach)).toEqual(at(201));
  expect(await sinceAt(501, reach)).toEqual(at(201));
  expect(await sinceAt(600, reach)).toEqual(at(300));
});

it('knows of what was raised after it had been lowered', async () => {
  await startedAt(0, 300);
  expect(await sinceAt(100, await startedAt(100, 50))).toEqual(at(50));
  const reach = await startedAt(200, 300);
  expect(await sinceAt(220, reach)).toEqual(at(170));
  expect(await sinceAt(600, reach)).toEqual(at(300));
});

it('goes back to where changes were removed, if that is later', async () => {
  const reach = await startedAt(0, 100);
  await reach.shortenTo(at(-20));
  expect(await sinceAt(0, reach)).toEqual(at(-20));
  await reach.shortenTo(at(-30));
  expect(await sinceAt(0, reach)).toEqual(at(-20));
  expect(await sinceAt(90, reach)).toEqual(at(-10));
});
