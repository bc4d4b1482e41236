import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';
import { startSchemaRegistry, type SchemaRegistry } from '#tools/kafka';

interface Reference {
  name: string;
  subject: string;
  version: number;
}

/** A real schema registry behind a gate that asks for a password, remembers what was asked, and fails when told to. */
export class GatedRegistry {
  readonly auth = { username: 'reader', password: 'registry-secret' };
  /** Requests, in order. */
  readonly asked: string[] = [];
  /** Answers with this status instead. */
  failure?: number;
  readonly #gate = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  private constructor(private readonly registry: SchemaRegistry) {}

  static async start(): Promise<GatedRegistry> {
    const gated = new GatedRegistry(await startSchemaRegistry());
    await new Promise<void>((resolve) => gated.#gate.listen(0, '127.0.0.1', resolve));
    return gated;
  }

  get config() {
    return { url: `http://127.0.0.1:${(this.#gate.address() as AddressInfo).port}`, ...this.auth };
  }

  async stop(): Promise<void> {
    this.#gate.close();
    this.#gate.closeAllConnections();
    await this.registry.stop();
  }

  /** Registers a schema as a producer does; the id that it has then. */
  async add(
    subject: string,
    schema: object | string,
    more: { schemaType?: string; references?: Reference[] } = {},
  ): Promise<number> {
    const written = typeof schema === 'string' ? schema : JSON.stringify(schema);
    const body = JSON.stringify({ schema: written, ...more });
    const { id } = (await this.#asked('POST', `/subjects/${subject}/versions`, body)) as { id: number };
    return id;
  }

  async subjects(): Promise<string[]> {
    return (await this.#asked('GET', '/subjects')) as string[];
  }

  async #asked(method: string, path: string, body?: string): Promise<unknown> {
    const answer = await this.#forwarded({ method, url: path, headers: { 'content-type': contentType } }, body);
    const said: unknown = await json(answer);
    if (answer.statusCode === 200) return said;
    throw new Error(`The registry answers ${answer.statusCode}: ${JSON.stringify(said)}`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked.push(`${request.method} ${request.url}`);
    const refuse = (status: number, message: string): void => {
      response.writeHead(status, { 'content-type': contentType });
      response.end(JSON.stringify({ error_code: status, message }));
    };
    const expected = `Basic ${Buffer.from(`${this.auth.username}:${this.auth.password}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return refuse(401, 'Unauthorized');
    if (this.failure) return refuse(this.failure, 'out of order');
    const { authorization: _asked, ...headers } = request.headers;
    const answer = await this.#forwarded({ method: request.method, url: request.url, headers }, await buffer(request));
    response.writeHead(answer.statusCode ?? 500, answer.headers).end(await buffer(answer));
  }

  #forwarded(
    { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
    body?: Buffer | string,
  ): Promise<IncomingMessage> {
    const to = new URL(this.registry.url);
    return new Promise((resolve, reject) => {
      const asked = send({ host: to.hostname, port: to.port, method, path: to.pathname + url, headers }, resolve);
      asked.on('error', reject).end(body);
    });
  }
}

const contentType = 'application/vnd.schemaregistry.v1+json';
