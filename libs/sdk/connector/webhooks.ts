import type { ConnectorContext } from './context.ts';
import type { Delivery } from './delivery.ts';

/** Something that a delivery says, as a row of one of the connector's streams. */
export interface DeliveredRecord {
  stream: string;
  /** An object; anything else becomes a reject of its own, and harms no other record. */
  record: unknown;
  /** ISO time of the change, as the sender tells it (default: when it arrived). */
  at?: string;
  /** The sender has deleted it: only the record's key counts. */
  deleted?: boolean;
}

/** Throws `invalid_signature` unless the delivery is the sender's, and recent. `delivery.receivedAt` is the clock. */
export type Verify<C> = (delivery: Delivery, config: C) => void | Promise<void>;

/** What a vendor wants to hear before it delivers. */
export interface HandshakeAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What the vendor says of a registration. */
export interface RegistrationStatus {
  /** disabled: it is there, but delivers nothing. */
  state: 'registered' | 'disabled' | 'missing';
  /** What is delivered, in the vendor's words. */
  topics?: string[];
  /** What is amiss, and what to do. */
  message?: string;
}

/** Registers a connection's webhook with the vendor. The vendor knows it by its address, so nothing has to be remembered. */
export interface WebhookRegistration<C = unknown> {
  /** Lets the vendor deliver to `url`; again, it changes what is there. Secrets that it gets or makes are stored by `ctx.updateSecrets`. */
  register(ctx: ConnectorContext<C>, url: string): Promise<void>;
  /** One that is not there any more is as good. */
  unregister(ctx: ConnectorContext<C>, url: string): Promise<void>;
  status(ctx: ConnectorContext<C>, url: string): Promise<RegistrationStatus>;
}

/** Inbound webhooks of a vendor, at `/hooks/<connection>`. */
export interface Webhooks<C = unknown> {
  /** Over the raw body. There are verifiers for what is in use: `standardWebhooks`, `stripeSignature`, … */
  verify: Verify<C>;
  /** Of a vendor that puts several messages into one request: a delivery for each (default: there is one). `eachOfList` does it for JSON lists. */
  split?: (delivery: Delivery) => Delivery[];
  /** What recognises a repeat, among all deliveries of the connection (default: a hash of the body). */
  id?: (delivery: Delivery) => string | undefined;
  /** What a delivery says. Throws `malformed_row` for one that cannot be understood: it is kept, and becomes a reject. */
  parse: (delivery: Delivery, config: C) => DeliveredRecord[];
  /** Answers a request that is no delivery, such as a validation by OPTIONS; undefined: it is not answered. */
  handshake?(request: Omit<Delivery, 'body'>, config: C): HandshakeAnswer | undefined;
  registration?: WebhookRegistration<C>;
}
