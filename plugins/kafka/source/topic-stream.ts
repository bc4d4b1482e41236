import { MillraceError, stream, type Stream, type SubscribeContext } from '@millrace/sdk';
import { openClient } from '../client/open-client.ts';
import type { KafkaConfig } from '../config.ts';
import type { Topic } from '../topics.ts';
import { messageSchema, type MessageRecord } from './message-record.ts';
import { Subscription } from './subscription.ts';

const subscriptions = new WeakMap<object, Subscription>();

/**
 * A topic as an endless stream: a lane for each partition. Messages of a compacted topic are changes of what their key names; elsewhere the key often
 * only says the partition, so each message is a record of its own.
 */
export function topicStream({ name, compacted }: Topic): Stream<KafkaConfig, MessageRecord> {
  return stream<KafkaConfig, MessageRecord>({
    title: name,
    description: compacted
      ? 'Compacted: a message replaces what its key names.'
      : 'Each message is a record of its own.',
    key: compacted ? 'id' : 'place',
    schema: messageSchema,
    async *subscribe(ctx) {
      const subscription = new Subscription(ctx, await openClient(ctx));
      subscriptions.set(ctx, subscription);
      yield* subscription.pages();
    },
    commit: async (ctx, lane, resume) => subscriptionOf(ctx).commit(lane, resume),
    revoke: async (ctx, lane) => subscriptions.get(ctx)?.revoke(lane),
    lag: async (ctx) => subscriptions.get(ctx)?.lag(),
  });
}

function subscriptionOf(ctx: SubscribeContext<KafkaConfig>): Subscription {
  const subscription = subscriptions.get(ctx);
  if (subscription) return subscription;
  throw new MillraceError('lane_lost', 'This subscription was never begun.');
}
