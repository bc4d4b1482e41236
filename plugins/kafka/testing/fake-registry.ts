import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Stored {
  subject: string;
  version: number;
  id: number;
  schema: string;
  schemaType?: string;
  references?: { name: string; subject: string; version: number }[];
}

/** A stand-in for a schema registry, with the part of Confluent's REST API that clients use. It asks for a password. */
export class FakeRegistry {
  readonly auth = { username: 'reader', password: 'registry-secret' };
  /** Paths that were asked, in order. */
  readonly asked: string[] = [];
  /** Answers with this status instead. */
  failure?: number;
  readonly #stored: Stored[] = [];
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<FakeRegistry> {
    const registry = new FakeRegistry();
    await new Promise<void>((resolve) => registry.#server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  get config() {
    return { url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`, ...this.auth };
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** The id that it has then. */
  add(subject: string, schema: object | string, more: Pick<Stored, 'schemaType' | 'references'> = {}): number {
    const written = typeof schema === 'string' ? schema : JSON.stringify(schema);
    const id = this.#stored.length + 1;
    const version = this.#stored.filter((one) => one.subject === subject).length + 1;
    this.#stored.push({ subject, version, id, schema: written, ...more });
    return id;
  }

  subjects(): string[] {
    return this.#stored.map(({ subject }) => subject);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(request.url ?? '');
    this.asked.push(`${request.method} ${path}`);
    const send = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
      response.end(JSON.stringify(body));
    };
    const expected = `Basic ${Buffer.from(`${this.auth.username}:${this.auth.password}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return send(401, { error_code: 401, message: 'Unauthorized' });
    if (this.failure) return send(this.failure, { error_code: this.failure, message: 'out of order' });
    if (request.method === 'POST') return this.#place(path, JSON.parse(await text(request)) as Stored, send);
    if (path === '/schemas/types') return send(200, ['JSON', 'PROTOBUF', 'AVRO']);
    const [, id] = /^\/schemas\/ids\/(\d+)$/.exec(path) ?? [];
    const [, subject, version] = /^\/subjects\/(.+)\/versions\/(\w+)$/.exec(path) ?? [];
    const found =
      version === 'latest'
        ? this.#stored.findLast((one) => one.subject === subject)
        : this.#stored.find(
            (one) => String(one.id) === id || (one.subject === subject && String(one.version) === version),
          );
    return found ? send(200, found) : send(404, { error_code: 40403, message: 'Schema not found' });
  }

  #place(path: string, { schema, schemaType }: Stored, send: (status: number, body: object) => void): void {
    const [, subject = '', versions] = /^\/subjects\/(.+?)(\/versions)?$/.exec(path) ?? [];
    const known = this.#stored.find((one) => one.subject === subject && one.schema === schema);
    if (known) return send(200, known);
    if (!versions) return send(404, { error_code: 40403, message: 'Schema not found' });
    if (schema.includes('unparsable')) return send(422, { error_code: 42201, message: 'Invalid schema' });
    return send(200, { id: this.add(subject, schema, { schemaType }) });
  }
}
