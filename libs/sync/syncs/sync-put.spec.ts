import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Script } from '../testing/scripted-connectors.ts';
import { emptyScript, people, reset, testEngine, type TestEngine } from '../testing/test-engine.ts';
import type { SyncDto } from './sync.dto.ts';

const script: Script = emptyScript();
let engine: TestEngine;
let made = 0;
beforeAll(async () => void (engine = await testEngine(script)));
beforeEach(() => {
  reset(script);
  script.rows = people(1, 3);
});
afterAll(() => engine.stop());

/** A sync as it was put, and what puts it again with changes. */
async function put(more: Partial<SyncDto> = {}) {
  const slug = `put-${++made}`;
  const said: SyncDto = {
    name: 'Things',
    from: { connection: engine.source, stream: 'rows' },
    to: { connection: engine.destination, object: 'thing' },
    mapping: { id: 'id' },
    ...more,
  };
  const { view: sync } = await engine.syncs.put(slug, said);
  const again = async (changes: Partial<SyncDto>) => (await engine.syncs.put(sync._id, { ...said, ...changes })).view;
  return { sync, again, slug };
}

const sourceIsDown = () => void (script.undiscoverable = true);
const destinationIsDown = () => void (script.unreachable = true);
const down = (which: string) => ({
  code: 'unreachable',
  message: expect.stringContaining(`scripted ${which} is down`),
});

describe('a sync is put', () => {
  it.each([
    ['name', { name: 'Goods' }],
    ['slug', { slug: 'goods' }],
    ['schedule', { schedule: { every: '15m' } }],
    ['labels', { labels: ['shop'] }],
    ['pause', { paused: true }],
    ['delivery', { delivery: 'atMostOnce' }],
    ['policy on drift', { drift: 'pause' }],
  ] satisfies [string, Partial<SyncDto>][])('with another %s while the other systems are down', async (_, changes) => {
    const { again, sync } = await put();
    sourceIsDown();
    destinationIsDown();
    expect(await again(changes)).toMatchObject({ _id: sync._id, read: 'incremental', mode: 'upsert', ...changes });
    expect(await again({ ...changes, read: 'incremental', mode: 'upsert' })).toMatchObject({ revision: 2 });
  });

  it('without what it had, and with the usual mapping, while the other systems are down', async () => {
    const { again, slug } = await put({
      ...{ to: { connection: engine.destination, object: 'entry' }, mapping: undefined },
      ...{ schedule: { every: '15m' }, labels: ['shop'] },
    });
    const { writes } = await engine.syncs.require(slug);
    sourceIsDown();
    destinationIsDown();
    await again({ schedule: undefined, labels: undefined });
    const { schedule, labels, nextRunAt, mode, ...sync } = await engine.syncs.require(slug);
    expect({ schedule, labels, nextRunAt, mode }).toEqual({ labels: [], mode: 'insert' });
    expect([writes, sync.writes]).toEqual(Array(2).fill([{ object: 'entry', target: 'id', reads: ['id'] }]));
    script.undiscoverable = false; // the usual mapping is of both
    await expect(again({ from: { connection: engine.source, stream: 'rows', key: ['id'] } })).rejects.toMatchObject(
      down('destination'),
    );
  });

  it('or changed, which takes its schedule away, while the other systems are down', async () => {
    const { sync } = await put({ schedule: { every: '15m' } });
    sourceIsDown();
    destinationIsDown();
    const noSchedule = JSON.parse('{ "schedule": null }') as Partial<SyncDto>;
    const { schedule, nextRunAt } = await engine.syncs.change(sync._id, noSchedule);
    expect({ schedule, nextRunAt }).toEqual({ schedule: undefined, nextRunAt: undefined });
  });

  it('with an own mapping, and asks the destination about nothing that it has told', async () => {
    const { again, slug } = await put();
    await again({ mapping: { id: 'id', name: 'name' } });
    destinationIsDown();
    const { outputs, writes } = await engine.syncs.require(slug);
    expect(outputs).toEqual({ thing: { id: 'id', name: 'name' } });
    expect(writes?.map(({ target }) => target)).toEqual(['id', 'name']);
    const mapping = { id: 'id', name: 'name' };
    await again({ mapping, from: { connection: engine.source, stream: 'rows', cursor: 'id' } });
    await expect(again({ mapping: { id: 'id', label: 'name' } })).rejects.toMatchObject(down('destination'));
    await expect(again({ to: { connection: engine.destination, object: 'entry' } })).rejects.toMatchObject(
      down('destination'),
    );
    await expect(again({ mode: 'delete' })).rejects.toMatchObject(down('destination'));
    await expect(again({ outputs: { entry: { id: 'id' } }, mapping: undefined })).rejects.toMatchObject(
      down('destination'),
    );
  });

  it('with another object, and asks the source about nothing that it has told', async () => {
    const { again } = await put({ outputs: { thing: { id: 'id' } }, mapping: undefined, mode: 'upsert' });
    sourceIsDown();
    expect(await again({ mode: 'delete', read: 'incremental' })).toMatchObject({ mode: 'delete' });
    await expect(again({ from: { connection: engine.source, stream: 'others' } })).rejects.toMatchObject(
      down('source'),
    );
    await expect(again({ read: 'full' })).rejects.toMatchObject(down('source'));
    await expect(again({ mode: 'upsert' })).rejects.toMatchObject(down('source'));
    await expect(put()).rejects.toMatchObject(down('source'));
  });

  it('asks how it is usually read, and written, where it was otherwise', async () => {
    const { again } = await put({ read: 'full', mode: 'delete' });
    sourceIsDown();
    expect(await again({ name: 'Goods', read: 'full', mode: 'delete' })).toMatchObject({ name: 'Goods' });
    await expect(again({ read: undefined, mode: 'delete' })).rejects.toMatchObject(down('source'));
    script.undiscoverable = false;
    destinationIsDown();
    await expect(again({ read: 'full', mode: undefined })).rejects.toMatchObject(down('destination'));
    script.unreachable = false;
    expect(await again({ read: undefined, mode: undefined })).toMatchObject({ read: 'incremental', mode: 'upsert' });
  });

  it('to be read in full where each run starts anew, and refused to be read otherwise', async () => {
    const list = { to: { connection: engine.destination, object: 'list' } };
    const wholeRuns = { code: 'bad_request', message: expect.stringContaining('has to read everything') };
    const { sync, again } = await put(list);
    expect(sync).toMatchObject({ read: 'full', usual: ['read', 'mode'] });
    const from = { connection: engine.source, stream: 'rows', cursor: 'id' };
    expect(await again({ ...list, from })).toMatchObject({ read: 'full' });
    await expect(again({ ...list, read: 'incremental' })).rejects.toMatchObject(wholeRuns);
    await expect(again({ ...list, from, read: 'incremental' })).rejects.toMatchObject(wholeRuns);
    await expect(put({ ...list, read: 'incremental' })).rejects.toMatchObject(wholeRuns);
  });

  it('and refused for what needs nobody to be asked', async () => {
    const { again } = await put();
    sourceIsDown();
    destinationIsDown();
    await expect(again({ consumers: 2 })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(again({ schedule: { cron: 'whenever' } })).rejects.toMatchObject({ code: 'invalid_schedule' });
    await expect(again({ mapping: { id: 'id | explode' } })).rejects.toMatchObject({
      code: 'invalid_mapping',
      message: expect.stringMatching(/^Object "thing": Mapping, target "id", .* no transform "explode"/),
      details: { object: 'thing', target: 'id', rule: 'id | explode' },
    });
  });
});
