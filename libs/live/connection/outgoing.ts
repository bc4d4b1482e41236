import type { WebSocket } from 'ws';
import { closing, mostLag, mostUnsent, type ServerMessage } from '../protocol/index.ts';

/** What is sent to one client. Nothing is queued here: who is slow gets less, and the newest state later. */
export class Outgoing {
  #slowSince?: number;
  #lagged = false;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly socket: WebSocket) {
    socket.once('close', () => this.#wake());
  }

  send(message: ServerMessage): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(JSON.stringify(message), () => this.#wake());
  }

  /** Resolves once the client has taken enough of what it was sent, or is gone. What it asks for next waits until then. */
  async room(): Promise<void> {
    while (!this.#hasRoom) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Whether the client takes what it is told. */
  get isReady(): boolean {
    if (this.#hasRoom && this.#lagged) this.send({ type: 'lagging' }); // what follows is the newest state
    this.#lagged = !this.#hasRoom;
    return !this.#lagged;
  }

  /** Closes it once the client has taken nothing for a minute. */
  judge(): void {
    if (this.#hasRoom) this.#slowSince = undefined;
    else this.#slowSince ??= Date.now();
    if (this.#slowSince !== undefined && Date.now() - this.#slowSince > mostLag)
      this.close(closing.tooSlow, 'Too slow: read faster, or subscribe to less.');
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason.slice(0, 120));
  }

  get #hasRoom(): boolean {
    return this.socket.readyState !== this.socket.OPEN || this.socket.bufferedAmount < mostUnsent;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
