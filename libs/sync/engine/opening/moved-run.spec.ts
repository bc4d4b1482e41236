import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Connections } from '#connections';
import type { Script } from '../../testing/scripted-connectors.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../../testing/test-engine.ts';

const script: Script = emptyScript();
let engine: TestEngine;
let connections: Connections;
beforeAll(async () => {
  engine = await testEngine(script);
  connections = engine.app.get(Connections);
});
beforeEach(() => {
  reset(script);
  script.rows = people(1, 30);
});
afterAll(() => engine.stop());

/** The connection is changed while the run is at its second page; that page fails, so that a further turn reads it. */
const changedMeanwhile = (connection: string, change: object): void => {
  script.failures = [{ afterPage: 1 }];
  script.onPage = async (page) => {
    if (page !== 1) return;
    script.onPage = undefined;
    await connections.update(connection, change);
  };
};

it.each(['source', 'destination'] as const)(
  'a run does not go on in another place where its %s leads to one meanwhile; the next run starts over',
  async (side) => {
    const sync = await engine.make(`Moved ${side}`, { read: 'incremental' });
    changedMeanwhile(engine[side], { moved: true });
    const run = await engine.run(sync);
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'connection_moved', connection: engine[side] },
      reason: expect.stringContaining(`The ${side} leads to another place`),
      ledger: { read: 10 },
    });
    expect(await engine.collections.syncs.findOne({ _id: sync })).not.toHaveProperty('reaches');
    expect(await engine.run(sync)).toMatchObject({ state: 'succeeded', ledger: { read: 30 } });
  },
);

it('a run goes on where the same place has another address', async () => {
  const sync = await engine.make('Corrected', { read: 'incremental' });
  changedMeanwhile(engine.source, { moved: false, name: 'Another name' });
  expect(await engine.run(sync)).toMatchObject({ state: 'succeeded', ledger: { read: 30 } });
});
