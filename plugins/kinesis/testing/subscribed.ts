import {
  configSpec,
  streamsOf,
  type Json,
  type LaneLag,
  type Page,
  type Row,
  type SubscribeContext,
} from '@millrace/sdk';
import { testContext } from '@millrace/sdk/testing';
import { KinesisConfig } from '../config.ts';
import connector from '../index.ts';

export interface Subscribed {
  /** The next pages until `enough` says so of all that came in this subscription. */
  until(enough: (rows: Row[], pages: Page[]) => boolean): Promise<Page[]>;
  lag(): Promise<Record<string, LaneLag> | undefined>;
  /** Commits the page that came last; those before it were when the next one was asked for. */
  arrived(): Promise<void>;
  end(): Promise<void>;
}

/** Places of a sync in memory, over all its subscriptions. */
export class Places {
  lanes: Record<string, Json> = {};

  /** As one of several subscribers; a page counts as arrived when the next one is asked for. */
  subscribe(config: object, name: string, index = 0, of = 1): Subscribed {
    const parsed = configSpec(KinesisConfig).parse(config);
    const abort = new AbortController();
    const context: SubscribeContext<KinesisConfig> = {
      ...testContext(parsed),
      stream: { name, key: ['id'] },
      lanes: { ...this.lanes },
      consumer: { group: 'syn_1', index, of },
      signal: abort.signal,
      assign: async (lane) => this.lanes[lane],
      places: async () => ({ ...this.lanes }),
    };
    const found: Page[] = [];
    let pages: AsyncIterator<Page> | undefined;
    let underway: Page | undefined;
    const stream = async () => (await streamsOf(connector, context))[name];
    const arrived = async (): Promise<void> => {
      const { lane = '', resume = null } = underway ?? {};
      if (underway) await (await stream())?.commit?.(context, lane, resume);
      underway = undefined;
    };
    return {
      arrived,
      lag: async () => (await stream())?.lag?.(context),
      until: async (enough) => {
        const before = found.length;
        pages ??= (await stream())?.subscribe?.(context)[Symbol.asyncIterator]();
        while (!enough(rowsOf(found), found)) {
          await arrived();
          const next = await pages?.next();
          if (!next || next.done) throw new Error('The subscription ended by itself.');
          underway = next.value;
          found.push(next.value);
          this.#keep(next.value);
        }
        return found.slice(before);
      },
      end: async () => {
        abort.abort();
        await pages?.next().catch(() => undefined);
      },
    };
  }

  #keep({ lane = '', resume = null }: Page): void {
    if (resume === null) delete this.lanes[lane];
    else this.lanes[lane] = JSON.parse(JSON.stringify(resume)) as Json;
  }
}

export function rowsOf(pages: Page[]): Row[] {
  return pages.flatMap(({ records }) => records);
}
