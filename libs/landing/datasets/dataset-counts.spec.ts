import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { dropTestDatabase, testServices } from '#tools/testing';
import { rowOf, startLanding, type Landing } from '../testing/test-landing.ts';
import { DatasetCounter, Datasets } from './index.ts';

const hour = 3_600_000;

let landing: Landing;
beforeAll(async () => {
  landing = await startLanding();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await landing.clear();
});
afterAll(async () => {
  await landing.close();
  await dropTestDatabase(testServices());
});

async function counted() {
  const [dataset] = await landing.module.get(Datasets).list({ limit: 1 });
  const [found] = dataset ? await landing.module.get(DatasetCounter).counted([dataset]) : [];
  return found;
}

/** Until something landed before it was counted, as it seems. */
async function countedMeanwhile(): Promise<void> {
  for (;;) {
    const found = await counted();
    if (found?.lastLandedAt && found.counts && found.lastLandedAt < found.counts.at) return;
  }
}

it('is made again where rows were still being written when it was made', async () => {
  const { rows } = landing.store;
  const write = rows.bulkWrite.bind(rows);
  jest.spyOn(rows, 'bulkWrite').mockImplementationOnce(async (...given) => {
    await countedMeanwhile();
    return write(...given);
  });
  await landing.push([rowOf({ id: 1 }), rowOf({ id: 2 })]);
  expect((await counted())?.counts).toMatchObject({ rows: 2, versions: 0 });
});

it('is made again after a while though nothing lands: rows are erased, and versions forgotten', async () => {
  await landing.push([rowOf({ id: 1 }), rowOf({ id: 2 })]);
  const long = new Date(Date.now() - 3 * hour);
  await landing.store.datasets.updateMany({}, { $set: { lastLandedAt: long } });
  expect((await counted())?.counts).toMatchObject({ rows: 2 });
  await landing.store.rows.deleteOne({ key: '1' });
  expect((await counted())?.counts).toMatchObject({ rows: 2 });
  await landing.store.datasets.updateMany({}, { $set: { 'counts.at': new Date(Date.now() - 2 * hour) } });
  expect((await counted())?.counts).toMatchObject({ rows: 1 });
});
