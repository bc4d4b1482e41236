import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerBinary } from '../binaries/find-binary.ts';
import type { DataLock } from '../process/data-lock.ts';
import { rememberedPort } from '../process/remembered-port.ts';
import { startServer, type RunningServer } from '../process/start-server.ts';
import { untilConnectable } from '../process/until-connectable.ts';
import { whyNoPong } from './ping.ts';

/** For an answer of a server that has just started: as long as MongoDB is waited for. */
const patienceMs = 60_000;

/** Starts Redis on 127.0.0.1 with its data in `<dataDir>/redis`: it writes every change to disk and never drops a key. */
export async function startRedis(binary: ServerBinary, dataDir: string, lock: DataLock): Promise<RunningServer> {
  const folder = join(dataDir, 'redis');
  await mkdir(folder, { recursive: true });
  const { port, remember } = await rememberedPort(join(dataDir, 'redis.port'));
  remember();
  return startServer({
    service: 'Redis',
    port,
    command: binary.path,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
    ],
    env: binary.env,
    logFile: join(dataDir, 'redis.log'),
    lock,
    async untilReady(server) {
      await untilConnectable(port, server);
      await untilLoaded(port);
      return `redis://127.0.0.1:${port}`;
    },
  });
}

async function untilLoaded(port: number): Promise<void> {
  const ask = () => whyNoPong(port, patienceMs);
  for (let reason = await ask(); reason !== undefined; reason = await ask()) {
    if (!reason.includes('LOADING')) throw new Error(reason);
    await delay(50); // reading its data, which has no event to await
  }
}
