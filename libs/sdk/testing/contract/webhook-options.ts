import type { Delivery } from '../../index.ts';
import type { Lazy } from './lazy.ts';

/** A delivery as the vendor documents it, before it is signed. */
export interface SampleDelivery {
  /** Text as it is, or JSON. */
  body: unknown;
  headers?: Record<string, string>;
  /** Path and query behind the address of the webhook. */
  query?: string;
}

export interface WebhookOptions<C = unknown> {
  /** Together they have a record of each stream. */
  deliveries?: Lazy<SampleDelivery[]>;
  /** The headers with which the vendor signs: by `delivery.receivedAt`, for the given configuration. Without: signatures are not checked. */
  sign?(delivery: Delivery, config: C): Record<string, string>;
  /** The vendor signs no time, so that an old delivery cannot be told. */
  timeless?: boolean;
  /** The vendor signs nothing, and sends a token. */
  unsigned?: boolean;
}
