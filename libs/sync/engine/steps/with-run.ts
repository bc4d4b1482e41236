import type { TemplateRenderer } from '@millrace/sdk';
import type { Connections } from '#connections';
import type { Log } from '#platform';
import type { ErasedGates } from '../rows/erased-gates.ts';
import type { KnownRows } from '../../known-rows/known-rows.ts';
import { openRun, type OpenRun, type OpenRunOptions } from '../opening/open-run.ts';
import type { RunLease } from './run-lease.ts';
import type { RunObservers } from '../run-observers.ts';

/** Opens a run's connections for some work, and closes them whatever happens. Throws what may be shown. */
export type WithRun = <T>(
  held: RunLease,
  work: (open: OpenRun) => Promise<T>,
  patience?: Pick<OpenRunOptions, 'sourceWithin'>,
) => Promise<T>;

export interface WithRunOptions {
  connections: Connections;
  known: KnownRows;
  gates: ErasedGates;
  render?: TemplateRenderer;
  observers: RunObservers;
  log: Log;
}

export function withRunOf({ observers, log: serverLog, ...options }: WithRunOptions): WithRun {
  const { connections, known, gates, render } = options;
  return async (held, work, patience) => {
    const log = observers.logOf(held.run._id, serverLog);
    const open = await openRun(held.run, {
      ...{ connections, known, gates, render, log, ...patience },
      signal: held.signal,
      permit: held.permit,
    });
    try {
      return await work(open);
    } catch (error) {
      throw open.shownError(error);
    } finally {
      await open.close();
    }
  };
}
