import { invalidMessage, objectIn, readMessage, textIn, type Message } from '../messages/index.ts';
import { messageParts, serverEventTypes, type ServerEventType } from './message-parts.ts';

/** Reads an event of a server as the message that it is; `id` is that of one that has none. Throws `invalid_row`. */
export function readServerEvent(given: unknown, receivedAt: Date, id?: string): Message {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidMessage('It is not an object. Send { "type": "purchase", "userId": …, "order": … }.');
  const event = given as Record<string, unknown>;
  const type = typeOf(event.type);
  const message = {
    userId: textIn(event, 'userId'),
    anonymousId: textIn(event, 'anonymousId'),
    messageId: textIn(event, 'id', 100) ?? id,
    timestamp: event.at,
    context: objectIn(event, 'context'),
    ...messageParts[type](event),
  };
  return readMessage(message, { receivedAt });
}

function typeOf(type: unknown): ServerEventType {
  const known = serverEventTypes.find((one) => one === type);
  if (known) return known;
  throw invalidMessage(`"type" is none of ${serverEventTypes.join(', ')}.`);
}
