/** Kinds of messages: those of Segment's HTTP API, and a consent. */
export const messageTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'consent'] as const;
export type MessageType = (typeof messageTypes)[number];

/**
 * A message as it is kept in the inbox: what the client sent, checked, with its times told by our clock.
 * Segment's specification names the fields: https://segment.com/docs/connections/spec/common/
 */
export interface Message {
  type: MessageType;
  messageId: string;
  userId?: string;
  anonymousId?: string;
  /** Identities of other kinds, by kind: only where Millrace itself has seen the event. */
  identities?: Record<string, string>;
  /** When it happened, ISO, by our clock. */
  timestamp: string;
  receivedAt: string;
  sentAt?: string;
  /** As the client's clock had it. */
  originalTimestamp?: string;
  /** track: the event's name. */
  event?: string;
  /** page, screen. */
  name?: string;
  category?: string;
  properties?: Record<string, unknown>;
  /** identify, group. */
  traits?: Record<string, unknown>;
  groupId?: string;
  previousId?: string;
  context?: Record<string, unknown>;
  integrations?: Record<string, unknown>;
  /** consent. */
  channel?: string;
  purpose?: string;
  state?: string;
  evidence?: string;
}
