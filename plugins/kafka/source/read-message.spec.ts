import { expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { messageReader } from './read-message.ts';

const read = messageReader({ topic: 't', key: ['place'], keys: 'text', values: 'json' });

function messageAt(timestamp: string): KafkaMessage {
  return { key: null, value: Buffer.from('{"n":1}'), timestamp, offset: '5', attributes: 0, size: 7 };
}

it.each(['-1', '1767322000000000000', 'nonsense'])(
  'counts a message at %s as of now, and goes on',
  async (timestamp) => {
    const before = Date.now();
    const { record } = await read(messageAt(timestamp), 0);
    expect(record).toMatchObject({ place: 't/0/5', value: { n: 1 } });
    expect(Date.parse(record?.timestamp ?? '')).toBeGreaterThanOrEqual(before);
  },
);

it.each([
  ['no JSON', Buffer.from('{"n":')],
  ['another magic byte', Buffer.from([1, 0, 0, 0, 7, 2])],
  ['a schema, where there is no registry', Buffer.from([0, 0, 0, 0, 7, 2])],
  ['nothing', Buffer.alloc(0)],
])('makes a reject of a value that is %s, with its original', async (_, value) => {
  const { reject } = await read({ ...messageAt('0'), value }, 0);
  expect(reject).toMatchObject({ position: 't/0/5', raw: { topic: 't', offset: 5 } });
});
