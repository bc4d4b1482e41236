import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Alert } from '../alerts/alert.schema.ts';
import { startTestAlerts, type TestAlerts } from '../testing/test-alerts.ts';

describe('rules', () => {
  let test: TestAlerts;

  beforeAll(async () => {
    test = await startTestAlerts();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.clear();
    await test.http.put('/api/alerts/channels/mail', { type: 'email', config: { to: ['a@example.com'] } });
  });

  const put = (body: object) => test.http.put<object>('/api/alerts/rules/all', body);

  it('shows what PUT takes, and the same again changes nothing', async () => {
    await test.sync({ slug: 'customers' });
    const body = {
      name: 'All of it',
      enabled: true,
      on: { failed: true, rejectShare: 0, lag: '90min' },
      labels: ['shop'],
      syncs: ['customers'],
      to: ['mail'],
      wait: '1min',
      repeat: null,
    };
    expect((await put(body)).status).toBe(201);
    const { data } = await test.http.get<Record<string, unknown>>('/api/alerts/rules/all');
    const { id, slug, revision, createdAt, updatedAt, ...shown } = data;
    expect([slug, revision, shown]).toEqual(['all', 1, body]);
    expect((await put(shown)).data).toEqual({ id, slug, revision, createdAt, updatedAt, ...shown });
    expect((await test.http.patch('/api/alerts/rules/all', { repeat: '2h' })).data).toMatchObject({
      repeat: '2h',
      revision: 2,
    });
    expect((await test.http.get('/api/alerts/rules')).data).toMatchObject({ data: [{ slug: 'all' }], next: null });
  });

  it.each([
    [{ on: {}, to: ['mail'] }, 400],
    [{ on: { failed: false }, to: ['mail'] }, 400],
    [{ on: { exploded: true }, to: ['mail'] }, 400],
    [{ on: { rejectShare: 1 }, to: ['mail'] }, 400],
    [{ on: { lag: 'long' }, to: ['mail'] }, 400],
    [{ on: { failed: true }, to: [] }, 400],
    [{ on: { failed: true }, to: ['pigeon'] }, 404],
    [{ on: { failed: true }, to: ['mail'], syncs: ['nobody'] }, 404],
    [{ on: { failed: true }, to: ['mail'], repeat: '5s' }, 400],
    [{ on: { failed: true }, to: [{ $ne: '' }] }, 400],
  ])('refuses %j with %i', async (body, status) => {
    expect((await put(body)).status).toBe(status);
  });

  it('can be changed although a sync that it names is gone, and names no further one that is not there', async () => {
    await test.sync({ slug: 'customers' });
    const body = { on: { failed: true }, to: ['mail'], syncs: ['customers'] };
    expect((await put(body)).status).toBe(201);
    expect((await test.http.delete('/api/syncs/customers')).status).toBe(204);
    const changed = await test.http.patch('/api/alerts/rules/all', { enabled: false });
    expect([changed.status, changed.data]).toMatchObject([200, { enabled: false, syncs: ['customers'] }]);
    const further = { syncs: ['customers', 'nobody'] };
    expect((await test.http.patch('/api/alerts/rules/all', further)).status).toBe(404);
  });

  it('is rehearsed as it would be put: not from a revision that was changed meanwhile', async () => {
    const body = { on: { failed: true }, to: ['mail'] };
    await put(body);
    await put({ ...body, name: 'Other' });
    const rehearsed = async (revision: number) =>
      (await test.http.put('/api/alerts/rules/all?rehearse=true', body, { headers: { 'if-match': `"${revision}"` } }))
        .status;
    expect([await rehearsed(1), await rehearsed(2)]).toEqual([409, 204]);
  });

  it('is not written over what somebody else changed meanwhile', async () => {
    const body = { on: { failed: true }, to: ['mail'] };
    const from = (revision: number, name: string) =>
      test.http.put('/api/alerts/rules/all', { ...body, name }, { headers: { 'if-match': `"${revision}"` } });
    expect((await from(1, 'None yet')).status).toBe(404);
    await put(body);
    await test.collections.rules.updateOne({ slug: 'all' }, { $unset: { revision: '' } }); // as before there were any
    expect((await from(1, 'Mine')).data).toMatchObject({ name: 'Mine', revision: 2 });
    const stale = await from(1, 'Theirs');
    expect([stale.status, stale.data]).toMatchObject([409, { code: 'conflict', details: { revision: 2 } }]);
    expect((await test.http.get('/api/alerts/rules/all')).data).toMatchObject({ name: 'Mine' });
  });

  it('tells when it fired last, whatever others have fired since', async () => {
    const old = new Date(Date.now() - 86_400_000);
    await put({ on: { failed: true }, to: ['mail'] });
    await test.http.put('/api/alerts/rules/quiet', { on: { failed: true }, to: ['mail'] });
    const { data: rule } = await test.http.get<{ id: string }>('/api/alerts/rules/all');
    const fired = (at: Date, i: number, of: string): Alert => ({
      ...{ _id: `alr_${of}_${i}`, rule: of, kind: 'failed', group: `g${i}`, state: 'recovered', syncs: [], changes: 1 },
      ...{ openedAt: at, recoveredAt: at },
    });
    const others = Array.from({ length: 250 }, (_, i) => fired(new Date(), i, 'rul_other'));
    const own = [old, new Date(old.getTime() - 1)].map((at, i) => fired(at, i, rule.id));
    await test.collections.alerts.insertMany([...own, ...others]);
    const lastAlertAt = old.toISOString();
    expect((await test.http.get('/api/alerts/rules/all')).data).toMatchObject({ lastAlertAt });
    const { data } = await test.http.get<{ data: object[] }>('/api/alerts/rules');
    expect(data.data).toMatchObject([{ slug: 'all', lastAlertAt }, { slug: 'quiet' }]);
    expect(data.data[1]).not.toHaveProperty('lastAlertAt');
  });

  it('watches nothing while it is disabled', async () => {
    const sync = await test.sync();
    await test.ended(sync, { state: 'failed', error: { code: 'internal', message: 'It broke.' } });
    await put({ on: { failed: true }, to: ['mail'], enabled: false });
    await test.evaluator.look();
    expect(await test.collections.alerts.countDocuments({})).toBe(0);
  });
});
