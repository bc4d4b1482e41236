import { expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import { gate } from '#tools/testing';
import type { Broker } from './broker.ts';
import { Follower } from './follow.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ key: `k${from + i}`, value: { n: from + i } }));
const numbersOf = ({ values }: Follower): number[] => values.map((value) => (value as { n: number }).n);

/** What a subscriber makes of a topic that is another one than it was, and of one that only looks so. */
export function madeAnewTests(at: () => Broker): void {
  /** A topic that was read up to its end, and where it goes on. */
  const readTopic = async (name: string): Promise<{ topic: string; lanes: Record<string, Json> }> => {
    const topic = await at().topic(name);
    await at().send(topic, ...numbered(1, 3));
    const follower = new Follower(at(), topic);
    await follower.has(3);
    const { lanes } = await follower.stop();
    return { topic, lanes };
  };

  it('notices that the topic was made anew, though it has grown past where it goes on', async () => {
    const { topic, lanes } = await readTopic('anew-grown');
    await at().remake(topic);
    await at().send(topic, ...numbered(11, 16));
    await expect(new Follower(at(), topic, { lanes: { ...lanes } }).has(1)).rejects.toMatchObject({
      code: 'place_gone',
      retryable: false,
      message: expect.stringMatching(
        /^anew-grown\/0 has another message at 2 than .*: the topic was made anew, .* Set "When/,
      ),
    });
    const going = new Follower(at(), topic, { lanes, config: { whenGone: 'beginning' } });
    await going.has(6);
    await going.stop();
    expect(numbersOf(going)).toEqual([11, 12, 13, 14, 15, 16]);
    expect(going.warnings).toEqual([expect.stringMatching(/another message at 2 .* It goes on at 0\.$/)]);
    const after = new Follower(at(), topic, { lanes });
    await at().send(topic, ...numbered(17, 17));
    await after.has(1);
    await after.stop();
    expect(numbersOf(after)).toEqual([17]);
  });

  it('notices it also where the new topic ends just where it goes on', async () => {
    const { topic, lanes } = await readTopic('anew-even');
    await at().remake(topic);
    await at().send(topic, ...numbered(11, 13));
    await expect(new Follower(at(), topic, { lanes }).has(1)).rejects.toMatchObject({ code: 'place_gone' });
  });

  it.each([
    ['shorter than', [12]],
    ['as long as (with the next message)', [13, 14]],
    ['longer than', [16]],
  ])('notices it while it follows, where the new topic is %s the former one', async (what, ends) => {
    const topic = await at().topic(`anew-live-${ends.join('-')}`);
    await at().send(topic, ...numbered(1, 3));
    const follower = new Follower(at(), topic);
    await follower.has(3);
    await at().remake(topic);
    for (const [index, end] of ends.entries()) await at().send(topic, ...numbered((ends[index - 1] ?? 10) + 1, end));
    await expect(follower.has(4)).rejects.toMatchObject({ code: 'place_gone' });
    expect([what, numbersOf(follower)]).toEqual([what, [1, 2, 3]]);
  });

  it('notices it where the former one went while rows waited for a slow destination', async () => {
    const topic = await at().topic('anew-waiting');
    await at().send(topic, ...numbered(1, 1));
    const follower = new Follower(at(), topic, { config: { whenGone: 'beginning' } });
    await follower.has(1);
    const { opened: held, open: goOn } = gate();
    const waiting = new Promise<void>((resolve) => {
      follower.onPage = () => (resolve(), held);
    });
    await at().send(topic, ...numbered(2, 2));
    await waiting;
    for (const n of [3, 4]) await at().send(topic, ...numbered(n, n));
    await at().remake(topic);
    await at().send(topic, ...numbered(11, 18));
    goOn();
    await follower.until((one) => numbersOf(one).includes(18));
    await follower.stop();
    expect(numbersOf(follower).filter((n) => n > 10)).toEqual([11, 12, 13, 14, 15, 16, 17, 18]);
    expect(follower.warnings).toEqual([expect.stringMatching(/another message|ends at/)]);
  });

  it('goes on durably at the end of a topic that was made anew, where the connection says so', async () => {
    const { topic, lanes } = await readTopic('anew-latest');
    await at().remake(topic);
    await at().send(topic, ...numbered(11, 16));
    const config = { whenGone: 'latest' };
    const first = new Follower(at(), topic, { lanes, config });
    await first.until(({ pages }) => pages.length > 0);
    await first.stop();
    expect([first.records, lanes[`${topic}/0`]]).toMatchObject([[], { offset: 6 }]);
    await at().send(topic, ...numbered(17, 18)); // nobody is there
    const second = new Follower(at(), topic, { lanes, config });
    await second.has(2);
    await second.stop();
    expect([numbersOf(second), second.warnings]).toEqual([[17, 18], []]);
  });

  it('goes on where the last message was removed, or was read before any was remembered', async () => {
    const { topic, lanes } = await readTopic('last-gone');
    await at().removeBefore(topic, 3);
    await at().send(topic, ...numbered(4, 5));
    const { last: _, ...former } = lanes[`${topic}/0`] as Record<string, Json>;
    for (const place of [lanes[`${topic}/0`] as Json, former]) {
      const follower = new Follower(at(), topic, { lanes: { [`${topic}/0`]: place } });
      await follower.has(2);
      await follower.stop();
      expect([numbersOf(follower), follower.warnings]).toEqual([[4, 5], []]);
    }
  });

  it('goes on where the last message is removed while it waits for the next one', async () => {
    const topic = await at().topic('last-gone-live');
    await at().send(topic, ...numbered(1, 3));
    const follower = new Follower(at(), topic);
    await follower.has(3);
    await at().removeBefore(topic, 3);
    for (const n of [4, 5]) {
      await at().send(topic, ...numbered(n, n));
      await follower.has(n);
    }
    await follower.stop();
    expect([numbersOf(follower), follower.warnings]).toEqual([[1, 2, 3, 4, 5], []]);
  });

  it('goes on where somebody has moved it to, forward and back', async () => {
    const { topic, lanes } = await readTopic('moved-by-hand');
    await at().send(topic, ...numbered(4, 9));
    for (const [offset, numbers] of [
      [7, [8, 9]],
      [1, [2, 3, 4, 5, 6, 7, 8, 9]],
    ] as const) {
      const moved = { ...(lanes[`${topic}/0`] as object), offset };
      const follower = new Follower(at(), topic, { lanes: { [`${topic}/0`]: moved } });
      await follower.has(numbers.length);
      await follower.stop();
      expect(numbersOf(follower)).toEqual(numbers);
    }
  });

  it('looks at the last message before the marker of its transaction', async () => {
    const topic = await at().topic('anew-transactions');
    const transactional = { transactionalId: 'anew', idempotent: true, maxInFlightRequests: 1 };
    const send = async (...numbers: number[]): Promise<void> => {
      const producer = at().client.producer(transactional);
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: numbers.map((n) => ({ value: JSON.stringify({ n }) })) });
      await transaction.commit();
      await producer.disconnect();
    };
    await send(1, 2);
    const first = new Follower(at(), topic, { key: ['place'] });
    await first.has(2);
    const { lanes } = await first.stop();
    await send(3);
    const second = new Follower(at(), topic, { lanes, key: ['place'] });
    await second.has(1);
    await second.stop();
    expect([numbersOf(second), second.warnings]).toEqual([[3], []]);
    await at().remake(topic);
    await send(11, 12, 13, 14, 15, 16);
    await expect(new Follower(at(), topic, { lanes, key: ['place'] }).has(1)).rejects.toMatchObject({
      code: 'place_gone',
    });
  });
}
