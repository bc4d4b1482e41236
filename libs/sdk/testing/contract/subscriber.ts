import type { ConnectorContext, Json, Page, Stream, StreamSettings, SubscribeContext } from '../../index.ts';
import { fault, succeed, within } from './fault.ts';
import { patience } from './patience.ts';

export interface SubscriberOptions {
  what: string;
  stream: Stream;
  settings: StreamSettings;
  ctx: ConnectorContext;
  /** Milliseconds in which a subscription has to end after its signal was aborted. */
  abortWithin: number;
}

/** The `resume` of the last page of each lane, as it would come back from the database. */
export function lanesAfter(pages: Page[]): Record<string, Json> {
  const lanes = pages.flatMap(({ lane, resume }) => (lane === undefined ? [] : [[lane, resume ?? null] as const]));
  const open = Object.entries(Object.fromEntries(lanes)).filter(([, resume]) => resume !== null);
  return JSON.parse(JSON.stringify(Object.fromEntries(open))) as Record<string, Json>;
}

/** Subscribes as the engine does. */
export class Subscriber {
  constructor(private readonly options: SubscriberOptions) {}

  /**
   * Pages until so many records came; `then` happens before the subscription is aborted, which has to end it in time. `next` resolves with the page
   * after them, if one comes.
   */
  async take(
    records: number,
    lanes: Record<string, Json> = {},
    then: (ctx: SubscribeContext, pages: Page[], next: () => Promise<Page>) => Promise<void> = async () => undefined,
  ): Promise<Page[]> {
    const { what, stream, ctx, settings, abortWithin } = this.options;
    const controller = new AbortController();
    const pages: Page[] = [];
    const subscribe: SubscribeContext = {
      ...ctx,
      stream: settings,
      lanes,
      consumer: { group: 'contract', index: 0, of: 1 },
      assign: async (lane) => (Object.hasOwn(lanes, lane) ? lanes[lane] : undefined),
      places: async () => ({ ...lanes, ...lanesAfter(pages) }),
      signal: controller.signal,
    };
    const iterator = stream.subscribe?.(subscribe)[Symbol.asyncIterator]();
    if (!iterator) return pages;
    try {
      await this.#fill(pages, iterator, records);
      await then(subscribe, pages, () => this.#next(pages, iterator));
    } finally {
      controller.abort();
      const late = `${what} still waits ${abortWithin} ms after its signal was aborted. Pass the signal on to whatever waits.`;
      await within(abortWithin, drain(iterator), late);
    }
    return pages;
  }

  async #next(pages: Page[], iterator: AsyncIterator<Page>): Promise<Page> {
    const next = await iterator.next();
    if (next.done) throw fault(`${this.options.what} ended by itself. An endless stream waits for more.`);
    pages.push(next.value);
    return next.value;
  }

  async #fill(pages: Page[], iterator: AsyncIterator<Page>, records: number): Promise<void> {
    const { what } = this.options;
    const advice = 'Send it some before, or say streams: { …: { records } }.';
    for (let count = 0; count < records;) {
      const next = await within(
        patience.rows,
        succeed(`${what}: subscribing`, () => iterator.next()),
        `${what} yielded ${count} of ${records} records in ${patience.rows} ms. ${advice}`,
      );
      if (next.done) throw fault(`${what} ended by itself after ${count} records. An endless stream waits for more.`);
      pages.push(next.value);
      count += next.value.records.length;
    }
  }
}

async function drain(iterator: AsyncIterator<Page>): Promise<void> {
  try {
    while (!(await iterator.next()).done);
  } catch {
    // An aborted subscription may throw: that ends it.
  }
}
