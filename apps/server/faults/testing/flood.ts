import { Agent, request } from 'node:http';

/** A request that is sent again until it is taken. */
export interface FloodRequest {
  path: string;
  /** Made anew for each attempt: signatures grow old. */
  head(): { headers: Record<string, string>; body: Buffer };
}

export interface Refused {
  status: number;
  retryAfter: string | undefined;
}

/** Many senders at once, who wait for as long as it takes, and come again when they are refused. */
export class Flood {
  readonly taken = new Set<FloodRequest>();
  readonly refused = new Map<FloodRequest, Refused>();
  /** Neither taken nor refused: what the other side has to hold. */
  readonly waiting = new Set<FloodRequest>();
  readonly #prepared = new Map<FloodRequest, ReturnType<FloodRequest['head']>>();
  readonly #agent = new Agent({ keepAlive: true });

  constructor(private readonly port: number) {}

  /** Signatures of large bodies take long: those that are to come at once are made before. */
  prepare(requests: readonly FloodRequest[]): void {
    for (const one of requests) this.#prepared.set(one, one.head());
  }

  send(sent: FloodRequest): void {
    this.refused.delete(sent);
    this.waiting.add(sent);
    const { headers, body } = this.#prepared.get(sent) ?? sent.head();
    this.#prepared.delete(sent);
    const options = { host: '127.0.0.1', port: this.port, path: sent.path, method: 'POST', agent: this.#agent };
    const refuse = (status: number, retryAfter?: string): void => {
      if (this.waiting.delete(sent)) this.refused.set(sent, { status, retryAfter });
    };
    const outgoing = request(
      { ...options, headers: { ...headers, 'content-length': String(body.length) } },
      (response) => {
        response.resume();
        if (response.statusCode !== 200) refuse(response.statusCode ?? 0, response.headers['retry-after']);
        else if (this.waiting.delete(sent)) this.taken.add(sent);
      },
    );
    outgoing.once('error', () => {
      // The server had closed a connection that rested: https://nodejs.org/api/http.html#requestreusedsocket
      if (outgoing.reusedSocket && this.waiting.has(sent)) this.send(sent);
      else refuse(0);
    });
    outgoing.end(body);
  }

  /** All that were refused, again. */
  sendAgain(): void {
    for (const sent of [...this.refused.keys()]) this.send(sent);
  }

  end(): void {
    this.#agent.destroy();
  }
}
