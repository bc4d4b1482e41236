import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
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

it('of a record that comes through several lanes of a run, a replay leaves as it is what changed later', async () => {
  const { id } = await engine.app.get(Connections).create({ name: 'Broker', connector: 'scripted-broker', config: {} });
  const from = { connection: id, stream: 'group', cursor: 'changed' };
  const sync = await engine.sync('Lanes', { from, consumers: 2 });
  await engine.app.get(Chains).sweep();
  const [run] = await engine.app.get(Runs).list({ sync, limit: 1 });
  const changed = (day: number): string => `2026-01-0${day}T00:00:00.000Z`;
  const received = (count: number) => until(async () => engine.script.received.size === count);
  const refused = (count: number) =>
    until(async () => (await engine.app.get(Rejects).search({ sync, limit: 10 })).length === count);

  engine.script.refuse = ({ name }) => name === 'refused';
  // Of the first lane the term is the first one, whenever its rows come.
  broker.append('first', { id: 8, name: 'any', changed: changed(1) });
  await received(1);
  broker.append('second', { id: 9, name: 'any', changed: changed(1) });
  await received(2);
  broker.append('second', { id: 1, name: 'older', changed: changed(2) });
  broker.append('first', { id: 2, name: 'newer', changed: changed(3) });
  await received(4);
  broker.append('first', { id: 1, name: 'refused', changed: changed(3) });
  broker.append('second', { id: 2, name: 'refused', changed: changed(2) });
  await refused(2);
  await engine.app.get(Syncs).change(sync, { paused: true });
  await engine.app.get(Chains).sweep();
  await untilEnded(engine.app.get(Runs), run?._id ?? '');

  engine.script.refuse = undefined;
  const replay = await engine.app.get(Runs).start(sync, { trigger: 'manual', replay: {} });
  expect(await untilEnded(engine.app.get(Runs), replay._id)).toMatchObject({
    state: 'succeeded',
    ledger: { read: 1, written: 1 },
  });
  expect(engine.script.received.get(1)).toMatchObject({ name: 'refused' });
  expect(engine.script.received.get(2)).toMatchObject({ name: 'newer' });
});

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await delay(20);
}
