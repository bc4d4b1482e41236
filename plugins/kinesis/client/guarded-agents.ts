import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectorContext, SocketTarget } from '@millrace/sdk';

type Connect = ConnectorContext['connect'];

type Created = (error: Error | null, stream: Duplex) => void;

class GuardedHttpAgent extends HttpAgent {
  constructor(private readonly connectTo: Connect) {
    super({ keepAlive: true });
  }

  override createConnection(options: ClientRequestArgs, created?: Created): Duplex | undefined {
    return connecting(this.connectTo, targetOf(options, 80), created);
  }
}

class GuardedHttpsAgent extends HttpsAgent {
  constructor(private readonly connectTo: Connect) {
    super({ keepAlive: true });
  }

  /** TLS over a guarded socket; the name in the certificate is checked as ever. */
  override createConnection(options: RequestOptions, created?: Created): Duplex | null | undefined {
    const socket = connecting(this.connectTo, targetOf(options, 443), created);
    if (!socket) return undefined;
    const encrypted = super.createConnection({ ...options, ...{ socket } }, created);
    // What keeps the socket from connecting has to end the request, too.
    socket.once('error', (error) => encrypted?.destroy(error));
    return encrypted;
  }
}

/** What the guard refuses at once reaches the request as its error: thrown, it would leave the request's timers behind. */
function connecting(connect: Connect, target: SocketTarget, created?: Created): Socket | undefined {
  try {
    return connect(target);
  } catch (error) {
    const none = new Socket();
    process.nextTick(() => created?.(error as Error, none));
    return undefined;
  }
}

/** Agents whose sockets go through the platform's guard, for clients that bring their own HTTP. */
export function guardedAgents(connect: Connect): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  return { httpAgent: new GuardedHttpAgent(connect), httpsAgent: new GuardedHttpsAgent(connect) };
}

function targetOf({ host, hostname, port }: ClientRequestArgs, usual: number): SocketTarget {
  return { host: hostname ?? host ?? '', port: Number(port ?? usual) };
}
