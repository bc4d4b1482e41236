import { describe, expect, it } from '@jest/globals';
import { stream, type Page } from '@millrace/sdk';
import { testContext } from '@millrace/sdk/testing';
import { firstRows } from './first-rows.ts';
import { mapRows } from './map-rows.ts';

const how = { ctx: testContext({}), limit: 3, milliseconds: 5_000 };
const ids = (records: { id?: unknown }[]) => records.map(({ id }) => id);

describe('the first rows', () => {
  it('are read slice by slice, no further than needed', async () => {
    const asked: string[] = [];
    const sliced = stream({
      plan: async () => ['a', 'b', 'c'].map((id) => ({ id, spec: null })),
      async *read({ slice }): AsyncIterable<Page> {
        asked.push(slice.id);
        yield { records: [{ id: `${slice.id}1` }, { id: `${slice.id}2` }] };
      },
    });
    expect(ids((await firstRows('s', sliced, how)).records)).toEqual(['a1', 'a2', 'b1']);
    expect(asked).toEqual(['a', 'b']);
  });

  it('of an endless stream are those that come in time', async () => {
    const endless = stream({
      async *subscribe({ signal }): AsyncIterable<Page> {
        yield { records: [{ id: 1 }], lane: 'a', resume: 1 };
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      },
    });
    expect(ids((await firstRows('s', endless, { ...how, milliseconds: 50 })).records)).toEqual([1]);
  });

  it('are not looked for in what is no page', async () => {
    const listed = stream({
      read: async function* () {
        yield [{ id: 1 }] as never;
      },
    });
    await expect(firstRows('s', listed, how)).rejects.toThrow(
      'Stream "s" yields something that is a list, not a page such as { records, resume }.',
    );
  });
});

describe('a mapped row', () => {
  it('arrives, or tells why not', async () => {
    const schema = { type: 'object', required: ['id'] };
    expect(
      await mapRows({ 'traits.n': 'n | number' }, [{ id: 1, n: '5' }, { n: '5' }, { id: 2, n: 'x' }], schema),
    ).toEqual([
      { record: { traits: { n: 5 } } },
      { refused: expect.stringMatching(/^invalid_row: must have .*id/) as unknown },
      { refused: expect.stringMatching(/^mapping_failed: .*traits\.n/) as unknown },
    ]);
  });
});
