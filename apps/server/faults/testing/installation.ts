import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { freePort } from '#tools/services';
import { makeDataFolder } from '#tools/testing';
import { ApiClient, type LedgerView, type RunView } from '../../../cli/index.ts';
import { startMongodb, startRedis, type BreakableService, type ForgetfulService } from './breakable-service.ts';
import { describeWork } from './describe-work.ts';
import { endState, type EndState } from './end-state.ts';
import { startFaultyReceiver, type FaultyReceiver } from './faulty-receiver.ts';
import { startFaultySource, type FaultySource } from './faulty-source.ts';
import { ServerProcesses, type ServerProcess } from './server-processes.ts';
import { makeConnections, makeSync, type SyncName } from './syncs.ts';
import { until } from './until.ts';
import { Workers } from './workers.ts';

/** Of a run of these tests, what is asked of it. */
export type Ended = Pick<RunView, 'id' | 'state' | 'reason' | 'error' | 'ledger' | 'effects'>;

const lease = 2;

/** A whole installation in processes of its own, on services of its own, between a source and destinations that fail as told. */
export class Installation {
  private constructor(
    private readonly folder: string,
    readonly mongodb: BreakableService,
    readonly redis: ForgetfulService,
    readonly source: FaultySource,
    readonly receiver: FaultyReceiver,
    private readonly processes: ServerProcesses,
    readonly workers: Workers,
    /** Of the API. */
    readonly url: string,
    readonly api: ApiClient,
    private readonly client: mongo.MongoClient,
  ) {}

  /** `more`: settings beyond the usual ones. */
  static async start(
    count: number,
    more: Record<string, string> = {},
    startStore: (folder: string) => Promise<BreakableService> = startMongodb,
  ): Promise<Installation> {
    const folder = await makeDataFolder('millrace-faults-');
    const [mongodb, redis, port] = await Promise.all([
      startStore(join(folder, 'm')),
      startRedis(join(folder, 'r')),
      freePort(),
    ]);
    const key = randomBytes(24).toString('hex');
    const processes = new ServerProcesses(folder, {
      MONGODB_URI: mongodb.uri,
      REDIS_URL: redis.uri,
      MILLRACE_PORT: String(port),
      MILLRACE_DATA_DIR: folder,
      MILLRACE_MASTER_KEY: randomBytes(32).toString('base64'),
      MILLRACE_ADMIN_KEY: key,
      MILLRACE_PLUGINS: join(import.meta.dirname, 'journal'),
      MILLRACE_LEASE: String(lease),
      MILLRACE_CONCURRENCY: '8',
      MILLRACE_LOG_FORMAT: 'json',
      ...more,
    });
    const client = await new mongo.MongoClient(mongodb.uri).connect();
    const [source, receiver] = await Promise.all([startFaultySource(), startFaultyReceiver()]);
    const url = `http://127.0.0.1:${port}`;
    const api = new ApiClient({ url, key });
    const workers = new Workers(processes, client.db());
    const made = new Installation(folder, mongodb, redis, source, receiver, processes, workers, url, api, client);
    await Promise.all([processes.start('api'), workers.be(count)]);
    await made.until('the API answers', async () => {
      await api.get('/readyz');
      return true;
    });
    await makeConnections(api, source, receiver);
    return made;
  }

  get db(): mongo.Db {
    return this.client.db();
  }

  /** A process that only collects; resolves once it answers. */
  async startCollector(port: number): Promise<ServerProcess> {
    const collector = await this.processes.start('collector', { MILLRACE_PORT: String(port) });
    const answers = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
    await this.until('the collector answers', async () => !collector.isAlive || answers());
    if (!collector.isAlive) throw new Error(`The collector has ended:\n${collector.lastWords()}`);
    return collector;
  }

  /** As it was when nothing had run yet: only the connections stay, since stored rows name them. */
  async clean(...syncs: SyncName[]): Promise<void> {
    this.source.calm();
    this.receiver.calm();
    for (const { name } of await this.db.listCollections({}, { nameOnly: true }).toArray())
      if (!kept.includes(name)) await this.db.collection(name).deleteMany({});
    for (const sync of syncs) await makeSync(this.api, sync);
  }

  async begin(...syncs: SyncName[]): Promise<string[]> {
    return Promise.all(syncs.map(async (sync) => (await this.api.post<RunView>(`/api/syncs/${sync}/runs`)).id));
  }

  async untilEnded(runs: string[]): Promise<Ended[]> {
    const ended: Ended[] = [];
    // One after the other: asking costs the processors that the work needs.
    for (const id of runs) {
      const look = async (): Promise<RunView | undefined> => {
        const run = await this.api.get<RunView>(`/api/runs/${id}`);
        return run.endedAt === undefined ? undefined : run;
      };
      ended.push(await this.until(`run ${id} has ended`, look));
    }
    return ended;
  }

  async run(...syncs: SyncName[]): Promise<Ended[]> {
    return this.untilEnded(await this.begin(...syncs));
  }

  /** Waits for work of the processes; tells how things stand where it waits in vain. */
  until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    return until(what, look, () => describeWork(this.db, this.processes.alive));
  }

  /** Likewise, for what tells by itself that it has happened: at once. */
  async happens(what: string, event: Promise<unknown>): Promise<void> {
    let happened = false;
    const noted = event.then(() => (happened = true));
    await Promise.race([noted, this.until(what, async () => happened)]);
  }

  /** Workers that have a slice just now: at least one. */
  busyWorkers(): Promise<ServerProcess[]> {
    return this.until('a worker works', async () => {
      const busy = await this.workers.busy();
      return busy.length > 0 && busy;
    });
  }

  /** By each slice, as it has committed it. */
  async rowsRead(): Promise<number[]> {
    const slices = await this.db.collection<{ ledger: LedgerView }>('slices').find().toArray();
    return slices.map(({ ledger }) => ledger.read);
  }

  /** All that processes of a kind have logged, by level and message. */
  async logged(kind: 'api' | 'collector' | 'worker'): Promise<{ level: string; msg: string }[]> {
    const files = (await readdir(this.folder)).filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.log'));
    const texts = await Promise.all(files.map((name) => readFile(join(this.folder, name), 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as { level: string; msg: string });
  }

  endState(): Promise<EndState> {
    return endState(this.db, this.receiver);
  }

  async stop(): Promise<void> {
    await this.processes.killAll();
    await Promise.all([this.source.down(), this.receiver.down(), this.client.close()]);
    await Promise.all([this.mongodb.stop(), this.redis.stop()]);
    await rm(this.folder, { recursive: true });
  }
}

const kept = ['connections', 'connector_settings', 'keys', 'processes'];
