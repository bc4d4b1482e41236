import { hostname } from 'node:os';
import type { mongo } from 'mongoose';
import type { ServerProcess, ServerProcesses } from './server-processes.ts';

interface HeldSlice {
  worker: string;
  state: string;
  leaseUntil: Date;
}

/** The worker processes of an installation. */
export class Workers {
  /** By the name that they have in slices. */
  readonly #started = new Map<string, ServerProcess>();

  constructor(
    private readonly processes: ServerProcesses,
    private readonly db: mongo.Db,
  ) {}

  /** A name lets a worker take up at its start what a former one of the same name left behind. */
  async start({ name, places = 8 }: { name?: string; places?: number } = {}): Promise<ServerProcess> {
    const worker = await this.processes.start('worker', {
      MILLRACE_CONCURRENCY: String(places),
      ...(name !== undefined && { MILLRACE_WORKER_NAME: name }),
    });
    this.#started.set(name ?? `${hostname()}:${worker.pid}`, worker);
    return worker;
  }

  /** Kills a worker; another one starts in its place, under its name if it had one. */
  async replace(worker: ServerProcess): Promise<void> {
    await worker.kill();
    const [known] = [...this.#started].find(([, started]) => started === worker) ?? [];
    await this.start({ name: known?.includes(':') ? undefined : known });
  }

  get alive(): ServerProcess[] {
    return [...this.#started.values()].filter(({ isAlive }) => isAlive);
  }

  /** So many live, and no more. */
  async be(count: number): Promise<void> {
    await Promise.all(this.alive.slice(count).map((worker) => worker.kill()));
    while (this.alive.length < count) await this.start();
  }

  /** Those that work on a slice just now. */
  async busy(): Promise<ServerProcess[]> {
    return (await this.#named({ state: 'working', leaseUntil: { $gt: new Date() } })).filter(({ isAlive }) => isAlive);
  }

  /** Those that a slice is still with, though their lease may be over. */
  holding(): Promise<ServerProcess[]> {
    return this.#named({ state: 'working' });
  }

  async #named(filter: mongo.Filter<HeldSlice>): Promise<ServerProcess[]> {
    const names = await this.db.collection<HeldSlice>('slices').distinct('worker', filter);
    return names.flatMap((name) => this.#started.get(name) ?? []);
  }
}
