import { MillraceError, stream, type Stream, type SubscribeContext } from '@millrace/sdk';
import { openClient } from '../client/open-client.ts';
import type { KafkaConfig } from '../config.ts';
import { messageSchema, type MessageRecord } from './message-record.ts';
import { Subscription } from './subscription.ts';

const subscriptions = new WeakMap<object, Subscription>();

/** A topic as an endless stream: a lane for each partition. */
export function topicStream(topic: string): Stream<KafkaConfig, MessageRecord> {
  return stream<KafkaConfig, MessageRecord>({
    title: topic,
    key: 'id',
    schema: messageSchema,
    async *subscribe(ctx) {
      const subscription = new Subscription(ctx, await openClient(ctx));
      subscriptions.set(ctx, subscription);
      yield* subscription.pages();
    },
    commit: async (ctx, lane, resume) => subscriptionOf(ctx).commit(lane, resume),
    revoke: async (ctx, lane) => subscriptions.get(ctx)?.revoke(lane),
  });
}

function subscriptionOf(ctx: SubscribeContext<KafkaConfig>): Subscription {
  const subscription = subscriptions.get(ctx);
  if (subscription) return subscription;
  throw new MillraceError('lane_lost', 'This subscription was never begun.');
}
