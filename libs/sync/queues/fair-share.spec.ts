import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { subscriberToTake, type HeldSubscriber } from './fair-share.ts';

const held = (...holders: [run: string, worker: string][]): HeldSubscriber[] =>
  holders.map(([run, worker], n) => ({ _id: `${run}.${n}`, run, worker }));
const none = new Set<string>();

describe('the share that a worker has of the subscribers', () => {
  it.each<[string, HeldSubscriber[], string | undefined]>([
    ['both of a run', held(['r', 'a'], ['r', 'a']), 'r.0'],
    ['one of each run', held(['r', 'a'], ['s', 'a']), 'r.0'],
    ['the only one', held(['r', 'a']), undefined],
    ['one more of a run, and as many in all', held(['r', 'a'], ['s', 'me']), undefined],
    ['two more of a run, though as many in all', held(['r', 'a'], ['r', 'a'], ['s', 'me'], ['s', 'me']), 'r.0'],
    ['none', [], undefined],
  ])('is told where another has %s', (_, subscribers, expected) => {
    expect(subscriberToTake('me', subscribers, none)?._id).toBe(expected);
  });

  it('leaves alone what the worker had before', () => {
    expect(subscriberToTake('me', held(['r', 'a'], ['r', 'a']), new Set(['r.0']))?._id).toBe('r.1');
  });

  it('comes to rest, whoever looks first, with every run and all runs spread', () => {
    const workers = ['a', 'b', 'c', 'd'];
    const one = fc.tuple(fc.constantFrom('r', 's', 't'), fc.constantFrom(...workers));
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 24 }),
        fc.infiniteStream(fc.constantFrom(...workers)),
        (holders, looks) => {
          const now = held(...holders);
          let moves = 0;
          for (let idle = 0; idle < 100;) {
            const { value: worker } = looks.next() as { value: string };
            const taken = subscriberToTake(worker, now, none);
            if (taken) taken.worker = worker;
            if (taken) moves++;
            idle = taken ? 0 : idle + 1;
            expect(moves).toBeLessThan(100);
          }
          for (const subscribers of [now, ...['r', 's', 't'].map((name) => now.filter(({ run }) => run === name))]) {
            const counts = workers.map((worker) => subscribers.filter((one) => one.worker === worker).length);
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
