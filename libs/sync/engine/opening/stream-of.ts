import { MillraceError, streamsOf, type Stream } from '@millrace/sdk';
import { withDeadline, type OpenConnection } from '#connections';
import type { RunPlan } from '../../runs/run.schema.ts';
import { attributed } from './attributed.ts';
import { ConnectionError } from '../connection-error.ts';

/**
 * The stream of a run, as its source tells it. Where nothing is to be read any more, the source is waited for only so many milliseconds (`within`): what it
 * would say of the rows, most syncs say themselves.
 */
export async function streamOf(from: OpenConnection, plan: RunPlan, within?: number): Promise<Stream> {
  const ask = () => streamsOf(from.connector, from.ctx);
  if (within === undefined) return findStream(await attributed(from, ask), plan.from.stream);
  try {
    const asked = () => withDeadline('Telling the streams', within, new AbortController(), ask);
    return findStream(await attributed(from, asked), plan.from.stream);
  } catch (error) {
    if (error instanceof ConnectionError && plan.outputs) return { key: plan.from.key ?? [] };
    throw error;
  }
}

export function findStream<S>(streams: Record<string, S>, name: string): S {
  const found = Object.hasOwn(streams, name) ? streams[name] : undefined;
  if (found) return found;
  const known = Object.keys(streams).slice(0, 20).join(', ') || 'none';
  throw new MillraceError('stream_not_found', `The source has no stream "${name}". It has: ${known}.`);
}
