import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testTriggers, type TestTriggers } from './testing/test-triggers.ts';
import { endWaits, letPass } from './testing/waits.ts';

let test: TestTriggers;
beforeAll(async () => {
  test = await testTriggers();
});
afterAll(() => test.close());

it('remind of the last cart only, also when the one before it is looked at after the last was reminded of', async () => {
  await test.put('carts', { wait: '1h', limits: {} });
  for (const n of [1, 2]) await test.send('track', { userId: 'u1', event: 'Added', properties: { n } });
  await test.firings('carts', (noted) => noted.length === 2);
  await endWaits('carts', { n: 2 });
  await test.firings('carts', (noted) => noted.some(({ state }) => state === 'sent'));
  await endWaits('carts', { n: 1 });
  const firings = await test.settled('carts', 2);
  expect(firings.map(({ state }) => state).sort()).toEqual(['sent', 'skipped']);
  expect(test.receiver.received).toHaveLength(1);
  expect(test.receiver.received[0]?.body).toContain('"n":2');
});

it('do not fire for what was due longer than maxAge ago when a pause ends, unless it is asked for', async () => {
  const { http } = test.server;
  const before = test.receiver.received.length;
  await test.put('old-carts', { on: { event: 'Put' }, wait: '1h', maxAge: '1d' });
  await test.send('track', { userId: 'u3', event: 'Put' });
  await test.firings('old-carts', (noted) => noted.length === 1);
  await http.post('/api/triggers/old-carts/pause');
  await letPass('old-carts', 21 * 86_400_000);
  await http.post('/api/triggers/old-carts/resume');
  const [skipped] = await test.settled('old-carts', 1);
  expect(skipped).toMatchObject({ state: 'skipped', reason: expect.stringContaining('maxAge') });
  expect(test.receiver.received).toHaveLength(before);
  await http.post(`/api/triggers/old-carts/firings/${skipped?.id}/retry`);
  expect(await test.settled('old-carts', 1)).toMatchObject([{ state: 'sent' }]);
});

it('leave people alone for as long as the trigger is there, not for one that was removed', async () => {
  const states = async (count: number) => (await test.settled('hello', count)).map(({ state }) => state).sort();
  await test.put('hello', { on: { event: 'Came' }, coolDown: '30d' });
  await test.send('track', { userId: 'u2', event: 'Came' });
  expect(await states(1)).toEqual(['sent']);
  await test.send('track', { userId: 'u2', event: 'Came' });
  expect(await states(2)).toEqual(['sent', 'skipped']);
  const { data: trial } = await test.server.http.post<object>('/api/triggers/hello/test', { identity: 'user:u2' });
  expect(trial).toMatchObject({ fires: false, reasons: [expect.stringContaining('coolDown')] });
  await test.server.http.delete('/api/triggers/hello');
  await test.put('hello', { on: { event: 'Came' }, coolDown: '30d' });
  await test.send('track', { userId: 'u2', event: 'Came' });
  expect(await states(1)).toEqual(['sent']);
});
