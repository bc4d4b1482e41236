import axios, { type AxiosInstance } from 'axios';
import { setTimeout as delay } from 'node:timers/promises';

const batch = 20;

/** Sends numbered events as real clients do: again and again under the same messageId, until a 200 says that they are durable. */
export class CountingClient {
  /** messageIds that were acknowledged. */
  readonly acknowledged = new Set<string>();
  /** Requests that had to be repeated. */
  repeats = 0;
  readonly #http: AxiosInstance;
  #sent = 0;

  constructor(baseURL: string, writeKey: string) {
    const auth = { username: writeKey, password: '' };
    this.#http = axios.create({ baseURL, auth, timeout: 30_000, validateStatus: (status) => status === 200 });
  }

  /** So many batches, one after the other. */
  async send(batches: number): Promise<void> {
    for (let n = 0; n < batches; n++) await this.#sendOne();
  }

  async #sendOne(): Promise<void> {
    const messages = Array.from({ length: batch }, () => {
      const n = this.#sent++;
      return { type: 'track', event: 'Counted', messageId: `m${n}`, userId: `u${n % 7}`, properties: { n } };
    });
    for (;;) {
      try {
        await this.#http.post('/v1/batch', { batch: messages });
        for (const { messageId } of messages) this.acknowledged.add(messageId);
        return;
      } catch {
        this.repeats++; // what became of it is not known
        await delay(50);
      }
    }
  }
}
