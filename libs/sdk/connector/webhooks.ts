import type { Row } from '../json.ts';
import type { ConnectorContext } from './context.ts';

/** Inbound webhooks of a vendor. */
export interface Webhooks<C = unknown> {
  /** Throws `authentication_failed` unless the signature over the raw body is right and recent. */
  verify(ctx: ConnectorContext<C>, raw: Buffer, headers: Record<string, string | undefined>): Promise<void> | void;
  /** The records in a delivery, by stream; `id` recognises a repeat. */
  parse(body: unknown, headers: Record<string, string | undefined>): { stream: string; id: string; record: Row }[];
}
