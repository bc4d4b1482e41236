import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Connections } from '#connections';
import { Runs, Syncs } from '../index.ts';
import { Chains } from '../schedule/chains.ts';
import { brokerConnector, ScriptedBroker } from '../testing/scripted-broker.ts';
import { scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';
import { untilEnded } from '../testing/until-ended.ts';
import { Rejects } from './rejects.ts';

const broker = new ScriptedBroker();
let engine: ScriptedApp;

beforeAll(async () => {
  engine = await scriptedApp({ streamRunSeconds: 3_600, subscriptions: 16 }, [brokerConnector(broker)]);
});
afterAll(() => engine.close());

beforeEach(() => {
  broker.reset();
  engine.script.received.clear();
});

const changed = (day: number): string => `2026-01-0${day}T00:00:00.000Z`;
const received = (count: number) => until(async () => engine.script.received.size === count);

/** A followed sync whose destination refuses what is called so, and that has two lanes: the first one’s term is the first, whenever its rows come. */
async function followed(name: string) {
  const { id } = await engine.app.get(Connections).create({ name, connector: 'scripted-broker', config: {} });
  const from = { connection: id, stream: 'group', cursor: 'changed' };
  const sync = await engine.sync(name, { from, consumers: 2 });
  await engine.app.get(Chains).sweep();
  const [run] = await engine.app.get(Runs).list({ sync, limit: 1 });
  engine.script.refuse = (record) => String(record.name).startsWith('refused');
  broker.append('first', { id: 8, name: 'any', changed: changed(1) });
  await received(1);
  broker.append('second', { id: 9, name: 'any', changed: changed(1) });
  await received(2);
  const rejects = () => engine.app.get(Rejects).search({ sync, limit: 10 });
  return {
    refused: (count: number) => until(async () => (await rejects()).length === count),
    async ends(): Promise<void> {
      await engine.app.get(Syncs).change(sync, { paused: true });
      await engine.app.get(Chains).sweep();
      await untilEnded(engine.app.get(Runs), run?._id ?? '');
      engine.script.refuse = undefined;
    },
    change: (changes: object) => engine.app.get(Syncs).change(sync, changes),
    /** Only what has a text in it, if one is given. */
    async replay(text = '') {
      const ids = (await rejects()).flatMap(({ _id, raw }) => (raw.includes(text) ? _id : []));
      const { _id } = await engine.app.get(Runs).start(sync, { trigger: 'manual', replay: { ids } });
      return untilEnded(engine.app.get(Runs), _id);
    },
  };
}

it('of a record that comes through several lanes of a run, a replay leaves as it is what changed later', async () => {
  const sync = await followed('Lanes');
  broker.append('second', { id: 1, name: 'older', changed: changed(2) });
  broker.append('first', { id: 2, name: 'newer', changed: changed(3) });
  await received(4);
  broker.append('first', { id: 1, name: 'refused', changed: changed(3) });
  broker.append('second', { id: 2, name: 'refused', changed: changed(2) });
  await sync.refused(2);
  await sync.ends();
  expect(await sync.replay()).toMatchObject({ state: 'succeeded', ledger: { read: 1, written: 1 } });
  expect(engine.script.received.get(1)).toMatchObject({ name: 'refused' });
  expect(engine.script.received.get(2)).toMatchObject({ name: 'newer' });
});

it.each([2, 1])(
  'of a record that was refused in several lanes, replays in parts end with what it became, with %i consumers by then',
  async (consumers) => {
    const sync = await followed(`Lanes in parts, ${consumers}`);
    broker.append('first', { id: 1, name: 'refused as it became', changed: changed(3) });
    await sync.refused(1);
    broker.append('second', { id: 1, name: 'refused as it was', changed: changed(2) });
    await sync.refused(2);
    await sync.ends();
    await sync.change({ consumers });
    expect(await sync.replay('became')).toMatchObject({ ledger: { read: 1, written: 1 } });
    expect(await sync.replay('was')).toMatchObject({ state: 'succeeded', ledger: { read: 0 } });
    expect(engine.script.received.get(1)).toMatchObject({ name: 'refused as it became' });
  },
);

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await delay(20);
}
