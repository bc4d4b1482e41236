import { describe, expect, it } from '@jest/globals';
import { gate } from '#tools/testing';
import { Hints } from './hints.ts';

describe('hints to Redis', () => {
  it('waits for the answer', async () => {
    const sent: string[] = [];
    await new Hints(() => undefined).send(async () => sent.push('hint'));
    expect(sent).toEqual(['hint']);
  });

  it('reports what failed instead of failing', async () => {
    const reported: unknown[] = [];
    const hints = new Hints((error) => reported.push(error));
    for (let i = 0; i < 3; i++) await hints.send(() => Promise.reject(new Error('no connection')));
    expect(reported).toEqual([new Error('no connection')]); // once in a while, however often
  });

  it('does not wait for ever, sends nothing meanwhile, and goes on after an answer', async () => {
    const hints = new Hints(() => undefined);
    const sent: string[] = [];
    const { opened: silence, open: answer } = gate();
    await hints.send(() => silence);
    await hints.send(async () => sent.push('while silent'));
    answer();
    await silence;
    await new Promise(setImmediate);
    await hints.send(async () => sent.push('after'));
    expect(sent).toEqual(['after']);
  });
});
