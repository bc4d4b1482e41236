import { parseTime, type Consumer } from '@millrace/sdk';
import type { Start } from '../config.ts';
import type { ShardPlace } from '../records/index.ts';
import type { Shard } from './shards.ts';

export interface LineageInput {
  shards: Shard[];
  /** Where each shard goes on, whoever reads it: as far as its rows have arrived. */
  places: Map<string, ShardPlace>;
  consumer: Pick<Consumer, 'index' | 'of'>;
  start: Start;
  /** Of AT_TIMESTAMP. */
  startAt?: string;
  now: Date;
}

export interface Lineage {
  /** Shards of this subscriber to be read, and from where; `isNew`: nothing of it is kept yet. */
  open: { shard: string; place: ShardPlace; isNew: boolean }[];
  /** Shards of this subscriber that wait until a parent was read to its end. */
  waiting: string[];
  /** Shards of this subscriber whose records Kinesis has dropped, with nothing left to read of them; `lost`: before they were read to their end. */
  gone: { shard: string; lost: boolean }[];
}

/**
 * What one subscriber has to do with the shards of a stream: parents are read to their end before children begin, so that a key's records keep
 * their order over a split or a merge.
 */
export function lineage(input: LineageInput): Lineage {
  const { shards, places } = input;
  const isMine = (shard: string): boolean => numberOf(shard) % input.consumer.of === input.consumer.index;
  const listed = new Map(shards.map((shard) => [shard.id, shard]));
  const open: Lineage['open'] = [];
  const waiting: string[] = [];
  for (const shard of shards.filter(({ id }) => isMine(id))) {
    const known = places.get(shard.id);
    const place = known ?? beginning(shard, listed, input);
    if (place === 'later') waiting.push(shard.id);
    else if (place !== 'never' && !place.ended) open.push({ shard: shard.id, place, isNew: !known });
  }
  const gone = [...places].filter(([id]) => isMine(id) && !listed.has(id) && !isAwaited(id, input));
  return { open, waiting, gone: gone.map(([shard, { ended }]) => ({ shard, lost: !ended })) };
}

/** Where a shard begins of which nothing was read. */
function beginning(
  { parents, closed }: Shard,
  listed: Map<string, Shard>,
  { places, start, startAt, now }: LineageInput,
): ShardPlace | 'later' | 'never' {
  const read = parents.flatMap((parent) => places.get(parent) ?? []);
  const unread = parents.filter((parent) => listed.has(parent) && !places.has(parent));
  if (parents.some((parent) => listed.has(parent) && places.has(parent) && !places.get(parent)?.ended)) return 'later';
  if (start === 'LATEST') {
    if (read.length > 0) return {}; // it follows upon what was read, so all of it is new
    return closed ? 'never' : { latest: now.toISOString() };
  }
  if (unread.length > 0) return 'later';
  const since = read.length > 0 ? earliest(read) : start === 'AT_TIMESTAMP' ? startAt : undefined;
  return since === undefined ? {} : { since };
}

/** A child that has not begun yet asks for the place of its parent. */
function isAwaited(shard: string, { shards, places }: LineageInput): boolean {
  return shards.some(({ id, parents }) => parents.includes(shard) && !places.has(id));
}

function earliest(places: ShardPlace[]): string | undefined {
  const times = places.map(({ since }) => since);
  return times.every((time) => time !== undefined)
    ? times.reduce((a, b) => (parseTime(a) <= parseTime(b) ? a : b))
    : undefined;
}

/** Shards are numbered in the order in which they are made (`shardId-000000000012`), so children are shared out evenly. */
function numberOf(shard: string): number {
  return Number(/\d+$/.exec(shard)?.[0] ?? 0);
}
