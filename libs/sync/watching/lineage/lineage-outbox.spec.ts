import { expect, it } from '@jest/globals';
import { startReceiver } from '#tools/testing';
import { rowsFrom, scriptedApp } from '../../testing/scripted-app.ts';
import { LineageNames } from './lineage-names.ts';
import { LineageOutbox } from './lineage-outbox.ts';
import type { LineageEvent } from './open-lineage.ts';
import { runUuid } from './run-uuid.ts';

it('the end of a run whose process died before it could say so is told by another one', async () => {
  const endpoint = await startReceiver();
  const dying = await scriptedApp();
  dying.script.rows = rowsFrom(1, 5);
  const run = await dying.run(await dying.sync('Orphaned')); // without an observer that would say so
  await dying.app.get(LineageOutbox).put(run._id, await dying.app.get(LineageNames).of(run));
  await dying.app.close();
  const heir = await scriptedApp({ openLineageUrl: endpoint.url });
  await endpoint.until(2);
  await heir.close();
  endpoint.close();
  expect(endpoint.received.map(({ body }) => (JSON.parse(body) as LineageEvent).eventType)).toEqual([
    'START',
    'COMPLETE',
  ]);
});

it('what a clock that ran ahead has put off is told once it has been set back', async () => {
  const engine = await scriptedApp();
  const outbox = engine.app.get(LineageOutbox);
  await outbox.put('run_1', { job: 'j', outputs: [] } as never);
  const setBackBy = (milliseconds: number): Date => new Date(Date.now() - milliseconds);
  expect(await outbox.take(setBackBy(1_800_000))).toBeUndefined(); // as late as after a failure
  expect(await outbox.take(setBackBy(86_400_000))).toMatchObject({ _id: 'run_1' });
  expect(await outbox.take()).toMatchObject({ _id: 'run_1' });
  expect(await outbox.take()).toBeUndefined(); // somebody has it
  expect(await outbox.take(setBackBy(2 * 86_400_000))).toMatchObject({ _id: 'run_1' }); // whose clock ran ahead, too
  await engine.app.close();
});

it('no lineage is kept where no endpoint is configured', async () => {
  const engine = await scriptedApp();
  engine.script.rows = rowsFrom(1, 5);
  const { _id } = await engine.run(await engine.sync('Untold'));
  await engine.app.close();
  const later = await scriptedApp();
  expect(await later.app.get(LineageOutbox).has(_id)).toBe(false);
  await later.close();
});

it('runs have UUIDs of version 5, always the same', () => {
  expect(runUuid('run_1')).toBe(runUuid('run_1'));
  expect(runUuid('run_1')).not.toBe(runUuid('run_2'));
  expect(runUuid('run_1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
