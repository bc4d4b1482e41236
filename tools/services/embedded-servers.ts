import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BinaryOrigin, BinarySearch, FailedAttempt, ServerBinary } from './binaries/find-binary.ts';
import { lockDataDir, type DataLock } from './process/data-lock.ts';
import { KeptServer, type Patience } from './process/kept-server.ts';
import type { RunningServer } from './process/start-server.ts';

/** What is special about one kind of server. */
export interface EmbeddedKind {
  /** The service's name for people, in lower case its folder. */
  name: string;
  findBinary: (search: BinarySearch) => Promise<ServerBinary>;
  start: (binary: ServerBinary, dataDir: string, lock: DataLock) => Promise<RunningServer>;
}

/** Where this repository keeps what it fetched. */
export const ownBinDir = fileURLToPath(new URL('../../.millrace/bin', import.meta.url));

/** The servers that this process started on one data folder, under one lock. */
export class EmbeddedServers {
  private readonly servers: { service: string; running: RunningServer }[] = [];
  private readonly kept: KeptServer[] = [];
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
    this.servers.push({ service: kind.name, running });
    return { ...running, origin: binary.origin };
  }

  /** From now on a server that ends is started again. @param warn takes a line when one has died, or is given up */
  keepRunning(warn: (line: string) => void, patience?: Patience): void {
    const servers = this.servers.splice(0);
    const options = { log: this.log, warn, patience };
    this.kept.push(...servers.map(({ service, running }) => new KeptServer(running, { service, ...options })));
  }

  /** Ends the servers and gives the data folder back. */
  async stop(): Promise<void> {
    await Promise.all(this.kept.splice(0).map((server) => server.stop()));
    await Promise.all(this.servers.splice(0).map(({ running }) => running.server.stop()));
    const lock = await this.lock?.catch(() => undefined); // where it could not be taken, there is nothing to give back
    this.lock = undefined;
    lock?.release();
  }
}
