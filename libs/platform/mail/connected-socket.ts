import type { Socket } from 'node:net';
import { MillraceError, messageOf, type SocketTarget } from '@millrace/sdk';
import type { Network } from '../network/index.ts';

/** A socket behind the guard that has connected: nodemailer takes only those. Throws `unreachable`, `timeout`, `address_not_allowed`. */
export function connectedSocket(network: Network, { host, port }: SocketTarget, patience: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = network.connect({ host, port });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(
        new MillraceError(
          'timeout',
          `${host}:${port} did not accept a connection within ${patience} ms. Check the address.`,
        ),
      );
    }, patience);
    const failed = (error: Error): void => {
      clearTimeout(timer);
      reject(
        error instanceof MillraceError
          ? error
          : new MillraceError(
              'unreachable',
              `${host}:${port} cannot be reached (${messageOf(error)}). Check host and port.`,
            ),
      );
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', failed);
      resolve(socket);
    });
  });
}
