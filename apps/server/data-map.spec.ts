import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testTriggers, type TestTriggers } from './testing/test-triggers.ts';

let test: TestTriggers;
beforeAll(async () => {
  test = await testTriggers();
});
afterAll(() => test.close());

it('knows which traits triggers wait for, and hand over', async () => {
  const { http } = test.server;
  await test.send('identify', { userId: 'u1', traits: { city: 'Rome', plan: 'pro', zodiac: 'Leo' } });
  await test.idOf('user:u1');
  const config = { url: `${test.receiver.url}/crm`, key: ['city'] };
  await http.put('/api/connections/crm', { connector: 'webhook', config });
  const handOver = { connection: 'crm', object: 'rows', mapping: { city: 'traits.city' } };
  await test.put('plans', { on: { trait: 'plan' }, do: { handOver } });
  await http.post('/api/data-map/refresh');
  for (let isMade = false; !isMade; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const { data } = await http.get<{ scan: object | null; running: object | null }>('/api/data-map');
    isMade = data.scan !== null && data.running === null;
  }
  const { data: orphans } = await http.get<{ data: { name: string }[] }>('/api/data-map?problem=orphan');
  expect(orphans.data.map(({ name }) => name)).toEqual(['zodiac']);
});
