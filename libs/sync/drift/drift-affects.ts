import type { SyncTo } from '../syncs/sync.schema.ts';

/** Nest token of `DriftAffects`: the server binds it, since the engine does not know who uses what it writes. */
export const DRIFT_AFFECTS = Symbol('DRIFT_AFFECTS');

/** Says as a sentence who uses what a drifting field feeds; undefined when nobody does. */
export type DriftAffects = (to: SyncTo, written: { object: string; target: string }[]) => Promise<string | undefined>;
