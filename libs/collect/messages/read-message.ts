import { newId } from '#platform';
import { correctClock } from './clock.ts';
import { objectIn, textIn } from './fields.ts';
import { invalidMessage } from './invalid-message.ts';
import { messageTypes, type Message, type MessageType } from './message.ts';

/** What holds for all messages of a request. */
export interface Envelope {
  receivedAt: Date;
  /** Of a route for one kind only. */
  type?: MessageType;
  sentAt?: unknown;
  context?: Record<string, unknown>;
  integrations?: Record<string, unknown>;
}

const longestMessageId = 100;

/** Checks a message of Segment's HTTP API and tells its times by our clock. Throws `invalid_row`. */
export function readMessage(given: unknown, envelope: Envelope): Message {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalidMessage('It is not an object. Send { "type": "track", "userId": …, "event": … }.');
  const fields = given as Record<string, unknown>;
  const type = envelope.type ?? typeOf(fields.type);
  const userId = textIn(fields, 'userId');
  const anonymousId = textIn(fields, 'anonymousId');
  if (userId === undefined && anonymousId === undefined)
    throw invalidMessage('It says of nobody: send `userId` or `anonymousId`.');
  const context = objectIn(fields, 'context');
  const integrations = objectIn(fields, 'integrations');
  checkKind(type, fields);
  const event = type === 'track' ? needed(type, fields, 'event') : undefined;
  const { timestamp, originalTimestamp } = fields;
  const sentAt = fields.sentAt ?? envelope.sentAt;
  const times = correctClock({ timestamp, originalTimestamp, sentAt }, envelope.receivedAt);
  const message = { ...fields } as Partial<Message>; // fields are set one by one: thousands a second come here
  if (envelope.context) message.context = { ...envelope.context, ...context };
  if (envelope.integrations) message.integrations = { ...envelope.integrations, ...integrations };
  message.type = type;
  if (event !== undefined) message.event = event; // trimmed: it is looked up by its name
  message.messageId = textIn(fields, 'messageId', longestMessageId) ?? newId('msg');
  message.userId = userId;
  message.anonymousId = anonymousId;
  message.identities = undefined; // senders name people by the two ids alone
  message.receivedAt = envelope.receivedAt.toISOString();
  message.timestamp = times.timestamp;
  if (times.originalTimestamp !== undefined) message.originalTimestamp = times.originalTimestamp;
  if (times.sentAt !== undefined) message.sentAt = times.sentAt;
  return message as Message;
}

const required: Partial<Record<MessageType, string[]>> = {
  group: ['groupId'],
  alias: ['previousId', 'userId'],
  consent: ['channel', 'state'],
};

function typeOf(type: unknown): MessageType {
  const known = messageTypes.find((one) => one === type);
  if (known) return known;
  throw invalidMessage(`"type" is none of ${messageTypes.join(', ')}.`);
}

function checkKind(type: MessageType, fields: Record<string, unknown>): void {
  objectIn(fields, 'properties');
  objectIn(fields, 'traits');
  for (const field of required[type] ?? []) needed(type, fields, field);
}

function needed(type: MessageType, fields: Record<string, unknown>, field: string): string {
  const text = textIn(fields, field);
  if (text === undefined) throw invalidMessage(`"${field}" is empty: a ${type} needs it.`);
  return text;
}
