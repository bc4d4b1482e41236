import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { ErrorCode } from '@millrace/sdk';
import type { AlertNotice } from './messages/notice.ts';
import { newId } from '#platform';
import { startReceiver, type Receiver } from '#tools/testing';
import { startTestAlerts, type TestAlerts } from './testing/test-alerts.ts';

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;
const dead = { code: 'unreachable', message: 'db:5432 cannot be reached. Check host and port.', connection: 'con_db' };

describe('alerts', () => {
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
    receiver.answer = () => ({ status: 200, body: 'ok' });
  });

  const rule = async (on: object, more: object = {}): Promise<void> => {
    const config = { url: receiver.url, secret };
    await test.http.put('/api/alerts/channels/hook', { type: 'webhook', config });
    const { status } = await test.http.put('/api/alerts/rules/all', { on, to: ['hook'], wait: '0s', ...more });
    expect(status).toBe(201);
  };
  /** What arrived, its signature verified. */
  const notices = (): AlertNotice[] =>
    receiver.received.map(
      ({ headers, body }) => new Webhook(secret).verify(body, headers as Record<string, string>) as AlertNotice,
    );
  const told = () => notices().map(({ type, data }) => [type, data.syncs.map(({ id }) => id).sort()]);
  const openAlerts = async () =>
    (await test.http.get<{ data: { syncs: { id: string }[] }[] }>('/api/alerts?state=open')).data.data;

  it('tells of one dead database once, and of its recovery when all syncs have recovered', async () => {
    await rule({ failed: true });
    const [one, two] = [await test.sync(), await test.sync()];
    await test.ended(one, { state: 'failed', error: dead });
    await test.ended(two, { state: 'failed', error: { ...dead, code: 'timeout' } });
    await test.look();
    expect(told()).toEqual([['alert.opened', [one, two].sort()]]);
    expect(notices()[0]?.data).toMatchObject({
      kind: 'failed',
      title: '2 syncs failed (connection "con_db")',
      connection: { id: 'con_db' },
      syncCount: 2,
    });
    await test.ended(one, { state: 'failed', error: dead });
    await test.look();
    await test.ended(one);
    await test.look();
    expect(told()).toHaveLength(1);
    await test.ended(two);
    await test.look();
    await test.look();
    expect(told().slice(1)).toEqual([['alert.recovered', [one, two].sort()]]);
    expect(await openAlerts()).toEqual([]);
  });

  it('tells of the first run after a clock was set back', async () => {
    await rule({ failed: true });
    const sync = await test.sync();
    await test.ended(sync);
    await test.look();
    await test.collections.marks.updateOne({ _id: sync }, { $set: { run: newId('run', Date.now() + 86_400_000) } });
    await test.ended(sync, { state: 'failed', error: dead });
    await test.look();
    await test.look();
    expect(told()).toEqual([['alert.opened', [sync]]]);
  });

  it('keeps apart what two connections suffer from, and what is one sync’s own', async () => {
    await rule({ failed: true });
    const syncs = [await test.sync(), await test.sync(), await test.sync(), await test.sync()];
    const errors = [
      dead,
      { ...dead, connection: 'con_other' },
      { code: 'stream_not_found', message: 'No such table.', connection: 'con_db' },
      { code: 'ledger_unbalanced', message: 'The rows do not add up.' },
    ];
    for (const [index, sync] of syncs.entries()) await test.ended(sync, { state: 'failed', error: errors[index] });
    await test.look();
    expect(told()).toHaveLength(4);
    // The cause moves from the source to the destination: another alert, and the first one is over.
    await test.ended(syncs[0] ?? '', { state: 'failed', error: { ...dead, connection: 'con_to' } });
    await test.look();
    expect(
      told()
        .slice(4)
        .map(([type]) => type)
        .sort(),
    ).toEqual(['alert.opened', 'alert.recovered']);
  });

  it('waits for further syncs before it tells, and tells of late ones in one more message', async () => {
    await rule({ failed: true }, { wait: '10min' });
    const [one, two] = [await test.sync(), await test.sync()];
    const start = Date.now();
    const after = (minutes: number) => new Date(start + minutes * 60_000);
    await test.ended(one, { state: 'failed', error: dead });
    await test.look();
    expect(told()).toEqual([]);
    await test.look(after(11));
    expect(told()).toEqual([['alert.opened', [one]]]);
    await test.ended(two, { state: 'failed', error: dead });
    await test.look(after(12));
    expect(told()).toHaveLength(1);
    await test.look(after(22));
    await test.look(after(40));
    expect(told().slice(1)).toEqual([['alert.updated', [one, two].sort()]]);
  });

  it('lists those about one sync, without the others', async () => {
    await rule({ failed: true });
    const [one, two] = [await test.sync(), await test.sync()];
    for (const sync of [one, two]) await test.ended(sync, { state: 'failed', error: dead });
    await test.look();
    const listed = async (query: string) => {
      const { data } = await test.http.get<{ data: { syncs: { id: string }[] }[] }>(`/api/alerts?${query}`);
      return data.data.map(({ syncs }) => syncs.map(({ id }) => id));
    };
    expect(await listed(`state=open&sync=${one}`)).toEqual([[one]]);
    expect(await listed('state=open&sync=syn_nobody')).toEqual([]);
    await test.ended(one);
    await test.look();
    expect(await listed(`state=open&sync=${one}`)).toEqual([]); // it has recovered, the other one has not
    expect(await listed(`sync=${one}`)).toEqual([[one]]);
    expect(await listed(`state=open&sync=${two}`)).toEqual([[two]]);
  });

  it('reminds, unless it was acknowledged; keeps quiet while snoozed', async () => {
    await rule({ failed: true }, { repeat: '2h' });
    const sync = await test.sync();
    await test.ended(sync, { state: 'failed', error: dead });
    await test.look();
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    await test.look(inHours(3));
    expect(told().map(([type]) => type)).toEqual(['alert.opened', 'alert.reminder']);
    const [{ id } = { id: '' }] = (await test.http.get<{ data: { id: string }[] }>('/api/alerts')).data.data;
    await test.http.post(`/api/alerts/${id}/snooze`, { for: '10h' });
    await test.look(inHours(9));
    expect(told()).toHaveLength(2);
    await test.look(inHours(11));
    expect(told()).toHaveLength(3);
    const { data } = await test.http.post<object>(`/api/alerts/${id}/acknowledge`);
    expect(data).toMatchObject({ state: 'open', acknowledged: { by: 'operator' } });
    await test.look(inHours(100));
    expect(told()).toHaveLength(3);
    await test.ended(sync);
    await test.look(inHours(101));
    expect(told().at(-1)?.[0]).toBe('alert.recovered');
    expect((await test.http.post(`/api/alerts/${id}/acknowledge`)).status).toBe(409);
  });

  it('tells of what was over again before it looked, once', async () => {
    await rule({ failed: true, rejectShare: 0.05 });
    const sync = await test.sync();
    await test.ended(sync);
    await test.look();
    const ledger = { read: 10, written: 9, unchanged: 0, superseded: 0, rejected: 1, filtered: 0 };
    await test.ended(sync, { ledger });
    await test.ended(sync, { state: 'failed', error: dead });
    await test.ended(sync);
    await test.look();
    await test.look();
    expect(
      notices()
        .map(({ type, data }) => `${type} ${data.kind}`)
        .sort(),
    ).toEqual(['alert.recovered failed', 'alert.recovered rejectShare']);
  });

  it('judges what holds now when a rule is made, and lets go of what no rule asks for', async () => {
    const sync = await test.sync({ labels: ['shop'], slug: 'customers' });
    await test.ended(sync, { state: 'failed', error: dead });
    await rule({ failed: true }, { labels: ['other'], syncs: ['customers'] });
    await test.look();
    expect(told()).toEqual([['alert.opened', [sync]]]);
    await test.http.patch('/api/alerts/rules/all', { syncs: [await test.sync()] });
    await test.look();
    expect(await openAlerts()).toEqual([]);
    expect(notices().at(-1)?.data.syncs[0]?.message).toBe('It is not watched any more.');
    await test.http.patch('/api/alerts/rules/all', { labels: ['shop'] });
    await test.http.delete('/api/alerts/rules/all');
    await test.look();
    expect(await openAlerts()).toEqual([]);
  });

  it('knows held, overdue, lag and nothing read, and when they are over', async () => {
    await rule({ held: true, overdue: true, lag: '2h', nothingRead: true });
    const old = new Date(Date.now() - 3 * 3_600_000);
    const [held, overdue, late, empty] = [
      await test.sync({ reaches: new Date() }),
      await test.sync({ reaches: new Date(), schedule: { every: '1h' }, nextRunAt: old }),
      await test.sync({ reaches: old, from: { connection: 'con_late', stream: 'rows' } }),
      await test.sync({ reaches: new Date(), from: { connection: 'con_empty', stream: 'rows' } }),
    ];
    await test.active(held, { state: 'held', hold: 'deletions', reason: '900 of 1,000 would be removed.' });
    const notice = { code: 'nothing_read', message: 'Nothing was read, where the last full read had 412 rows.' };
    await test.ended(empty, { notices: [notice] });
    await test.look();
    await test.look();
    const seen = notices().map(({ data }) => [data.kind, data.syncs[0]?.id, data.syncs[0]?.message]);
    expect(seen.sort()).toEqual([
      ['held', held, '900 of 1,000 would be removed.'],
      ['lag', late, expect.stringContaining('2 hours')],
      ['nothingRead', empty, notice.message],
      ['overdue', overdue, expect.stringContaining(old.toISOString())],
    ]);
    await test.ended(held);
    await test.ended(empty);
    await test.change(overdue, { nextRunAt: new Date(Date.now() + 3_600_000) });
    await test.change(late, { reaches: new Date() });
    await test.look();
    expect(
      notices()
        .slice(4)
        .every(({ type }) => type === 'alert.recovered'),
    ).toBe(true);
    expect(notices()).toHaveLength(8);
  });

  it('says how many records of a stream wait', async () => {
    await rule({ lag: '2h' });
    const old = new Date(Date.now() - 3 * 3_600_000);
    const stream = await test.sync({ reaches: old });
    await test.active(stream, {
      lag: { 0: { records: 30, seconds: 9, at: new Date() }, 1: { records: 4, at: new Date() } },
    });
    await test.look();
    await test.look();
    expect(notices()[0]?.data.syncs[0]?.message).toMatch(/more than 2 hours ago\. Records that wait: 34\.$/);
  });

  describe('about triggers', () => {
    const failing = (code: ErrorCode, more: object = {}) => {
      const at = new Date();
      return { failures: 3, failingSince: at, lastError: { at, code, firing: 'fir_1' }, ...more };
    };
    const toldOfTriggers = () =>
      notices().map(({ type, data }) => [type, data.kind, data.triggers?.map(({ id }) => id).sort()]);

    it('tells once of all that hand people to one dead connection, and of their recovery', async () => {
      await rule({ triggerFailing: true, failed: true });
      for (const slug of ['carts', 'upgrades']) test.trigger(slug, failing('unreachable', { connection: 'con_crm' }));
      test.trigger('hooks', failing('unreachable'));
      test.trigger('hiccup', { ...failing('timeout'), failures: 2 });
      test.trigger('paused', { ...failing('timeout'), paused: true });
      await test.look();
      await test.look();
      expect(toldOfTriggers().sort()).toEqual([
        ['alert.opened', 'triggerFailing', ['carts', 'upgrades']],
        ['alert.opened', 'triggerFailing', ['hooks']],
      ]);
      expect(notices().find(({ data }) => data.connection)?.data).toMatchObject({
        title: '2 triggers failed to do what follows (connection "con_crm")',
        connection: { id: 'con_crm' },
        ...{ syncs: [], syncCount: 0, triggerCount: 2 },
      });
      const { data } = await test.http.get<{ data: object[] }>('/api/alerts?state=open');
      expect(data.data).toContainEqual(
        expect.objectContaining({
          syncs: [],
          triggers: [expect.objectContaining({ slug: 'hooks', code: 'unreachable' })],
        }),
      );
      for (const slug of ['carts', 'upgrades', 'hooks']) test.trigger(slug, {});
      await test.look();
      expect(toldOfTriggers().slice(2).sort()).toEqual([
        ['alert.recovered', 'triggerFailing', ['carts', 'upgrades']],
        ['alert.recovered', 'triggerFailing', ['hooks']],
      ]);
      expect(await openAlerts()).toEqual([]);
    });

    it('tells of what was given up, and is quiet an hour after the last of it', async () => {
      await rule({ triggerFailing: true });
      const givenUp = (at: Date) => ({ givenUp: { at, code: 'remote_error' as const, firing: 'fir_2' } });
      test.trigger('carts', givenUp(new Date()));
      await test.look();
      test.trigger('carts', givenUp(new Date(Date.now() + 30 * 60_000)));
      await test.look(new Date(Date.now() + 70 * 60_000));
      expect(toldOfTriggers()).toEqual([['alert.opened', 'triggerFailing', ['carts']]]);
      expect(notices()[0]?.data.triggers?.[0]?.message).toContain('Firing fir_2 has the reason');
      await test.look(new Date(Date.now() + 91 * 60_000));
      expect(toldOfTriggers()[1]).toEqual(['alert.recovered', 'triggerFailing', ['carts']]);
    });

    it('tells of limits, of the triggers that a rule names, and lets go of those that are gone', async () => {
      expect((await test.http.get('/api/alerts/rules/all')).status).toBe(404);
      const reason = 'It fired 10000 times within an hour (limits.perHour).';
      test.trigger('loop', { held: { at: new Date(), reason } });
      test.trigger('person', { heldFiring: { at: new Date(), firing: 'fir_3' } });
      test.trigger('other', { held: { at: new Date(), reason } });
      await rule({ triggerHeld: true }, { triggers: ['loop', 'person'], labels: ['shop'] });
      await test.look();
      expect(
        notices()
          .map(({ data }) => [data.title, data.triggers?.[0]?.message])
          .sort(),
      ).toEqual([
        ['"loop" passed a limit', reason],
        ['"person" passed a limit', expect.stringContaining('limits.perPerson')],
      ]);
      test.trigger('loop', {});
      test.trigger('person', undefined);
      await test.look();
      expect(await openAlerts()).toEqual([]);
      const last = notices()
        .slice(2)
        .map(({ type, data }) => [type, data.triggers?.[0]?.id, data.triggers?.[0]?.message]);
      expect(last.sort()).toEqual([
        ['alert.recovered', 'loop', reason],
        ['alert.recovered', 'person', 'It is not watched any more.'],
      ]);
      const put = { on: { triggerHeld: true }, triggers: ['nobody'], to: ['hook'] };
      expect((await test.http.put('/api/alerts/rules/bad', put)).status).toBe(404);
      test.trigger('person', {});
      expect((await test.http.patch('/api/alerts/rules/all', { name: 'X' })).data).toMatchObject({
        triggers: ['loop', 'person'],
      });
    });
  });

  it('says nothing twice when two evaluate at once, over and over', async () => {
    await rule({ failed: true });
    const syncs = await Promise.all(Array.from({ length: 6 }, () => test.sync()));
    for (let round = 0; round < 3; round++) {
      for (const sync of syncs) await test.ended(sync, { state: 'failed', error: dead });
      await Promise.all([test.evaluator.look(), test.evaluator.look(), test.evaluator.look()]);
      for (const sync of syncs) await test.ended(sync);
      await Promise.all([test.evaluator.look(), test.evaluator.look()]);
      await test.look();
    }
    expect(told().map(([type]) => type)).toEqual(
      Array.from({ length: 3 }, () => ['alert.opened', 'alert.recovered']).flat(),
    );
    expect(await test.collections.alerts.countDocuments({})).toBe(3);
  });

  it('goes on where a look was broken off', async () => {
    await rule({ failed: true });
    const sync = await test.sync();
    await test.ended(sync, { state: 'failed', error: dead });
    await test.look();
    // The process died after the message was written and before that was noted, and before the run was marked as judged.
    await test.collections.marks.deleteMany({});
    await test.collections.alerts.updateMany({}, { $unset: { told: '' } });
    await test.look();
    expect(told()).toEqual([['alert.opened', [sync]]]);
    await test.ended(sync);
    await test.look();
    await test.collections.marks.updateMany({}, { $set: { rules: 'others' } });
    await test.look();
    expect(told()).toHaveLength(2);
  });
});
