import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below what systems give to outgoing connections, so that none of these takes a port before its server listens. */
const [lowest, highest] = [20_000, 32_000];
const mostTries = 200;
/** Milliseconds for which nobody else is given the same port: its server listens by then. */
const reservedFor = 300_000;

/** A port of 127.0.0.1 on which nobody listens: the preferred one where it is free, otherwise one that nobody else is given. */
export async function freePort(preferred = 0): Promise<number> {
  if (preferred > 0 && (await isFree(preferred))) return preferred;
  for (let tries = 0; tries < mostTries; tries++) {
    const port = randomInt(lowest, highest);
    if ((await isFree(port)) && (await reserve(port))) return port;
  }
  throw new Error(`127.0.0.1 has no free port between ${lowest} and ${highest}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** By the UDP port of that number, which nobody uses: every process that looks for a port sees it, and none is left behind by one that dies. */
function reserve(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      socket.unref();
      setTimeout(() => socket.close(), reservedFor).unref();
      resolve(true);
    });
  });
}
