import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { dropTestDatabase, testServices } from '#tools/testing';
import { LandedRows, RowHistory } from '../query/index.ts';
import { rowId } from '../store/index.ts';
import { rowOf, startLanding, type Landing } from '../testing/test-landing.ts';
import { OldLandedRows } from './index.ts';

const name = 'con_shop.people';
const day = 86_400_000;

let landing: Landing;
beforeAll(async () => {
  landing = await startLanding();
});
afterEach(() => landing.clear());
afterAll(async () => {
  await landing.close();
  await dropTestDatabase(testServices());
});

const daysAgo = (days: number): Date => new Date(Date.now() - days * day);
/** What has landed so far did so long ago. */
async function grewOld(days: number): Promise<void> {
  const changes = { $set: { landedAt: daysAgo(days), firstLandedAt: daysAgo(days) } };
  await landing.store.rows.updateMany({}, changes);
  await landing.store.versions.updateMany({}, { $set: { landedAt: daysAgo(days + 1) } });
}
const push = (id: number, city: string) => landing.push([rowOf({ id, city }, { at: new Date().toISOString() })]);

it('leaves nothing of a row that is removed, so that one which lands anew has a history of its own', async () => {
  for (const city of ['Rome', 'Oslo']) await push(1, city);
  await grewOld(60);
  await push(2, 'Bern');
  const ids = [1, 2].map((id) => rowId(name, String(id)));
  expect(await landing.module.get(OldLandedRows).remove(ids, daysAgo(30))).toBe(1);
  expect(await landing.store.versions.countDocuments()).toBe(0);
  await push(1, 'Kyiv');
  await landing.store.rows.updateMany({}, { $set: { landedAt: daysAgo(2), firstLandedAt: daysAgo(2) } });
  await push(1, 'Lima');
  const history = await landing.module.get(RowHistory).of(name, ids[0]?.slice(name.length + 1) ?? '', { limit: 10 });
  expect(history.data.map(({ version, row }) => [version, row])).toEqual([
    [2, { id: 1, city: 'Lima' }],
    [1, { id: 1, city: 'Kyiv' }],
  ]);
  const { data } = await landing.module.get(LandedRows).query(name, { asOf: daysAgo(1), limit: 10 });
  expect(data.map(({ row }) => row)).toContainEqual({ id: 1, city: 'Kyiv' });
});
