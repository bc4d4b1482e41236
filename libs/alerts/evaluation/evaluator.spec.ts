import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import { startTestAlerts, type TestAlerts } from '../testing/test-alerts.ts';

const failed = { state: 'failed', error: { code: 'unreachable', message: 'db:5432 cannot be reached.' } };
const dead = { state: 'failed', error: { ...failed.error, connection: 'con_db' } };
const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;

describe('the evaluator', () => {
  let test: TestAlerts;
  let receiver: Receiver;
  beforeAll(async () => {
    test = await startTestAlerts();
    receiver = await startReceiver();
  });
  afterAll(async () => {
    receiver?.close();
    await test?.close();
  });
  beforeEach(async () => {
    await test.clear();
    receiver.received = [];
    await test.http.put('/api/alerts/channels/hook', { type: 'webhook', config: { url: receiver.url, secret } });
    const rule = { on: { failed: true, lag: '1h', overdue: true }, to: ['hook'], wait: '0s' };
    expect((await test.http.put('/api/alerts/rules/all', rule)).status).toBe(201);
  });
  const told = () => receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  const lastNotice = () => (JSON.parse(receiver.received.at(-1)?.body ?? '{}') as { data: object }).data;
  const look = () => test.look();

  it('loses no failure of a run that ends just while it looks', async () => {
    const sync = await test.sync();
    await test.ended(sync);
    await look();
    await test.end(await test.active(sync), failed, look);
    await look();
    expect(told()).toEqual(['alert.opened']);
  });

  it('loses no recovery of a run that ends just while it looks', async () => {
    const sync = await test.sync();
    await test.ended(sync, failed);
    await look();
    await test.end(await test.active(sync), { state: 'succeeded' }, look);
    await look();
    expect(told()).toEqual(['alert.opened', 'alert.recovered']);
  });

  it('goes on after runs that were removed', async () => {
    const sync = await test.sync();
    await test.change(sync, { lastRun: { id: 'run_gone', state: 'failed', endedAt: new Date() } });
    await look();
    await test.ended(sync, failed);
    await look();
    expect(told()).toEqual(['alert.opened']);
  });

  it('does not say that something has recovered which nobody watches any more', async () => {
    const [one, other] = [await test.sync(), await test.sync()];
    await test.ended(one, dead);
    await test.ended(other, dead);
    await look();
    await test.http.patch('/api/alerts/rules/all', { labels: ['shop'] });
    await look();
    expect(lastNotice()).toMatchObject({
      title: expect.stringMatching(/^No longer watched: 2 syncs failed/),
      advice: expect.stringContaining('may still be as it was'),
      withdrawn: true,
      syncs: [{ withdrawn: true }, { withdrawn: true }],
    });
  });

  it('says of what has recovered only that it has, where others are not watched any more', async () => {
    const [one, other] = [await test.sync(), await test.sync()];
    await test.ended(one, dead);
    await test.ended(other, dead);
    await look();
    await test.ended(one);
    await test.http.patch('/api/alerts/rules/all', { syncs: [one] });
    await look();
    const notice = lastNotice() as { title: string; syncs: { id: string; withdrawn?: true }[] };
    expect(notice).not.toHaveProperty('withdrawn');
    expect(notice.title).toMatch(/^Recovered: "Sync/);
    expect(notice.syncs.flatMap(({ id, withdrawn }) => (withdrawn ? [id] : []))).toEqual([other]);
  });

  it('does not say that what is paused, or told as failed, has recovered: it is told again once it is looked after', async () => {
    const rule = { on: { failed: true, lag: '1h', triggerFailing: true }, to: ['hook'], wait: '0s' };
    await test.http.put('/api/alerts/rules/all', rule);
    const reaches = new Date(Date.now() - 7_200_000);
    const [paused, broken] = [
      await test.sync({ reaches }),
      await test.sync({ reaches, from: { connection: 'con_b' } }),
    ];
    const failures = { failures: 3, lastError: { at: new Date(), code: 'timeout', firing: 'fir_1' } } as const;
    test.trigger('carts', failures);
    await look();
    expect(told()).toEqual(['alert.opened', 'alert.opened', 'alert.opened']);
    receiver.received = [];
    await test.change(paused, { paused: true });
    await test.ended(broken, failed);
    test.trigger('carts', { ...failures, paused: true });
    await look();
    const titles = () =>
      receiver.received.map(({ body }) => (JSON.parse(body) as { data: { title: string } }).data.title);
    expect(
      titles()
        .map((title) => title.replace(/"[^"]*"/, '…'))
        .toSorted(),
    ).toEqual([
      'No longer watched: … brought nothing new for too long (connection "con_b")',
      'No longer watched: … brought nothing new for too long (connection "con_from")',
      'No longer watched: … failed to do what follows',
      '… failed',
    ]);
    expect(titles().join()).not.toContain('Recovered');
    receiver.received = [];
    await test.change(paused, { paused: false });
    test.trigger('carts', failures);
    await look();
    expect(told()).toEqual(['alert.opened', 'alert.opened']);
  });

  it('tells again what is still failed when its rule is switched on again', async () => {
    const sync = await test.sync();
    await test.ended(sync, failed);
    await look();
    for (const enabled of [false, true]) {
      await test.http.patch('/api/alerts/rules/all', { enabled });
      await look();
    }
    await look();
    expect(told()).toEqual(['alert.opened', 'alert.recovered', 'alert.opened']);
  });
});
