import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Connections, within } from '#connections';
import { Log } from '#platform';
import { hookOf, type Hook } from './hook.ts';

/** Milliseconds for which a changed configuration may go on as it was; also for which an address is known to be none. */
const rememberedFor = 5_000;
const patience = 20_000;
/** Milliseconds after which a connection is looked at anew because a signature was wrong: its secret may have been changed. */
const leastAge = 1_000;
const most = 10_000;
const refPattern = /^[\w-]{1,80}$/;

interface Remembered {
  hook: Promise<Hook | undefined>;
  since: number;
}

/** Connections by the last part of their webhook's address, without asking MongoDB at each delivery. Bounded; oldest go first. */
@Injectable()
export class KnownHooks {
  readonly #byRef = new Map<string, Remembered>();

  constructor(
    private readonly connections: Connections,
    private readonly log: Log,
  ) {}

  /** Undefined: there is no webhook. Throws what keeps the connection from being used. */
  find(ref: string, maxAge = rememberedFor): Promise<Hook | undefined> {
    if (!refPattern.test(ref)) return Promise.resolve(undefined);
    const now = Date.now();
    const known = this.#byRef.get(ref);
    if (known && now - known.since < maxAge) return known.hook;
    this.#byRef.delete(ref);
    for (const oldest of this.#byRef.keys()) {
      if (this.#byRef.size < most) break;
      this.#byRef.delete(oldest);
    }
    const hook = this.#open(ref);
    hook.catch(() => this.#byRef.delete(ref));
    this.#byRef.set(ref, { hook, since: now });
    return hook;
  }

  /** As it is now, if what is known may be out of date. */
  again(ref: string): Promise<Hook | undefined> {
    return this.find(ref, leastAge);
  }

  async #open(ref: string): Promise<Hook | undefined> {
    try {
      return await within('Asking for the webhook', patience, (signal) => this.#opened(ref, signal));
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  async #opened(ref: string, signal: AbortSignal): Promise<Hook | undefined> {
    const open = await this.connections.open(ref, { signal, log: this.log });
    try {
      return await hookOf(open);
    } finally {
      await open.close();
    }
  }
}
