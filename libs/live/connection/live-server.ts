import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { WebSocketServer, type WebSocket } from 'ws';
import { PushedEvents } from '#collect';
import { FailureLog, Log, Regularly } from '#platform';
import { Profiles } from '#profiles';
import { LiveHints } from '../news/live-hints.ts';
import { closing, heartbeat, keyCheck, mostConnections, mostMessageBytes, mostOfKey } from '../protocol/index.ts';
import { Subscriptions } from '../subscriptions/index.ts';
import { Authenticator, type Client } from './authenticator.ts';
import { beat } from './heartbeat.ts';
import { LiveConnection } from './live-connection.ts';

const tick = 1_000;
const path = '/ws';

/** The open connections of this process. */
@Injectable()
export class LiveServer implements BeforeApplicationShutdown {
  readonly #connections = new Set<LiveConnection>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false });
  readonly #loops: Regularly[] = [];
  readonly #failures: FailureLog;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly subscriptions: Subscriptions,
    private readonly events: PushedEvents,
    private readonly profiles: Profiles,
    private readonly hints: LiveHints,
    log: Log,
  ) {
    this.#failures = new FailureLog(log, 'Live connections could not be served');
  }

  /** Takes the connections that are opened at /ws. */
  serve(http: Server): void {
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      if ((request.url ?? '').split('?', 1)[0] !== path) return refuse(socket, 404);
      if (this.#connections.size >= mostConnections) return refuse(socket, 503);
      this.#server.handleUpgrade(request, socket, head, (opened) => this.#open(opened, request));
    });
    const failed = (error: unknown): void => this.#failures.tell(error); // it is tried again
    const looks = new Regularly(tick, () => this.#look(), failed);
    this.#loops.push(looks);
    this.#loops.push(new Regularly(keyCheck, () => this.#checkKeys(), failed));
    this.#loops.push(new Regularly(heartbeat, async () => beat(this.#connections), failed));
    this.hints.onHint(() => void (this.#connections.size > 0 && looks.now()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.end()));
    for (const connection of this.#connections) connection.close(closing.goingAway, 'The server stops. Connect again.');
    this.#server.close();
    await this.#untilClosed();
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    const connection = new LiveConnection(socket, request, {
      ...{ authenticator: this.authenticator, subscriptions: this.subscriptions, events: this.events },
      admit: (client, self) => this.#admit(client, self),
      report: (error) => this.#failures.tell(error),
    });
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }

  #admit({ name }: Client, self: LiveConnection): void {
    const others = [...this.#connections].filter((one) => one !== self && one.client?.name === name);
    if (others.length >= mostOfKey)
      throw new MillraceError('rate_limited', `The key has ${mostOfKey} connections to this process already.`);
  }

  /** One read for all profiles that anybody follows. */
  async #look(): Promise<void> {
    if (this.#connections.size === 0) return;
    const connections = [...this.#connections];
    const followed = [...new Set(connections.flatMap(({ profiles }) => profiles))];
    const versions = await this.profiles.versions(followed);
    await Promise.all(connections.map((connection) => connection.look({ versions })));
  }

  async #checkKeys(): Promise<void> {
    for (const connection of [...this.#connections]) await connection.checkKey();
  }

  /** Those that do not answer the farewell within a second are cut off. */
  async #untilClosed(): Promise<void> {
    const sockets = [...this.#connections].map(({ socket }) => socket);
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve) => {
            const timer = setTimeout(() => socket.terminate(), tick);
            socket.once('close', () => {
              clearTimeout(timer);
              resolve();
            });
          }),
      ),
    );
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
