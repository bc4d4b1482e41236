import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect, type LookupFunction, type Socket } from 'node:net';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { HttpClient, HttpSettings, SocketTarget } from '@millrace/sdk';
import type { TraceAttempt } from './attempt-trace.ts';
import { guard, type Guard } from './guard.ts';
import { httpClient, type HttpOptions } from './http-client.ts';
import { limitIdleness } from './limit-idleness.ts';

export interface NetworkOptions {
  allowPrivateAddresses: boolean;
  /** The look-up of names, already guarded: for tests that bring their own. */
  lookup?: LookupFunction;
  /** Puts each attempt of a request into a trace. */
  trace?: TraceAttempt;
}

/** Everything that leaves this process towards a connector's other side. Connections are pooled over all clients of one instance. */
export class Network implements OnApplicationShutdown {
  private readonly guard: Guard;
  private readonly httpAgent: HttpAgent;
  private readonly httpsAgent: HttpsAgent;
  private readonly trace?: TraceAttempt;

  constructor({ allowPrivateAddresses, lookup, trace }: NetworkOptions) {
    this.trace = trace;
    this.guard = guard(allowPrivateAddresses, lookup);
    const pool = { keepAlive: true, maxSockets: 64, maxFreeSockets: 16, scheduling: 'lifo' as const };
    this.httpAgent = limitIdleness(new HttpAgent({ ...pool, lookup: this.guard.lookup }));
    this.httpsAgent = limitIdleness(new HttpsAgent({ ...pool, lookup: this.guard.lookup }));
  }

  /**
   * An axios instance for one connection. Its errors are MillraceErrors: `unreachable`, `timeout`, `authentication_failed` (401),
   * `permission_denied` (403), `rate_limited` (429, or 403 that asks to wait; with `retryAfter`), `remote_rejected` (other 4xx), `remote_error` (5xx),
   * `address_not_allowed`, `response_too_large`, `invalid_response`; a request that its signal ended throws the signal's reason.
   * Ask for `responseType: 'json'` where anything but JSON is a fault.
   */
  http(settings: HttpSettings, options: HttpOptions = {}): HttpClient {
    const { guard, httpAgent, httpsAgent, trace } = this;
    return httpClient(settings, { trace, ...options }, { guard, httpAgent, httpsAgent });
  }

  /**
   * A TCP socket that is connecting, behind the same guard. Drivers that connect by themselves may be handed it: their own
   * `connect` has no further effect. Throws `address_not_allowed`; a name that leads inside arrives as the socket's `error`.
   */
  connect({ host, port }: SocketTarget): Socket {
    this.guard.checkHost(host);
    const socket = connect({ host, port, lookup: this.guard.lookup, keepAlive: true, noDelay: true });
    socket.connect = () => socket;
    return socket;
  }

  onApplicationShutdown(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}
