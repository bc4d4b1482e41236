import { isIP, type Socket } from 'node:net';
import { connect as tlsConnect, type ConnectionOptions } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { MillraceError, type ConnectorContext } from '@millrace/sdk';

const keepAliveMs = 60_000;

/**
 * Sockets of the guarded network for kafkajs. Brokers name each other, so every address is checked, not only the configured ones. Remembers
 * what the guard refused, since kafkajs makes texts of errors.
 */
export class Sockets {
  refused?: MillraceError;
  readonly #open = new Set<Socket>();

  constructor(private readonly connect: ConnectorContext['connect']) {}

  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const raw = this.#track(this.#guarded(host, port));
    raw.setKeepAlive(true, keepAliveMs);
    const options = ssl as ConnectionOptions | undefined;
    if (!options) return raw.once('connect', onConnect);
    const name = isIP(host) ? {} : { servername: host };
    const secure = this.#track(tlsConnect({ ...name, ...options, host, socket: raw }));
    raw.once('error', (error) => secure.destroy(error));
    return secure.once('secureConnect', onConnect);
  };

  /** Whatever is still open. With an error, since kafkajs ends its timers only when it hears of one. */
  destroy(): void {
    for (const socket of this.#open) socket.destroy(new Error('The connection was closed by this side.'));
  }

  #guarded(host: string, port: number): Socket {
    try {
      const socket = this.connect({ host, port });
      socket.once('error', (error) => this.#note(error));
      return socket;
    } catch (error) {
      this.#note(error);
      throw error;
    }
  }

  #note(error: unknown): void {
    if (error instanceof MillraceError) this.refused = error;
  }

  #track<S extends Socket>(socket: S): S {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  }
}
