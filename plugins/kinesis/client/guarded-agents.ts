import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ConnectorContext, SocketTarget } from '@millrace/sdk';

type Connect = ConnectorContext['connect'];

class GuardedHttpAgent extends HttpAgent {
  constructor(private readonly connectTo: Connect) {
    super({ keepAlive: true });
  }

  override createConnection(options: ClientRequestArgs): Duplex {
    return this.connectTo(targetOf(options, 80));
  }
}

class GuardedHttpsAgent extends HttpsAgent {
  constructor(private readonly connectTo: Connect) {
    super({ keepAlive: true });
  }

  /** TLS over a guarded socket; the name in the certificate is checked as ever. */
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const socket = this.connectTo(targetOf(options, 443));
    const connected = super.createConnection({ ...options, ...{ socket } }, callback);
    // What keeps the socket from connecting has to end the request, too.
    socket.once('error', (error) => connected?.destroy(error));
    return connected;
  }
}

/** Agents whose sockets go through the platform's guard, for clients that bring their own HTTP. */
export function guardedAgents(connect: Connect): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  return { httpAgent: new GuardedHttpAgent(connect), httpsAgent: new GuardedHttpsAgent(connect) };
}

function targetOf({ host, hostname, port }: ClientRequestArgs, usual: number): SocketTarget {
  return { host: hostname ?? host ?? '', port: Number(port ?? usual) };
}
