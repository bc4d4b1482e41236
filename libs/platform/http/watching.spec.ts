import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { watching, type Look, type WatchMessage } from './watching.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** What is watched, look by look. */
function watched() {
  const looks: { resolve: (look: Look) => void; reject: (error: unknown) => void }[] = [];
  const told: WatchMessage[] = [];
  const see = () => new Promise<Look>((resolve, reject) => looks.push({ resolve, reject }));
  const ended = { is: false };
  const subscription = watching(see, 300).subscribe({
    next: (one) => told.push(one),
    complete: () => (ended.is = true),
  });
  const settle = () => jest.advanceTimersByTimeAsync(6_000);
  return { looks, told, ended, subscription, settle };
}

it('looks no more once the client has left, though it was just looking', async () => {
  const { looks, subscription, settle } = watched();
  subscription.unsubscribe();
  looks[0]?.resolve({ data: { n: 1 }, ended: false });
  await settle();
  expect(looks).toHaveLength(1);
});

it('goes on where MongoDB was away, and tells what has changed meanwhile', async () => {
  const { looks, told, ended, settle } = watched();
  looks[0]?.resolve({ data: { n: 1 }, ended: false });
  await settle();
  looks[1]?.reject(new mongo.MongoNetworkError('connect ECONNREFUSED 127.0.0.1:27017'));
  await settle();
  looks[2]?.resolve({ data: { n: 2 }, ended: true });
  await settle();
  expect(told).toEqual([
    { type: 'progress', data: { n: 1 } },
    { type: 'end', data: { n: 2 } },
  ]);
  expect([looks.length, ended.is]).toEqual([3, true]);
});

it('looks again within seconds after a look that lasted as long as an outage', async () => {
  const { looks, settle } = watched();
  await jest.advanceTimersByTimeAsync(60_000);
  looks[0]?.resolve({ data: { n: 1 }, ended: false });
  await jest.advanceTimersByTimeAsync(5_000);
  expect(looks).toHaveLength(2);
  await settle();
});

it.each([
  [new MillraceError('not_found', 'It was removed.'), { code: 'not_found', message: 'It was removed.' }],
  [new Error('secret'), { code: 'internal', message: expect.not.stringContaining('secret') }],
])('ends with what a client may know of %s', async (error, data) => {
  const { looks, told, ended, settle } = watched();
  looks[0]?.reject(error);
  await settle();
  expect([told, ended.is, looks.length]).toEqual([[{ type: 'error', data }], true, 1]);
});
