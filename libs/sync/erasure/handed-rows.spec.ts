import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rejected } from '@millrace/sdk';
import { Connections } from '#connections';
import { HandOver } from '../hand-over/index.ts';
import type { Script } from '../testing/scripted-connectors.ts';
import { emptyScript, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import { DestinationDeletions, KnownPeople, type ToldDestination } from './index.ts';

describe('telling destinations of somebody who was handed to them', () => {
  const script: Script = emptyScript();
  const sync = 'trigger:spec';
  let engine: TestEngine;
  let connection: string;

  beforeAll(async () => {
    engine = await testEngine(script);
  });
  beforeEach(async () => {
    reset(script);
    const destination = { name: 'Handed to', connector: 'scripted-destination' };
    ({ id: connection } = await engine.app.get(Connections).create(destination));
  });
  afterAll(() => engine.stop());

  const keysOf = (key: string) => ({ connections: ['profiles'], keys: [key] });
  const handOver = (id: number, key: string) =>
    engine.app.get(HandOver).send(
      { connection, object: 'thing' },
      {
        ...{ id: `row-${id}`, by: sync, record: { id, changed: 1 }, key, at: '2026-03-01T09:00:00.000Z' },
        from: { connection: 'profiles', stream: 'profile', key: ['id'] },
      },
    );
  async function known(key: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { sync: by, object, rows } of engine.app.get(KnownPeople).ofHanded(keysOf(key)))
      found.push(`${by._id} ${by.to.connection} ${object} ${rows.length}`);
    return found;
  }
  async function told(request: string, key: string): Promise<ToldDestination[]> {
    const [people, deletions] = [engine.app.get(KnownPeople), engine.app.get(DestinationDeletions)];
    await people.forgetHanded(request, keysOf(key), new Date());
    expect(await people.forgetHanded(request, keysOf(key), new Date())).toBe(0);
    const all: ToldDestination[] = [];
    for (const group of await deletions.open(request)) all.push(await deletions.tell(request, group));
    expect(await deletions.open(request)).toEqual([]);
    return all;
  }

  it('deletes what they took, and nobody else’s', async () => {
    for (const id of [1, 2, 1]) await handOver(id, 'p_1');
    await handOver(3, 'p_2');
    expect(await known('p_1')).toEqual(Array(2).fill(`${sync} ${connection} thing 1`));
    const done = { sync, syncName: sync, connection, object: 'thing', deleted: 2, byHand: 0 };
    expect(await told('prq_1', 'p_1')).toEqual([done]);
    expect([...script.received.keys()]).toEqual([3]);
  });

  it('knows nothing of what they refused, but of what may have arrived', async () => {
    script.answer = () => rejected('invalid_row', 'No.');
    expect(await handOver(4, 'p_4')).toMatchObject({ status: 'rejected' });
    expect(await known('p_4')).toEqual([]);
    script.answer = undefined;
    script.onPush = () => Promise.reject(new Error('The line is dead.'));
    await expect(handOver(5, 'p_4')).rejects.toThrow('The line is dead.');
    expect(await known('p_4')).toHaveLength(1);
  });

  it('says what is left to do by hand: where the connection led before, and where one led that is gone', async () => {
    await handOver(6, 'p_6');
    await engine.app.get(Connections).update(connection, { moved: true });
    await handOver(6, 'p_6');
    const here = { sync, syncName: sync, connection, object: 'thing' };
    const reason = 'The connection leads to another place by now.';
    expect(await told('prq_6', 'p_6')).toEqual([
      { ...here, deleted: 0, byHand: 1, reason },
      { ...here, deleted: 1, byHand: 0 },
    ]);
    await handOver(7, 'p_7');
    await engine.app.get(Connections).remove(connection, { force: true });
    const gone = 'The connection is gone, and with it the way there.';
    expect(await told('prq_7', 'p_7')).toEqual([{ ...here, deleted: 0, byHand: 1, reason: gone }]);
  });
});
