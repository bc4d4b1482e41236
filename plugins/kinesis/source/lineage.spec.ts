import { describe, expect, it } from '@jest/globals';
import type { ShardPlace } from '../records/index.ts';
import { lineage, type LineageInput } from './lineage.ts';
import type { Shard } from './shards.ts';

const id = (number: number): string => `shardId-${String(number).padStart(12, '0')}`;
const shard = (number: number, parents: number[] = [], closed = false): Shard => ({
  id: id(number),
  parents: parents.map(id),
  closed,
});
const now = new Date('2026-03-01T12:00:00.000Z');

function look(shards: Shard[], places: Record<number, ShardPlace> = {}, more: Partial<LineageInput> = {}) {
  const known = new Map(Object.entries(places).map(([number, place]) => [id(Number(number)), place]));
  const consumer = { index: 0, of: 1 };
  const { open, waiting, gone } = lineage({ shards, places: known, consumer, start: 'TRIM_HORIZON', now, ...more });
  return {
    open: Object.fromEntries(open.map(({ shard: name, place }) => [Number(name.slice(-3)), place])),
    waiting: waiting.map((name) => Number(name.slice(-3))),
    gone: gone.map(({ shard: name, lost }) => [Number(name.slice(-3)), lost]),
  };
}

const split = [shard(0, [], true), shard(1, [0]), shard(2, [0])];
const merged = [shard(0, [], true), shard(1, [], true), shard(2, [0, 1])];

describe('lineage', () => {
  it('begins at the oldest shards, and lets their children wait', () => {
    expect(look(split)).toEqual({ open: { 0: {} }, waiting: [1, 2], gone: [] });
    expect(look(split, { 0: { sequenceNumber: '5' } })).toMatchObject({ open: { 0: { sequenceNumber: '5' } } });
  });

  it('begins children at their first record once every parent has been read to its end', () => {
    expect(look(split, { 0: { ended: true } })).toEqual({ open: { 1: {}, 2: {} }, waiting: [], gone: [] });
    expect(look(merged, { 0: { ended: true }, 1: {} })).toMatchObject({ open: { 1: {} }, waiting: [2] });
    expect(look(merged, { 0: { ended: true }, 1: { ended: true } })).toMatchObject({ open: { 2: {} } });
  });

  it('does not wait for parents that Kinesis has dropped', () => {
    expect(look([shard(5, [3, 4])])).toMatchObject({ open: { 5: {} }, waiting: [] });
  });

  it('shares shards out by their number, whoever has the parents', () => {
    const consumer = { index: 1, of: 2 };
    expect(look(split, {}, { consumer })).toMatchObject({ open: {}, waiting: [1] });
    expect(look(split, { 0: { ended: true } }, { consumer })).toMatchObject({ open: { 1: {} }, waiting: [] });
  });

  it('begins open shards at their latest record, leaves closed ones alone, and loses nothing of what follows', () => {
    const latest = { latest: now.toISOString() };
    const start = 'LATEST' as const;
    expect(look(split, {}, { start })).toEqual({ open: { 1: latest, 2: latest }, waiting: [], gone: [] });
    const grown = [shard(0, [], true), shard(1, [0], true), shard(2, [0]), shard(3, [1]), shard(4, [1])];
    expect(look(grown, { 1: latest, 2: latest }, { start })).toMatchObject({ waiting: [3, 4] });
    expect(look(grown, { 1: { ended: true }, 2: latest }, { start }).open).toEqual({ 2: latest, 3: {}, 4: {} });
  });

  it('begins every shard at a time, as the first ones were begun, though the connection says another by now', () => {
    const since = '2026-02-01T00:00:00Z';
    const start = 'AT_TIMESTAMP' as const;
    expect(look(split, {}, { start, startAt: since })).toMatchObject({ open: { 0: { since } }, waiting: [1, 2] });
    const later = { start, startAt: '2026-02-20T00:00:00Z' };
    expect(look(split, { 0: { since, ended: true } }, later).open).toEqual({ 1: { since }, 2: { since } });
    const places = { 0: { since, ended: true as const }, 1: { ended: true as const } };
    expect(look(merged, places, later).open).toEqual({ 2: {} });
  });

  it('forgets shards that Kinesis has dropped, once their children have begun', () => {
    const children = [shard(1, [0]), shard(2, [0])];
    const read: ShardPlace = { ended: true };
    expect(look(children, { 0: read, 1: {} })).toMatchObject({ open: { 1: {}, 2: {} }, gone: [] });
    expect(look(children, { 0: read, 1: {}, 2: {} })).toMatchObject({ gone: [[0, false]] });
    expect(look([shard(9)], { 0: { sequenceNumber: '7' } })).toMatchObject({ gone: [[0, true]] });
  });
});
