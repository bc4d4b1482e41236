import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testTriggers, type TestTriggers } from './testing/test-triggers.ts';
import { endWaits } from './testing/waits.ts';

let test: TestTriggers;
beforeAll(async () => {
  test = await testTriggers();
});
afterAll(() => test.close());

it('drop what waits for another cause than theirs by now, and keep what still is one', async () => {
  const added = (n: number) => test.send('track', { userId: 'u1', event: 'Added', properties: { n } });
  const atLeast = (value: number) => ({
    on: { event: 'Added', where: { field: 'properties.n', is: 'atLeast', value } },
  });
  await test.put('carts', { ...atLeast(1), wait: '1h', limits: {} });
  await added(1);
  await test.firings('carts', (found) => found.length === 1);
  await test.send('track', { userId: 'u2', event: 'Added', properties: { n: 5 } });
  await test.firings('carts', (found) => found.length === 2);
  await test.put('carts', { ...atLeast(3), wait: '1h', limits: {} });
  await endWaits('carts');
  const firings = await test.settled('carts', 2);
  expect(firings).toEqual([
    expect.objectContaining({ state: 'sent' }),
    expect.objectContaining({ state: 'skipped', reason: expect.stringContaining('waits for something else') }),
  ]);
  expect(test.receiver.received).toHaveLength(1);
});
