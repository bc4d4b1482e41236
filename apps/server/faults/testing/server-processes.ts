import { join } from 'node:path';
import { superviseServer } from '#tools/services';
import { serverCommand } from '#tools/server-process';

export interface ServerProcess {
  pid: number;
  isAlive: boolean;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with how it has ended. */
  end(): Promise<string>;
  /** Its event loop stands still until `goOn`. */
  stall(): void;
  goOn(): void;
  lastWords(): string;
}

/** Starts server processes of one installation, as an operator does, and ends them all. */
export class ServerProcesses {
  readonly #started: ServerProcess[] = [];

  constructor(
    private readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  async start(kind: 'api' | 'collector' | 'worker', more: Record<string, string> = {}): Promise<ServerProcess> {
    const logFile = join(this.folder, `${kind}-${this.#started.length}-${process.hrtime.bigint()}.log`);
    const env = { ...this.env, MILLRACE_PROCESSES: kind, ...more };
    const server = await superviseServer({ ...serverCommand, env, logFile });
    const { pid, ended } = server;
    const started: ServerProcess = {
      pid,
      isAlive: true,
      async kill() {
        if (started.isAlive) process.kill(pid, 'SIGKILL');
        await ended;
      },
      end() {
        process.kill(pid, 'SIGTERM');
        return ended;
      },
      stall: () => void process.kill(pid, 'SIGSTOP'),
      goOn: () => void process.kill(pid, 'SIGCONT'),
      lastWords: () => server.lastWords(),
    };
    void ended.then(() => (started.isAlive = false));
    this.#started.push(started);
    return started;
  }

  get alive(): ServerProcess[] {
    return this.#started.filter(({ isAlive }) => isAlive);
  }

  async killAll(): Promise<void> {
    await Promise.all(this.alive.map((one) => one.kill()));
  }
}
