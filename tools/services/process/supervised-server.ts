import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface ServerCommand {
  command: string;
  args: string[];
  /** Added to this process's environment. */
  env?: Record<string, string>;
  /** Takes what the server prints; emptied at each start. */
  logFile: string;
  /** What asks the server to end. Default SIGTERM. */
  stopSignal?: NodeJS.Signals;
}

/** A server process that ends when this process ends, even by SIGKILL, and that Ctrl-C in the terminal does not reach. */
export interface SupervisedServer {
  /** The server's own process id. */
  readonly pid: number;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** The last lines that the server printed. */
  lastWords(): string;
  /** Ends the server: politely, after 10 s by force. */
  stop(): Promise<void>;
}

const supervisor = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));

/** Rejects with what the command printed when it does not even start. */
export async function superviseServer(server: ServerCommand): Promise<SupervisedServer> {
  const { command, args, env, logFile, stopSignal = 'SIGTERM' } = server;
  const log = openSync(logFile, 'w');
  const child = fork(supervisor, [stopSignal, command, ...args], {
    detached: true,
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lastWords = () => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  const pid = await Promise.race([serverPid(child), ended.then(() => undefined)]);
  if (pid === undefined) throw new Error(lastWords());
  child.unref(); // a process that forgets to stop its servers can still end, and then they end too
  child.channel?.unref();
  return { pid, ended, lastWords, stop: () => stop(child, ended) };
}

function serverPid(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: { serverPid: number }) => resolve(message.serverPid));
    child.once('error', reject);
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.ref();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await ended;
}
