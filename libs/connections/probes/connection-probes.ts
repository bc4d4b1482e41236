import { Injectable } from '@nestjs/common';
import { MillraceError, objectsOf, streamsOf, type ErrorCode } from '@millrace/sdk';
import {
  describeObject,
  describeStream,
  objectFaults,
  streamFaults,
  type ObjectDescription,
  type StreamDescription,
} from '#catalog';
import { Log } from '#platform';
import { ConnectionOpener } from '../open/connection-opener.ts';
import type { OpenConnection } from '../open/open-connection.ts';
import { ConnectionStore } from '../store/connection-store.ts';
import { withDeadline } from './with-deadline.ts';

export interface CheckResult {
  ok: boolean;
  code?: ErrorCode;
  /** Why it does not work and what to do. */
  message?: string;
  at: string;
}

const checkDeadline = 20_000;
const discoverDeadline = 60_000;

/** Asks the other side: does the connection work, and what has it to offer? */
@Injectable()
export class ConnectionProbes {
  constructor(
    private readonly opener: ConnectionOpener,
    private readonly store: ConnectionStore,
    private readonly log: Log,
  ) {}

  /** A connection that does not work is a result, not an error. The result is noted with the connection. */
  async check(ref: string): Promise<CheckResult> {
    return this.#withOpen(ref, async (open, stop) => {
      const at = new Date();
      const result = await this.#checkOf(open, stop);
      await this.store.noteCheck(open.id, open.revision, { ...result, at });
      return { ...result, at: at.toISOString() };
    });
  }

  streams(ref: string): Promise<StreamDescription[]> {
    return this.#discover('Asking for the streams', ref, async ({ connector, ctx }) => {
      const streams = await streamsOf(connector, ctx);
      refuseFaults(connector.id, streamFaults({ streams }, connector.webhooks !== undefined));
      return Object.entries(streams).map(([name, stream]) => describeStream(name, stream));
    });
  }

  objects(ref: string): Promise<ObjectDescription[]> {
    return this.#discover('Asking for the objects', ref, async ({ connector, ctx }) => {
      const objects = await objectsOf(connector, ctx);
      refuseFaults(connector.id, objectFaults({ objects }));
      return Object.entries(objects).map(([name, object]) => describeObject(name, object));
    });
  }

  async #checkOf(open: OpenConnection, stop: AbortController): Promise<Omit<CheckResult, 'at'>> {
    try {
      await withDeadline('The check', checkDeadline, stop, async () => open.connector.check(open.ctx));
      return { ok: true };
    } catch (error) {
      open.ctx.log.info({ error }, 'the check of a connection failed');
      const { code, message } = open.shownError(error);
      return { ok: false, code, message };
    }
  }

  #discover<T>(what: string, ref: string, ask: (open: OpenConnection) => Promise<T>): Promise<T> {
    return this.#withOpen(ref, async (open, stop) => {
      try {
        return await withDeadline(what, discoverDeadline, stop, () => ask(open));
      } catch (error) {
        open.ctx.log.info({ error }, 'a connection could not be asked what it has');
        throw open.shownError(error);
      }
    });
  }

  async #withOpen<T>(ref: string, work: (open: OpenConnection, stop: AbortController) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const open = await this.opener.open(ref, { signal: stop.signal, log: this.log });
    try {
      return await work(open, stop);
    } finally {
      await open.close();
    }
  }
}

function refuseFaults(connector: string, faults: string[]): void {
  if (faults.length === 0) return;
  throw new MillraceError(
    'invalid_connector',
    `The connector "${connector}" gave what cannot be used: ${faults.join('; ')}. Correct the plugin.`,
  );
}
