import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from '../../apps/cli/index.ts';
import { serverCommand } from '#tools/server-process';
import { freePort, type Services } from '#tools/services';

export interface ServerProcess {
  url: string;
  api: ApiClient;
  /** Greatest resident memory so far, in MB. */
  peakMb(): Promise<number>;
  /** Resident memory now, in MB. */
  residentMb(): Promise<number>;
  /** The same with that of all processes that it started. */
  familyMb(): Promise<number>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  database: string;
  dataDir: string;
  fileRoot: string;
  /** `MILLRACE_PROCESSES`, where it is not all of them. */
  processes?: string;
  /** `MILLRACE_CONCURRENCY`, where it is not the default. */
  concurrency?: number;
}

/** The server in a process of its own, as an operator runs it, on a database of its own. */
export async function startServerProcess(services: Services, options: ServerOptions): Promise<ServerProcess> {
  const port = await freePort();
  const key = randomBytes(24).toString('hex');
  const mongodbUri = new URL(services.mongodbUri);
  mongodbUri.pathname = `/${options.database}`;
  const answers = options.processes !== 'worker';
  const child = spawn(serverCommand.command, serverCommand.args, {
    stdio: ['ignore', answers ? 'ignore' : 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      MONGODB_URI: mongodbUri.href,
      REDIS_URL: services.redisUrl,
      MILLRACE_PORT: String(port),
      MILLRACE_DATA_DIR: options.dataDir,
      MILLRACE_ADMIN_KEY: key,
      MILLRACE_FILE_ROOTS: options.fileRoot,
      MILLRACE_LOG_LEVEL: answers ? 'warn' : 'info',
      ...(options.processes && { MILLRACE_PROCESSES: options.processes }),
      ...(options.concurrency && { MILLRACE_CONCURRENCY: String(options.concurrency) }),
    },
  });
  const endWithBenchmark = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithBenchmark);
  child.once('exit', () => process.off('exit', endWithBenchmark));
  const url = `http://127.0.0.1:${port}`;
  const api = new ApiClient({ url, key });
  await (child.stdout ? untilWorking(child.stdout) : untilReady(api, child));
  return {
    url,
    api,
    peakMb: () => memoryMb(child.pid, 'VmHWM'),
    residentMb: () => memoryMb(child.pid, 'VmRSS'),
    familyMb: () => familyMb(child.pid),
    stop: () => stop(child),
  };
}

/** A process without API says it in its log. */
async function untilWorking(log: Readable): Promise<void> {
  for await (const line of createInterface(log)) if (line.includes('Millrace works')) break;
  log.resume();
}

async function untilReady(api: ApiClient, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode} while starting.`);
    try {
      await api.get('/readyz');
      return;
    } catch {
      await delay(100); // it is still starting
    }
  }
  throw new Error('The server was not ready within 30 s.');
}

async function memoryMb(pid: number | undefined, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024);
}

/** Processes that end meanwhile count as nothing. */
async function familyMb(pid: number | undefined): Promise<number> {
  const own = await memoryMb(pid, 'VmRSS').catch(() => 0);
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const pids = children.split(' ').filter((text) => text !== '');
  const theirs = await Promise.all(pids.map((child) => familyMb(Number(child))));
  return theirs.reduce((sum, mb) => sum + mb, own);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
