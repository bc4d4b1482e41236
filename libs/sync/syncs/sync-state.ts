import type { Run } from '../runs/run.schema.ts';
import { listeningText, type Listening } from './listening.ts';
import type { Sync } from './sync.schema.ts';

/** The one word that says how a sync is. */
export type SyncState = 'new' | 'running' | 'waiting' | 'held' | 'ok' | 'failed' | 'cancelled' | 'paused' | 'disabled';

export interface SyncCondition {
  state: SyncState;
  /** A sentence: why, and what to do where something is to be done. */
  reason: string;
}

export interface Circumstances {
  /** Why a connector that the sync needs cannot be used. */
  disabled?: string;
  activeRun?: Pick<Run, 'state' | 'error' | 'notBefore' | 'reason'> & Partial<Pick<Run, '_id' | 'paused'>>;
  /** Of an endless stream. */
  listening?: Listening;
}

export function conditionOf(
  sync: Scheduled & Pick<Sync, 'paused' | 'lastRun'>,
  { disabled, activeRun, listening }: Circumstances,
): SyncCondition {
  if (disabled) return { state: 'disabled', reason: disabled };
  if (activeRun) return whileActive(activeRun, listening);
  if (sync.paused) return { state: 'paused', reason: 'Paused by an operator; PATCH { "paused": false } resumes it.' };
  if (!sync.lastRun) return { state: 'new', reason: `It has not run yet. ${nextRun(sync)}` };
  const { state, reason, endedAt } = sync.lastRun;
  const at = endedAt.toISOString();
  if (state === 'failed')
    return { state: 'failed', reason: `The last run failed at ${at}: ${reason ?? 'see the run'} ${nextRun(sync)}` };
  if (state === 'cancelled')
    return { state: 'cancelled', reason: `The last run was cancelled at ${at}. ${nextRun(sync)}` };
  return { state: 'ok', reason: `The last run succeeded at ${at}. ${reason ? `${reason} ` : ''}${nextRun(sync)}` };
}

function whileActive(
  { _id, paused, state, error, notBefore, reason }: NonNullable<Circumstances['activeRun']>,
  listening: Listening | undefined,
): SyncCondition {
  if (paused)
    return {
      state: 'paused',
      reason: `Its run was paused by an operator; POST /api/runs/${_id}/resume lets it go on.`,
    };
  if (state === 'held') return { state: 'held', reason: reason ?? 'The run waits for approval.' };
  if (error && notBefore)
    return { state: 'waiting', reason: `${error.message} The next attempt is at ${notBefore.toISOString()}.` };
  if (listening?.trouble) {
    const { message, at } = listening.trouble;
    return { state: 'waiting', reason: `${message} The next attempt is at ${at.toISOString()}.` };
  }
  if (listening && state === 'running') return { state: 'running', reason: listeningText(listening) };
  return { state: 'running', reason: state === 'queued' ? 'A run is about to start.' : 'A run is going on.' };
}

type Scheduled = Pick<Sync, 'nextRunAt' | 'schedule'> & Partial<Pick<Sync, 'read'>>;

function nextRun({ nextRunAt, schedule, read }: Scheduled): string {
  if (!nextRunAt && read === 'stream') return 'The next one starts by itself.';
  if (schedule && 'after' in schedule) return `The next one starts after sync ${schedule.after} has succeeded.`;
  return nextRunAt ? `The next one is due at ${nextRunAt.toISOString()}.` : 'It has no schedule.';
}
