import { MillraceError, messageOf } from '@millrace/sdk';
import type { DataLock } from './data-lock.ts';
import { freePort } from './free-port.ts';
import { superviseServer, type ServerCommand, type SupervisedServer } from './supervised-server.ts';

export interface RunningServer {
  uri: string;
  server: SupervisedServer;
  logFile: string;
  /** Starts it again after it has ended: the same command on the same port, so at the same URI. Throws as its first start does. */
  again: () => Promise<RunningServer>;
}

export interface ServerStart extends ServerCommand {
  /** The service's name for people. */
  service: string;
  port: number;
  lock: DataLock;
  /** Resolves with the URI once the server does its work. */
  untilReady: (server: SupervisedServer) => Promise<string>;
}

/**
 * Starts a server that ends with this process, and waits for it. One that does not get ready is ended.
 * @throws MillraceError `service_unavailable` with what the server said last
 */
export async function startServer(start: ServerStart): Promise<RunningServer> {
  const { lock, logFile, untilReady } = start;
  let server: SupervisedServer | undefined;
  try {
    server = await superviseServer(start);
    lock.addServer(server.pid);
    const uri = await untilReady(server);
    return { server, uri, logFile, again: () => startAgain(start, server?.pid) };
  } catch (error) {
    await server?.stop();
    throw notStarted(start, messageOf(error), error);
  }
}

async function startAgain(start: ServerStart, former?: number): Promise<RunningServer> {
  if (former !== undefined) await start.lock.removeServer(former);
  if ((await freePort(start.port)) !== start.port)
    throw notStarted(start, `another program listens on its port ${start.port} now. End that program.`);
  return startServer({ ...start, keepsLog: true });
}

function notStarted({ service, command, logFile }: ServerStart, reason: string, cause?: unknown): MillraceError {
  const message = `${service} (${command}) does not start: ${reason}\nIts log: ${logFile}`;
  return new MillraceError('service_unavailable', message, { cause });
}
