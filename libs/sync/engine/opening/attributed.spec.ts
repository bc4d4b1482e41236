import { describe, expect, it } from '@jest/globals';
import type { MillraceError, Page, ReadContext, Slice, Stream } from '@millrace/sdk';
import { attributedStream } from './attributed.ts';

const side = { id: 'con_1', shownError: (thrown: unknown) => thrown as MillraceError };
const ctx = { stream: { name: 'people', key: [] } } as unknown as ReadContext;

/** What comes of reading a stream whose `read` gives this. */
async function readingOf(given: unknown): Promise<Page[]> {
  const stream = attributedStream({ read: () => given as AsyncIterable<Page> }, side);
  const pages: Page[] = [];
  for await (const page of stream.read?.(ctx) ?? []) pages.push(page);
  return pages;
}

describe('what a stream of a connection gives', () => {
  it('is handed on when it is pages', async () => {
    const pages = [{ records: [{ id: 1 }], resume: 1 }, { records: [] }];
    expect(await readingOf(pages)).toEqual(pages);
  });

  it.each([
    [undefined, 'Stream "people" gave nothing to iterate over. Make it an async generator.'],
    [[undefined], 'Stream "people" gave something that is undefined, not a page'],
    [[{ records: [] }, {}], 'Stream "people" gave something that has no list of records'],
  ])('is refused when it is %j, and the connection is named', async (given, message) => {
    await expect(readingOf(given)).rejects.toMatchObject({
      ...{ code: 'invalid_connector', retryable: false, connection: 'con_1' },
      message: expect.stringContaining(message) as unknown,
    });
  });

  it('has slices with an id each', async () => {
    const stream: Stream = { plan: async () => [{ spec: null } as Slice] };
    const slices = attributedStream(stream, side).plan?.(ctx) as AsyncIterable<Slice>;
    await expect(slices[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      message: expect.stringContaining('plan() of stream "people" gave something that is no slice') as unknown,
    });
  });
});
