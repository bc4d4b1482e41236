import type { mongo } from 'mongoose';
import type { Dataset, LandedRow } from '../store/index.ts';
import type { Change } from './fold-row.ts';

/** Told to whoever reads the dataset; of a confirmed row it is the newer time, by which it may win elsewhere. */
const $currentDate = { changed: { $type: 'timestamp' } } as const;

/** Writes a change by the version that was read; lost races show as duplicate keys. */
export function rowOperation(
  { before, content, newest }: Change,
  dataset: Dataset,
  { now, identities }: { now: Date; identities: string[] },
): mongo.AnyBulkWriteOperation<LandedRow> {
  const { a, s, b, o } = newest;
  const v = (before?.v ?? 0) + 1;
  if (!content)
    return {
      updateOne: {
        filter: { _id: before?._id ?? '', v: v - 1 },
        update: { $set: { a, s, v, ...(o && { o }) }, $currentDate },
        upsert: true,
      },
    };
  const { _id, key, h, json, bytes, d, gone } = content;
  const landedAt = before && before.landedAt > now ? before.landedAt : now; // clocks differ; the history does not go back
  return {
    updateOne: {
      filter: { _id, v: v - 1 },
      update: {
        $set: {
          ...{ dataset: dataset._id, key, a, s, b, h, v, n: (before?.n ?? 0) + 1, json, bytes, landedAt, identities },
          ...(o && { o }),
          ...(d && { d, gone }),
        },
        $unset: { ...(!o && { o: '' }), ...(!d && { d: '', gone: '' }) },
        $setOnInsert: { firstLandedAt: now },
        $currentDate,
      },
      upsert: true,
    },
  };
}
