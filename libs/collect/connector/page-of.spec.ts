import { expect, it } from '@jest/globals';
import { pageOf } from './page-of.ts';

it('refuses an item that cannot be understood, and reads those behind it', async () => {
  const item = { source: 'src_1', receivedAt: new Date() };
  const message = {
    type: 'track',
    event: 'E',
    userId: 'u1',
    messageId: 'm2',
    timestamp: item.receivedAt.toISOString(),
  };
  const page = await pageOf(
    [
      { ...item, _id: 'broken', seq: 1, json: '{"type":"track"' },
      { ...item, _id: 'whole', seq: 2, json: JSON.stringify(message) },
    ],
    { people: { add: () => Promise.resolve([]) }, erased: { remove: () => Promise.resolve(new Set<never>()) } },
  );
  expect(page.records.map(({ id }) => id)).toEqual(['whole']);
  expect(page.rejects).toEqual([
    {
      raw: '{"type":"track"',
      position: 'inbox/broken',
      code: 'malformed_row',
      message: expect.stringContaining('cannot be understood'),
    },
  ]);
});
