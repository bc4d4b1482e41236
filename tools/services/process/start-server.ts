import { MillraceError, messageOf } from '@millrace/sdk';
import type { DataLock } from './data-lock.ts';
import { superviseServer, type ServerCommand, type SupervisedServer } from './supervised-server.ts';

export interface RunningServer {
  uri: string;
  server: SupervisedServer;
}

export interface ServerStart extends ServerCommand {
  /** The service's name for people. */
  service: string;
  lock: DataLock;
  /** Resolves with the URI once the server does its work. */
  untilReady: (server: SupervisedServer) => Promise<string>;
}

/**
 * Starts a server that ends with this process, and waits for it. One that does not get ready is ended.
 * @throws MillraceError `service_unavailable` with what the server said last
 */
export async function startServer({ service, lock, untilReady, ...command }: ServerStart): Promise<RunningServer> {
  let server: SupervisedServer | undefined;
  try {
    server = await superviseServer(command);
    lock.addServer(server.pid);
    return { server, uri: await untilReady(server) };
  } catch (error) {
    await server?.stop();
    const message = `${service} (${command.command}) does not start: ${messageOf(error)}\nIts log: ${command.logFile}`;
    throw new MillraceError('service_unavailable', message, { cause: error });
  }
}
