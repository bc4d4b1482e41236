import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';

let test: TestProfiles;
beforeAll(async () => {
  test = await testProfiles();
});
afterAll(() => test.close());

const [half, other] = ['\ud83d', '\ud83e'];
const outcomesOf = (object: string, ...records: Row[]) => test.push(object, records);

it('identities and names of traits that were cut within a character are refused: MongoDB would keep several as one', async () => {
  const user = (value: string): Row => ({ identities: { user: value }, traits: { city: 'Oslo' } });
  expect(await outcomesOf('profile', user(`u${half}`), user(`u${other}`), user('u\u{1f600}'))).toMatchObject([
    { code: 'invalid_identity' },
    { code: 'invalid_identity' },
    { status: 'ok' },
  ]);
  expect(await outcomesOf('profile', { identities: { user: 1 }, traits: { [`t${half}`]: 1 } })).toMatchObject([
    { code: 'invalid_trait' },
  ]);
});

it('what is called or said so is kept as MongoDB keeps it, and found again', async () => {
  const identities = { user: 2 };
  const order = { id: `o${half}`, identities, lines: [{ id: `l${half}`, name: `Mug ${half}`, quantity: 1 }] };
  const event = { id: `e${half}`, name: `Seen ${half}`, identities, properties: { note: `cut ${half}` } };
  for (const [object, record] of Object.entries({ order, event })) {
    const outcomes = [...(await outcomesOf(object, record)), ...(await outcomesOf(object, record))];
    expect(outcomes.filter(({ status }) => status !== 'ok' && status !== 'unchanged')).toEqual([]);
    expect(await test.connection.collection(`${object}s`).countDocuments()).toBe(1);
  }
});
