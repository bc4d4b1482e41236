/** A request that came to the address of a connection's webhook. */
export interface Delivery {
  method: string;
  /** As the sender called it: at Millrace's public address, with its query. */
  url: string;
  /** By names in lower case. */
  headers: Record<string, string | undefined>;
  /** The bytes as they came. */
  body: Buffer;
  receivedAt: Date;
}

/** A delivery that was verified and made durable. */
export interface KeptDelivery extends Delivery {
  id: string;
}
