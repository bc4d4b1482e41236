import { connect } from 'node:net';

const standardPort = 6379;

/**
 * Asks the Redis at this port of 127.0.0.1 for a PONG (RESP inline command, https://redis.io/docs/reference/protocol-spec/).
 * Resolves with undefined when it answers, otherwise with the reason why it cannot be used: no server, a password, loading.
 */
export function whyNoPong(port: number, patienceMs = 2000): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (reason?: string) => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(patienceMs, () => settle('no answer to PING'));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    socket.once('close', () => settle('closed the connection'));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      const text = answer.toString('utf8').trim();
      settle(text === '+PONG' ? undefined : `answered PING with ${text.slice(0, 100)}`);
    });
  });
}

/** The URL of the Redis that already listens on the standard port and answers. Rejects with the reason. */
export async function runningRedis(): Promise<string> {
  const reason = await whyNoPong(standardPort);
  if (reason !== undefined) throw new Error(reason);
  return `redis://127.0.0.1:${standardPort}`;
}
