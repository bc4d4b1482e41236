import type { WebSocket } from 'ws';
import { closing, mostLag, mostUnsent, type ServerMessage } from '../protocol/index.ts';

/** What is sent to one client. Nothing is queued here: who is slow gets less, and the newest state later. */
export class Outgoing {
  #slowSince?: number;
  #lagged = false;

  constructor(private readonly socket: WebSocket) {}

  send(message: ServerMessage): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(JSON.stringify(message));
  }

  /** Whether the client takes what it is sent. One that takes nothing for a minute is closed. */
  get isReady(): boolean {
    if (this.socket.bufferedAmount < mostUnsent) {
      if (this.#lagged) this.send({ type: 'lagging' }); // what follows is the newest state
      this.#lagged = false;
      this.#slowSince = undefined;
      return true;
    }
    this.#lagged = true;
    this.#slowSince ??= Date.now();
    if (Date.now() - this.#slowSince > mostLag)
      this.close(closing.tooSlow, 'Too slow: read faster, or subscribe to less.');
    return false;
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason.slice(0, 120));
  }
}
