import type { LiveConnection } from './live-connection.ts';

/**
 * Cuts off who has not answered since the last time, and asks the others again. Those from whom nothing is read just now could not be heard: how
 * long that may last is judged by what they take.
 */
export function beat(connections: Iterable<Pick<LiveConnection, 'socket' | 'isAlive'>>): void {
  for (const connection of connections) {
    const { socket, isAlive } = connection;
    connection.isAlive = socket.isPaused;
    if (socket.isPaused) continue;
    if (isAlive) socket.ping();
    else socket.terminate();
  }
}
