import type { Delivery } from '../connector/index.ts';

type Headers = Pick<Delivery, 'headers'>;

/** Svix, and who sends with it (Clerk, Resend), keep the names of before the standard. */
const prefixes = ['webhook', 'svix'] as const;

/** The prefix of the headers that a message of Standard Webhooks is signed with: all three of one, so that none can be put beside the signed ones. */
export function messagePrefix({ headers }: Headers): (typeof prefixes)[number] {
  const has = (prefix: string, what: string): boolean => Boolean(headers[`${prefix}-${what}`]);
  const signed = prefixes.find((prefix) => ['id', 'timestamp', 'signature'].every((what) => has(prefix, what)));
  return signed ?? prefixes.find((prefix) => has(prefix, 'id')) ?? 'webhook';
}

/** Names a message of Standard Webhooks, also when it is sent again. */
export function messageId(delivery: Headers): string | undefined {
  return delivery.headers[`${messagePrefix(delivery)}-id`];
}
