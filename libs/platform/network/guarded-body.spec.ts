import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { guardedBody } from './guarded-body.ts';

it('lets a silent answer go as soon as nobody wants it any more', async () => {
  const body = new PassThrough();
  let ended = 0;
  const guarded = guardedBody(body, { host: 'h', maxBytes: 100, idleMs: 300_000, onEnd: () => void ended++ });
  const read = guarded[Symbol.asyncIterator]();
  body.write('some');
  expect(await read.next()).toMatchObject({ value: Buffer.from('some') });
  const more = read.next();
  const closed = once(body, 'close');
  guarded.destroy();
  await closed;
  await expect(more).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  expect(ended).toBe(1);
});
