import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { MillraceError } from '@millrace/sdk';
import { authTime, closing, mostLag, mostUnsent } from '../protocol/index.ts';
import { beat } from './heartbeat.ts';
import { LiveConnection, type LiveParts } from './live-connection.ts';

interface Told {
  type: string;
  id?: string;
}

/** Who follows something large: what is told of it fills what the client does not take. */
const large = { type: 'profile', id: 'p', data: { text: 'x'.repeat(200_000) } };

const key = { isRevoked: false };

/** What the database's driver throws while it is away. */
const away = new Error('connect ECONNREFUSED 127.0.0.1:27017');

const parts = {
  authenticator: {
    keyIn: () => 'key',
    clientOf: async () => {
      if (key.isRevoked) throw new MillraceError('unauthenticated', 'The key is revoked. Use another one.');
      return { name: 'k', as: 'key', holder: { role: 'viewer' } };
    },
  },
  subscriptions: {
    make: async ({ id }: Told) => ({
      id,
      profile: id,
      look: async () => {
        if (id === 'gone') throw new MillraceError('not_found', 'It was removed. Look for another.');
        return [large];
      },
    }),
  },
  admit: () => undefined,
  report: (error: unknown) => {
    throw error;
  },
} as unknown as LiveParts;

describe('a connection and its client', () => {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  let client: WebSocket;
  let connection: LiveConnection;
  let received: Told[];

  beforeAll(async () => {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
  });
  beforeEach(async () => {
    const opened = once(server, 'connection');
    received = [];
    client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    client.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Told));
    const [socket, request] = (await opened) as ConstructorParameters<typeof LiveConnection>;
    connection = new LiveConnection(socket, request, parts);
    await until(() => received.some(({ type }) => type === 'ready'));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    key.isRevoked = false;
    client.terminate();
    connection.socket.terminate();
  });
  afterAll(() => {
    server.close();
    http.close();
  });

  /** Lets both ends, which are in this process, get on. */
  async function until(is: () => boolean): Promise<void> {
    while (!is()) await turn();
  }

  async function turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (client.readyState === WebSocket.CLOSED) throw new Error('The connection is over.');
  }

  const look = () => connection.look({ versions: new Map() });

  async function tellUntilFull(): Promise<void> {
    client.send(JSON.stringify({ type: 'subscribe', id: 'p', to: 'profile', identity: 'user:1' }));
    await until(() => received.some(({ type }) => type === 'profile'));
    client.pause();
    while (connection.socket.bufferedAmount < mostUnsent) {
      await look();
      await turn(); // what the system takes of it is gone then
    }
  }

  it('says once that what somebody subscribes to is gone', async () => {
    client.send(JSON.stringify({ type: 'subscribe', id: 'gone', to: 'profile', identity: 'user:1' }));
    await until(() => received.some(({ type }) => type === 'ended'));
    await look();
    client.send(JSON.stringify({ type: 'subscribe', id: 'p', to: 'profile', identity: 'user:1' }));
    await until(() => received.some(({ type }) => type === 'profile'));
    expect(received.filter(({ type }) => type === 'ended')).toEqual([expect.objectContaining({ code: 'not_found' })]);
  });

  it('sends no more news to who takes none, tells who takes them again that it lagged, and then the newest', async () => {
    await tellUntilFull();
    const full = connection.socket.bufferedAmount;
    for (let n = 0; n < 100; n++) await look();
    expect(connection.socket.bufferedAmount).toBeLessThanOrEqual(full);
    client.resume();
    await until(() => connection.socket.bufferedAmount === 0);
    await look();
    await until(() => received.some(({ type }) => type === 'lagging'));
    await until(() => received.at(-1)?.type === 'profile');
    expect(received.filter(({ type }) => type === 'lagging')).toHaveLength(1);
  });

  it('does nothing more for whoever goes on after the farewell', async () => {
    client.pause(); // so it does not answer the farewell either
    key.isRevoked = true;
    await connection.checkKey();
    const heard = once(connection.socket, 'message');
    client.send(JSON.stringify({ type: 'subscribe', id: 'p', to: 'profile', identity: 'user:1' }));
    await heard;
    await turn();
    expect(connection.profiles).toEqual([]);
    expect(connection.socket.readyState).toBe(WebSocket.CLOSING);
  });

  it('closes with code and reason who takes nothing for a minute', async () => {
    await tellUntilFull();
    await look();
    const start = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => start + mostLag + 1_000);
    await look();
    client.resume();
    const [code, reason] = (await once(client, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([closing.tooSlow, expect.stringContaining('Too slow')]);
  });

  it('reads nothing more from who asks without taking the answers, and answers all once they are taken', async () => {
    client.pause();
    let sent = 0;
    const askMuch = async (): Promise<void> => {
      for (let n = 0; n < 500; n++)
        client.send(JSON.stringify({ type: 'nonsense', id: `${sent++}-${'x'.repeat(90)}` }));
      await turn();
    };
    while (!connection.socket.isPaused || connection.socket.bufferedAmount < mostUnsent) await askMuch();
    for (let n = 0; n < 40; n++) await askMuch();
    expect(connection.socket.bufferedAmount).toBeLessThan(mostUnsent + 1_000);
    client.resume();
    await until(() => received.length === sent + 1);
    expect(new Set(received.map(({ id }) => id)).size).toBe(sent + 1);
  });

  it('does not call a key wrong, or missing, that could not be looked up', async () => {
    const reported: unknown[] = [];
    let fail = (_: Error): void => undefined;
    const clientOf = () => new Promise<never>((_, reject) => (fail = reject));
    const authenticator = { ...parts.authenticator, clientOf } as unknown as LiveParts['authenticator'];
    const opened = once(server, 'connection');
    const other = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    const [socket, request] = (await opened) as ConstructorParameters<typeof LiveConnection>;
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    new LiveConnection(socket, request, { ...parts, authenticator, report: (error) => reported.push(error) });
    await turn();
    jest.advanceTimersByTime(authTime);
    jest.useRealTimers();
    fail(away);
    const [code, reason] = (await once(other, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([closing.tryLater, expect.not.stringContaining('ECONNREFUSED')]);
    expect(reported).toEqual([away]);
  });

  it('is cut off when the client answers no heartbeat, and stays when it does', async () => {
    const answered = once(connection.socket, 'pong');
    beat([connection]);
    await answered;
    beat([connection]);
    expect(connection.socket.readyState).toBe(WebSocket.OPEN);
    await once(connection.socket, 'pong');
    client.pause(); // as a peer that is gone without a word
    beat([connection]);
    const closed = once(connection.socket, 'close');
    beat([connection]);
    await closed;
    expect(connection.isAlive).toBe(false);
  });
});
