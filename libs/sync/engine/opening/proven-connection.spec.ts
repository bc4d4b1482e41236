import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { Connections } from '#connections';
import { Chains } from '../../schedule/chains.ts';
import { brokerConnector, ScriptedBroker } from '../../testing/scripted-broker.ts';
import { scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import type { Circuit } from '../push/circuit.schema.ts';
import { Circuits } from '../push/circuits.ts';

const broker = new ScriptedBroker();
let engine: ScriptedApp;
let source: string;

beforeAll(async () => {
  engine = await scriptedApp({ streamRunSeconds: 3_600, subscriptions: 16 }, [brokerConnector(broker)]);
});
afterAll(() => engine.close());
beforeEach(async () => {
  broker.reset();
  source = (await engine.app.get(Connections).create({ name: 'Broker', connector: 'scripted-broker', config: {} })).id;
});

it.each([
  ['reads', 'shards'],
  ['hears how far it is behind', 'group'],
])('a connection that had failed rests no more once a subscriber %s, though its turn goes on', async (how, stream) => {
  const gone = new MillraceError('unreachable', 'The broker is gone. Look for another.');
  for (let failures = 0; failures < 3; failures++) await engine.app.get(Circuits).failed(source, gone);
  const circuits = engine.app.get<Connection>(getConnectionToken()).collection<Circuit>('circuits');
  expect(await circuits.countDocuments({ _id: source })).toBe(1);
  if (how === 'reads') broker.append('orders', { id: 1, name: 'n1' });
  await engine.sync(`Follows: ${stream}`, { from: { connection: source, stream } });
  await engine.app.get(Chains).sweep();
  while ((await circuits.countDocuments({ _id: source })) > 0) await delay(50);
  expect(broker.members).toBeGreaterThan(0);
});
