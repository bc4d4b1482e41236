import { MillraceError, type Json } from '@millrace/sdk';

/** Where a shard goes on, as it is kept (a lane's `resume`). With no field: at its oldest record. */
export interface ShardPlace {
  /** The last record that was read. */
  sequenceNumber?: string;
  /** In an aggregated record, the last one of it; absent: all of it was read. */
  subSequenceNumber?: number;
  /** ISO time from which records are wanted; shards that follow upon this one begin there, too. */
  since?: string;
  /** ISO time at which it was begun at its latest record, until one comes. */
  latest?: string;
  /** It was closed and read to its end: its children may begin. */
  ended?: true;
}

export function placeJson({ sequenceNumber, subSequenceNumber, since, latest, ended }: ShardPlace): Json {
  return {
    ...(sequenceNumber !== undefined && { sequenceNumber }),
    ...(subSequenceNumber !== undefined && { subSequenceNumber }),
    ...(since !== undefined && { since }),
    ...(latest !== undefined && { latest }),
    ...(ended && { ended }),
  };
}

/** Operators may have written it. Throws `bad_request` for what cannot be one. */
export function shardPlace(shard: string, resume: Json): ShardPlace {
  if (isPlace(resume)) return resume;
  const advice = 'It is an object such as { "sequenceNumber": "495…" }; reset the sync to begin anew.';
  throw new MillraceError('bad_request', `Where ${shard} goes on cannot be understood. ${advice}`, {
    retryable: false,
  });
}

export function shardPlaces(lanes: Record<string, Json>): Map<string, ShardPlace> {
  return new Map(Object.entries(lanes).map(([shard, resume]) => [shard, shardPlace(shard, resume)]));
}

function isPlace(value: Json): value is { [K in keyof ShardPlace]: ShardPlace[K] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { sequenceNumber, subSequenceNumber, since, latest, ended } = value;
  return (
    (sequenceNumber === undefined || (typeof sequenceNumber === 'string' && /^\d+$/.test(sequenceNumber))) &&
    (subSequenceNumber === undefined || Number.isInteger(subSequenceNumber)) &&
    [since, latest].every(
      (time) => time === undefined || (typeof time === 'string' && !Number.isNaN(Date.parse(time))),
    ) &&
    (ended === undefined || ended === true)
  );
}
