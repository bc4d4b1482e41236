import { describe, expect, it } from '@jest/globals';
import { object, type Row } from '@millrace/sdk';
import { RowMapper } from './row-mapper.ts';

const definition = object({ modes: ['upsert'], idempotency: 'natural', push: () => Promise.resolve([]) });

describe('a row of several outputs', () => {
  const mapper = new RowMapper({
    key: ['id'],
    outputs: [
      {
        object: 'profile',
        definition,
        mapping: { 'traits.city': 'profile.city', 'traits.age': 'profile.age | number' },
      },
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

  it('is refused with the object that it cannot be made a record of', async () => {
    const { refused } = await mapper.map({ records: [{ id: 4, profile: { age: 'old' } }] }, 0);
    expect(refused).toMatchObject([
      {
        code: 'mapping_failed',
        message: expect.stringMatching(/^Object "profile": Target "traits.age": needs a .* number/),
      },
    ]);
  });

  it('goes to all where it says nothing, so that they tell what is missing', async () => {
    expect(await recordsOf({ id: 3 })).toEqual([{}, {}]);
  });
});

describe('a row that cannot be stored', () => {
  const mapper = (key: string[]) =>
    new RowMapper({
      key,
      outputs: [{ object: 'thing', definition, mapping: { all: 'it' } }],
      op: 'upsert',
      dropRepeats: true,
      until: '2026-01-01T00:00:00.000Z',
    });
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });
  const circle: Row = { id: 2 };
  circle.it = [circle, circle];

  it.each<[string, Row, string, RegExp]>([
    ['thousands of levels', { id: 2, it: nested(5_000) }, 'row_too_large', /nested more than 100 levels/],
    ['itself', circle, 'row_too_large', /nested/],
    ['a bigint', { id: 2, it: [{ total: 10n }] }, 'invalid_row', /a bigint/],
    ['a function', { id: 2, it: () => 1 }, 'invalid_row', /a function/],
    ['a symbol', { id: 2, it: Symbol('x') }, 'invalid_row', /a symbol/],
  ])('is refused alone, and can be kept: it holds %s', async (_, strange, code, message) => {
    for (const key of [['id'], []]) {
      const { read, mapped, refused } = await mapper(key).map({ records: [{ id: 1 }, strange, { id: 3 }] }, 0);
      expect([read, mapped.map(({ index }) => index)]).toEqual([3, [0, 2]]);
      const told = { index: 1, code, message: expect.stringMatching(message), isCut: true };
      expect(refused).toEqual([expect.objectContaining({ ...told, key: key.length === 0 ? undefined : '2' })]);
      expect(JSON.parse(JSON.stringify(refused[0]?.raw))).toMatchObject({ id: 2 });
    }
  });

  it('is none for times, bytes, what is left out, and a hundred levels', async () => {
    const it = { at: new Date(0), bytes: Buffer.from('x'), absent: undefined, deep: nested(90) };
    expect((await mapper(['id']).map({ records: [{ id: 1, it }] }, 0)).refused).toEqual([]);
  });

  it('may be one that the source could not even read', async () => {
    const page = {
      records: [],
      rejects: [{ raw: { big: 1n }, position: 'l1', code: 'malformed_row' as const, message: 'x' }],
    };
    const { refused } = await mapper(['id']).map(page, 0);
    expect(refused).toEqual([expect.objectContaining({ raw: { big: '1' }, isCut: true, code: 'malformed_row' })]);
  });
});

it('a row whose key was cut within a character is refused: MongoDB would keep several as one', async () => {
  const outputs = [{ object: 'thing', definition, mapping: { all: 'it' } }];
  const options = { key: ['id'], outputs, op: 'upsert' as const, dropRepeats: true, until: '2026-01-01T00:00:00.000Z' };
  const records = [
    { id: 'a\ud83d', it: 1 },
    { id: 'a\u{1f600}', it: 2 },
  ];
  const { mapped, refused } = await new RowMapper(options).map({ records }, 0);
  expect(mapped).toMatchObject([{ index: 1 }]);
  expect(refused).toMatchObject([
    { index: 0, code: 'invalid_row', message: 'The key (id) has half a character in it.' },
  ]);
});
