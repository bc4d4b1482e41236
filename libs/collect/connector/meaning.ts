import { hashText } from '#platform';
import { eventNameOf, eventPropertiesOf, type Message } from '../messages/index.ts';
import { storableFields, type Saying } from '../people/index.ts';
import { orderOf } from './order-of.ts';

/** What a message means to the profile store; `saying` is about a person and becomes `profile` once it is added to what was said before. */
export interface Meaning {
  saying?: Saying;
  profile?: object;
  event?: object;
  order?: object;
  consent?: object;
  /** Names the row where it is not one of its own: the same for the same link between two identities. */
  key?: string;
}

/** Throws `invalid_trait`. `order` tells which of two messages of one time is the later one. */
export function meaningOf(message: Message, id: string, order: string): Meaning {
  const { type, userId, anonymousId, timestamp } = message;
  const identities = message.identities ?? { user: userId, anonymous: anonymousId };
  switch (type) {
    case 'identify': {
      const traits = storableFields(message.traits ?? traitsIn(message.context)) ?? {};
      const ids = { ...(userId && { user: [userId] }), ...(anonymousId && { anonymous: [anonymousId] }) };
      return { saying: { who: whoOf(message), at: Date.parse(timestamp), order, traits, ids } };
    }
    case 'alias': {
      const previous = String(message.previousId);
      // The previous id may have been either: https://segment.com/docs/connections/spec/alias/
      const all = { user: [userId, previous], anonymous: [previous, anonymousId] };
      return { profile: { identities: all }, key: `alias/${hashText(JSON.stringify(all))}` };
    }
    case 'consent': {
      const { channel, purpose, state, evidence } = message;
      return { consent: { identities, channel, purpose, state, evidence, at: timestamp } };
    }
    case 'track':
    case 'page':
    case 'screen':
    case 'group': {
      const properties = storableFields(eventPropertiesOf(message));
      const event = { id, name: eventNameOf(message), at: timestamp, identities, properties };
      const found = orderOf(message);
      return { event, ...(found && { order: { ...found, identities } }) };
    }
  }
}

export function whoOf({ userId, anonymousId }: Pick<Message, 'userId' | 'anonymousId'>): string {
  return userId === undefined ? `anonymous:${anonymousId}` : `user:${userId}`;
}

function traitsIn(context: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  const traits = context?.traits;
  return typeof traits === 'object' && traits !== null ? (traits as Record<string, unknown>) : undefined;
}
