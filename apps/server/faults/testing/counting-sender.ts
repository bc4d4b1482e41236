import axios from 'axios';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

/** Delivers numbered webhooks as a vendor does: again and again under the same id, until a 200 says that they are durable. */
export class CountingSender {
  readonly acknowledged = new Set<string>();
  /** Deliveries that had to be repeated. */
  repeats = 0;
  readonly #signer: Webhook;
  #sent = 0;

  constructor(
    private readonly url: string,
    secret: string,
  ) {
    this.#signer = new Webhook(secret);
  }

  async deliver(): Promise<void> {
    const n = this.#sent++;
    const id = `msg_${n}`;
    const data = { user_id: `u${n % 7}`, n };
    const body = JSON.stringify({ type: 'counted', timestamp: '2026-03-01T09:00:00Z', data });
    for (;;) {
      try {
        const at = new Date();
        const headers = {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': this.#signer.sign(id, at, body),
        };
        await axios.post(this.url, body, { headers, timeout: 30_000, validateStatus: (status) => status === 200 });
        this.acknowledged.add(id);
        return;
      } catch {
        this.repeats++; // what became of it is not known
        await delay(50);
      }
    }
  }
}
