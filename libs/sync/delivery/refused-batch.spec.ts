import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import axios from 'axios';
import { MillraceError, type PushRow } from '@millrace/sdk';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../testing/scripted-app.ts';

let engine: ScriptedApp;
beforeAll(async () => {
  engine = await scriptedApp();
});
afterAll(() => engine.close());
beforeEach(() => {
  Object.assign(engine.script, { rows: rowsFrom(1, 30), received: new Map() });
});

/** Answers as an API that takes no batch with a bad row in it. */
function refuse(isBad: (id: unknown) => boolean): void {
  engine.script.onPush = (rows: PushRow[]) => {
    if (rows.some(({ record }) => isBad(record.id)))
      throw new MillraceError('remote_rejected', 'POST /things answered 400: "name" is missing.');
  };
}

it('one row that a batch is refused for becomes a reject, and stops no other', async () => {
  refuse((id) => id === 17);
  const run = await engine.run(await engine.sync('One bad row'));
  expect(run).toMatchObject({ state: 'succeeded', ledger: { read: 30, written: 29, rejected: 1 } });
  expect(engine.script.received.size).toBe(29);
  const headers = await engine.key('operator');
  const { data } = await axios.get<object>(`${engine.url}/api/rejects`, { params: { run: run._id }, headers });
  expect(data).toMatchObject({
    data: [
      {
        code: 'remote_rejected',
        message: 'POST /things answered 400: "name" is missing.',
        raw: expect.stringContaining('17') as unknown,
      },
    ],
  });
});

it('a destination that takes no row at all fails the run: nothing passes as done', async () => {
  refuse(() => true);
  const run = await engine.run(await engine.sync('All bad'));
  expect(run).toMatchObject({ state: 'failed', ledger: { written: 0, rejected: 0 } });
  expect(run.reason).toContain('"name" is missing');
});
