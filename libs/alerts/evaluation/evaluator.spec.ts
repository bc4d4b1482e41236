import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import { startTestAlerts, type TestAlerts } from '../testing/test-alerts.ts';

const failed = { state: 'failed', error: { code: 'unreachable', message: 'db:5432 cannot be reached.' } };
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
