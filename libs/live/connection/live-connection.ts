import type { IncomingMessage } from 'node:http';
import { MillraceError } from '@millrace/sdk';
import type { WebSocket } from 'ws';
import { toProblem } from '#platform';
import type { PushedEvents } from '#collect';
import {
  authTime,
  closing,
  idIn,
  mostSubscriptions,
  readClientMessage,
  type ClientMessage,
} from '../protocol/index.ts';
import { Pushes } from '../pushing/pushes.ts';
import type { Sighting, Subscription, Subscriptions } from '../subscriptions/index.ts';
import type { Authenticator, Client } from './authenticator.ts';
import { Outgoing } from './outgoing.ts';

export interface LiveParts {
  authenticator: Authenticator;
  subscriptions: Subscriptions;
  events: PushedEvents;
  /** Throws `rate_limited` where the key has too many connections. */
  admit(client: Client, connection: LiveConnection): void;
  /** What nobody foresaw. */
  report(error: unknown): void;
}

/** Messages of a client that wait for the former ones. */
const mostQueued = 100;

/** One client: who it is, what it pushes, what it follows. */
export class LiveConnection {
  readonly #outgoing: Outgoing;
  readonly #pushes: Pushes;
  readonly #followed = new Map<string, Subscription>();
  readonly #origin: string | undefined;
  readonly #keyTimer: NodeJS.Timeout;
  #key?: string;
  #client?: Client;
  #looking?: Promise<void>;
  #before: Promise<void> = Promise.resolve();
  #queued = 0;
  /** Whether it has answered the last heartbeat. */
  isAlive = true;

  constructor(
    readonly socket: WebSocket,
    request: IncomingMessage,
    private readonly parts: LiveParts,
  ) {
    this.#outgoing = new Outgoing(socket);
    this.#pushes = new Pushes(parts.events);
    this.#origin = request.headers.origin;
    socket.on('pong', () => (this.isAlive = true));
    socket.on('error', () => socket.terminate());
    this.#keyTimer = setTimeout(() => {
      this.#outgoing.close(closing.authTimeout, 'No key came. Begin with { "type": "auth", "key": … }.');
    }, authTime);
    socket.once('close', () => clearTimeout(this.#keyTimer));
    const key = parts.authenticator.keyIn(request);
    if (key !== undefined) this.#queue(() => this.#authenticate(key));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const text = data.toString('utf8');
      this.#queue(() => this.#receive(text, data.length, isBinary));
    });
  }

  get client(): Client | undefined {
    return this.#client;
  }

  /** The profiles that it follows. */
  get profiles(): string[] {
    return [...this.#followed.values()].flatMap(({ profile }) => profile ?? []);
  }

  /** Tells what is new of what it follows, unless it is still busy with what it was told. */
  async look(sighting: Sighting): Promise<void> {
    this.#looking ??= this.#look(sighting).finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  /** Whether its key is still good; closes it otherwise. */
  async checkKey(): Promise<void> {
    if (this.#key === undefined || !this.#client) return;
    try {
      const client = await this.parts.authenticator.clientOf(this.#key, this.#origin);
      this.#client = client;
    } catch (error) {
      if (!(error instanceof MillraceError) || !isAboutKey(error)) throw error;
      this.#refuse(error);
    }
  }

  close(code: number, reason: string): void {
    this.#outgoing.close(code, reason);
  }

  /** One after the other, and none while the client does not take the answers; beyond a hundred nothing more is read from it. */
  #queue(work: () => Promise<void>): void {
    if (++this.#queued === mostQueued) this.socket.pause();
    const inTurn = async (): Promise<void> => {
      await this.#outgoing.room();
      await work();
    };
    this.#before = this.#before.then(inTurn).finally(() => {
      if (--this.#queued === mostQueued / 2) this.socket.resume();
    });
  }

  /** Never rejects: what is wrong is told to the client. After the farewell nothing counts any more, though the client may go on for long. */
  async #receive(text: string, bytes: number, isBinary: boolean): Promise<void> {
    if (this.socket.readyState !== this.socket.OPEN) return;
    try {
      if (isBinary) throw new MillraceError('bad_request', 'Messages are JSON texts, not binary.');
      const message = readClientMessage(text);
      if (message.type === 'auth') await this.#authenticate(message.key);
      else await this.#handle(message, bytes);
    } catch (error) {
      this.#tellError(error, idIn(text));
    }
  }

  async #handle(message: Exclude<ClientMessage, { type: 'auth' }>, bytes: number): Promise<void> {
    const client = this.#client;
    if (!client) throw new MillraceError('unauthenticated', 'Begin with { "type": "auth", "key": … }.');
    if (message.type === 'push') {
      if (client.as !== 'source')
        throw new MillraceError('forbidden', 'Events are pushed with the write key of a source.');
      // Not awaited: several may be on their way; the answers tell which is which.
      this.#pushes
        .take(client.source, message, bytes)
        .then((answer) => this.#outgoing.send(answer))
        .catch((error: unknown) => this.#tellError(error, message.id));
      return;
    }
    if (message.type === 'unsubscribe') {
      this.#followed.delete(message.id);
      return;
    }
    if (client.as !== 'key')
      throw new MillraceError('forbidden', 'Live updates need an API key. A write key can only push.');
    await this.#subscribe(message, client);
  }

  async #subscribe(
    message: Extract<ClientMessage, { type: 'subscribe' }>,
    { holder }: Extract<Client, { as: 'key' }>,
  ): Promise<void> {
    if (this.#followed.has(message.id))
      throw new MillraceError('conflict', `"${message.id}" is in use: unsubscribe it first.`);
    if (this.#followed.size >= mostSubscriptions)
      throw new MillraceError('conflict', `A connection has at most ${mostSubscriptions} subscriptions.`);
    const subscription = await this.parts.subscriptions.make(message, holder);
    const { position } = subscription;
    this.#outgoing.send({ type: 'subscribed', id: message.id, ...(position !== undefined && { position }) });
    if (await this.#lookAt(subscription, { versions: new Map() })) this.#followed.set(message.id, subscription);
  }

  async #look(sighting: Sighting): Promise<void> {
    this.#outgoing.judge();
    for (const subscription of [...this.#followed.values()]) {
      if (!this.#outgoing.isReady) return;
      if (this.#followed.get(subscription.id) !== subscription) continue; // unsubscribed meanwhile
      if (!(await this.#lookAt(subscription, sighting))) this.#followed.delete(subscription.id);
    }
  }

  /** Whether it goes on. */
  async #lookAt(subscription: Subscription, sighting: Sighting): Promise<boolean> {
    try {
      for (const message of await subscription.look(sighting)) this.#outgoing.send(message);
      return !subscription.ended;
    } catch (error) {
      const known = error instanceof MillraceError && !error.retryable;
      if (known) this.#outgoing.send({ type: 'ended', id: subscription.id, code: error.code, message: error.message });
      else this.parts.report(error); // looked at again
      return !known;
    }
  }

  async #authenticate(key: string): Promise<void> {
    clearTimeout(this.#keyTimer);
    try {
      if (this.#client) throw new MillraceError('conflict', 'The connection has a key already: open another one.');
      const client = await this.parts.authenticator.clientOf(key, this.#origin);
      this.parts.admit(client, this);
      [this.#client, this.#key] = [client, key];
      if (client.as === 'source') this.#outgoing.send({ type: 'ready', as: 'source', source: client.source._id });
      else this.#outgoing.send({ type: 'ready', as: 'key', role: client.holder.role });
    } catch (error) {
      this.#refuse(error);
    }
  }

  #refuse(error: unknown): void {
    const { code, detail = '', status } = toProblem(error);
    if (status >= 500) this.parts.report(error);
    this.#outgoing.send({ type: 'error', code, message: detail });
    this.#outgoing.close(closingOf(code, status), detail);
  }

  #tellError(error: unknown, id: string | undefined): void {
    const { code, detail = '', status } = toProblem(error);
    if (status >= 500) this.parts.report(error);
    this.#outgoing.send({ type: 'error', ...(id !== undefined && { id }), code, message: detail });
  }
}

function closingOf(code: string, status: number): number {
  if (code === 'forbidden') return closing.forbidden;
  if (code === 'rate_limited') return closing.tooMany;
  return status >= 500 ? closing.tryLater : closing.unauthenticated; // who is told that a key is wrong does not come back with it
}

function isAboutKey({ code }: MillraceError): boolean {
  return code === 'unauthenticated' || code === 'forbidden';
}
