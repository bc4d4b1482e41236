import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedServers, mongodbKind, redisKind } from '#tools/services';

export interface BreakableService {
  /** The same after every start. */
  readonly uri: string;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** On the port of before, with what is left of the data. */
  start(): Promise<void>;
  /** It stands still, with its connections open, until `goOn`. */
  stall(): Promise<void>;
  goOn(): Promise<void>;
  stop(): Promise<void>;
}

export interface ForgetfulService extends BreakableService {
  removeData(): Promise<void>;
}

/** A mongod or a redis-server of the test's own, to be killed. */
export async function startBreakable(kind: typeof mongodbKind, folder: string): Promise<ForgetfulService> {
  const servers = new EmbeddedServers(folder, () => undefined);
  let running = await servers.start(kind);
  const { uri } = running;
  return {
    uri,
    async kill() {
      process.kill(running.server.pid, 'SIGKILL');
      await running.server.ended;
    },
    async start() {
      running = await servers.start(kind);
      if (running.uri !== uri) throw new Error(`${kind.name} listens at ${running.uri} now instead of ${uri}.`);
    },
    stall: async () => void process.kill(running.server.pid, 'SIGSTOP'),
    goOn: async () => void process.kill(running.server.pid, 'SIGCONT'),
    removeData: () => rm(join(folder, kind.name.toLowerCase()), { recursive: true }),
    stop: () => servers.stop(),
  };
}

export const startMongodb = (folder: string): Promise<BreakableService> => startBreakable(mongodbKind, folder);
export const startRedis = (folder: string): Promise<ForgetfulService> => startBreakable(redisKind, folder);
