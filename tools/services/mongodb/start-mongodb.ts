import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { ServerBinary } from '../binaries/find-binary.ts';
import type { DataLock } from '../process/data-lock.ts';
import { rememberedPort } from '../process/remembered-port.ts';
import { startServer, type RunningServer } from '../process/start-server.ts';
import { untilConnectable } from '../process/until-connectable.ts';
import { makeReplicaSet, moveReplicaSet, replicaSet } from './replica-set.ts';

/** An eighth of the machine's memory; MongoDB's own default, half of it, is for a machine of its own. What is not needed is not taken. */
const cacheGb = Math.min(4, Math.max(0.5, totalmem() / 2 ** 30 / 8));
const oplogMb = 990; // the smallest that MongoDB recommends
/** A worker that is killed while it joins profiles leaves a transaction open: nobody else writes these until it is over. Ours take milliseconds. */
const transactionSeconds = 15;
/**
 * For so long MongoDB keeps what was deleted, for reads of the past, which we have none of. Its own default is 300; whatever is not there is looked for among
 * all of it: 6 ms for each key of 40,000 that were deleted.
 */
const pastSeconds = 5;

/** Starts MongoDB on 127.0.0.1 as a replica set of one, with its data in `<dataDir>/mongodb`. */
export async function startMongodb(binary: ServerBinary, dataDir: string, lock: DataLock): Promise<RunningServer> {
  const folder = join(dataDir, 'mongodb');
  await mkdir(folder, { recursive: true });
  const { port, isNew, forget, remember } = await rememberedPort(join(dataDir, 'mongodb.port'));
  const start = (args: string[], whenUp: (port: number) => Promise<string>) =>
    startServer({
      service: 'MongoDB',
      port,
      command: binary.path,
      args: [
        ...['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket', '--quiet'],
        ...['--wiredTigerCacheSizeGB', cacheGb.toFixed(2)],
        ...['--setParameter', `transactionLifetimeLimitSeconds=${transactionSeconds}`],
        ...['--setParameter', `minSnapshotHistoryWindowInSeconds=${pastSeconds}`, ...args],
      ],
      env: binary.env,
      logFile: join(dataDir, 'mongodb.log'),
      lock,
      async untilReady(server) {
        await untilConnectable(port, server);
        return whenUp(port);
      },
    });
  if (isNew) forget();
  if (isNew && existsSync(join(folder, 'WiredTiger'))) {
    const { server } = await start([], moveReplicaSet);
    await server.stop();
  }
  remember();
  return start(['--replSet', replicaSet, '--oplogSize', String(oplogMb)], makeReplicaSet);
}
