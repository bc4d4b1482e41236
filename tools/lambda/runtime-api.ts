import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a function made of an event. */
export interface Invocation {
  /** Parsed; absent where it failed. */
  result?: unknown;
  /** Its message, where it failed. */
  error?: string;
}

interface Pending {
  id: string;
  event: string;
  resolve: (invocation: Invocation) => void;
}

/** Milliseconds that a function is told to have. */
const deadline = 300_000;

/** The Lambda Runtime API, as https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html tells it. */
export class RuntimeApi {
  readonly #waiting: Pending[] = [];
  readonly #running = new Map<string, Pending>();
  #free?: ServerResponse;
  #count = 0;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  /** Gives host and port. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  invoke(event: unknown): Promise<Invocation> {
    return new Promise((resolve) => {
      this.#waiting.push({ id: `request-${++this.#count}`, event: JSON.stringify(event), resolve });
      this.#hand();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [, id = '', what] = /invocation\/([^/]+)(?:\/(response|error))?$/.exec(request.url ?? '') ?? [];
    if (id === 'next') {
      this.#free = response;
      return this.#hand();
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    const said: unknown = JSON.parse(body || 'null');
    const told = what === 'response' ? { result: said } : { error: (said as { errorMessage: string }).errorMessage };
    this.#running.get(id)?.resolve(told);
    this.#running.delete(id);
  }

  #hand(): void {
    const pending = this.#free && this.#waiting.shift();
    if (!pending) return;
    this.#running.set(pending.id, pending);
    this.#free?.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': pending.id,
      'lambda-runtime-deadline-ms': String(Date.now() + deadline),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:000000000000:function:millrace',
    });
    this.#free?.end(pending.event);
    this.#free = undefined;
  }
}
