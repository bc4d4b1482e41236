import { describe, expect, it } from '@jest/globals';
import { object, type Row } from '@millrace/sdk';
import { RowMapper } from './row-mapper.ts';

const definition = object({ modes: ['upsert'], idempotency: 'natural', push: () => Promise.resolve([]) });

describe('a row of several outputs', () => {
  const mapper = new RowMapper({
    key: ['id'],
    outputs: [
      { object: 'profile', definition, mapping: { 'traits.city': 'profile.city' } },
      { object: 'event', definition, mapping: { name: 'event.name' } },
    ],
    op: 'upsert',
    dropRepeats: true,
    until: '2026-01-01T00:00:00.000Z',
  });
  const recordsOf = async (row: Row): Promise<unknown[]> => {
    const { mapped } = await mapper.map({ records: [row] }, 0);
    return mapped.flatMap(({ rows }) => rows.map((one) => one && one.record));
  };

  it('goes to those that it says something for', async () => {
    expect(await recordsOf({ id: 1, event: { name: 'E' } })).toEqual([null, { name: 'E' }]);
    expect(await recordsOf({ id: 2, profile: { city: 'Oslo' }, event: { name: 'E' } })).toEqual([
      { traits: { city: 'Oslo' } },
      { name: 'E' },
    ]);
  });

  it('goes to all where it says nothing, so that they tell what is missing', async () => {
    expect(await recordsOf({ id: 3 })).toEqual([{}, {}]);
  });
});
