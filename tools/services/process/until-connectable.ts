import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SupervisedServer } from './supervised-server.ts';

/** Resolves as soon as the port of 127.0.0.1 accepts a connection; rejects when the server ends before, with its last words. */
export async function untilConnectable(port: number, server: SupervisedServer): Promise<void> {
  let isRunning = true;
  void server.ended.then(() => (isRunning = false));
  while (isRunning) {
    if (await accepts(port)) return;
    await delay(25);
  }
  throw new Error(server.lastWords() || 'it ended without a word');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
