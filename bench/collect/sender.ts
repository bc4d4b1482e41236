import { Agent, request } from 'node:http';

/** Posts JSON over kept connections. */
export class Sender {
  readonly #agent: Agent;

  constructor(
    private readonly url: string,
    private readonly writeKey: string,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Resolves when it was answered with 200; else rejects. */
  post(path: string, body: object): Promise<void> {
    const text = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        this.url + path,
        {
          agent: this.#agent,
          method: 'POST',
          auth: `${this.writeKey}:`,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        },
        (response) => {
          response.resume();
          response.once('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
          );
        },
      );
      sent.once('error', reject);
      sent.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Requests a second that `post` does, so many at a time, over so many seconds. */
export async function rateOf(connections: number, seconds: number, post: () => Promise<void>): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1_000;
  let count = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      await post();
      count++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return count / ((performance.now() - start) / 1_000);
}
