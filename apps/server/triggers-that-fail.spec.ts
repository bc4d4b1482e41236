import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testTriggers, type TestTriggers } from './testing/test-triggers.ts';
import { losePatience } from './testing/waits.ts';

let test: TestTriggers;
beforeAll(async () => {
  test = await testTriggers();
});
afterAll(() => test.close());

const isTold = (found: { reason?: string }[]) => found.some(({ reason }) => reason !== undefined);

/** Bodies that came for a trigger that is retried after it was given up, and the person has changed meanwhile. */
async function bodiesAround(slug: string, userId: string, refusal: number): Promise<string[]> {
  const came = () => test.receiver.received.filter(({ path }) => path.endsWith(`/${slug}`)).map(({ body }) => body);
  await test.put(slug, { on: { event: slug } });
  await test.send('identify', { userId, traits: { plan: 'free' } });
  const person = await test.idOf(`user:${userId}`);
  test.receiver.answer = () => ({ status: refusal, body: 'no' });
  await test.send('track', { userId, event: slug });
  await test.firings(slug, isTold);
  await losePatience(slug);
  expect(await test.settled(slug, 1)).toMatchObject([{ state: 'failed' }]);
  await test.send('identify', { userId, traits: { plan: 'pro' } });
  for (let plan: unknown; plan !== 'pro';) {
    const { data } = await test.server.http.get<{ traits: Record<string, unknown> }>(`/api/profiles/${person}`);
    plan = data.traits.plan;
  }
  test.receiver.answer = () => ({ status: 200, body: 'ok' });
  await test.server.http.post(`/api/triggers/${slug}/retry`, { state: 'failed' });
  expect(await test.settled(slug, 1)).toMatchObject([{ state: 'sent' }]);
  return [...new Set(came())];
}

it('send the same again when they are retried: it may have arrived', async () => {
  const bodies = await bodiesAround('down', 'u1', 500);
  expect(bodies).toEqual([expect.stringContaining('"plan":"free"')]);
});

it('make anew what the other side refused', async () => {
  const bodies = await bodiesAround('picky', 'u2', 400);
  expect(bodies.at(-1)).toContain('"plan":"pro"');
});

it('say when they are tried with somebody that they are held', async () => {
  await test.put('few', { on: { event: 'Went' }, limits: { perHour: 1 } });
  await test.send('track', { userId: 'u3', event: 'Went' });
  await test.settled('few', 1);
  const { data } = await test.server.http.post<object>('/api/triggers/few/test', { identity: 'user:u3' });
  expect(data).toMatchObject({ fires: false, reasons: [expect.stringContaining('limits.perHour')] });
});
