import { laneShare, stream, type Mapping, type Page, type Stream, type SubscribeContext } from '@millrace/sdk';
import type { InboxReader } from '../inbox/index.ts';
import { pageOf, type PageParts } from './page-of.ts';

/** What rows mean to the profile store. Each row has one of these, an order also its event. */
const outputs: Record<string, Mapping> = {
  profile: { identities: 'profile.identities', traits: 'profile.traits' },
  event: fieldsOf('event', ['id', 'name', 'at', 'identities', 'properties']),
  order: fieldsOf('order', ['id', 'identities', 'at', 'total', 'currency', 'status', 'lines']),
  consent: fieldsOf('consent', ['identities', 'channel', 'purpose', 'state', 'at', 'evidence']),
};

/** Everything that was collected, as an endless stream: a lane for each process that collects. */
export function eventsStream(reader: InboxReader, parts: PageParts): Stream {
  return stream({
    title: 'Collected events',
    description:
      'What sources have sent: `message` as it came; `profile`, `event`, `order`, `consent` as it is understood.',
    key: 'key',
    schema: {
      type: 'object',
      properties: {
        key: { type: 'string' },
        id: { type: 'string' },
        source: { type: 'string', examples: ['src_01JD3V7Q2M8Z5T9W4R6X1Y0KBC'] },
        type: { enum: ['identify', 'track', 'page', 'screen', 'group', 'alias', 'consent'] },
        messageId: { type: 'string' },
        timestamp: { type: 'string', format: 'date-time' },
        message: { type: 'object', additionalProperties: true },
        profile: { type: 'object', additionalProperties: true },
        event: { type: 'object', additionalProperties: true },
        order: { type: 'object', additionalProperties: true },
        consent: { type: 'object', additionalProperties: true },
      },
      required: ['key', 'id', 'source', 'type', 'messageId', 'timestamp', 'message'],
    },
    outputs,
    subscribe: (ctx) => pagesFor(ctx, reader, parts),
    // Where a reader stands is kept with its sync alone: items stay in the inbox for others, until they expire.
    commit: () => Promise.resolve(),
    lag: async (ctx) => reader.lag(laneShare(await ctx.places(), ctx.consumer)),
  });
}

async function* pagesFor(
  { lanes, consumer, signal }: SubscribeContext,
  reader: InboxReader,
  parts: PageParts,
): AsyncGenerator<Page> {
  for await (const { lane, items } of reader.follow({ ...laneShare(lanes, consumer), signal })) {
    const last = items.at(-1);
    yield last ? { ...(await pageOf(items, parts)), lane, resume: last.seq } : { records: [], lane, resume: null };
  }
}

function fieldsOf(part: string, names: string[]): Mapping {
  return Object.fromEntries(names.map((name) => [name, `${part}.${name}`]));
}
