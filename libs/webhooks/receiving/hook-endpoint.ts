import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { MillraceError, type Delivery } from '@millrace/sdk';
import { Admission, bytesOf } from '#collect';
import { FailureLog, Log, Settings } from '#platform';
import { answerHandshake, answerKept, answerMethod, answerProblem, noSuchWebhook } from './hook-answers.ts';
import { HookMetrics, type HookOutcome } from './hook-metrics.ts';
import type { Hook } from './hook.ts';
import { KnownHooks } from './known-hooks.ts';
import { admitted, mostDeliveryBytes } from './limits.ts';
import { Receiver } from './receiver.ts';

/** `/hooks/<connection>`: plain functions of Node, since signatures are over the bytes as they come. */
@Injectable()
export class HookEndpoint {
  readonly #admission = new Admission(admitted);
  readonly #failures: FailureLog;

  constructor(
    private readonly hooks: KnownHooks,
    private readonly receiver: Receiver,
    private readonly metrics: HookMetrics,
    private readonly settings: Settings,
    log: Log,
  ) {
    this.#failures = new FailureLog(log, 'A delivery of a webhook could not be kept');
  }

  /** Answers a request; `url` begins behind `/hooks`. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    const start = performance.now();
    const done = (connector: string, outcome: HookOutcome): void =>
      this.metrics.count(connector, outcome, (performance.now() - start) / 1_000);
    let connector = 'none';
    const known = (hook: Hook): void => void (connector = hook.connector);
    this.#answer(request, response, known).then(
      (outcome) => done(connector, outcome),
      (error: unknown) => {
        const outcome = answerProblem(response, error);
        done(connector, outcome);
        if (outcome === 'failed' && !isForeseen(error)) this.#failures.tell(error, { connector });
      },
    );
  };

  async #answer(request: IncomingMessage, response: ServerResponse, known: (hook: Hook) => void): Promise<HookOutcome> {
    const { method = '', url: path = '' } = request;
    const [, ref = ''] = /^\/([^/?]+)\/?(?:\?|$)/.exec(path) ?? [];
    if (ref === '') throw noSuchWebhook();
    const { take, leave } = this.#admission.enter();
    try {
      const hook = await this.hooks.find(ref);
      if (!hook) throw noSuchWebhook();
      known(hook);
      const head = this.#headOf(request, path);
      if (method !== 'POST') return this.#shakeHands(hook, head, response);
      requirePlain(request);
      const body = await bytesOf(request, { most: mostDeliveryBytes, take });
      await this.receiver.receive(hook, ref, { ...head, body });
      answerKept(response);
      return 'kept';
    } finally {
      leave();
    }
  }

  #shakeHands(hook: Hook, head: Omit<Delivery, 'body'>, response: ServerResponse): HookOutcome {
    const answer = hook.webhooks.handshake?.(head, hook.config);
    if (answer) answerHandshake(response, answer);
    else answerMethod(response);
    return 'answered';
  }

  /** The address is the public one: what a proxy has made of it is not what was signed. */
  #headOf({ method = '', headers }: IncomingMessage, path: string): Omit<Delivery, 'body'> {
    const flat = Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]);
    const url = `${this.settings.publicUrl.replace(/\/$/, '')}/hooks${path}`;
    return { method, url, headers: Object.fromEntries(flat) as Record<string, string>, receivedAt: new Date() };
  }
}

function requirePlain({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return;
  throw new MillraceError('bad_request', 'The body is packed, and a signature is over what was packed: send it plain.');
}

/** A disabled connector, a service that is away: told elsewhere, and once. */
function isForeseen(error: unknown): boolean {
  return error instanceof MillraceError && error.code !== 'internal';
}
