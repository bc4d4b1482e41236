import type { Page, ReadContext } from '../../index.ts';
import { toyStream, type ToyConfig, type ToyParts } from './toy-connector.ts';

/** Reads the toy's pages, changed. */
export const reading = (change: (page: Page, index: number, ctx: ReadContext<ToyConfig>) => Page): ToyParts => ({
  stream: {
    async *read(ctx) {
      let index = 0;
      for await (const page of toyStream.read?.(ctx) ?? []) yield change(page, index++, ctx);
    },
  },
});
export const firstRecord = (page: Page, record: object): Page => ({
  ...page,
  records: [{ ...record }, ...page.records.slice(1)],
});
