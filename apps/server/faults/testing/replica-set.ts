import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import {
  freePort,
  mongodbKind,
  ownBinDir,
  superviseServer,
  untilConnectable,
  type SupervisedServer,
} from '#tools/services';
import type { BreakableService } from './breakable-service.ts';

type Binary = Awaited<ReturnType<typeof mongodbKind.findBinary>>;

const name = 'faults';
/** Quick to notice that the primary is gone: MongoDB's own defaults take ten seconds for it. */
const settings = { electionTimeoutMillis: 2_000, heartbeatIntervalMillis: 500, heartbeatTimeoutSecs: 2 };

/** Three mongods of the test's own. What happens, happens to the one that is the primary then; the others elect a new one. */
export class ReplicaSet implements BreakableService {
  private readonly admin: mongo.MongoClient;
  private broken?: Member;

  private constructor(
    readonly uri: string,
    private readonly members: Member[],
  ) {
    this.admin = new mongo.MongoClient(uri);
  }

  static async start(folder: string): Promise<ReplicaSet> {
    const binary = await mongodbKind.findBinary({ binDir: ownBinDir, before: [], log: () => undefined });
    const members: Member[] = [];
    for (const at of ['0', '1', '2']) {
      const member = new Member(binary, join(folder, at), await freePort());
      await member.run();
      members.push(member);
    }
    const hosts = members.map(({ host }) => host);
    const first = new mongo.MongoClient(`mongodb://${hosts[0]}/?directConnection=true`);
    const config = { _id: name, members: hosts.map((host, _id) => ({ _id, host })), settings };
    await first.db('admin').command({ replSetInitiate: config });
    await first.close();
    const made = new ReplicaSet(`mongodb://${hosts.join(',')}/millrace?replicaSet=${name}`, members);
    await made.primary();
    return made;
  }

  async kill(): Promise<void> {
    this.broken = await this.primary();
    await this.broken.kill();
  }

  async start(): Promise<void> {
    await this.broken?.run();
  }

  async stall(): Promise<void> {
    this.broken = await this.primary();
    this.broken.signal('SIGSTOP');
  }

  async goOn(): Promise<void> {
    this.broken?.signal('SIGCONT');
  }

  /** It is the primary no more, and must not become it again for a minute. */
  async stepDown(): Promise<void> {
    await this.admin.db('admin').command({ replSetStepDown: 60, secondaryCatchUpPeriodSecs: 30, force: true });
  }

  async stop(): Promise<void> {
    await this.admin.close();
    await Promise.all(this.members.map((member) => member.stop()));
  }

  private async primary(): Promise<Member> {
    const { me } = await this.admin.db('admin').command({ hello: 1 }, { readPreference: 'primary' });
    const member = this.members.find(({ host }) => host === me);
    if (!member) throw new Error(`${me} is none of ${this.members.map(({ host }) => host).join(', ')}.`);
    return member;
  }
}

class Member {
  private server?: SupervisedServer;

  constructor(
    private readonly binary: Binary,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  async run(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const { path, env } = this.binary;
    const where = ['--dbpath', this.folder, '--port', String(this.port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
    const small = ['--quiet', '--oplogSize', '200', '--wiredTigerCacheSizeGB', '0.3'];
    const args = [...where, ...small, '--replSet', name];
    this.server = await superviseServer({ command: path, args, env, logFile: `${this.folder}.log` });
    await untilConnectable(this.port, this.server);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.server) process.kill(this.server.pid, signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.server?.ended;
  }

  async stop(): Promise<void> {
    this.signal('SIGCONT');
    await this.server?.stop();
  }
}
