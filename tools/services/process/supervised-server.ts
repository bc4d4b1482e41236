import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface ServerCommand {
  command: string;
  args: string[];
  /** Added to this process's environment. */
  env?: Record<string, string>;
  /** Takes what the server prints; emptied at each start. */
  logFile: string;
  /** Leaves what is in `logFile`, and appends. Default false. */
  keepsLog?: boolean;
  /** What asks the server to end. Default SIGTERM. */
  stopSignal?: NodeJS.Signals;
}

/** A server process that ends when this process ends, even by SIGKILL, and that Ctrl-C in the terminal does not reach. */
export interface SupervisedServer {
  /** The server's own process id. */
  readonly pid: number;
  /** Resolves when the server has ended, whoever ended it, with how, for people. */
  readonly ended: Promise<string>;
  /** The last lines that the server printed. */
  lastWords(): string;
  /** Ends the server: politely, after 10 s by force. */
  stop(): Promise<void>;
}

const supervisor = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));

/** Rejects with what the command printed when it does not even start. */
export async function superviseServer(server: ServerCommand): Promise<SupervisedServer> {
  const { command, args, env, logFile, keepsLog = false, stopSignal = 'SIGTERM' } = server;
  const log = openSync(logFile, keepsLog ? 'a' : 'w');
  const child = fork(supervisor, [stopSignal, command, ...args], {
    detached: true,
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(howItEnded(code, signal))),
  );
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

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.ref();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await ended;
}

/** A supervisor ends with its server's exit code, or 128 and the number of the signal that ended it, as shells do. */
function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  const [killedBy = signal] = Object.entries(constants.signals).find(([, number]) => 128 + number === code) ?? [];
  return killedBy === null ? `with exit code ${code}` : `by ${killedBy}`;
}
