import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import type { AlertNotice } from '../messages/notice.ts';
import { startTestAlerts, type TestAlerts } from '../testing/test-alerts.ts';

describe('alerts about requests of people', () => {
  let test: TestAlerts;
  let receiver: Receiver;

  beforeAll(async () => {
    test = await startTestAlerts();
    receiver = await startReceiver();
  });
  afterAll(async () => {
    receiver.close();
    await test.close();
  });
  beforeEach(async () => {
    await test.clear();
    receiver.received = [];
  });

  const rule = async (on: object): Promise<void> => {
    const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;
    await test.http.put('/api/alerts/channels/hook', { type: 'webhook', config: { url: receiver.url, secret } });
    const { status } = await test.http.put('/api/alerts/rules/all', { on, to: ['hook'], wait: '0s' });
    expect(status).toBe(201);
  };
  const notices = (): AlertNotice[] => receiver.received.map(({ body }) => JSON.parse(body) as AlertNotice);
  const openAlerts = async () => (await test.http.get<{ data: object[] }>('/api/alerts?state=open')).data.data;
  const now = Date.now();
  const request = (id: string, inHours: number, reference?: string) => ({
    ...{ id, kind: 'erase', dueAt: new Date(now + inHours * 3_600_000) },
    ...(reference !== undefined && { reference }),
  });
  const toldOfRequests = () =>
    notices().map(({ type, data }) => [type, data.requestCount, data.requests?.map(({ id, count }) => [id, count])]);

  it('tells of all of them in one alert, of the first that is late, and when all are done', async () => {
    await rule({ privacyDue: true, failed: true });
    test.requests.push(request('prq_far', 100));
    await test.look();
    expect(toldOfRequests()).toEqual([]);
    const many = Array.from({ length: 1_000 }, (_, index) => request(`prq_${index}`, 48 + index / 100, `T-${index}`));
    test.requests.push(...many);
    await test.look();
    test.requests.pop();
    await test.look();
    expect(toldOfRequests()).toEqual([['alert.opened', 1_000, [['near', 1_000]]]]);
    expect(notices()[0]?.data).toMatchObject({
      title: '1000 privacy requests near the deadline or past it',
      ...{ kind: 'privacyDue', syncs: [], syncCount: 0 },
      requests: [{ message: expect.stringMatching(/^1000 requests: prq_0 \(erase, T-0\) .*; and 997 more\.$/) }],
    });
    expect((await test.http.get<object>('/api/alerts?state=open')).data).toMatchObject({
      data: [{ kind: 'privacyDue', syncs: [], triggers: [], requests: [{ id: 'near', count: 999 }] }],
    });
    await test.look(new Date(now + 49 * 3_600_000));
    expect(toldOfRequests()[1]).toEqual([
      'alert.updated',
      1_000,
      [
        ['near', 900],
        ['late', 100],
      ],
    ]);
    test.requests.splice(0);
    await test.look(new Date(now + 50 * 3_600_000));
    expect(notices()[2]).toMatchObject({
      type: 'alert.recovered',
      data: { title: 'Recovered: privacy requests near the deadline or past it' },
    });
    expect(await openAlerts()).toEqual([]);
  });

  it('are let go of when no rule asks for them any more', async () => {
    await rule({ privacyDue: true });
    test.requests.push(request('prq_late', -1));
    await test.look();
    await test.http.patch('/api/alerts/rules/all', { on: { failed: true } });
    await test.look();
    expect(await openAlerts()).toEqual([]);
    expect(notices()[1]?.data.requests?.[0]?.message).toBe('It is not watched any more.');
  });
});
