import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BinaryOrigin, BinarySearch, FailedAttempt, ServerBinary } from './binaries/find-binary.ts';
import { lockDataDir, type DataLock } from './process/data-lock.ts';
import type { RunningServer } from './process/start-server.ts';

/** What is special about one kind of server. */
export interface EmbeddedKind {
  /** The service's name for people, in lower case its folder. */
  name: string;
  findBinary: (search: BinarySearch) => Promise<ServerBinary>;
  start: (binary: ServerBinary, dataDir: string, lock: DataLock) => Promise<RunningServer>;
}

const ownBinDir = fileURLToPath(new URL('../../.millrace/bin', import.meta.url));

/** The servers that this process started on one data folder, under one lock. */
export class EmbeddedServers {
  private readonly servers: RunningServer[] = [];
  private lock?: Promise<DataLock>;

  constructor(
    private readonly dataDir: string,
    private readonly log: (line: string) => void,
    private readonly binDir = ownBinDir,
  ) {}

  /** @param before what was tried in vain before, for the message should this be in vain too */
  async start(kind: EmbeddedKind, before: FailedAttempt[] = []): Promise<RunningServer & { origin: BinaryOrigin }> {
    this.lock ??= lockDataDir(this.dataDir);
    const lock = await this.lock;
    const binary = await kind.findBinary({ binDir: this.binDir, before, log: this.log });
    this.log(`Starting ${kind.name} (${binary.path}), data in ${join(this.dataDir, kind.name.toLowerCase())}`);
    const running = await kind.start(binary, this.dataDir, lock);
    this.servers.push(running);
    return { ...running, origin: binary.origin };
  }

  /** Ends the servers and gives the data folder back. */
  async stop(): Promise<void> {
    await Promise.all(this.servers.splice(0).map(({ server }) => server.stop()));
    const lock = await this.lock?.catch(() => undefined); // where it could not be taken, there is nothing to give back
    this.lock = undefined;
    lock?.release();
  }
}
