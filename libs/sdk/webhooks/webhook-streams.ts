import { laneShare, type Page, type Stream, type SubscribeContext, type Webhooks } from '../connector/index.ts';
import { readDelivery, type DeliveryReading, type ReadDelivery } from './read-delivery.ts';

/** What is declared of a stream whose records come by webhook. */
export type WebhookStream<C = unknown> = Omit<
  Stream<C>,
  'read' | 'subscribe' | 'commit' | 'revoke' | 'lag' | 'plan' | 'advance' | 'count'
>;

/** A page is cut behind the delivery that fills it. */
const pageRecords = 1_000;

/** Endless streams of what `webhooks.parse` finds in the deliveries of a connection, by the names that it gives. */
export function webhookStreams<C>(
  { parse }: Pick<Webhooks<C>, 'parse'>,
  streams: Record<string, WebhookStream<C>>,
): Record<string, Stream<C>> {
  const endless: Pick<Stream<C>, 'subscribe' | 'commit' | 'lag'> = {
    subscribe: (ctx) => pagesOf(parse, ctx),
    // Where a reader stands is kept with its sync alone: deliveries stay for others, until they expire.
    commit: () => Promise.resolve(),
    lag: async (ctx) => ctx.deliveries.lag(laneShare(await ctx.places(), ctx.consumer)),
  };
  return Object.fromEntries(Object.entries(streams).map(([name, stream]) => [name, { ...stream, ...endless }]));
}

async function* pagesOf<C>(
  parse: Webhooks<C>['parse'],
  { config, deliveries, stream, lanes, consumer, signal }: SubscribeContext<C>,
): AsyncGenerator<Page> {
  const reading: DeliveryReading = {
    stream: stream.name,
    key: stream.key,
    parse: (delivery) => parse(delivery, config),
  };
  for await (const page of deliveries.follow({ ...laneShare(lanes, consumer), signal })) {
    const { lane } = page;
    const last = page.deliveries.at(-1);
    if (!last) {
      yield { records: [], lane, resume: null };
      continue;
    }
    let read: ReadDelivery[] = [];
    let count = 0;
    for (const delivery of page.deliveries) {
      const one = readDelivery(reading, delivery);
      read.push(one);
      count += one.records.length + one.deletes.length + one.rejects.length;
      if (count < pageRecords && delivery !== last) continue;
      yield { ...joined(read), lane, resume: delivery.place };
      [read, count] = [[], 0];
    }
  }
}

function joined(read: ReadDelivery[]): Page {
  return {
    records: read.flatMap(({ records }) => records),
    positions: read.flatMap(({ positions }) => positions),
    deletes: read.flatMap(({ deletes }) => deletes),
    times: {
      records: read.flatMap(({ times }) => times.records),
      deletes: read.flatMap(({ times }) => times.deletes),
    },
    rejects: read.flatMap(({ rejects }) => rejects),
  };
}
