import { describe, expect, it } from '@jest/globals';
import { Handover } from './handover.ts';

describe('Handover', () => {
  it('gives one after the other to whoever takes them, and lets the others wait', async () => {
    const handover = new Handover<number>();
    const taken: number[] = [];
    const offers = [1, 2, 3].map((item) => handover.offer(item).then((yes) => yes && taken.push(item)));
    const items = handover.items();
    expect((await items.next()).value).toBe(1);
    await offers[0];
    expect(taken).toEqual([1]);
    expect((await items.next()).value).toBe(2);
  });

  it('takes back what is withdrawn, and everything when it ends', async () => {
    const handover = new Handover<number>();
    const [first, second] = [handover.offer(1), handover.offer(2)];
    handover.withdraw((item) => item === 1);
    expect(await first).toBe(false);
    handover.end();
    expect(await second).toBe(false);
    expect(await handover.offer(3)).toBe(false);
    expect(await handover.items().next()).toMatchObject({ done: true });
  });

  it('wakes who waits, with an item or with a failure', async () => {
    const handover = new Handover<number>();
    const items = handover.items();
    const next = items.next();
    expect(await handover.offer(1)).toBe(true);
    expect((await next).value).toBe(1);
    const failing = items.next();
    handover.fail(new Error('gone'));
    await expect(failing).rejects.toThrow('gone');
  });
});
